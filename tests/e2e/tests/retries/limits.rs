//! What bounds a call besides its attempts: the deadline, the budget, the length of a URL.

use std::future::pending;
use std::time::{Duration, Instant};

use alicloud::credentials::{Context, CredentialsFuture};
use alicloud::dts::v20200101::Client;
use alicloud::test_util::ScriptedTransport;
use alicloud::transport::TransportError;
use alicloud::{
    Config, Credentials, ErrorKind, Params, ProvideCredentials, RateGovernor, Request as _,
};

use crate::{GOOD, answer, client, clock, config, write};

/// Credentials that never come.
#[derive(Debug)]
struct Silent;

impl ProvideCredentials for Silent {
    fn credentials<'a>(&'a self, _: &'a Context) -> CredentialsFuture<'a> {
        Box::pin(pending())
    }
}

#[tokio::test]
async fn the_deadline_covers_credentials() {
    let config = Config::builder()
        .endpoint("https://dts.aliyuncs.com")
        .credentials(Silent)
        .transport(ScriptedTransport::new())
        .build()
        .unwrap();
    let begun = Instant::now();
    let error = write(&Client::new(&config))
        .with_timeout(Duration::from_millis(40))
        .send()
        .await
        .unwrap_err();
    assert!(begun.elapsed() < Duration::from_secs(5));
    assert_eq!(
        (error.kind(), error.is_timeout()),
        (ErrorKind::Credentials, true)
    );
    assert!(error.to_string().contains("nothing was sent"), "{error}");
}

#[tokio::test]
async fn a_call_that_is_dropped_gives_its_turn_back() {
    let transport = ScriptedTransport::new().answer(200, GOOD).answer(200, GOOD);
    let config = Config::builder()
        .endpoint("https://dts.aliyuncs.com")
        .credentials(Credentials::new("testid", "testsecret"))
        .transport(transport)
        .rate_governor(RateGovernor::adaptive().limit("StartDtsJob", 2.0))
        .build()
        .unwrap();
    let client = Client::new(&config);
    write(&client).send().await.unwrap();
    let begun = Instant::now();
    for _ in 0..50 {
        let waiting = tokio::time::timeout(Duration::from_millis(1), write(&client).send());
        assert!(waiting.await.is_err());
    }
    // Fifty turns would take 25 seconds.
    write(&client).send().await.unwrap();
    assert!(
        begun.elapsed() < Duration::from_secs(2),
        "{:?}",
        begun.elapsed()
    );
}

/// A service that refuses every time stamp is asked again for each call only as long as the budget lasts.
#[tokio::test]
async fn corrections_are_paid_from_the_budget() {
    let expired = r#"{"Code":"InvalidTimeStamp.Expired","Message":"expired","RequestId":"4"}"#;
    let dated = [("date", "Mon, 06 May 2024 09:08:09 GMT")];
    let refusals = (0..400).map(|_| answer(400, &dated, expired));
    let transport = refusals.fold(ScriptedTransport::new(), ScriptedTransport::respond);
    let client = client(&transport, &clock());
    let mut attempts = 0;
    for _ in 0..200 {
        attempts += write(&client).send().await.unwrap_err().attempts();
    }
    // The budget holds a hundred retries.
    assert_eq!(attempts, 300);
}

#[tokio::test]
async fn a_parameter_that_is_too_long_for_a_url_is_named() {
    let long = "x".repeat(66_000);
    let transport = ScriptedTransport::new();
    let client = client(&transport, &clock());
    let named = |error: alicloud::Error, name: &str| {
        assert_eq!(
            (error.kind(), error.attempts()),
            (ErrorKind::InvalidRequest, 0)
        );
        assert!(!error.is_retryable());
        let text = error.to_string();
        assert!(
            text.contains(&format!("parameter {name} takes 66")),
            "{text}"
        );
        assert!(text.len() < 1000 && text.contains("split"), "{text}");
    };
    let sent = client.start_dts_job().dts_job_id(&long).send().await;
    named(sent.unwrap_err(), "DtsJobId");
    let sent = write(&client)
        .with_parameter("New", long.clone())
        .send()
        .await;
    named(sent.unwrap_err(), "New");
    let many: Vec<String> = (0..600).map(|_| "y".repeat(103)).collect();
    let params: Params = [("Short", "s".into()), ("Tags", alicloud::Value::from(many))]
        .into_iter()
        .collect();
    let sent = client.call("StartDtsJob", params).send().await;
    let text = sent.map(drop).unwrap_err().to_string();
    assert!(text.contains("parameter Tags takes "), "{text}");

    // The service has a limit of its own.
    let transport = ScriptedTransport::new().respond(answer(414, &[], "<html>414</html>"));
    let client = crate::client(&transport, &clock());
    let sent = client
        .start_dts_job()
        .dts_job_id("z".repeat(9000))
        .send()
        .await;
    let error = sent.unwrap_err();
    assert!(!error.is_retryable());
    assert!(
        error
            .to_string()
            .contains("the parameter DtsJobId takes 90"),
        "{error}"
    );
}

#[tokio::test]
async fn a_region_that_does_not_exist_is_told_once_with_the_one_that_was_meant() {
    let unresolved = || TransportError {
        unresolved: true,
        ..TransportError::not_sent("no such host is known")
    };
    let transport = ScriptedTransport::new()
        .fail(unresolved())
        .fail(unresolved())
        .fail(unresolved());
    let base = |region: &str, transport: ScriptedTransport| {
        Config::builder()
            .region(region)
            .credentials(Credentials::new("testid", "testsecret"))
            .transport(transport)
            .clock(clock())
            .sleep(clock())
            .build()
            .unwrap()
    };
    let error = write(&Client::new(&base("cn-hangzou", transport)))
        .send()
        .await
        .unwrap_err();
    let text = error.to_string();
    assert!(
        text.contains(
            "cannot resolve dts.cn-hangzou.aliyuncs.com (region cn-hangzou); did you mean cn-hangzhou?"
        ),
        "{text}"
    );
    assert_eq!(text.matches("did you mean").count(), 1, "{text}");
    let transport = ScriptedTransport::new()
        .fail(unresolved())
        .fail(unresolved())
        .fail(unresolved());
    let error = write(&Client::new(&base("moon-base-1", transport)))
        .send()
        .await
        .unwrap_err();
    assert!(!error.to_string().contains("did you mean"), "{error}");

    // A host that was set by hand says nothing of the region.
    let transport = ScriptedTransport::new()
        .fail(unresolved())
        .fail(unresolved())
        .fail(unresolved());
    let config = config(&transport, &clock())
        .region("cn-hangzou")
        .build()
        .unwrap();
    let error = write(&Client::new(&config)).send().await.unwrap_err();
    assert!(!error.to_string().contains("did you mean"), "{error}");
}
