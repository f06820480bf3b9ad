//! Secrets are planted everywhere, and everything that is ever printed is searched for them: `Debug`, `Display`, errors with
//! their sources, spans and events, recordings, commands for support tickets.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    reason = "a test that cannot go on fails"
)]

mod capture;

use std::error::Error as _;
use std::fmt::{Debug, Write as _};
use std::sync::atomic::{AtomicU32, Ordering};
use std::time::{Duration, SystemTime};

use alicloud::credentials::{Context, CredentialsFuture};
use alicloud::dts::v20200101::{self as dts, Client};
use alicloud::sign::v3;
use alicloud::test_util::{ManualClock, Recorder, ScriptedTransport};
use alicloud::transport::TransportError;
use alicloud::{
    Config, ConfigBuilder, Credentials, Error, Format, Placement, ProvideCredentials, Request as _,
    RetryPolicy, Secret, Signature, Value,
};
use capture::Capture;

const SECRET: &str = "canary-access-key-secret";
const TOKEN: &str = "canary-security-token";
const BEARER: &str = "canary-bearer-token";
const PASSWORD: &str = "canary/pass word&=";

/// Everything that was printed.
#[derive(Default)]
struct Printed(String);

impl Printed {
    fn debug(&mut self, what: &str, item: &dyn Debug) {
        let _ = writeln!(self.0, "{what}: {item:?}\n{what}: {item:#?}");
    }

    fn error(&mut self, what: &str, error: &Error) {
        self.debug(what, error);
        let _ = writeln!(self.0, "{what}: {error}");
        let mut source = error.source();
        while let Some(cause) = source {
            let _ = writeln!(self.0, "{what}, because: {cause} {cause:?}");
            source = cause.source();
        }
        self.debug(what, &error.history());
    }

    /// Searches for the secrets as they are, as they travel in forms and URLs, and in base64 of the beginning of one.
    fn must_not_hold(&self, extra: &[String]) {
        let encoded = [
            "canary%2Fpass",
            "canary%252Fpass",
            "canary/pass",
            "canary\\/pass",
        ];
        let plain = [SECRET, TOKEN, BEARER, PASSWORD, "canary-", "Y2FuYXJ5"];
        let all = plain.into_iter().chain(encoded).map(ToOwned::to_owned);
        for secret in all.chain(extra.iter().cloned()) {
            let line = self.0.lines().find(|line| line.contains(&secret));
            assert!(line.is_none(), "{secret:?} is printed: {line:?}");
        }
    }
}

fn config(transport: &ScriptedTransport) -> ConfigBuilder {
    let clock = ManualClock::new(SystemTime::UNIX_EPOCH + Duration::from_secs(1_714_979_289));
    Config::builder()
        .region("cn-hangzhou")
        .credentials(Credentials::new("testid", SECRET).with_security_token(TOKEN))
        .transport(transport.clone())
        .clock(clock.clone())
        .sleep(clock)
}

fn configure(client: &Client) -> dts::ConfigureSynchronizationJob<alicloud::client::ServiceClient> {
    client
        .configure_synchronization_job()
        .synchronization_job_id("job")
        .source_endpoint(
            dts::configure_synchronization_job::SourceEndpoint::new().password(PASSWORD),
        )
        .with_parameter("Extra", Value::from(PASSWORD).sensitive())
        .with_header("x-acs-note", TOKEN)
        .with_checks(false)
}

/// Every way a call can end.
fn endings() -> ScriptedTransport {
    // A signature error quotes the string to sign, which in V1 holds every parameter.
    let quoted = format!(
        r#"{{"Code":"SignatureDoesNotMatch","Message":"no match. server string to sign is:POST&%2F&Password%3D{PASSWORD}","RequestId":"1"}}"#
    );
    let lost = |not_sent| TransportError {
        not_sent,
        ..TransportError::broken("the exchange failed")
    };
    ScriptedTransport::new()
        .answer(200, r#"{"RequestId":"1","Success":true}"#)
        .answer(400, quoted)
        .answer(
            200,
            r#"{"RequestId":"1","Success":false,"ErrCode":"E","ErrMessage":"m"}"#,
        )
        .answer(403, r#"{"Code":"Forbidden","Message":"m"}"#)
        .answer(200, "no document")
        .fail(lost(true))
        .fail(lost(false))
}

#[tokio::test]
async fn nothing_printed_holds_a_secret() {
    let mut printed = Printed::default();
    let capture = Capture::default();
    // For the whole program: while one thread alone listens, another can decide for good that nobody does.
    tracing::subscriber::set_global_default(capture.clone()).unwrap();
    for (signature, format, placement) in [
        (Signature::V3, Format::Json, Placement::Body),
        (Signature::V1, Format::Json, Placement::Body),
        (Signature::V1, Format::Xml, Placement::Query),
    ] {
        let transport = endings();
        let recorder = Recorder::new();
        let config = config(&transport)
            .signature(signature)
            .format(format)
            .placement(placement)
            .retry(RetryPolicy::OFF)
            .interceptor(recorder.clone());
        printed.debug("builder", &config);
        let elsewhere =
            self::config(&transport).endpoint_of("Ecs", format!("https://user:{SECRET}@h"));
        printed.debug("another builder", &elsewhere);
        let why = elsewhere.build().unwrap_err();
        printed.debug("refused", &why);
        printed.0 += &why.to_string();
        let config = config.build().unwrap();
        let client = Client::new(&config);
        printed.debug("config", &config);
        printed.debug("client", &client);
        printed.debug("request", &configure(&client));
        while transport.left() > 0 {
            match configure(&client).send().await {
                Ok(response) => printed.debug("response", &response),
                Err(error) => printed.error("error", &error),
            }
        }
        let prepared = configure(&client).prepare().await.unwrap();
        printed.debug("prepared", &prepared);
        printed.0 += &recorder.to_json_lines();
        printed.0 += &prepared.to_curl();
        for request in transport.requests() {
            printed.debug("request on the wire", &request);
        }
        printed.must_not_hold(&[prepared.signed().signature.clone()]);
    }
    let events = capture.text();
    assert!(events.contains("StartDtsJob") || events.contains("ConfigureSynchronizationJob"));
    printed.0 += &events;
    printed.must_not_hold(&[]);
}

#[tokio::test]
async fn credentials_and_sensitive_answers_print_nothing() {
    let mut printed = Printed::default();
    let temporary = Credentials::new("testid", SECRET).with_security_token(TOKEN);
    printed.debug("temporary", &temporary);
    printed.debug("bearer", &Credentials::bearer(BEARER));
    printed.debug("secret", &Secret::from(SECRET));
    printed.debug("value", &Value::from(PASSWORD).sensitive());
    let transport = ScriptedTransport::new()
        .answer(200, r#"{"RequestId":"1"}"#)
        .fail(TransportError::broken("lost"));
    let bearer = config(&transport).credentials(Credentials::bearer(BEARER));
    let client = Client::new(&bearer.build().unwrap());
    let response = client
        .describe_dts_jobs()
        .region("cn-hangzhou")
        .send()
        .await
        .unwrap();
    printed.debug("response", &response);
    let error = client
        .start_dts_job()
        .dts_job_id("x")
        .send()
        .await
        .unwrap_err();
    printed.error("error", &error);
    let curl = client
        .start_dts_job()
        .dts_job_id("x")
        .prepare()
        .await
        .unwrap()
        .to_curl();
    printed.0 += &curl;
    assert!(curl.contains("x-acs-bearer-token: REDACTED"), "{curl}");
    printed.must_not_hold(&[]);
    assert_eq!(v3::payload_hash(b"").len(), 64);
}

/// Gives another token each time it is asked.
#[derive(Debug, Default)]
struct Rotating(AtomicU32);

impl ProvideCredentials for Rotating {
    fn credentials<'a>(&'a self, _: &'a Context) -> CredentialsFuture<'a> {
        let number = self.0.fetch_add(1, Ordering::Relaxed);
        let token = format!("token-canary-{number}/x");
        let key = Credentials::new("testid", SECRET).with_security_token(token);
        Box::pin(std::future::ready(Ok(key)))
    }
}

#[tokio::test]
async fn secrets_of_earlier_attempts_are_secrets_still() {
    let busy = r#"{"Code":"Throttling","Message":"token-canary-0%2Fx","RequestId":"1"}"#;
    let echo = r#"{"Code":"C","Message":"token-canary-0%2Fx token-canary-1/x","RequestId":"2"}"#;
    let transport = ScriptedTransport::new().answer(400, busy).answer(404, echo);
    let config = config(&transport).credentials(Rotating::default());
    let client = Client::new(&config.build().unwrap());
    let error = client.start_dts_job().dts_job_id("x").send().await;
    let error = error.unwrap_err();
    assert_eq!(error.message(), Some("[redacted] [redacted]"));
    assert_eq!(error.attempts(), 2);
    let mut printed = Printed::default();
    printed.error("error", &error);
    printed.must_not_hold(&[]);
}
