//! Raw calls that no spec describes: paths with a query, bodies that are streams or texts, names of any script, no signature.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    reason = "a test that cannot go on fails"
)]

use alicloud::client::ServiceClient;
use alicloud::config::Signature;
use alicloud::credentials::EnvironmentCredentials;
use alicloud::operation::Method;
use alicloud::{Bytes, Config, Credentials, Params, Request as _, Value};

/// What every raw call here is signed with, and where.
fn raw(product: &str, signature: Signature) -> ServiceClient {
    let config = Config::builder()
        .region("cn-hangzhou")
        .credentials(Credentials::new("testid", "testsecret"))
        .signature(signature)
        .build()
        .unwrap();
    ServiceClient::raw(&config, product, "2015-12-15")
}

#[tokio::test]
async fn a_path_may_carry_a_query_of_its_own() {
    let call = |signature| {
        let params: Params = [("Id", "c 1"), ("empty", "")].into_iter().collect();
        let call = raw("CS", signature).call_raw("DescribeX", params);
        call.method(Method::Get).path("/clusters/{Id}?acl&type=a")
    };
    let v3 = call(Signature::V3).prepare().await.unwrap();
    assert_eq!(
        v3.http().url,
        "https://cs.cn-hangzhou.aliyuncs.com/clusters/c%201?acl=&empty=&type=a"
    );
    let canonical = &v3.signed().canonical_request;
    assert!(
        canonical.starts_with("GET\n/clusters/c%201\nacl=&empty=&type=a\n"),
        "{canonical}"
    );
    let v1 = call(Signature::V1).prepare().await.unwrap();
    assert_eq!(
        v1.http().url,
        "https://cs.cn-hangzhou.aliyuncs.com/clusters/c%201?acl&empty=&type=a"
    );
    let signed = &v1.signed().string_to_sign;
    assert!(
        signed.ends_with("\n/clusters/c%201?acl&empty=&type=a"),
        "{signed}"
    );
}

#[tokio::test]
async fn raw_calls_can_be_anonymous_and_have_a_stream_or_a_text_for_a_body() {
    let config = Config::builder()
        .region("cn-hangzhou")
        .credentials(EnvironmentCredentials)
        .build()
        .unwrap();
    let client = ServiceClient::raw(&config, "Open", "2020-01-01");
    let anonymous = client.call_raw("Ping", Params::new()).anonymous();
    let anonymous = anonymous.prepare().await.unwrap();
    let names: Vec<_> = anonymous
        .http()
        .headers
        .iter()
        .map(|(name, _)| name.as_ref())
        .collect();
    assert!(!names.contains(&"authorization"), "{names:?}");

    for (value, body, content_type) in [
        (
            Value::from(Bytes::from_static(b"\x00\xff")),
            &b"\x00\xff"[..],
            "application/octet-stream",
        ),
        (
            Value::from("just text"),
            b"just text",
            "application/json; charset=utf-8",
        ),
    ] {
        let params: Params = [("Body", value)].into_iter().collect();
        let call = raw("CS", Signature::V3).call_raw("Put", params);
        let prepared = call
            .method(Method::Put)
            .path("/x")
            .body("Body")
            .prepare()
            .await
            .unwrap();
        assert_eq!(&prepared.http().body[..], body);
        let headers = &prepared.http().headers;
        let sent = headers.iter().find(|(name, _)| name == "content-type");
        assert_eq!(sent.map(|(_, value)| value.as_ref()), Some(content_type));
    }
}

/// The canonical query was written by hand, by the rule of percent-encoding in the documents.
#[tokio::test]
async fn names_of_any_script_are_signed_as_they_are_sent() {
    let params: Params = [
        ("a b", "1"),
        ("a+b", "2"),
        ("a#b", "3"),
        ("键", "4"),
        ("a&b=c", "5"),
    ]
    .into_iter()
    .collect();
    let prepared = raw("Ecs", Signature::V3)
        .call_raw("X", params)
        .prepare()
        .await
        .unwrap();
    let query = "a%20b=1&a%23b=3&a%26b%3Dc=5&a%2Bb=2&%E9%94%AE=4";
    let mut expected: Vec<&str> = query.split('&').collect();
    let url = prepared.http().url.clone();
    let mut sent: Vec<&str> = url.split_once('?').unwrap().1.split('&').collect();
    let canonical = prepared.signed().canonical_request.clone();
    assert_eq!(
        canonical.lines().nth(2),
        Some(url.split_once('?').unwrap().1)
    );
    expected.sort_unstable();
    sent.sort_unstable();
    assert_eq!(sent, expected);
}
