//! Tracing: one span per call, one event per attempt, with the names OpenTelemetry uses.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    reason = "a test that cannot go on fails"
)]

mod capture;

use std::time::SystemTime;

use alicloud::client::ServiceClient;
use alicloud::dts::v20200101::Client;
use alicloud::test_util::{ManualClock, ScriptedTransport};
use alicloud::transport::{HttpResponse, TransportError};
use alicloud::{Config, Credentials, Params, RetryPolicy};
use capture::Capture;

#[tokio::test]
async fn a_call_is_a_span_and_an_attempt_an_event() {
    let capture = Capture::default();
    let _guard = tracing::subscriber::set_default(capture.clone());
    let clock = ManualClock::new(SystemTime::UNIX_EPOCH);
    let transport = ScriptedTransport::new()
        .answer(
            400,
            r#"{"Code":"Throttling","Message":"m","RequestId":"R1"}"#,
        )
        .answer(200, r#"{"RequestId":"R2","Success":true}"#)
        .answer(
            403,
            r#"{"Code":"NoPermission","Message":"m","RequestId":"R3"}"#,
        );
    let backoff = RetryPolicy::DEFAULT.backoff.with_jitter(false);
    let config = Config::builder()
        .region("cn-hangzhou")
        .credentials(Credentials::new("testid", "testsecret"))
        .transport(transport)
        .clock(clock.clone())
        .sleep(clock)
        .retry(RetryPolicy::DEFAULT.with_backoff(backoff));
    let client = Client::new(&config.build().unwrap());
    client.start_dts_job().dts_job_id("x").send().await.unwrap();
    let error = client.start_dts_job().dts_job_id("x").send().await;
    assert!(error.is_err());
    let span = "span alicloud.call otel.kind=\"client\" rpc.system=\"alicloud\" rpc.service=\"Dts\" \
        rpc.method=\"StartDtsJob\" alicloud.api_version=\"2020-01-01\" cloud.region=\"cn-hangzhou\"";
    assert_eq!(
        capture.lines(),
        [
            span,
            "event WARN message=attempt failed alicloud.attempt=1 alicloud.delay_ms=0 http.response.status_code=400 \
             alicloud.request_id=\"R1\" error.type=\"Throttling\"",
            "event DEBUG message=answered alicloud.attempt=2 alicloud.delay_ms=300 http.response.status_code=200",
            "record http.response.status_code=200",
            "record alicloud.request_id=\"R2\"",
            "record http.request.resend_count=1",
            span,
            "event WARN message=attempt failed alicloud.attempt=1 alicloud.delay_ms=0 http.response.status_code=403 \
             alicloud.request_id=\"R3\" error.type=\"NoPermission\"",
            "record http.response.status_code=403",
            "record alicloud.request_id=\"R3\"",
            "record http.request.resend_count=0",
            "record error.type=\"NoPermission\"",
        ]
    );
}

#[tokio::test]
async fn a_stream_of_events_is_a_span_from_its_first_byte_to_what_breaks_it_off() {
    let capture = Capture::default();
    let _guard = tracing::subscriber::set_default(capture.clone());
    let begun = HttpResponse {
        status: 200,
        body: "data: {}\n\n".into(),
        ..HttpResponse::default()
    };
    let transport = ScriptedTransport::new().fail(TransportError {
        answer: Some(Box::new(begun)),
        ..TransportError::broken("connection reset")
    });
    let config = Config::builder()
        .region("cn-hangzhou")
        .credentials(Credentials::new("testid", "testsecret"))
        .transport(transport);
    let client = ServiceClient::raw(&config.build().unwrap(), "Ai", "2024-01-01");
    let mut events = client.call_raw("Watch", Params::new()).events();
    assert!(events.next().await.unwrap().is_ok());
    assert!(events.next().await.unwrap().is_err());
    assert!(events.next().await.is_none());
    assert_eq!(
        capture.lines(),
        [
            "span alicloud.call otel.kind=\"client\" rpc.system=\"alicloud\" rpc.service=\"Ai\" \
             rpc.method=\"Watch\" alicloud.api_version=\"2024-01-01\" cloud.region=\"cn-hangzhou\"",
            "event DEBUG message=answered alicloud.attempt=1 alicloud.delay_ms=0 http.response.status_code=200",
            "record http.response.status_code=200",
            "record http.request.resend_count=0",
            "event WARN message=attempt failed alicloud.attempt=1 alicloud.delay_ms=0 http.response.status_code=200 \
             error.type=\"outcome_unknown\"",
            "record http.response.status_code=200",
            "record http.request.resend_count=0",
            "record error.type=\"outcome_unknown\"",
        ]
    );
}
