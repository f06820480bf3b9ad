//! Running a filled form against the gateway.

use serde_json::{Value, json};

use crate::support::{explorer, post};

async fn run(url: &str, operation: &str, input: Value, settings: Value) -> Value {
    let path = format!("/api/run/{operation}");
    post(url, &path, &json!({"input": input, "settings": settings}))
        .await
        .json()
}

fn child<'a>(tree: &'a Value, name: &str) -> &'a Value {
    let mut children = tree["children"].as_array().unwrap().iter();
    children.find(|node| node["name"] == name).unwrap()
}

#[tokio::test]
async fn a_good_call_is_decoded_beside_its_raw_answer() {
    let explorer = explorer().await;
    let url = explorer.url();
    let start = "dts/2020-01-01/StartDtsJob";
    for settings in [
        json!({}),
        json!({"signature": "v1"}),
        json!({"signature": "v1", "format": "XML"}),
    ] {
        let answer = run(&url, start, json!({"DtsJobId": "x"}), settings.clone()).await;
        assert_eq!(answer["status"], 200, "{answer}");
        let success = child(&answer["decoded"], "Success");
        assert_eq!(
            (&success["type"], &success["value"]),
            (&json!("boolean"), &json!("true"))
        );
        let raw = answer["raw"].as_str().unwrap();
        let xml = settings["format"] == "XML";
        assert_eq!(raw.starts_with("<StartDtsJobResponse>\n  <"), xml, "{raw}");
        assert_eq!(raw.starts_with("{\n  \"RequestId\""), !xml, "{raw}");
    }
}

#[tokio::test]
async fn lists_are_decoded_by_the_spec() {
    let explorer = explorer().await;
    let answer = run(
        &explorer.url(),
        "dts/2020-01-01/DescribeDtsJobs",
        json!({"Region": "cn-hangzhou"}),
        json!({}),
    )
    .await;
    let jobs = child(&answer["decoded"], "DtsJobList");
    let first = child(jobs, "1");
    assert!(child(first, "DtsJobId")["value"].is_string(), "{first}");
    assert_eq!(child(first, "DtsJobId")["unknown"], Value::Null);
}

#[tokio::test]
async fn errors_are_explained() {
    let explorer = explorer().await;
    let url = explorer.url();
    let invalid = run(&url, "dts/2020-01-01/StartDtsJob", json!({}), json!({})).await;
    let error = &invalid["error"];
    assert_eq!(
        error["certain"],
        "Nothing was sent: the request breaks rules of its spec."
    );
    assert_eq!(
        error["violations"][0]["message"],
        "DtsJobId is required by the documentation"
    );

    // The service refuses what it requires; the client was told not to check.
    let operation = "dts/2020-01-01/ConfigureSynchronizationJob";
    let refused = run(&url, operation, json!({}), json!({"checks": false})).await;
    let error = &refused["error"];
    assert_eq!(error["certain"], "The service answered with an error.");
    assert!(
        error["code"].as_str().unwrap().starts_with("Missing"),
        "{error}"
    );
    assert_eq!(error["retryable"], false);
    assert!(
        refused["raw"].as_str().unwrap().contains("RequestId"),
        "{refused}"
    );
}

/// The keys the Security Token Service issues are secrets of the answer.
#[tokio::test]
async fn secrets_of_an_answer_are_masked_in_both_views() {
    let explorer = explorer().await;
    let input = json!({"RoleArn": "acs:ram::1234567890123456:role/a", "RoleSessionName": "alice"});
    let answer = run(
        &explorer.url(),
        "sts/2015-04-01/AssumeRole",
        input,
        json!({}),
    )
    .await;
    assert_eq!(answer["status"], 200, "{answer}");
    let credentials = child(&answer["decoded"], "Credentials");
    assert_eq!(child(credentials, "AccessKeySecret")["value"], "REDACTED");
    let raw: Value = serde_json::from_str(answer["raw"].as_str().unwrap()).unwrap();
    assert_eq!(raw["Credentials"]["AccessKeySecret"], "REDACTED");
    assert_eq!(raw["Credentials"]["SecurityToken"], "REDACTED");
    assert!(
        raw["Credentials"]["Expiration"]
            .as_str()
            .unwrap()
            .ends_with('Z')
    );
}
