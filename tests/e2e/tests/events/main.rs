//! Streams of events: given as they come, limited in their silence and not in their length, judged one by one, and
//! repeated only while nobody has seen any of them.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    reason = "a test that cannot go on fails"
)]

mod judged;
mod service;

use std::sync::mpsc;
use std::time::Duration;

use alicloud::client::{EventStream, ServiceClient};
use alicloud::decode::Events;
use alicloud::dts::v20200101::Client;
use alicloud::dts::v20200101::start_dts_job::StartDtsJobResponse;
use alicloud::params::Value;
use alicloud::test_util::ScriptedTransport;
use alicloud::transport::{HttpResponse, TransportError};
use alicloud::{Config, ConfigBuilder, Credentials, Error, ErrorKind, Params, Request as _};
use alicloud_gateway::{Fault, Gateway};

use self::service::{Asked, serve};

const ONE: &str = "id: 1\nevent: text\ndata: {\"Text\":\"one\"}\n\n";
const TWO: &str = "id: 2\ndata: {\"Text\":\"two\"}\n\n";

fn config(endpoint: &str) -> ConfigBuilder {
    Config::builder()
        .endpoint(endpoint)
        .credentials(Credentials::new("testid", "testsecret"))
}

/// A call that reads and is answered with events.
fn watch(config: ConfigBuilder) -> EventStream<Value> {
    let client = ServiceClient::raw(&config.build().unwrap(), "Ai", "2024-01-01");
    client.call_raw("Watch", Params::new()).reads().events()
}

/// A call that changes something, whose answer has a rule for success.
fn start(config: ConfigBuilder) -> EventStream<StartDtsJobResponse> {
    let client = Client::new(&config.build().unwrap());
    let call = client.start_dts_job().dts_job_id("x").into_call();
    call.send::<Events<StartDtsJobResponse>>().events()
}

async fn text(events: &mut EventStream<Value>) -> Option<String> {
    let event = events.next().await?.unwrap();
    event.get("Text").and_then(Value::as_str).map(str::to_owned)
}

async fn failure<T: alicloud::decode::Decode>(events: &mut EventStream<T>) -> Error {
    let event = events.next().await.expect("an event or an error");
    let error = event.map(drop).expect_err("an error");
    assert!(events.next().await.is_none(), "an error ends the stream");
    error
}

#[tokio::test(flavor = "multi_thread")]
async fn each_event_is_given_before_the_next_is_written() {
    let (seen, wait) = mpsc::channel();
    let (endpoint, service) = serve(move |listener| {
        let asked = Asked::next(listener).begin("200 OK").piece(ONE);
        // The client has the first event now, though the answer is not over.
        wait.recv_timeout(Duration::from_secs(20)).unwrap();
        // The second is cut in the middle.
        let (start, rest) = TWO.split_at(20);
        let asked = asked.piece(start).piece(rest);
        wait.recv_timeout(Duration::from_secs(20)).unwrap();
        asked.piece("data: [DONE]\n\n").end();
    });
    let mut events = watch(config(&endpoint));
    assert!(events.head().is_none());
    let first = events.next().await.unwrap().unwrap();
    assert_eq!(first.id(), Some("1"));
    assert_eq!(first.name(), Some("text"));
    assert_eq!(first.get("Text").and_then(Value::as_str), Some("one"));
    assert_eq!(first.request_id(), Some("0A1B"));
    assert_eq!(&first.raw_body()[..], b"{\"Text\":\"one\"}");
    assert_eq!((first.status(), first.attempts()), (200, 1));
    assert_eq!(events.head().map(|head| head.status), Some(200));
    seen.send(()).unwrap();
    assert_eq!(text(&mut events).await.as_deref(), Some("two"));
    seen.send(()).unwrap();
    assert!(events.next().await.is_none());
    assert!(events.next().await.is_none());
    service.join().unwrap();
}

/// A product whose only operation streams.
const SERVICE: &str = "
product: Ai
version: '2024-01-01'
style: rpc
title: AI
endpoints: {central: ai.example.com}
";
const WATCH: &str = r#"
operation: Watch
summary: Watches.
effect: read
streams: true
response:
  fields:
    RequestId: {type: string, description: The ID of the request.}
    Text: {type: string, description: A part of the text.}
examples:
  - request: {}
    json: |-
      {"RequestId": "1",
       "Text": "one"}
  - request: {}
    json: '{"RequestId": "1", "Text": "two, which is longer than the first"}'
"#;

#[tokio::test(flavor = "multi_thread")]
async fn the_gateway_streams_the_examples_of_a_spec() {
    let specs = tempfile::tempdir().unwrap();
    let folder = specs.path().join("ai/2024-01-01");
    std::fs::create_dir_all(&folder).unwrap();
    std::fs::write(folder.join("service.yaml"), SERVICE).unwrap();
    std::fs::write(folder.join("Watch.yaml"), WATCH).unwrap();
    let gateway = Gateway::builder()
        .specs(specs.path())
        .access_key("testid", "testsecret")
        .start()
        .await
        .unwrap();
    let mut events = watch(config(&gateway.endpoint()));
    let first = events.next().await.unwrap().unwrap();
    assert_eq!(first.id(), Some("1"));
    assert_eq!(first.get("Text").and_then(Value::as_str), Some("one"));
    // Each call has an ID of its own, which its events say, too.
    let id = first
        .headers()
        .iter()
        .find(|(name, _)| name == "x-acs-request-id");
    assert_eq!(first.request_id(), id.map(|(_, id)| id.as_ref()));
    let second = text(&mut events).await.unwrap();
    assert_eq!(second, "two, which is longer than the first");
    assert!(events.next().await.is_none());
    // What strikes other calls strikes these.
    gateway.inject_next("Watch", Fault::TruncatedBody);
    let mut events = watch(config(&gateway.endpoint()));
    assert_eq!(text(&mut events).await.as_deref(), Some("one"));
    assert_eq!(failure(&mut events).await.kind(), ErrorKind::OutcomeUnknown);
}

#[tokio::test(flavor = "multi_thread")]
async fn awaiting_the_call_gives_all_events_at_the_end() {
    let body = "data: {\"RequestId\":\"a\"}\n\ndata: {\"RequestId\":\"b\"}\n\n";
    let transport = ScriptedTransport::new().answer(200, body);
    let client = Client::new(
        &config("https://dts.aliyuncs.com")
            .transport(transport)
            .build()
            .unwrap(),
    );
    let call = client.start_dts_job().dts_job_id("x").into_call();
    let answer = call.send::<Events<StartDtsJobResponse>>().await.unwrap();
    let ids: Vec<_> = answer
        .iter()
        .filter_map(|event| event.request_id.clone())
        .collect();
    assert_eq!(ids, ["a", "b"]);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_stream_may_last_longer_than_an_attempt_but_not_be_silent_for_so_long() {
    let limit = Duration::from_millis(600);
    let (endpoint, service) = serve(move |listener| {
        let mut asked = Asked::next(listener).begin("200 OK");
        for _ in 0..6 {
            std::thread::sleep(limit / 4);
            asked = asked.piece(ONE);
        }
        // Silence, until the client has had enough.
        asked.is_left()
    });
    let mut events = watch(config(&endpoint).attempt_timeout(limit).timeout(limit));
    for _ in 0..6 {
        assert_eq!(text(&mut events).await.as_deref(), Some("one"));
    }
    let error = failure(&mut events).await;
    assert!(error.is_timeout(), "{error}");
    assert_eq!(error.kind(), ErrorKind::OutcomeUnknown);
    assert_eq!(error.request_id(), Some("0A1B"));
    assert!(
        error.to_string().contains("nothing came for 600ms"),
        "{error}"
    );
    assert!(service.join().unwrap(), "the connection stays open");
}

#[tokio::test(flavor = "multi_thread")]
async fn headers_that_do_not_come_are_waited_for_as_long_as_an_attempt_may_take() {
    let (endpoint, service) = serve(|listener| Asked::next(listener).is_left());
    let limit = Duration::from_millis(100);
    let mut events = start(config(&endpoint).attempt_timeout(limit));
    let error = failure(&mut events).await;
    assert!(error.is_timeout(), "{error}");
    assert_eq!(
        (error.kind(), error.attempts()),
        (ErrorKind::OutcomeUnknown, 1)
    );
    assert!(service.join().unwrap());
}

#[tokio::test(flavor = "multi_thread")]
async fn what_breaks_after_an_event_is_not_asked_for_again() {
    let (endpoint, service) = serve(|listener| {
        drop(
            Asked::next(listener)
                .begin("200 OK")
                .piece(ONE)
                .piece("data: {\"Te"),
        );
        listener.set_nonblocking(true).unwrap();
        std::thread::sleep(Duration::from_millis(300));
        listener.accept().is_err()
    });
    let mut events = watch(config(&endpoint));
    assert_eq!(text(&mut events).await.as_deref(), Some("one"));
    let error = failure(&mut events).await;
    assert_eq!(
        (error.kind(), error.attempts()),
        (ErrorKind::OutcomeUnknown, 1)
    );
    // Reading again can do no harm; only the caller knows what to do with what came.
    assert!(error.is_retryable());
    assert!(service.join().unwrap(), "the call was repeated");
}

#[tokio::test(flavor = "multi_thread")]
async fn what_breaks_before_any_event_is_asked_for_again_when_it_reads() {
    let (endpoint, service) = serve(|listener| {
        drop(Asked::next(listener).begin("200 OK").piece(": hello\n"));
        Asked::next(listener).begin("200 OK").piece(ONE).end();
    });
    let mut events = watch(config(&endpoint));
    let first = events.next().await.unwrap().unwrap();
    assert_eq!((first.id(), first.attempts()), (Some("1"), 2));
    assert!(events.next().await.is_none());
    service.join().unwrap();

    let (endpoint, service) =
        serve(|listener| drop(Asked::next(listener).begin("200 OK").piece(": hello\n")));
    let error = failure(&mut start(config(&endpoint))).await;
    assert_eq!(
        (error.kind(), error.attempts()),
        (ErrorKind::OutcomeUnknown, 1)
    );
    assert!(!error.is_retryable());
    service.join().unwrap();
}

#[tokio::test(flavor = "multi_thread")]
async fn a_stream_that_is_dropped_ends_the_exchange() {
    let (endpoint, service) =
        serve(|listener| Asked::next(listener).begin("200 OK").piece(ONE).is_left());
    let mut events = watch(config(&endpoint));
    assert_eq!(text(&mut events).await.as_deref(), Some("one"));
    drop(events);
    assert!(service.join().unwrap());
}

#[tokio::test(flavor = "multi_thread")]
async fn what_a_script_breaks_off_comes_before_the_error() {
    let body = format!("{ONE}data: {{\"Text\":\"unfini");
    let answer = HttpResponse {
        status: 200,
        body: body.into(),
        ..HttpResponse::default()
    };
    let script = ScriptedTransport::new().fail(TransportError {
        answer: Some(Box::new(answer)),
        ..TransportError::broken("connection reset")
    });
    let mut events = watch(config("https://ai.aliyuncs.com").transport(script));
    assert_eq!(text(&mut events).await.as_deref(), Some("one"));
    let error = failure(&mut events).await;
    assert!(error.to_string().contains("connection reset"), "{error}");
}

#[test]
fn events_block_where_there_is_no_runtime() {
    let (seen, wait) = mpsc::channel();
    let (endpoint, service) = serve(move |listener| {
        let asked = Asked::next(listener).begin("200 OK").piece(ONE);
        wait.recv_timeout(Duration::from_secs(20)).unwrap();
        asked.piece(TWO).end();
    });
    let mut events = watch(config(&endpoint)).block();
    let id = |event: Option<Result<alicloud::client::StreamEvent<Value>, Error>>| {
        event.map(|event| event.unwrap().id().map(str::to_owned))
    };
    assert_eq!(id(events.next()), Some(Some("1".to_owned())));
    seen.send(()).unwrap();
    assert_eq!(id(events.next()), Some(Some("2".to_owned())));
    assert!(events.next().is_none());
    service.join().unwrap();
}

#[test]
fn a_stream_shows_no_secret() {
    let stream = start(config("https://dts.aliyuncs.com").transport(ScriptedTransport::new()));
    let shown = format!("{stream:?}");
    assert!(
        shown.contains("EventStream") && !shown.contains("testsecret"),
        "{shown}"
    );
}
