//! What answers mean: errors by status and by success rules, and streams that cannot be read.

use alicloud::ErrorKind;
use alicloud::test_util::ScriptedTransport;

use super::service::{Asked, serve};
use super::{ONE, config, failure, start, text, watch};

#[tokio::test(flavor = "multi_thread")]
async fn an_answer_with_an_error_status_is_read_to_its_end() {
    let (endpoint, service) = serve(|listener| {
        let asked = Asked::next(listener).begin("403 Forbidden");
        asked
            .piece("{\"Code\":\"Forbidden\",")
            .piece("\"Message\":\"no\"}")
            .end();
    });
    let error = failure(&mut watch(config(&endpoint))).await;
    assert_eq!(
        (error.kind(), error.code()),
        (ErrorKind::Service, Some("Forbidden"))
    );
    service.join().unwrap();

    // One that is longer than is read says enough by its status.
    let (endpoint, service) = serve(|listener| {
        Asked::next(listener)
            .begin("403 Forbidden")
            .piece(&"x".repeat(2000))
            .is_left()
    });
    let error = failure(&mut watch(config(&endpoint).max_answer_size(1000))).await;
    assert_eq!(
        (error.kind(), error.status()),
        (ErrorKind::Service, Some(403))
    );
    assert!(service.join().unwrap());
}

#[tokio::test(flavor = "multi_thread")]
async fn success_rules_judge_each_event() {
    let to = |script| start(config("https://dts.aliyuncs.com").transport(script));
    let failed =
        r#"{"Success":false,"ErrCode":"InvalidParameter","ErrMessage":"no","RequestId":"9"}"#;

    // Among events.
    let script = ScriptedTransport::new().answer(
        200,
        format!("data: {{\"Success\":true}}\n\ndata: {failed}\n\ndata: {{}}\n\n"),
    );
    let mut events = to(script);
    assert_eq!(events.next().await.unwrap().unwrap().success, Some(true));
    let error = failure(&mut events).await;
    assert_eq!(
        (error.kind(), error.code()),
        (ErrorKind::Business, Some("InvalidParameter"))
    );
    assert_eq!(error.request_id(), Some("9"));

    // Instead of any: a document, not a stream.
    let script = ScriptedTransport::new().answer(200, failed);
    let error = failure(&mut to(script)).await;
    assert_eq!(
        (error.kind(), error.code()),
        (ErrorKind::Business, Some("InvalidParameter"))
    );

    // What was refused for now is asked for again, as long as no event came.
    let throttled = r#"{"Success":false,"ErrCode":"Throttling.User","ErrMessage":"slow"}"#;
    let script = ScriptedTransport::new()
        .answer(200, throttled)
        .answer(200, r#"{"Success":true}"#);
    let first = to(script).next().await.unwrap().unwrap();
    assert_eq!((first.success, first.attempts()), (Some(true), 2));
}

#[tokio::test(flavor = "multi_thread")]
async fn answers_without_events_and_broken_ones() {
    let to = |body: &str| {
        let script = ScriptedTransport::new().answer(200, body.to_owned());
        watch(
            config("https://ai.aliyuncs.com")
                .transport(script)
                .max_answer_size(100),
        )
    };
    for no_stream in ["", "\n\n", "<html>log in</html>", "busy"] {
        let error = failure(&mut to(no_stream)).await;
        assert_eq!(error.kind(), ErrorKind::Undecodable, "{no_stream:?}");
    }
    // What comes among events and is none ends the stream.
    let mut events = to(&format!("{ONE}<html></html>\n\n"));
    assert_eq!(text(&mut events).await.as_deref(), Some("one"));
    let error = failure(&mut events).await;
    assert_eq!(error.kind(), ErrorKind::Undecodable);
    assert!(to(": only a comment\n\n").next().await.is_none());
    let error = failure(&mut to("data: {broken\n\n")).await;
    assert_eq!(error.kind(), ErrorKind::Undecodable);
    // An event that is too large; that before it can be had.
    let mut events = to(&format!("{ONE}data: {}\n\n", "x".repeat(200)));
    assert_eq!(text(&mut events).await.as_deref(), Some("one"));
    let error = failure(&mut events).await;
    assert_eq!(error.kind(), ErrorKind::Undecodable);
    assert!(error.to_string().contains("too large"), "{error}");
    // A document that is too large.
    let error = failure(&mut to(&format!("{{\"Text\":\"{}\"}}", "x".repeat(200)))).await;
    assert_eq!(error.kind(), ErrorKind::Undecodable);
}
