//! Who may call besides the holders of access keys: those with temporary keys, bearer tokens, and the older signature of
//! ROA products. And what the time is.

use std::fs;
use std::time::Duration;

use alicloud_gateway::{Gateway, Scheme};
use alicloud_runtime::time::{Clock as _, SystemClock, parse_timestamp, timestamp};
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use hmac::{Hmac, KeyInit as _, Mac as _};
use serde_json::Value;
use sha1::Sha1;

use crate::support::{Reply, START, Signer, Wire, gateway, refusal};

const ASSUME: (&str, &str) = ("AssumeRole", "2015-04-01");

async fn assume(gateway: &Gateway, seconds: &str) -> Reply {
    let own = [
        ("RoleArn", "acs:ram::1:role/mine"),
        ("RoleSessionName", "me"),
        ("DurationSeconds", seconds),
        ("Format", "JSON"),
    ];
    Signer::default()
        .v1("GET", ASSUME, &own)
        .send(gateway)
        .await
}

fn temporary(answer: &Value) -> Signer {
    let text = |name: &str| answer["Credentials"][name].as_str().unwrap().to_owned();
    Signer {
        id: text("AccessKeyId"),
        secret: text("AccessKeySecret"),
        token: Some(text("SecurityToken")),
        ..Signer::default()
    }
}

#[tokio::test]
async fn a_role_can_be_assumed_and_used() {
    let gateway = gateway().await;
    let before = SystemClock.now();
    let answer = assume(&gateway, "1800").await.json();
    assert_eq!(answer["AssumedRoleUser"]["Arn"], "acs:ram::1:role/mine/me");
    let expiration = answer["Credentials"]["Expiration"].as_str().unwrap();
    let lifetime = parse_timestamp(expiration).unwrap().duration_since(before);
    let lifetime = lifetime.unwrap().as_secs();
    assert!((1798..1860).contains(&lifetime), "{lifetime}");
    let key = || temporary(&answer);
    assert_eq!(
        key()
            .v3("POST", START, &[], &[])
            .send(&gateway)
            .await
            .status,
        200
    );
    assert_eq!(key().v1("GET", START, &[]).send(&gateway).await.status, 200);
    let without = Signer {
        token: None,
        ..key()
    };
    let reply = without.v3("POST", START, &[], &[]).send(&gateway).await;
    assert_eq!(reply.error(), refusal(400, "MissingSecurityToken"));
    // No two of them are alike.
    let other = assume(&gateway, "1800").await.json();
    assert_ne!(answer["Credentials"], other["Credentials"]);
    let printed = format!("{gateway:?} {:?}", gateway.requests());
    assert!(!printed.contains(&key().secret), "{printed}");
}

#[tokio::test]
async fn temporary_keys_expire_with_time_or_at_once() {
    let gateway = gateway().await;
    let answer = assume(&gateway, "900").await.json();
    let later = SystemClock.now() + Duration::from_secs(901);
    let expired = refusal(403, "InvalidSecurityToken.Expired");
    gateway.skew_clock(901);
    let key = || temporary(&answer);
    let reply = key().at(later).v3("POST", START, &[], &[]);
    assert_eq!(reply.send(&gateway).await.error(), expired);
    gateway.skew_clock(0);
    assert_eq!(
        key()
            .v3("POST", START, &[], &[])
            .send(&gateway)
            .await
            .status,
        200
    );
    gateway.expire_issued_keys();
    let reply = key().v3("POST", START, &[], &[]).send(&gateway).await;
    assert_eq!(reply.error(), expired);
}

#[tokio::test]
async fn roles_are_refused_what_the_service_refuses() {
    let gateway = gateway().await;
    for seconds in ["899", "43201", "0"] {
        let reply = assume(&gateway, seconds).await;
        assert_eq!(
            reply.error(),
            refusal(400, "InvalidParameter.DurationSeconds")
        );
    }
    // Nobody gets a key without one.
    let query = "Action=AssumeRole&Version=2015-04-01&RoleArn=a&RoleSessionName=b";
    let mut unsigned = Wire::new("GET", &format!("/?{query}"), "");
    unsigned.header("host", "sts.aliyuncs.com");
    assert_eq!(unsigned.send(&gateway).await.status, 400);
    assert_eq!(gateway.counts("AssumeRole").executed, 0);
}

#[tokio::test]
async fn somebody_elses_token_is_as_good_as_a_signature() {
    let gateway = gateway().await;
    let call = async |own: &[(&str, &str)]| {
        let common = [
            ("Action", "AssumeRoleWithOIDC"),
            ("Version", "2015-04-01"),
            ("Format", "JSON"),
            ("Timestamp", "2024-07-11T03:11:53Z"),
            ("RoleArn", "acs:ram::1:role/mine"),
            ("OIDCProviderArn", "acs:ram::1:oidc-provider/p"),
            ("RoleSessionName", "me"),
        ];
        let all = common.iter().chain(own);
        let all: Vec<_> = all
            .map(|(name, value)| ((*name).to_owned(), (*value).to_owned()))
            .collect();
        Wire::with_pairs("GET", &all, &[]).send(&gateway).await
    };
    let reply = call(&[]).await;
    assert_eq!(reply.error(), refusal(400, "MissingParameter"));
    let answer = call(&[("OIDCToken", "a.b.c\n")]).await.json();
    let reply = temporary(&answer).v3("POST", START, &[], &[]);
    assert_eq!(reply.send(&gateway).await.status, 200);
}

/// A V3 request with a bearer token in place of its signature.
fn bearer(token: &str) -> Wire {
    let wire = Signer::default().v3("POST", START, &[("SignatureType", "BEARERTOKEN")], &[]);
    let mut wire = wire.replaced("authorization", None);
    wire.header("x-acs-bearer-token", token);
    wire
}

#[tokio::test]
async fn bearer_tokens_need_no_signature() {
    let builder = Gateway::builder().bearer_token("planted.token~1");
    let gateway = builder.start().await.unwrap();
    let right = || bearer("planted.token~1");
    assert_eq!(right().send(&gateway).await.status, 200);
    let used = right();
    assert_eq!(used.send(&gateway).await.status, 200);
    let reply = used.send(&gateway).await;
    assert_eq!(reply.error(), refusal(400, "SignatureNonceUsed"));
    for (wire, code) in [
        (bearer("other"), "InvalidBearerToken"),
        (right().replaced("x-acs-date", None), "IncompleteSignature"),
        (
            right().replaced("x-acs-date", Some("2024-07-11T03:11:53Z")),
            "InvalidTimeStamp.Expired",
        ),
        (
            right().replaced("x-acs-content-sha256", Some("00")),
            "InvalidContentHash",
        ),
    ] {
        assert_eq!(wire.send(&gateway).await.error(), refusal(400, code));
    }
    let recorded = &gateway.requests()[0];
    assert_eq!(recorded.signature, Scheme::Bearer);
    let printed = format!("{gateway:?} {:?}", gateway.requests());
    assert!(!printed.contains("planted"), "{printed}");
}

#[tokio::test]
async fn bearer_tokens_may_be_parameters() {
    let builder = Gateway::builder().bearer_token("token");
    let gateway = builder.start().await.unwrap();
    let now = timestamp(SystemClock.now());
    let pairs = [
        ("Action", "StartDtsJob"),
        ("Version", "2020-01-01"),
        ("SignatureType", "BEARERTOKEN"),
        ("BearerToken", "token"),
        ("SignatureNonce", "once"),
        ("Timestamp", &now),
        ("DtsJobId", "mine"),
    ];
    let pairs = pairs.map(|(name, value)| (name.to_owned(), value.to_owned()));
    let wire = Wire::with_pairs("POST", &[], &pairs);
    assert_eq!(wire.send(&gateway).await.status, 200);
    let recorded = &gateway.requests()[0];
    assert_eq!(
        recorded.parameters.names().collect::<Vec<_>>(),
        ["DtsJobId"]
    );
}

#[tokio::test]
async fn the_clock_can_be_wrong_and_every_answer_says_what_it_shows() {
    let gateway = gateway().await;
    let right = Signer::default().v3("POST", START, &[], &[]);
    let reply = right.send(&gateway).await;
    assert_eq!(reply.status, 200);
    let close = |reply: &Reply, offset: u64| {
        // A few seconds may have passed.
        let wanted = SystemClock.now() + Duration::from_secs(offset);
        let date = reply.header("date").to_owned();
        let near = [0, 1, 2, 3, 4, 5].map(|past| timestamp(wanted - Duration::from_secs(past)));
        let clock = date.get(17..25).unwrap_or_default().to_owned();
        assert!(near.iter().any(|near| near.contains(&clock)), "{date}");
        let year = date.get(12..16).unwrap_or_default();
        assert!(near[0].starts_with(year), "{date}");
        assert!(date.ends_with(" GMT"), "{date}");
    };
    close(&reply, 0);
    gateway.skew_clock(3600);
    let reply = Signer::default()
        .v3("POST", START, &[], &[])
        .send(&gateway)
        .await;
    assert_eq!(reply.error(), refusal(400, "InvalidTimeStamp.Expired"));
    close(&reply, 3600);
    let later = SystemClock.now() + Duration::from_secs(3600);
    let wire = Signer::default().at(later).v3("POST", START, &[], &[]);
    let reply = wire.send(&gateway).await;
    assert_eq!(reply.status, 200);
    close(&reply, 3600);
}

const CLUSTERS: &str = "product: Cs\nversion: \"2015-12-15\"\nstyle: roa\nerrors: {}\n\
                        endpoints: {fallback: 'cs.{region}.aliyuncs.com'}\n";

const DESCRIBE: &str = "operation: DescribeClusters\nsummary: Lists clusters.\neffect: read\nmethod: get\npath: /clusters\n\
                        parameters:\n  name: {type: string, description: d}\nresponse: none\n";

/// Signed as the documents say, with that text for the query in the string to sign.
fn roa(query: &str, resource: &str, date: &str) -> Wire {
    let mut wire = Wire::new("GET", &format!("/clusters{query}"), "");
    wire.header("host", "cs.aliyuncs.com");
    wire.header("accept", "application/json");
    wire.header("date", date);
    wire.header("x-acs-version", "2015-12-15");
    wire.header("x-acs-signature-nonce", &Signer::default().nonce);
    wire.header("x-acs-signature-method", "HMAC-SHA1");
    wire.header("x-acs-signature-version", "1.0");
    let text = format!(
        "GET\napplication/json\n\n\n{date}\nx-acs-signature-method:HMAC-SHA1\nx-acs-signature-nonce:{}\n\
         x-acs-signature-version:1.0\nx-acs-version:2015-12-15\n{resource}",
        wire.headers[4].1
    );
    let mut mac = Hmac::<Sha1>::new_from_slice(b"testAccessKeySecret").unwrap();
    mac.update(text.as_bytes());
    let signature = STANDARD.encode(mac.finalize().into_bytes());
    wire.header("authorization", &format!("acs testAccessKeyId:{signature}"));
    wire
}

#[tokio::test]
async fn the_older_signature_of_roa_products_is_verified() {
    let folder = tempfile::tempdir().unwrap();
    let version = folder.path().join("cs/2015-12-15");
    fs::create_dir_all(&version).unwrap();
    fs::write(version.join("service.yaml"), CLUSTERS).unwrap();
    fs::write(version.join("DescribeClusters.yaml"), DESCRIBE).unwrap();
    let gateway = Gateway::builder()
        .specs(folder.path())
        .start()
        .await
        .unwrap();
    // The gateway tells its time in the very format.
    let hello = Wire::new("GET", "/", "").send(&gateway).await;
    let now = hello.header("date").to_owned();
    for (query, resource) in [
        ("", "/clusters"),
        ("?name=a+b%2F&b=1", "/clusters?b=1&name=a b/"),
        // An empty value, the one way and the other.
        ("?name=", "/clusters?name"),
        ("?name=", "/clusters?name="),
    ] {
        let reply = roa(query, resource, &now).send(&gateway).await;
        assert_eq!(reply.status, 200, "{resource}: {reply:?}");
    }
    let recorded = &gateway.requests()[1];
    assert_eq!(
        (recorded.operation.as_str(), recorded.signature),
        ("DescribeClusters", Scheme::Roa)
    );
    let wrong = roa("?name=x", "/clusters?name=y", &now);
    let error = wrong.send(&gateway).await.error();
    assert_eq!(error, refusal(400, "SignatureDoesNotMatch"));
    let used = roa("", "/clusters", &now);
    assert_eq!(used.send(&gateway).await.status, 200);
    let error = used.send(&gateway).await.error();
    assert_eq!(error, refusal(400, "SignatureNonceUsed"));
    let old = roa("", "/clusters", "Thu, 11 Jul 2024 03:11:53 GMT");
    let error = old.send(&gateway).await.error();
    assert_eq!(error, refusal(400, "InvalidTimeStamp.Expired"));
    for (name, value, code) in [
        ("date", None, "IncompleteSignature"),
        ("authorization", Some("acs nothing"), "IncompleteSignature"),
        (
            "x-acs-signature-method",
            Some("HMAC-SHA256"),
            "InvalidSignatureMethod",
        ),
        (
            "x-acs-signature-version",
            Some("2.0"),
            "InvalidSignatureVersion",
        ),
    ] {
        let wire = roa("", "/clusters", &now).replaced(name, value);
        assert_eq!(
            wire.send(&gateway).await.error(),
            refusal(400, code),
            "{name}"
        );
    }
}
