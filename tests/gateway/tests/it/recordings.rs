//! What is recorded, and what must not be.

use alicloud_gateway::{Answer, Gateway, Scheme};

use crate::support::{START, STS_ID, STS_SECRET, Signer, TOKEN, gateway};

const CONFIGURE: (&str, &str) = ("ConfigureSynchronizationJob", "2020-01-01");

#[tokio::test]
async fn requests_are_recorded_with_their_verdict() {
    let gateway = gateway().await;
    let query = [("DtsJobId", "a b"), ("RegionId", "cn-hangzhou")];
    let form = [("SynchronizationDirection", "Reverse")];
    Signer::default()
        .v3("POST", START, &query, &form)
        .send(&gateway)
        .await;
    Signer::default()
        .v1(
            "GET",
            ("StartDtsJobs", "2020-01-01"),
            &[("ZeroEtlJob", "true")],
        )
        .send(&gateway)
        .await;
    let recorded = gateway.requests();
    assert_eq!(recorded.len(), 2);
    let first = &recorded[0];
    assert_eq!((first.operation.as_str(), first.version.as_str()), START);
    assert_eq!(
        (first.method.as_str(), first.path.as_str(), first.signature),
        ("POST", "/", Scheme::V3)
    );
    assert_eq!(
        (first.verdict.status, first.verdict.code.as_deref()),
        (200, None)
    );
    assert_eq!(first.query.iter().collect::<Vec<_>>(), query);
    assert_eq!(first.form.iter().collect::<Vec<_>>(), form);
    assert_eq!(
        first.parameters.names().collect::<Vec<_>>(),
        ["DtsJobId", "RegionId", "SynchronizationDirection"]
    );
    assert_eq!(first.header("x-acs-action"), Some("StartDtsJob"));
    assert!(first.header("x-acs-signature-nonce").is_some());
    let second = &recorded[1];
    assert_eq!(
        (second.method.as_str(), second.signature),
        ("GET", Scheme::V1)
    );
    assert_eq!(
        (second.verdict.status, second.verdict.code.as_deref()),
        (400, Some("MissingParameter"))
    );
    assert_eq!(
        second.parameters.iter().collect::<Vec<_>>(),
        [("ZeroEtlJob", "true")]
    );
    assert_eq!(second.query.get("Action"), Some("StartDtsJobs"));
}

#[tokio::test]
async fn recordings_can_be_forgotten_or_not_made() {
    let recording = gateway().await;
    Signer::default()
        .v3("POST", START, &[], &[])
        .send(&recording)
        .await;
    recording.clear_requests();
    assert!(recording.requests().is_empty());
    let silent = Gateway::builder().recording(false).start().await.unwrap();
    Signer::default()
        .v3("POST", START, &[], &[])
        .send(&silent)
        .await;
    assert!(silent.requests().is_empty());
}

#[tokio::test]
async fn sensitive_values_are_there_for_those_who_ask() {
    let gateway = gateway().await;
    let own = [
        ("SourceEndpoint.Password", "hunter2"),
        ("SourceEndpoint.UserName", "alice"),
        ("Passwrd", "hunter3"),
    ];
    Signer::default()
        .v3("POST", CONFIGURE, &own, &[])
        .send(&gateway)
        .await;
    let parameters = &gateway.requests()[0].parameters;
    assert_eq!(parameters.get("SourceEndpoint.UserName"), Some("alice"));
    assert_eq!(
        parameters.get("SourceEndpoint.Password"),
        Some("[redacted]")
    );
    assert_eq!(
        parameters.expose("SourceEndpoint.Password"),
        Some("hunter2")
    );
    // A name no spec knows may be a secret that is misspelt.
    assert_eq!(parameters.get("Passwrd"), Some("[redacted]"));
    assert_eq!(
        (
            parameters.get("Absent"),
            parameters.len(),
            parameters.is_empty()
        ),
        (None, 3, false)
    );
}

#[tokio::test]
async fn names_that_say_it_are_enough_and_texts_are_looked_into() {
    let gateway = gateway().await;
    let url = "jdbc:mysql://h/db?user=u&password=canary-1";
    let own = [
        ("DtsJobId", "job"),
        ("SourceEndpoint.Role", url),
        ("Reserve", r#"{"pwd":"canary-2","x":1}"#),
        ("Token", "canary-3"),
    ];
    let mut wire = Signer::default().v3("POST", CONFIGURE, &own, &[]);
    wire.header("x-db-pwd", "canary-4");
    wire.send(&gateway).await;
    let recorded = &gateway.requests()[0];
    let shown = format!("{recorded:?}");
    assert!(!shown.contains("canary"), "{shown}");
    let masked = recorded.query.get("SourceEndpoint.Role");
    assert_eq!(masked, Some("jdbc:mysql://h/db?user=u&password=[redacted]"));
    assert_eq!(recorded.query.expose("SourceEndpoint.Role"), Some(url));
}

#[tokio::test]
async fn the_last_requests_are_the_ones_that_are_kept() {
    let gateway = Gateway::builder().recordings(2).start().await.unwrap();
    for job in ["one", "two", "three"] {
        let wire = Signer::default().v3("POST", START, &[("DtsJobId", job)], &[]);
        wire.send(&gateway).await;
    }
    let requests = gateway.requests();
    let jobs = requests
        .iter()
        .map(|recorded| recorded.parameters.get("DtsJobId"));
    assert_eq!(jobs.collect::<Vec<_>>(), [Some("two"), Some("three")]);
    assert_eq!(gateway.connections(), 3);
}

/// Everything that must not show, wherever it was put.
const PLANTED: [&str; 4] = [
    "hunter2-password",
    STS_SECRET,
    TOKEN,
    "planted-header-secret",
];

#[tokio::test]
async fn no_secret_shows_in_any_printout() {
    let gateway = gateway().await;
    let own = [
        ("SourceEndpoint.Password", PLANTED[0]),
        ("SourceEndpoint.Port", "x"),
    ];
    let mut seen = String::new();
    for action in [
        CONFIGURE,
        ("NoSuchOperation", "2020-01-01"),
        ("ConfigureSynchronizationJob", "1999-01-01"),
    ] {
        let mut v3 = Signer::sts().v3("POST", action, &own, &own);
        v3.header("cookie", PLANTED[3]);
        v3.header("x-acs-bearer-token", PLANTED[3]);
        let v1 = Signer::sts().v1_pairs("POST", action, &own);
        let v1 = crate::support::Wire::with_pairs("POST", &v1[..3], &v1[3..]);
        for wire in [&v3, &v1] {
            let reply = wire.send(&gateway).await;
            seen.push_str(&format!("{reply:?}"));
        }
        let signatures = [&v3
            .headers
            .iter()
            .find(|(name, _)| name == "authorization")
            .unwrap()
            .1];
        let printed = format!("{:?} {gateway:?}", gateway.requests());
        assert!(
            signatures
                .iter()
                .all(|signature| !printed.contains(signature.as_str()))
        );
    }
    gateway.answer_next("StartDtsJob", Answer::json(PLANTED[0]));
    let builder = Gateway::builder()
        .sts(STS_ID, STS_SECRET, TOKEN)
        .access_key("id", PLANTED[3]);
    seen.push_str(&format!(
        "{:?} {:#?} {gateway:?} {gateway:#?} {builder:?}",
        gateway.requests(),
        gateway.requests()
    ));
    for secret in PLANTED {
        let encoded = alicloud_runtime::encode::percent(secret);
        assert!(
            !seen.contains(secret) && !seen.contains(encoded.as_ref()),
            "{secret} in {seen}"
        );
    }
    assert_eq!(gateway.requests().len(), 6);
    assert!(
        gateway
            .requests()
            .iter()
            .all(|recorded| recorded.verdict.code.is_some())
    );
}
