//! The texts of a request against recorded requests of official clients, and the secrets that are not in them.

use serde_json::{Map, Value, json};

use crate::support::{explorer, post, v1_vectors};

fn settings(timestamp: &str, nonce: &str) -> Value {
    json!({"timestamp": timestamp, "nonce": nonce, "endpoint": "dts.aliyuncs.com"})
}

#[tokio::test]
async fn v1_signatures_are_those_of_official_clients() {
    let explorer = explorer().await;
    let vectors = v1_vectors();
    assert!(vectors.len() >= 3, "{}", vectors.len());
    for vector in vectors {
        assert_eq!(vector.version, "2020-01-01");
        let pairs = vector.pairs.iter();
        let input: Map<String, Value> = pairs
            .map(|(name, value)| (name.clone(), value.as_str().into()))
            .collect();
        let path = format!("/api/request/dts/2020-01-01/{}", vector.operation);
        let body = json!({"input": input, "settings": settings(&vector.timestamp, &vector.nonce)});
        let answer = post(&explorer.url(), &path, &body).await.json();
        assert_eq!(
            answer["v1"]["signature"], vector.signature,
            "{}",
            vector.operation
        );
    }
}

/// A V3 request for `StartDtsJob` by hand: the texts follow from the documents, hash and signature were computed apart, in Python.
#[tokio::test]
async fn the_v3_texts_follow_the_documents() {
    let explorer = explorer().await;
    let body = json!({
        "input": {"DtsJobId": "l3m1213ye7l****", "RegionId": "cn-hangzhou"},
        "settings": settings("2024-07-11T03:11:53Z", "3156853299f313e23d1673dc12e1703d"),
    });
    let answer = post(
        &explorer.url(),
        "/api/request/dts/2020-01-01/StartDtsJob",
        &body,
    )
    .await;
    let v3 = &answer.json()["v3"];
    let empty = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855";
    let canonical = format!(
        "POST\n/\nDtsJobId=l3m1213ye7l%2A%2A%2A%2A&RegionId=cn-hangzhou\nhost:dts.aliyuncs.com\n\
         x-acs-action:StartDtsJob\nx-acs-content-sha256:{empty}\nx-acs-date:2024-07-11T03:11:53Z\n\
         x-acs-signature-nonce:3156853299f313e23d1673dc12e1703d\nx-acs-version:2020-01-01\n\n\
         host;x-acs-action;x-acs-content-sha256;x-acs-date;x-acs-signature-nonce;x-acs-version\n{empty}"
    );
    assert_eq!(v3["canonical_request"], canonical);
    let to_sign = v3["string_to_sign"].as_str().unwrap();
    assert_eq!(to_sign, format!("ACS3-HMAC-SHA256\n{HASH}"));
    assert_eq!(v3["signature"], SIGNATURE);
}

const HASH: &str = "ee3bcea1bc417e2fa3ca54505481685e027f29983e982869a74fc5181e96ac16";
const SIGNATURE: &str = "bfae3def396bbc8c9bbd95ca1ffeb3e6dce279ef100a585ee0d555946d12afde";

#[tokio::test]
async fn passwords_are_not_in_any_text_and_the_signature_is_that_of_the_true_request() {
    let explorer = explorer().await;
    let vectors = v1_vectors();
    let mut vectors = vectors.iter();
    let vector = vectors.find(|it| it.operation == "ConfigureSynchronizationJob");
    let vector = vector.unwrap();
    // As the form has it: objects, not flattened names.
    let mut input = Map::new();
    for (name, value) in &vector.pairs {
        match name.split_once('.') {
            Some((object, field)) => {
                let object = input.entry(object.to_owned()).or_insert_with(|| json!({}));
                object[field] = value.as_str().into();
            }
            None => {
                input.insert(name.clone(), value.as_str().into());
            }
        }
    }
    let secret = "Test123456";
    assert_eq!(input["DestinationEndpoint"]["Password"], secret);
    let body = json!({"input": input, "settings": settings(&vector.timestamp, &vector.nonce)});
    let path = "/api/request/dts/2020-01-01/ConfigureSynchronizationJob";
    let answer = post(&explorer.url(), path, &body).await;
    let texts = answer.json();
    assert_eq!(texts["v1"]["signature"], vector.signature);
    assert!(!answer.body.contains(secret), "{}", answer.body);
    let to_sign = texts["v1"]["string_to_sign"].as_str().unwrap();
    assert!(
        to_sign.contains("DestinationEndpoint.Password%3DREDACTED"),
        "{to_sign}"
    );
    let rust = texts["samples"]["rust"].as_str().unwrap();
    assert!(rust.contains(".password(\"<Password>\")"), "{rust}");
}

/// A secret under its flattened name is one, too; and so is JSON text in place of an object that holds one.
#[tokio::test]
async fn secrets_are_known_however_they_are_written() {
    let explorer = explorer().await;
    let path = "/api/request/dts/2020-01-01/ConfigureSynchronizationJob";
    let input = json!({
        "SourceEndpoint.Password": "hunter2-flat",
        "DestinationEndpoint": "{\"Password\": \"hunter2-text\"}",
    });
    let answer = post(
        &explorer.url(),
        path,
        &json!({"input": input, "settings": {}}),
    )
    .await;
    assert_eq!(answer.status, 200);
    assert!(!answer.body.contains("hunter2"), "{}", answer.body);
    assert!(answer.body.contains("REDACTED"), "{}", answer.body);
}

#[tokio::test]
async fn settings_that_cannot_be_are_said() {
    let explorer = explorer().await;
    let path = "/api/request/dts/2020-01-01/StartDtsJob";
    let refused = async |settings: Value| {
        let body = json!({"input": {"DtsJobId": "x"}, "settings": settings});
        let answer = post(&explorer.url(), path, &body).await.json();
        answer["v3"]["refused"]
            .as_str()
            .unwrap_or_default()
            .to_owned()
    };
    assert!(
        refused(json!({"timestamp": "yesterday"}))
            .await
            .contains("yesterday")
    );
    assert!(
        refused(json!({"endpoint": "http://dts.aliyuncs.com"}))
            .await
            .contains("plain http")
    );
    assert_eq!(refused(json!({"endpoint": "dts.aliyuncs.com"})).await, "");
}
