//! Lists that are watched for: what is counted, and that two pages can be told apart.

use super::*;

/// What is seen of the list at a path, whatever the answer is decoded into.
fn seen<T: crate::decode::Answer>(text: &str, path: &'static str) -> Option<ListSeen> {
    let mut observed = Observed::default();
    observed.watch_list(path);
    T::read(
        &bytes::Bytes::copy_from_slice(text.as_bytes()),
        &mut observed,
    )
    .unwrap();
    observed.list(path)
}

/// An answer that knows no field.
#[derive(Debug, Default)]
struct Blind;

impl Object for Blind {
    fn field(&mut self, _: &str, value: &mut Reader<'_, '_>) -> Read {
        value.skip()
    }
}

/// The count, which must not depend on what the answer is decoded into.
fn count(text: &str, path: &'static str) -> Option<usize> {
    let typed = seen::<Answer>(text, path);
    assert_eq!(typed, seen::<Blind>(text, path), "{text}");
    assert_eq!(typed, seen::<Value>(text, path), "{text}");
    typed.map(|seen| seen.count)
}

#[test]
fn json_lists_are_counted() {
    assert_eq!(
        count(r#"{"Items":[{"Id":"a"},{"Id":"b,]"}]}"#, "Items"),
        Some(2)
    );
    assert_eq!(count(r#"{"Items": [ ] }"#, "Items"), Some(0));
    assert_eq!(
        count(r#"{"Names":["a","b","c"],"Items":[1]}"#, "Names"),
        Some(3)
    );
    assert_eq!(
        count(r#"{"Wrapper":{"Item":[{},{}]}}"#, "Wrapper.Item"),
        Some(2)
    );
    assert_eq!(
        count(
            r#"{"Child":{"Child":{"Wrapper":{"Item":[{}]}}}}"#,
            "Child.Child.Wrapper.Item"
        ),
        Some(1)
    );
    assert_eq!(count(r#"{"X":{"Y":[1,2,3]}}"#, "X.Y"), Some(3));
}

#[test]
fn a_single_value_is_a_list_of_one_and_nothing_is_none() {
    assert_eq!(count(r#"{"Items":{"Id":"a"}}"#, "Items"), Some(1));
    assert_eq!(count(r#"{"Names":"only"}"#, "Names"), Some(1));
    assert_eq!(count(r#"{"Names":7}"#, "Names"), Some(1));
    assert_eq!(count(r#"{"Items":null}"#, "Items"), None);
    assert_eq!(count(r#"{"Items":""}"#, "Items"), None);
    assert_eq!(count("{}", "Items"), None);
    assert_eq!(count(r#"{"Wrapper":null}"#, "Wrapper.Item"), None);
    assert_eq!(count(r#"{"Items":"[1,2]"}"#, "Items"), Some(2));
    assert_eq!(count(r#"{"Names":"[1,"}"#, "Names"), Some(1));
}

#[test]
fn paths_deeper_than_any_rule_find_nothing() {
    let text = r#"{"Child":{"Child":{"Child":{"Child":{"Items":[1]}}}}}"#;
    assert_eq!(count(text, "Child.Child.Child.Child.Items"), None);
}

#[test]
fn a_path_through_a_list_leads_to_all_of_it() {
    assert_eq!(
        count(r#"{"Items":[{"Of":[1,2]},{"Of":[3]},{}]}"#, "Items.Of"),
        Some(3)
    );
    let xml = "<R><Items><Of>1</Of><Of>2</Of></Items><Items><Of>3</Of></Items><Items/></R>";
    assert_eq!(count(xml, "Items.Of"), Some(3));
}

#[test]
fn xml_lists_are_counted() {
    let repeated = "<R><Items><Id>a</Id></Items><Text>t</Text><Items><Id>b</Id></Items></R>";
    assert_eq!(count(repeated, "Items"), Some(2));
    let wrapped = "<R><Items><Item><Id>a</Id></Item><Item><Id>b</Id></Item></Items></R>";
    assert_eq!(count(wrapped, "Items"), Some(2));
    assert_eq!(count(wrapped, "Items.Item"), Some(2));
    assert_eq!(count("<R><Items><Id>a</Id></Items></R>", "Items"), Some(1));
    assert_eq!(
        count("<R><Items><Id>a</Id><Name>n</Name></Items></R>", "Items"),
        Some(1)
    );
    assert_eq!(count("<R><Names>a</Names></R>", "Names"), Some(1));
    assert_eq!(count("<R><Names/></R>", "Names"), None);
    assert_eq!(
        count("<R><Wrapper><Item/></Wrapper></R>", "Wrapper.Item"),
        None
    );
    assert_eq!(count("<R><X/></R>", "Items"), None);
}

#[test]
fn a_page_that_comes_again_has_the_same_fingerprint() {
    let fingerprint = |text| seen::<Answer>(text, "Items").unwrap().fingerprint;
    let page = fingerprint(r#"{"Page":1,"Items":[{"Id":"a"},{"Id":"b"}]}"#);
    assert_eq!(
        page,
        fingerprint(r#"{"Page":2,"Items":[{"Id":"a"},{"Id":"b"}],"Text":"x"}"#)
    );
    assert_ne!(
        page,
        fingerprint(r#"{"Page":1,"Items":[{"Id":"b"},{"Id":"a"}]}"#)
    );
    assert_ne!(page, fingerprint(r#"{"Page":1,"Items":[{"Id":"a"}]}"#));
    let xml = fingerprint("<R><Items><Id>a</Id></Items><P>1</P><Items><Id>b</Id></Items></R>");
    assert_eq!(
        xml,
        fingerprint("<R><Items><Id>a</Id></Items><Items><Id>b</Id></Items><P>2</P></R>")
    );
    assert_ne!(
        xml,
        fingerprint("<R><Items><Id>a</Id></Items><Items><Id>c</Id></Items></R>")
    );
}

#[test]
fn watching_takes_nothing_away() {
    for text in [
        r#"{"Text":"t","Wrapper":{"Item":[{"Id":"a"},{"Id":"b"}]},"Items":{"Id":"c"}}"#,
        "<R><Text>t</Text><Wrapper><Item><Id>a</Id></Item><Item><Id>b</Id></Item></Wrapper><Items><Id>c</Id></Items></R>",
    ] {
        let mut observed = Observed::default();
        for path in [
            "Wrapper",
            "Wrapper.Item",
            "Wrapper.Item.Id",
            "Items",
            "Items.Id",
            "Text",
        ] {
            observed.watch_list(path);
            observed.watch(path.into());
        }
        let body = bytes::Bytes::copy_from_slice(text.as_bytes());
        let (answer, misfits) =
            <Answer as crate::decode::Answer>::read(&body, &mut observed).unwrap();
        let wanted = Answer {
            text: Some("t".into()),
            wrapper: Some(Wrapper {
                item: items(&["a", "b"]),
            }),
            items: items(&["c"]),
            ..Answer::default()
        };
        assert_eq!((answer, misfits), (wanted, 0));
        assert_eq!(observed.get("Items.Id"), Some("c"));
        assert_eq!(
            observed.list("Wrapper.Item").map(|seen| seen.count),
            Some(2)
        );
    }
}

#[test]
fn fields_are_found_in_what_the_answer_does_not_know() {
    let mut observed = Observed::default();
    observed.watch("Outer.Inner.Code".into());
    let text = r#"{"Outer":[{"Other":1},{"Inner":{"Code":"03","Deep":{"Code":4}}}]}"#;
    <Blind as crate::decode::Answer>::read(
        &bytes::Bytes::from_static(text.as_bytes()),
        &mut observed,
    )
    .unwrap();
    assert_eq!(observed.get("Outer.Inner.Code"), Some("03"));
}
