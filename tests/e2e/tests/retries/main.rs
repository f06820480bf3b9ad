//! Retries, with a scripted service and a clock that a test moves: what is repeated, when, how often, and what is not.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    reason = "a test that cannot go on fails"
)]

mod corrections;
mod governor;
mod limits;
mod throttling;

use std::time::{Duration, SystemTime};

use alicloud::client::ServiceClient;
use alicloud::dts::v20200101::{Client, StartDtsJob};
use alicloud::retry::Backoff;
use alicloud::test_util::{ManualClock, ScriptedTransport};
use alicloud::transport::{HttpRequest, HttpResponse, TransportError};
use alicloud::{Config, ConfigBuilder, Credentials, ErrorKind, Params, Request as _, RetryPolicy};

const GOOD: &str = r#"{"RequestId":"1111","Success":true}"#;
const THROTTLED: &str = r#"{"Code":"Throttling.User","Message":"slow","RequestId":"2222"}"#;
const BUSY: &str = r#"{"Code":"ServiceUnavailable","Message":"busy","RequestId":"3333"}"#;

/// 2024-05-06T07:08:09Z.
fn start() -> SystemTime {
    SystemTime::UNIX_EPOCH + Duration::from_secs(1_714_979_289)
}

fn clock() -> ManualClock {
    ManualClock::new(start())
}

fn config(transport: &ScriptedTransport, clock: &ManualClock) -> ConfigBuilder {
    Config::builder()
        .endpoint("https://dts.aliyuncs.com")
        .credentials(Credentials::new("testid", "testsecret"))
        .transport(transport.clone())
        .clock(clock.clone())
        .sleep(clock.clone())
}

fn client(transport: &ScriptedTransport, clock: &ManualClock) -> Client {
    Client::new(&config(transport, clock).build().unwrap())
}

/// A call that changes something.
fn write(client: &Client) -> StartDtsJob<ServiceClient> {
    client.start_dts_job().dts_job_id("x")
}

fn header<'r>(request: &'r HttpRequest, name: &str) -> Option<&'r str> {
    let found = request.headers.iter().find(|(known, _)| known == name);
    found.map(|(_, value)| value.as_ref())
}

fn answer(
    status: u16,
    headers: &[(&'static str, &'static str)],
    body: &'static str,
) -> HttpResponse {
    HttpResponse {
        status,
        headers: headers
            .iter()
            .map(|(name, value)| ((*name).into(), (*value).into()))
            .collect(),
        body: body.into(),
    }
}

fn lost() -> TransportError {
    TransportError::broken("connection reset")
}

#[tokio::test]
async fn a_throttled_write_is_repeated_and_each_attempt_is_signed_anew() {
    let clock = clock();
    let transport = ScriptedTransport::new()
        .answer(400, THROTTLED)
        .answer(400, THROTTLED)
        .answer(200, GOOD);
    let answer = write(&client(&transport, &clock)).send().await.unwrap();
    assert_eq!(answer.attempts(), 3);
    let requests = transport.requests();
    assert_eq!(requests.len(), 3);
    for name in ["x-acs-signature-nonce", "authorization"] {
        let mut values: Vec<_> = requests
            .iter()
            .map(|request| header(request, name))
            .collect();
        assert!(values.iter().all(Option::is_some), "{name}");
        values.sort_unstable();
        values.dedup();
        assert_eq!(values.len(), 3, "{name}");
    }
    // The longest pauses are 300 and 600 milliseconds; jitter takes any part of them.
    let sleeps = clock.sleeps();
    assert_eq!(sleeps.len(), 2);
    assert!(sleeps[0] <= Duration::from_millis(300), "{sleeps:?}");
    assert!(sleeps[1] <= Duration::from_millis(600), "{sleeps:?}");
}

#[tokio::test]
async fn three_attempts_are_the_default_and_the_error_tells_all_of_them() {
    let clock = clock();
    let transport = ScriptedTransport::new()
        .answer(400, THROTTLED)
        .fail(TransportError::not_sent("connection refused"))
        .answer(429, THROTTLED)
        .answer(200, GOOD);
    let error = write(&client(&transport, &clock)).send().await.unwrap_err();
    assert_eq!(error.attempts(), 3);
    assert_eq!(transport.left(), 1);
    let kinds: Vec<_> = error.history().iter().map(|attempt| attempt.kind).collect();
    assert_eq!(
        kinds,
        [ErrorKind::Service, ErrorKind::NotSent, ErrorKind::Service]
    );
    assert_eq!(error.history()[0].request_id.as_deref(), Some("2222"));
    assert_eq!(error.history()[0].delay, Duration::ZERO);
    assert_eq!(error.history()[1].delay, clock.sleeps()[0]);
    assert_eq!(error.history()[2].status, Some(429));
}

#[tokio::test]
async fn a_write_whose_outcome_is_unknown_is_never_repeated() {
    for failure in [
        Err(lost()),
        Ok(answer(503, &[], BUSY)),
        Ok(answer(502, &[], "<html>")),
    ] {
        let clock = clock();
        let script = ScriptedTransport::new();
        let transport = match failure {
            Ok(response) => script.respond(response),
            Err(error) => script.fail(error),
        };
        let error = write(&client(&transport.clone().answer(200, GOOD), &clock))
            .send()
            .await
            .unwrap_err();
        assert_eq!(error.attempts(), 1, "{error}");
        assert_eq!(transport.left(), 1);
        assert!(!error.is_retryable());
    }
}

#[tokio::test]
async fn a_read_is_repeated_whatever_became_of_it() {
    let clock = clock();
    let transport = ScriptedTransport::new()
        .fail(lost())
        .answer(503, BUSY)
        .answer(200, GOOD);
    let answer = client(&transport, &clock)
        .describe_dts_jobs()
        .region("cn-hangzhou")
        .send()
        .await
        .unwrap();
    assert_eq!(answer.attempts(), 3);
}

#[tokio::test]
async fn an_idempotency_token_makes_a_write_repeatable_and_stays_the_same() {
    let clock = clock();
    let transport = ScriptedTransport::new().fail(lost()).answer(200, GOOD);
    let config = config(&transport, &clock).build().unwrap();
    let ecs = ServiceClient::raw(&config, "Ecs", "2014-05-26");
    let call = ecs
        .call_raw("RunInstances", Params::new())
        .idempotency_token("ClientToken");
    call.send().await.unwrap();
    let requests = transport.requests();
    let tokens: Vec<_> = requests
        .iter()
        .map(|request| request.url.split("ClientToken=").nth(1).unwrap())
        .collect();
    assert_eq!(tokens.len(), 2);
    assert_eq!(tokens[0], tokens[1]);
    assert!(tokens[0].len() >= 32, "{tokens:?}");
    assert_ne!(
        header(&requests[0], "x-acs-signature-nonce"),
        header(&requests[1], "x-acs-signature-nonce")
    );

    // A token of the caller's is kept.
    let transport = ScriptedTransport::new().fail(lost()).answer(200, GOOD);
    let config = self::config(&transport, &clock).build().unwrap();
    let mut params = Params::new();
    params.set("ClientToken", "mine");
    ServiceClient::raw(&config, "Ecs", "2014-05-26")
        .call_raw("RunInstances", params)
        .idempotency_token("ClientToken")
        .send()
        .await
        .unwrap();
    for request in transport.requests() {
        assert!(request.url.ends_with("ClientToken=mine"), "{}", request.url);
    }
}

#[tokio::test]
async fn the_server_says_how_long_to_wait() {
    for (name, value, wait) in [
        ("x-acs-retry-after", "1234", Duration::from_millis(1234)),
        ("retry-after", "7", Duration::from_secs(7)),
    ] {
        let clock = clock();
        let headers = match name {
            "retry-after" => [("retry-after", value)],
            _ => [("x-acs-retry-after", value)],
        };
        let transport = ScriptedTransport::new()
            .respond(answer(429, &headers, THROTTLED))
            .answer(200, GOOD);
        let sent = write(&client(&transport, &clock)).send().await;
        assert!(sent.is_ok());
        assert_eq!(clock.sleeps(), [wait]);
    }
}

#[tokio::test]
async fn no_retry_goes_beyond_the_deadline() {
    let clock = clock();
    let transport = ScriptedTransport::new()
        .respond(answer(429, &[("retry-after", "10")], THROTTLED))
        .answer(200, GOOD);
    let error = write(&client(&transport, &clock))
        .with_timeout(Duration::from_secs(10))
        .send()
        .await
        .unwrap_err();
    assert_eq!(error.attempts(), 1);
    assert!(clock.sleeps().is_empty());
    // An attempt is given no more time than the call has left.
    let transport = ScriptedTransport::new()
        .respond(answer(429, &[("retry-after", "7")], THROTTLED))
        .answer(200, GOOD);
    let sent = write(&client(&transport, &clock))
        .with_timeout(Duration::from_secs(10))
        .with_attempt_timeout(Duration::from_secs(5))
        .send()
        .await;
    assert!(sent.is_ok());
    let timeouts: Vec<_> = transport
        .requests()
        .iter()
        .map(|request| request.timeout)
        .collect();
    assert_eq!(timeouts, [Duration::from_secs(5), Duration::from_secs(3)]);
}

#[tokio::test]
async fn retries_can_be_turned_off_and_set() {
    let clock = clock();
    let transport = ScriptedTransport::new()
        .answer(400, THROTTLED)
        .answer(200, GOOD);
    let error = write(&client(&transport, &clock))
        .with_retry(RetryPolicy::OFF)
        .send()
        .await
        .unwrap_err();
    assert_eq!((error.attempts(), transport.left()), (1, 1));

    let steady = Backoff::new(Duration::from_secs(1), Duration::from_secs(3)).with_jitter(false);
    let policy = RetryPolicy::DEFAULT
        .with_max_attempts(5)
        .with_backoff(steady);
    let script = ScriptedTransport::new();
    let transport = (0..4).fold(script, |script, _| script.answer(400, THROTTLED));
    let patient = config(&transport.clone().answer(200, GOOD), &clock).retry(policy);
    let answer = write(&Client::new(&patient.build().unwrap())).send().await;
    assert_eq!(answer.unwrap().attempts(), 5);
    let seconds: Vec<_> = clock.sleeps().iter().map(Duration::as_secs).collect();
    assert_eq!(seconds, [1, 2, 3, 3]);
}

#[tokio::test]
async fn the_budget_ends_retries_when_everything_fails() {
    let clock = clock();
    let transport = (0..200).fold(ScriptedTransport::new(), |script, _| {
        script.answer(400, THROTTLED)
    });
    let client = client(&transport, &clock);
    let mut attempts = Vec::new();
    for _ in 0..60 {
        let clone = client.clone();
        let error = write(&clone).send().await.unwrap_err();
        attempts.push(error.attempts());
    }
    // 100 retries are in it: two for each of 50 calls.
    assert!(attempts[..50].iter().all(|made| *made == 3), "{attempts:?}");
    assert!(attempts[50..].iter().all(|made| *made == 1), "{attempts:?}");
}

#[tokio::test]
async fn a_failure_inside_a_good_answer_is_judged_like_any_other() {
    let throttled =
        r#"{"RequestId":"6","Success":false,"ErrCode":"Throttling.Api","ErrMessage":"slow"}"#;
    let refused =
        r#"{"RequestId":"7","Success":"false","ErrCode":"InvalidParameter","ErrMessage":"bad"}"#;
    let clock = clock();
    let transport = ScriptedTransport::new()
        .answer(200, throttled)
        .answer(200, refused)
        .answer(200, GOOD);
    let error = write(&client(&transport, &clock)).send().await.unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Business);
    assert_eq!(error.attempts(), 2);
    assert_eq!(error.history()[0].code.as_deref(), Some("Throttling.Api"));
    assert_eq!(error.code(), Some("InvalidParameter"));
}
