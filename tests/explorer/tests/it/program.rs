//! The program with a real endpoint: credentials of its environment sign, and never reach a page.

use std::process::Stdio;

use alicloud_gateway::Gateway;
use serde_json::json;
use tokio::io::{AsyncBufReadExt as _, BufReader};
use tokio::process::{Child, Command};

use crate::support::{get, post};

pub(crate) const KEY: &str = "LTAIprocessKey";
pub(crate) const SECRET: &str = "process-secret-of-nobody";
pub(crate) const TOKEN: &str = "process-token-of-nobody";

pub(crate) async fn program(endpoint: &str) -> (Child, String) {
    let mut child = Command::new(env!("CARGO_BIN_EXE_explore"))
        .args(["--port", "0", "--endpoint", endpoint])
        .env("ALIBABA_CLOUD_ACCESS_KEY_ID", KEY)
        .env("ALIBABA_CLOUD_ACCESS_KEY_SECRET", SECRET)
        .env("ALIBABA_CLOUD_SECURITY_TOKEN", TOKEN)
        .stdout(Stdio::piped())
        .kill_on_drop(true)
        .spawn()
        .unwrap();
    let mut lines = BufReader::new(child.stdout.take().unwrap()).lines();
    let url = lines.next_line().await.unwrap().unwrap();
    // The program goes on talking to whoever reads.
    tokio::spawn(async move { while let Ok(Some(_)) = lines.next_line().await {} });
    (child, url)
}

#[tokio::test]
async fn credentials_of_the_process_sign_and_are_never_shown() {
    let gateway = Gateway::builder()
        .sts(KEY, SECRET, TOKEN)
        .start()
        .await
        .unwrap();
    let (_child, url) = program(&gateway.endpoint()).await;
    let target = get(&url, "/api/target").await.json();
    assert_eq!(
        target,
        json!({"endpoint": gateway.endpoint(), "real": true})
    );

    let input = json!({"DtsJobId": "l3m1213ye7l****"});
    let path = "dts/2020-01-01/StartDtsJob";
    let shown = post(
        &url,
        &format!("/api/request/{path}"),
        &json!({"input": input, "settings": {}}),
    )
    .await;
    for signature in ["v1", "v3"] {
        assert_eq!(shown.json()[signature]["signature"], "REDACTED");
        assert_eq!(shown.json()[signature]["refused"], json!(null));
    }
    let run = format!("/api/run/{path}");
    let mut answers = vec![shown.body];
    for signature in ["v1", "v3"] {
        let settings = json!({"signature": signature, "confirmed": true});
        let answer = post(&url, &run, &json!({"input": input, "settings": settings})).await;
        assert_eq!(answer.json()["status"], 200, "{}", answer.body);
        answers.push(answer.body);
    }
    for body in &answers {
        for secret in [KEY, SECRET, TOKEN] {
            assert!(!body.contains(secret), "{body}");
        }
    }
    assert_eq!(gateway.counts("StartDtsJob").executed, 2);
}

#[tokio::test]
async fn what_changes_something_on_a_real_service_has_to_be_confirmed() {
    let gateway = Gateway::builder()
        .sts(KEY, SECRET, TOKEN)
        .start()
        .await
        .unwrap();
    let (_child, url) = program(&gateway.endpoint()).await;
    let body = json!({"input": {"DtsJobId": "x"}, "settings": {}});
    let answer = post(&url, "/api/run/dts/2020-01-01/StartDtsJob", &body)
        .await
        .json();
    let why = answer["refused"].as_str().unwrap();
    assert!(why.contains("confirm it first"), "{why}");
    assert_eq!(gateway.counts("StartDtsJob").received, 0);
    let read = post(
        &url,
        "/api/run/dts/2020-01-01/DescribeDtsJobs",
        &json!({"input": {"Region": "cn-hangzhou"}, "settings": {}}),
    )
    .await;
    assert_eq!(read.json()["status"], 200, "{}", read.body);
}

#[tokio::test]
async fn a_refused_signature_does_not_bring_the_token_to_the_page() {
    let gateway = Gateway::builder()
        .sts(KEY, "another-secret", TOKEN)
        .start()
        .await
        .unwrap();
    let (_child, url) = program(&gateway.endpoint()).await;
    for signature in ["v1", "v3"] {
        let body =
            json!({"input": {"Region": "cn-hangzhou"}, "settings": {"signature": signature}});
        let answer = post(&url, "/api/run/dts/2020-01-01/DescribeDtsJobs", &body).await;
        assert_eq!(
            answer.json()["error"]["code"],
            "SignatureDoesNotMatch",
            "{}",
            answer.body
        );
        for secret in [KEY, SECRET, TOKEN] {
            assert!(!answer.body.contains(secret), "{}", answer.body);
        }
    }
}
