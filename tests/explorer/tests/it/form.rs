//! The form as data, and what is said while it is filled.

use serde_json::{Value, json};

use crate::support::{explorer, get, post};

fn parameter<'a>(form: &'a Value, name: &str) -> &'a Value {
    let mut all = form["parameters"].as_array().unwrap().iter();
    all.find(|parameter| parameter["name"] == name).unwrap()
}

#[tokio::test]
async fn the_form_has_a_control_for_each_kind_of_parameter() {
    let explorer = explorer().await;
    let url = explorer.url();
    let form = get(&url, "/api/form/dts/2020-01-01/StartDtsJob")
        .await
        .json();
    let direction = parameter(&form, "SynchronizationDirection");
    let values: Vec<_> = direction["values"]
        .as_array()
        .unwrap()
        .iter()
        .map(|it| &it[0])
        .collect();
    assert_eq!(values, ["Forward", "Reverse"]);
    assert_eq!(parameter(&form, "ZeroEtlJob")["kind"], "boolean");
    assert_eq!(parameter(&form, "DtsJobId")["required"], "documented");
    assert_eq!(form["example"], json!({"DtsJobId": "l3m1213ye7l****"}));

    let path = "/api/form/dts/2020-01-01/ConfigureSynchronizationJob";
    let form = get(&url, path).await.json();
    let objects = parameter(&form, "SynchronizationObjects");
    assert_eq!(
        (&objects["kind"], &objects["json"]),
        (&json!("list"), &json!(true))
    );
    let fields = objects["item"]["fields"].as_array().unwrap();
    assert_eq!(fields[0]["name"], "DBName");
    let endpoint = parameter(&form, "SourceEndpoint");
    assert_eq!(endpoint["kind"], "object");
    let mut fields = endpoint["fields"].as_array().unwrap().iter();
    let password = fields.find(|field| field["name"] == "Password").unwrap();
    assert_eq!(password["sensitive"], true);
    assert_eq!(password["example"], Value::Null);
}

async fn messages(url: &str, operation: &str, input: Value) -> Vec<String> {
    let path = format!("/api/request/{operation}");
    let answer = post(url, &path, &json!({"input": input, "settings": {}}))
        .await
        .json();
    let violations = answer["violations"].as_array().unwrap().iter();
    violations
        .map(|it| it["message"].as_str().unwrap().to_owned())
        .collect()
}

#[tokio::test]
async fn violations_are_the_clients_own() {
    let explorer = explorer().await;
    let url = explorer.url();
    assert_eq!(
        messages(&url, "dts/2020-01-01/StartDtsJob", json!({})).await,
        ["DtsJobId is required by the documentation"]
    );
    assert_eq!(
        messages(&url, "dts/2020-01-01/StartDtsJob", json!({"DtsJobId": "x"})).await,
        [""; 0]
    );
    // A rule between parameters, broken inside an object.
    let input = json!({
        "SynchronizationJobId": "d",
        "SynchronizationObjects": [{"DBName": "x"}],
        "DataInitialization": true, "StructureInitialization": false,
        "SourceEndpoint": {"InstanceType": "ECS"},
    });
    let found = messages(&url, "dts/2020-01-01/ConfigureSynchronizationJob", input).await;
    let rule = found
        .iter()
        .any(|it| it.contains("required when SourceEndpoint.InstanceType is ECS"));
    assert!(rule, "{found:?}");
}

#[tokio::test]
async fn text_that_is_no_number_is_said_by_its_path() {
    let explorer = explorer().await;
    let url = explorer.url();
    let input = json!({"ProjectId": "12a", "TaskType": "DI_REALTIME", "FileId": "100"});
    let found = messages(
        &url,
        "dataworks-public/2020-05-18/StartDISyncInstance",
        input,
    )
    .await;
    assert_eq!(found, ["ProjectId must be a whole number"]);
}
