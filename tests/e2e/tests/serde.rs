//! Answers through serde: the examples of the specs, read, written again, compared.

#![allow(clippy::unwrap_used, reason = "a test that cannot go on fails")]

use alicloud::dts::v20200101::Client;
use alicloud::dts::v20200101::describe_dts_jobs::DescribeDtsJobsResponse;
use alicloud::dts::v20200101::describe_migration_jobs::DescribeMigrationJobsResponse;
use alicloud::dts::v20200101::types::SynchronizationDirection;
use alicloud::sts::v20150401::assume_role::AssumeRoleResponse;
use alicloud::{Config, Credentials, Secret};
use alicloud_gateway::Gateway;
use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::{Value, json};

/// A client of the gateway, which answers with the examples of the specs.
async fn client() -> (Gateway, Client) {
    let gateway = Gateway::builder().start().await.unwrap();
    let config = Config::builder()
        .endpoint(gateway.endpoint())
        .credentials(Credentials::new("testAccessKeyId", "testAccessKeySecret"))
        .build();
    let client = Client::new(&config.unwrap());
    (gateway, client)
}

/// What is different between two documents, by path. Scalars are compared as the service writes them: with or without
/// quotes.
fn differences(one: &Value, other: &Value, path: &str, found: &mut Vec<String>) {
    let text = |value: &Value| match value {
        Value::String(text) => text.clone(),
        other => other.to_string(),
    };
    match (one, other) {
        (Value::Object(one), Value::Object(other)) => {
            let names: std::collections::BTreeSet<_> = one.keys().chain(other.keys()).collect();
            for name in names {
                let (one, other) = (one.get(name), other.get(name));
                let (one, other) = (one.unwrap_or(&Value::Null), other.unwrap_or(&Value::Null));
                differences(one, other, &format!("{path}.{name}"), found);
            }
        }
        (Value::Array(one), Value::Array(other)) if one.len() == other.len() => {
            for (at, (one, other)) in one.iter().zip(other).enumerate() {
                differences(one, other, &format!("{path}[{at}]"), found);
            }
        }
        _ if text(one) == text(other) => {}
        _ => found.push(format!("{path}: {one} and {other}")),
    }
}

/// Reads an example as a type, writes it, reads that; returns what was written and how it differs from the example.
fn there_and_back<T>(example: &Value) -> (Value, Vec<String>)
where
    T: Serialize + DeserializeOwned + PartialEq + std::fmt::Debug,
{
    let read: T = serde_json::from_str(&example.to_string()).unwrap();
    let written = serde_json::to_value(&read).unwrap();
    let mut found = Vec::new();
    differences(example, &written, "", &mut found);
    if !written.to_string().contains("[redacted]") {
        assert_eq!(serde_json::from_value::<T>(written.clone()).unwrap(), read);
    }
    (written, found)
}

#[tokio::test]
async fn examples_are_the_same_after_the_way_there_and_back() {
    let (_gateway, client) = client().await;
    let answer = client
        .describe_dts_jobs()
        .region("cn-hangzhou")
        .send()
        .await
        .unwrap();
    let example = serde_json::from_slice(answer.raw_body()).unwrap();
    let (written, found) = there_and_back::<DescribeDtsJobsResponse>(&example);
    assert_eq!(found, [""; 0]);
    let job = &written["DtsJobList"][0];
    assert_eq!(job["DtsJobId"], example["DtsJobList"][0]["DtsJobId"]);
    assert!(job.as_object().unwrap().len() > 20);
    // A response is its answer.
    assert_eq!(serde_json::to_value(&answer).unwrap(), written);
}

#[tokio::test]
async fn names_that_are_not_in_pascal_case_stay() {
    let (_gateway, client) = client().await;
    let answer = client.describe_migration_jobs().send().await.unwrap();
    let example = serde_json::from_slice(answer.raw_body()).unwrap();
    let (written, found) = there_and_back::<DescribeMigrationJobsResponse>(&example);
    assert_eq!(found, [""; 0]);
    let job = &written["MigrationJobs"]["MigrationJob"][0];
    assert_eq!(job["DataInitialization"]["status"], json!("Finished"));
}

#[test]
fn secrets_are_redacted() {
    let answer = json!({
        "RequestId": "6894B13B",
        "Credentials": {
            "AccessKeyId": "STS.L4aBSCSJVMuKg5U1****",
            "AccessKeySecret": "wyLTSmsyPGP1ohvvw8xYgB29****",
            "SecurityToken": "********",
            "Expiration": "2015-04-09T11:52:19Z"
        }
    });
    let read: AssumeRoleResponse = serde_json::from_value(answer.clone()).unwrap();
    let credentials = read.credentials.as_ref().unwrap();
    let secret = credentials.access_key_secret.as_ref().map(Secret::expose);
    assert_eq!(secret.unwrap(), "wyLTSmsyPGP1ohvvw8xYgB29****");
    let (written, found) = there_and_back::<AssumeRoleResponse>(&answer);
    assert_eq!(
        written["Credentials"],
        json!({
            "AccessKeyId": "STS.L4aBSCSJVMuKg5U1****",
            "AccessKeySecret": "[redacted]",
            "SecurityToken": "[redacted]",
            "Expiration": "2015-04-09T11:52:19Z"
        })
    );
    assert_eq!(found.len(), 2);
}

#[test]
fn enums_are_their_text_known_or_not() {
    for (text, value) in [
        ("Reverse", SynchronizationDirection::Reverse),
        ("Sideways", SynchronizationDirection::from("Sideways")),
    ] {
        assert_eq!(serde_json::to_value(&value).unwrap(), json!(text));
        let read: SynchronizationDirection = serde_json::from_value(json!(text)).unwrap();
        assert_eq!(read, value);
    }
}
