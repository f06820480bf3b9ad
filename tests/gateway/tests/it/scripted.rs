//! Scripted answers.

use std::time::{Duration, Instant};

use alicloud_gateway::Answer;

use crate::support::{START, Signer, gateway, raw, refusal};

#[tokio::test]
async fn answers_are_used_up_in_order() {
    let gateway = gateway().await;
    gateway.answer_next(
        "StartDtsJob",
        Answer::error(429, "Throttling.User", "Slow down.").header("x-acs-retry-after", "50"),
    );
    gateway.answer_next(
        "StartDtsJob",
        Answer::json(r#"{"Success":false}"#).status(202),
    );
    gateway.answer_next(
        "StartDtsJobs",
        Answer::error(500, "ServiceUnavailable", "Later."),
    );
    let call = async || {
        Signer::default()
            .v3("POST", START, &[], &[])
            .send(&gateway)
            .await
    };
    let first = call().await;
    assert_eq!(first.error(), refusal(429, "Throttling.User"));
    assert_eq!(first.header("x-acs-retry-after"), "50");
    let second = call().await;
    assert_eq!(
        (second.status, second.body.as_str()),
        (202, r#"{"Success":false}"#)
    );
    assert_eq!(call().await.json()["Success"], true);
    let verdicts: Vec<_> = gateway
        .requests()
        .into_iter()
        .map(|recorded| recorded.verdict.code)
        .collect();
    assert_eq!(verdicts, [Some("Throttling.User".to_owned()), None, None]);
}

#[tokio::test]
async fn a_wrong_signature_neither_gets_nor_uses_up_an_answer() {
    let gateway = gateway().await;
    gateway.answer_next(
        "StartDtsJob",
        Answer::error(503, "ServiceUnavailable", "Later."),
    );
    let wrong = Signer {
        secret: "wrong".to_owned(),
        ..Signer::default()
    };
    let reply = wrong.v3("POST", START, &[], &[]).send(&gateway).await;
    assert_eq!(reply.error(), refusal(400, "SignatureDoesNotMatch"));
    let reply = Signer::default()
        .v3("POST", START, &[], &[])
        .send(&gateway)
        .await;
    assert_eq!(reply.error(), refusal(503, "ServiceUnavailable"));
}

#[tokio::test]
async fn unverified_answers_go_to_anybody() {
    let gateway = gateway().await;
    gateway.answer_next("StartDtsJob", Answer::usual().unverified(true));
    let mut unsigned =
        crate::support::Wire::new("POST", "/?Action=StartDtsJob&Version=2020-01-01", "");
    unsigned.header("host", "h");
    assert_eq!(unsigned.send(&gateway).await.status, 200);
    assert_eq!(
        unsigned.send(&gateway).await.error(),
        refusal(400, "IncompleteSignature")
    );
}

#[tokio::test]
async fn operations_without_a_spec_can_be_scripted() {
    let gateway = gateway().await;
    let unknown = ("DescribeNothing", "2020-01-01");
    gateway.answer_next("DescribeNothing", Answer::usual());
    gateway.answer_next(
        "DescribeNothing",
        Answer::error(403, "Forbidden.RAM", "No."),
    );
    let wrong = Signer {
        secret: "wrong".to_owned(),
        ..Signer::default()
    };
    assert_eq!(
        wrong
            .v3("POST", unknown, &[], &[])
            .send(&gateway)
            .await
            .error(),
        refusal(400, "SignatureDoesNotMatch")
    );
    let call = async || {
        Signer::default()
            .v3("POST", unknown, &[], &[])
            .send(&gateway)
            .await
    };
    let usual = call().await;
    assert_eq!(usual.json()["RequestId"], usual.header("x-acs-request-id"));
    assert_eq!(call().await.error(), refusal(403, "Forbidden.RAM"));
    assert_eq!(call().await.error(), refusal(404, "InvalidAction.NotFound"));
}

#[tokio::test]
async fn answers_can_be_late_or_never_come() {
    let gateway = gateway().await;
    gateway.answer_next(
        "StartDtsJob",
        Answer::usual().delay(Duration::from_millis(150)),
    );
    let started = Instant::now();
    assert_eq!(
        Signer::default()
            .v3("POST", START, &[], &[])
            .send(&gateway)
            .await
            .status,
        200
    );
    assert!(started.elapsed() >= Duration::from_millis(150));
    gateway.answer_next("StartDtsJob", Answer::hang_up().unverified(true));
    let request = b"POST /?Action=StartDtsJob&Version=2020-01-01 HTTP/1.1\r\nhost: h\r\ncontent-length: 0\r\n\r\n";
    assert_eq!(raw(gateway.address(), request).await, b"");
    assert_eq!(gateway.requests().len(), 2);
}

#[tokio::test]
async fn any_body_and_format_can_be_scripted() {
    let gateway = gateway().await;
    let call =
        async |own: &[(&str, &str)]| Signer::default().v1("GET", START, own).send(&gateway).await;
    gateway.answer_next(
        "StartDtsJob",
        Answer::body("text/html", "<html>Bad Gateway</html>").status(502),
    );
    let reply = call(&[]).await;
    assert_eq!(
        (
            reply.status,
            reply.header("content-type"),
            reply.body.as_str()
        ),
        (502, "text/html", "<html>Bad Gateway</html>")
    );
    gateway.answer_next("StartDtsJob", Answer::xml("<A/>"));
    assert_eq!(
        call(&[]).await.header("content-type"),
        "text/xml;charset=utf-8"
    );
    gateway.answer_next(
        "StartDtsJob",
        Answer::error(400, "Throttling", "Slow down."),
    );
    assert!(
        call(&[("Format", "XML")])
            .await
            .body
            .contains("<Code>Throttling</Code>")
    );
    gateway.answer_next(
        "StartDtsJob",
        Answer::usual()
            .header("x-acs-request-id", "mine")
            .content_type("application/json"),
    );
    let reply = call(&[]).await;
    assert_eq!(
        (
            reply.header("x-acs-request-id"),
            reply.header("content-type")
        ),
        ("mine", "application/json")
    );
}

#[tokio::test]
async fn an_answer_that_cannot_be_written_is_a_server_error() {
    let gateway = gateway().await;
    gateway.answer_next("StartDtsJob", Answer::usual().header("bad name", "x"));
    gateway.answer_next("StartDtsJob", Answer::usual().status(7));
    for _ in 0..2 {
        assert_eq!(
            Signer::default()
                .v3("POST", START, &[], &[])
                .send(&gateway)
                .await
                .status,
            500
        );
    }
}
