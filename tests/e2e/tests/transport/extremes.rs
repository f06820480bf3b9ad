//! Settings as far out as their types allow: a call may fail by them, and nothing panics.

use std::borrow::Cow;
use std::panic;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::{Duration, SystemTime};

use alicloud::credentials::AssumeRoleCredentials;
use alicloud::dts::v20200101::Client;
use alicloud::retry::{Backoff, RateGovernor};
use alicloud::test_util::{ManualClock, ScriptedTransport};
use alicloud::transport::{HttpRequest, Reqwest, Transport, TransportFuture};
use alicloud::{ConfigBuilder, Error, ErrorKind, Request as _, RetryPolicy};

use crate::peer::{Peer, Reply, good, http};
use crate::{client, config, write};

const EXTREMES: [Duration; 7] = [
    Duration::ZERO,
    Duration::from_nanos(1),
    Duration::from_secs(u32::MAX as u64),
    Duration::from_secs(i64::MAX as u64),
    Duration::from_secs(u64::MAX),
    Duration::new(u64::MAX, 999_999_998),
    Duration::MAX,
];

type Setting = fn(ConfigBuilder, Duration) -> ConfigBuilder;

const SETTINGS: [(&str, Setting); 6] = [
    ("timeout", ConfigBuilder::timeout),
    ("attempt_timeout", ConfigBuilder::attempt_timeout),
    ("connect_timeout", ConfigBuilder::connect_timeout),
    ("idle_timeout", ConfigBuilder::idle_timeout),
    ("backoff", |config, value| {
        config.retry(RetryPolicy::DEFAULT.with_backoff(Backoff::new(value, value)))
    }),
    ("all of them", |config, value| {
        let backoff = Backoff::new(value, Duration::MAX).with_jitter(false);
        config
            .timeout(value)
            .attempt_timeout(value)
            .connect_timeout(value)
            .idle_timeout(value)
            .retry(
                RetryPolicy::DEFAULT
                    .with_max_attempts(u32::MAX)
                    .with_backoff(backoff),
            )
    }),
];

/// Counts panics on any thread of this program, those that nobody waits for included.
fn count_panics() -> Arc<AtomicUsize> {
    let count = Arc::new(AtomicUsize::new(0));
    let (counted, before) = (Arc::clone(&count), panic::take_hook());
    panic::set_hook(Box::new(move |info| {
        // That of the one test which provokes a panic, and every one of a test, has a name of its own.
        if std::thread::current()
            .name()
            .is_none_or(|name| name.contains("extremes"))
        {
            counted.fetch_add(1, Ordering::SeqCst);
        }
        before(info);
    }));
    count
}

/// Fails every second request in a way that is worth a retry.
fn unsteady() -> Peer {
    Peer::new(|asked| match asked.number % 2 {
        0 => Reply::Stay(http("503 Service Unavailable", "", "{}")),
        _ => good(asked),
    })
}

fn may_fail<T>(what: &str, outcome: Result<T, Error>) {
    if let Err(error) = outcome {
        let expected = [
            ErrorKind::NotSent,
            ErrorKind::OutcomeUnknown,
            ErrorKind::Service,
        ];
        assert!(expected.contains(&error.kind()), "{what}: {error}");
    }
}

#[tokio::test]
async fn no_duration_panics_in_a_call() {
    let panics = count_panics();
    let peer = unsteady();
    for (name, set) in SETTINGS {
        for value in EXTREMES {
            let clock = ManualClock::new(SystemTime::UNIX_EPOCH);
            let config = set(config(peer.endpoint()).sleep(clock.clone()), value);
            let client = client(config);
            let what = format!("{name} {value:?}");
            for _ in 0..2 {
                let read = client.describe_dts_jobs().region("cn-hangzhou");
                may_fail(&what, read.send().await);
            }
            let request = write().with_timeout(value).with_attempt_timeout(value);
            may_fail(&what, client.send(request).await);
            let mut events = client
                .call("DescribeDtsJobs", alicloud::Params::new())
                .reads()
                .events();
            while let Some(Ok(_)) = events.next().await {}
        }
    }
    assert_eq!(panics.load(Ordering::SeqCst), 0);
}

#[tokio::test]
async fn no_duration_panics_while_a_state_is_waited_for() {
    for interval in EXTREMES {
        for deadline in EXTREMES {
            // The script ends the wait where nothing else does.
            let transport = (0..40).fold(ScriptedTransport::new(), |script, _| {
                script.answer(
                    200,
                    r#"{"RequestId":"1","Success":true,"Status":"Initializing"}"#,
                )
            });
            let clock = ManualClock::new(SystemTime::UNIX_EPOCH);
            let config = config("https://dts.aliyuncs.com")
                .transport(transport)
                .clock(clock.clone())
                .sleep(clock);
            let request = client(config)
                .describe_synchronization_job_status()
                .synchronization_job_id("x");
            let wait = request.wait_until_synchronizing();
            let ended = wait.with_interval(interval).with_deadline(deadline).await;
            assert!(ended.is_err());
        }
    }
}

#[tokio::test]
async fn no_duration_panics_in_a_role_that_is_assumed() {
    for duration in EXTREMES {
        let key = alicloud::Credentials::new("testid", "testsecret");
        let role = AssumeRoleCredentials::new(key, "acs:ram::1:role/r").duration(duration);
        let transport = ScriptedTransport::new().answer(400, "{}");
        let config = config("https://dts.aliyuncs.com")
            .transport(transport)
            .credentials(role);
        let error = client(config).send(write()).await.unwrap_err();
        assert_eq!(error.kind(), ErrorKind::Credentials, "{duration:?}");
    }
}

#[tokio::test]
async fn no_rate_panics() {
    let peer = Peer::new(good);
    for rate in [
        0.0,
        -1.0,
        f64::MIN_POSITIVE,
        1e-300,
        1e300,
        f64::MAX,
        f64::INFINITY,
        f64::NAN,
    ] {
        let clock = ManualClock::new(SystemTime::UNIX_EPOCH);
        let config = config(peer.endpoint())
            .rate_governor(RateGovernor::adaptive().limit_each(rate))
            .timeout(Duration::MAX)
            .clock(clock.clone())
            .sleep(clock);
        let client = client(config);
        for _ in 0..3 {
            may_fail("rate", client.send(write()).await);
        }
    }
}

/// Adds headers whose names and values are whatever texts somebody finds fit.
#[derive(Debug)]
struct Decorated(Reqwest, (&'static str, &'static str));

impl Transport for Decorated {
    fn send(&self, mut request: HttpRequest) -> TransportFuture {
        let (name, value) = self.1;
        request
            .headers
            .push((Cow::Borrowed(name), Cow::Borrowed(value)));
        self.0.send(request)
    }
}

#[tokio::test]
async fn headers_of_a_decorating_transport_are_sent_or_refused() {
    let peer = Peer::new(good);
    for (header, sent) in [
        (("x-note", "v"), true),
        (("X-Note", "v"), true),
        (("ACCEPT", "v"), true),
        (("x_note.1~", "\u{4e2d}"), true),
        (("", "v"), false),
        (("x note", "v"), false),
        (("x-note:", "v"), false),
        (("x-note", "a\r\nb: c"), false),
        (("n\u{f6}te", "v"), false),
    ] {
        let reqwest = Reqwest::from_builder(|builder| builder).unwrap();
        let config = config(peer.endpoint()).transport(Decorated(reqwest, header));
        let before = peer.seen().len();
        let client: Client = client(config);
        match client.send(write()).await {
            Ok(_) => assert!(sent, "{header:?}"),
            Err(error) => {
                assert!(!sent, "{header:?}: {error}");
                assert_eq!(error.kind(), ErrorKind::InvalidRequest);
                assert!(!error.is_retryable() && error.attempts() <= 1, "{error}");
            }
        }
        assert_eq!(peer.seen().len() - before, usize::from(sent));
    }
}
