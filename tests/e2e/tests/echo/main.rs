//! A service that repeats in its responses all that it was sent, and every secret of its caller: in every place a response
//! has, in every way to escape a text. Nothing that a caller prints, logs or records shows any of it, and none of it can forge
//! a line of a log.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    reason = "a test that cannot go on fails"
)]

#[path = "../capture/mod.rs"]
mod capture;
mod place;
mod service;
mod shown;
mod spelling;

use std::sync::OnceLock;

use alicloud::client::ServiceClient;
use alicloud::dts::v20200101::{self as dts, Client};
use alicloud::operation::Method;
use alicloud::test_util::Recorder;
use alicloud::{
    Config, Credentials, Error, Params, Placement, Request as _, Response, RetryPolicy, Signature,
    Value,
};
use capture::Capture;

use self::place::{PLACES, Place};
use self::service::Service;
use self::shown::Shown;
use self::spelling::SPELLINGS;

/// The secrets of a caller. What a test searches for in them is the word `cnry`.
struct Secrets {
    key: String,
    token: String,
    bearer: String,
    header: String,
    phrase: String,
    inner: String,
    jdbc: String,
    short: String,
}

impl Secrets {
    fn new(seed: u64) -> Self {
        let ascii = |at: u64| secret(seed * 8 + at, b"&<>\"'/+%=?#;:@ ", "");
        let any = |at: u64| secret(seed * 8 + at, b"&<>\"'/+%=?#;:@\\ {}[]\n", "密ö🔑");
        Self {
            // No key has a blank in it.
            key: ascii(0).replace(' ', "\\"),
            token: ascii(1).replace(' ', "\\"),
            bearer: ascii(2).replace(' ', "\\"),
            header: ascii(3),
            phrase: any(4),
            inner: any(5),
            jdbc: ascii(6).replace(['&', '"', '\'', '<', '>', ';', ' '], "!"),
            short: "cnry".into(),
        }
    }
}

/// A secret that begins with a few letters and then alternates between the word and signs that are often escaped.
fn secret(seed: u64, signs: &[u8], letters: &str) -> String {
    let mut state = seed.wrapping_mul(0x9e37_79b9_7f4a_7c15) | 1;
    let mut next = |below: usize| {
        state ^= state << 13;
        state ^= state >> 7;
        state ^= state << 17;
        usize::try_from(state % 1_000_003).unwrap() % below
    };
    let mut text = format!("Zq{}x7Wd", next(10));
    let others: Vec<char> = letters.chars().collect();
    for _ in 0..4 {
        text.push(char::from(signs[next(signs.len())]));
        text.push_str("cnry");
        text.push(char::from(signs[next(signs.len())]));
        if !others.is_empty() {
            text.push(others[next(others.len())]);
        }
    }
    text.push('Z');
    text
}

/// A caller of the service.
struct Caller {
    secrets: Secrets,
    recorder: Recorder,
    /// One configuration for each way.
    configs: Vec<Config>,
}

/// How a caller calls.
#[derive(Clone, Copy, Debug)]
enum Way {
    Form,
    V1,
    V1Query,
    Path,
    Bearer,
    Events,
}

const WAYS: [Way; 6] = [
    Way::Form,
    Way::V1,
    Way::V1Query,
    Way::Path,
    Way::Bearer,
    Way::Events,
];

impl Caller {
    fn new(secrets: Secrets, service: &Service) -> Self {
        let recorder = Recorder::new();
        let Secrets {
            key, token, bearer, ..
        } = &secrets;
        let config = |way: Way| {
            let credentials = match way {
                Way::Bearer => Credentials::bearer(bearer),
                _ => Credentials::new("testid", key).with_security_token(token),
            };
            let config = Config::builder()
                .endpoint(&service.endpoint)
                .credentials(credentials)
                .interceptor(recorder.clone())
                .retry(RetryPolicy::OFF);
            let config = match way {
                Way::V1 => config.signature(Signature::V1),
                Way::V1Query => config.signature(Signature::V1).placement(Placement::Query),
                _ => config,
            };
            config.build().unwrap()
        };
        let configs = WAYS.map(config).into();
        Self {
            secrets,
            recorder,
            configs,
        }
    }

    fn config(&self, way: Way) -> &Config {
        &self.configs[way as usize]
    }

    /// What a call holds secret and does not send, and what the service may know all the same.
    fn unsent(&self, way: Way) -> &str {
        match way {
            Way::Bearer => "",
            _ => &self.secrets.key,
        }
    }

    /// Calls, and shows all that a caller could.
    async fn call(&self, way: Way, shown: &mut Shown) {
        let config = self.config(way);
        match way {
            Way::Path | Way::Bearer => {
                let call = self.by_path(config);
                shown.prepared(&call.clone().prepare().await.unwrap());
                shown.outcome(call.send().await);
            }
            Way::Events => {
                let mut events = self.by_path(config).reads().events();
                while let Some(event) = events.next().await {
                    shown.outcome(event.map(|_| Response::new(Value::Null, Default::default())));
                }
            }
            Way::Form | Way::V1 | Way::V1Query => {
                let call = self.typed(&Client::new(config));
                shown.prepared(&call.clone().prepare().await.unwrap());
                shown.outcome(call.send().await);
            }
        }
    }

    /// Secrets in the query and the form, and in what a caller adds.
    fn typed(&self, client: &Client) -> dts::ConfigureSynchronizationJob<ServiceClient> {
        let Secrets {
            header,
            phrase,
            inner,
            short,
            ..
        } = &self.secrets;
        client
            .configure_synchronization_job()
            .synchronization_job_id("job")
            .source_endpoint(
                dts::configure_synchronization_job::SourceEndpoint::new().password(phrase),
            )
            .with_parameter("Extra", Value::from(short.as_str()).sensitive())
            .with_parameter("DbPassword", inner.as_str())
            .with_header("x-acs-db-token", header)
            .with_checks(false)
    }

    /// Secrets in the path, in a header, and in a JSON body: in JSON in a string of it, and in a URL.
    fn by_path(&self, config: &Config) -> alicloud::client::RawCall {
        let Secrets {
            header,
            phrase,
            inner,
            jdbc,
            short,
            ..
        } = &self.secrets;
        let settings = serde_json::json!({ "dbPwd": inner, "x": [1, 2] }).to_string();
        let url = format!("jdbc:mysql://root:{jdbc}@h:3306/d?user=u&password={jdbc}");
        let body = serde_json::json!({ "Settings": settings, "Url": url }).to_string();
        let mut params = Params::new();
        params.set("Phrase", Value::from(phrase.as_str()).sensitive());
        params.set("x-phrase", Value::from(header.as_str()).sensitive());
        params.set("Body", body);
        params.set("Pin", Value::from(short.as_str()).sensitive());
        ServiceClient::raw(config, "Cs", "2015-12-15")
            .call_raw("Configure", params)
            .method(Method::Put)
            .path("/jobs/{Phrase}/settings")
            .header("x-phrase")
            .body("Body")
    }
}

/// One caller for a seed, and every place in every other spelling, each way to call in turn.
async fn echoes(seed: u64, capture: &Capture) {
    let secrets = Secrets::new(seed);
    let service = Service::start();
    let caller = Caller::new(secrets, &service);
    let other = usize::try_from(seed).unwrap();
    let mut at = other;
    for (first, place) in PLACES.into_iter().enumerate() {
        let spellings = SPELLINGS.into_iter().skip((other + first) % 2).step_by(2);
        for (name, spelling) in spellings {
            let way = match place {
                Place::Event | Place::BrokenEvent => Way::Events,
                _ => WAYS[at % (WAYS.len() - 1)],
            };
            at += 1;
            service.next(place, spelling, caller.unsent(way));
            let mut shown = Shown::default();
            caller.call(way, &mut shown).await;
            let what = format!("{place:?} in {name}, {way:?}, seed {seed}");
            assert_eq!(service.left(), 0, "{what}");
            shown.must_show_nothing(&what, &service.signature());
        }
    }
    let mut shown = Shown::default();
    let lines = caller.recorder.to_json_lines();
    lines.lines().for_each(|line| shown.text(line));
    shown.text(&format!("{:?}", caller.recorder.exchanges()));
    let spans = capture.text();
    assert!(spans.contains("alicloud.call"), "{spans}");
    shown.text(&spans);
    shown.must_show_nothing("recordings, spans and events", &service.signature());
}

/// The subscriber of the whole program: while one thread alone listens, another can decide for good that nobody does.
fn capture() -> Capture {
    static CAPTURE: OnceLock<Capture> = OnceLock::new();
    let set = || {
        let capture = Capture::default();
        tracing::subscriber::set_global_default(capture.clone()).unwrap();
        capture
    };
    CAPTURE.get_or_init(set).clone()
}

#[tokio::test]
async fn nothing_a_service_repeats_shows_a_secret_or_forges_a_line() {
    echoes(1, &capture()).await;
}

#[tokio::test]
async fn nor_does_it_with_other_secrets_and_called_in_other_ways() {
    echoes(2, &capture()).await;
}

/// What a caller needs to know of a failure is still there.
#[tokio::test]
async fn what_is_no_secret_stays() {
    let secrets = Secrets::new(7);
    let service = Service::start();
    let caller = Caller::new(secrets, &service);
    let mut texts = Vec::new();
    for place in [Place::Message, Place::Page, Place::Business] {
        service.next(place, SPELLINGS[1].1, caller.unsent(Way::Form));
        let config = caller.config(Way::Form);
        let outcome = caller.typed(&Client::new(config)).send().await;
        let error: Error = outcome.map(drop).unwrap_err();
        assert!(
            error.raw_body().is_some_and(|body| body.len() > 1000),
            "{error}"
        );
        texts.push(error.to_string());
    }
    for (text, part) in texts.iter().zip([
        "HTTP 404, NotFound.Echo: the service was sent ",
        "HTTP 403 with a body that is no error document: \"<html>the service was sent ",
        "HTTP 200 but failed, Failed.Echo: the service was sent ",
    ]) {
        let text = text.split_once(": ").unwrap().1;
        assert!(text.starts_with(part), "{text}");
        assert!(text.contains("[redacted]"), "{text}");
        assert!(text.contains("job"), "{text}");
    }
}
