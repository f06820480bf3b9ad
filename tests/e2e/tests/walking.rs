//! Lists in parts and states to wait for, through generated methods and the local gateway.

#![allow(clippy::unwrap_used, reason = "a test that cannot go on fails")]

use std::time::Duration;

use alicloud::client::WaitError;
use alicloud::dts::v20200101::Client;
use alicloud::{Config, Credentials};
use alicloud_gateway::{Answer, Gateway};

async fn client() -> (Gateway, Client) {
    let gateway = Gateway::builder().start().await.unwrap();
    let config = Config::builder()
        .endpoint(gateway.endpoint())
        .credentials(Credentials::new("testAccessKeyId", "testAccessKeySecret"))
        .build();
    let client = Client::new(&config.unwrap());
    (gateway, client)
}

fn tags(keys: &[&str], next: &str) -> Answer {
    let tag = |key: &&str| format!(r#"{{"TagKey": "{key}"}}"#);
    let tags = keys.iter().map(tag).collect::<Vec<_>>().join(", ");
    Answer::json(format!(
        r#"{{"Success": true, "NextToken": "{next}", "TagResources": {{"TagResource": [{tags}]}}}}"#
    ))
}

#[tokio::test]
async fn items_come_from_all_pages_in_order() {
    let (gateway, client) = client().await;
    gateway.answer_next("ListTagResources", tags(&["a", "b"], "second"));
    gateway.answer_next("ListTagResources", tags(&[], "third"));
    gateway.answer_next("ListTagResources", tags(&["c"], ""));
    let request = client
        .list_tag_resources()
        .region_id("cn-hangzhou")
        .resource_type("ALIYUN::DTS::INSTANCE")
        .resource_id(["dtsta7w132u12h****"]);
    let items = request.items().collect(10).await.unwrap();
    let keys: Vec<_> = items.iter().map(|item| item.tag_key.as_deref()).collect();
    assert_eq!(keys, [Some("a"), Some("b"), Some("c")]);
    let tokens: Vec<_> = gateway
        .requests()
        .iter()
        .map(|request| request.parameters.get("NextToken").map(ToOwned::to_owned))
        .collect();
    let tokens: Vec<_> = tokens.iter().map(Option::as_deref).collect();
    assert_eq!(tokens, [None, Some("second"), Some("third")]);
}

fn status(status: &str) -> Answer {
    Answer::json(format!(
        r#"{{"RequestId": "0A5C", "Success": true, "Status": "{status}"}}"#
    ))
}

#[tokio::test]
async fn waiting_ends_with_the_state_that_is_wanted() {
    let (gateway, client) = client().await;
    for state in ["Prechecking", "Initializing", "synchronizing", "Failed"] {
        gateway.answer_next("DescribeSynchronizationJobStatus", status(state));
    }
    let request = client
        .describe_synchronization_job_status()
        .synchronization_job_id("dtsexjk1alb116****");
    let wait = request
        .wait_until_synchronizing()
        .with_interval(Duration::from_millis(1));
    let answer = wait.await.unwrap();
    assert_eq!(answer.status.as_deref(), Some("synchronizing"));
    assert_eq!(gateway.requests().len(), 3);
}

#[tokio::test]
async fn waiting_ends_with_a_state_that_rules_it_out() {
    let (gateway, client) = client().await;
    for state in ["Prechecking", "PrecheckFailed"] {
        gateway.answer_next("DescribeDtsJobDetail", status(state));
    }
    let request = client
        .describe_dts_job_detail()
        .dts_job_id("l3m1213ye7l****");
    let wait = request
        .wait_until_running()
        .with_interval(Duration::from_millis(1));
    let failed = wait.await.unwrap_err();
    assert!(matches!(failed, WaitError::Failed { .. }), "{failed}");
    assert_eq!(failed.state(), Some("PrecheckFailed"));
    assert_eq!(
        failed.to_string(),
        "waiting for running failed: Status is \"PrecheckFailed\" (request ID 0A5C)"
    );
}
