use super::*;
use crate::catalog::Served;
use crate::fixtures;

fn made(operation: &str, make: fn(&Service, &Operation) -> String) -> String {
    let catalog = fixtures::catalog();
    let of = |served: &Served<'_>| served.spec.name.value == operation;
    let served = catalog.operations().find(of).unwrap();
    make(served.service, served.spec)
}

#[test]
fn json_is_made_of_examples_and_says_that_all_is_well() {
    let answer: Value = serde_json::from_str(&made("DescribeCluster", json)).unwrap();
    assert_eq!(answer["Success"], true);
    assert_eq!(answer["Size"], 9_007_199_254_740_993_i64);
    assert_eq!(answer["Ratio"], 1.5);
    assert_eq!(answer["Labels"], serde_json::json!({"key": "text"}));
    assert!(answer.get("Code").is_none() && answer.get("Message").is_none());
    let child = &answer["Root"]["Children"][0];
    assert_eq!(child["Name"], "n");
    assert!(answer.get("RequestId").is_some());
}

#[test]
fn xml_has_the_usual_root_and_repeats_the_items_of_lists() {
    let answer = made("DescribeCluster", xml);
    assert!(
        answer.starts_with("<DescribeClusterResponse><RequestId>"),
        "{answer}"
    );
    assert!(
        answer.contains("<Root><Name>n</Name><Children><Name>n</Name>"),
        "{answer}"
    );
    let mut list = String::new();
    write_xml(
        &mut list,
        "A",
        &serde_json::json!([1, {"B": "<&>"}, null, true]),
    );
    assert_eq!(
        list,
        "<A>1</A><A><B>&lt;&amp;&gt;</B></A><A></A><A>true</A>"
    );
}

#[test]
fn an_operation_that_answers_with_nothing_gets_nothing() {
    assert_eq!(made("CreateCluster", json), "");
    assert_eq!(made("CreateCluster", xml), "");
}

#[test]
fn an_object_whose_names_are_no_elements_is_written_as_json() {
    let document = json!({"Good": {"e": 2}, "Odd": {"b c": [1]}});
    assert_eq!(
        xml_text("R", &document),
        "<R><Good><e>2</e></Good><Odd>{&quot;b c&quot;:[1]}</Odd></R>"
    );
}
