//! Signing a request of ten parameters, against the hashing and encoding no signature can do without.

use std::borrow::Cow;
use std::error::Error;
use std::hint::black_box;
use std::time::Duration;

use alicloud::dts::v20200101::{configure_synchronization_job, service::SERVICE};
use alicloud::encode::{Pair, push_percent, push_percent_twice};
use alicloud::request::{SigningInput, sign};
use alicloud::sign::{v1, v3};
use alicloud::{Credentials, Endpoint, Format, Params, Placement, Signature};
use base64::Engine as _;
use hmac::{Hmac, KeyInit as _, Mac as _};
use sha1::Sha1;
use sha2::{Digest as _, Sha256};

use crate::rounds::{Candidate, compare};

const PARAMETERS: [(&str, &str); 10] = [
    ("SynchronizationJobId", "dtsz4ao1dor13d****"),
    ("SynchronizationJobName", "MySQL Synchronization"),
    ("SynchronizationDirection", "Forward"),
    ("RegionId", "cn-hangzhou"),
    ("Checkpoint", "1610540493"),
    ("DataInitialization", "true"),
    ("StructureInitialization", "true"),
    ("SourceEndpoint.InstanceId", "rm-bp1i99e8l7913****"),
    ("DestinationEndpoint.InstanceId", "rm-bp1r46452ai50****"),
    (
        "MigrationReserved",
        "{\"autoStartModulesAfterConfig\":\"none\"}",
    ),
];

pub(crate) fn run() -> Result<(), Box<dyn Error>> {
    let params: Params = PARAMETERS.into_iter().collect();
    let credentials = Credentials::new("testAccessKeyId", "testAccessKeySecret");
    let endpoint: Endpoint = "dts.cn-hangzhou.aliyuncs.com".parse()?;
    let none = Params::new();
    let input = |signature| SigningInput {
        service: &SERVICE,
        operation: &configure_synchronization_job::OPERATION,
        params: &params,
        extra_params: &none,
        extra_headers: &[],
        endpoint: &endpoint,
        method: None,
        signature,
        format: Format::Json,
        placement: Placement::Body,
        credentials: Some(&credentials),
        timestamp: "2024-02-10T22:56:14Z",
        nonce: "cea9a8b26ee410cc46db2f7036797897",
        user_agent: "bench",
        timeout: Duration::from_secs(1),
        retry: None,
    };
    let (input_v3, input_v1) = (input(Signature::V3), input(Signature::V1));
    let (signed_v3, signed_v1) = (sign(&input_v3)?, sign(&input_v1)?);
    let headers = signed_headers(&signed_v3.http.headers);
    compare(
        "V3 signature of ten parameters",
        15,
        20_000,
        vec![
            candidate("floor: encode, SHA-256 twice, HMAC-SHA256", || {
                v3_floor(&signed_v3.canonical_request, &signed_v3.string_to_sign)
            }),
            candidate("alicloud: signature of pairs and headers", || {
                v3_signature(&headers)
            }),
            candidate("alicloud: whole request, headers and URL too", || {
                sign(&input_v3).map(|signed| signed.signature)
            }),
        ],
    );
    compare(
        "V1 signature of ten parameters",
        15,
        20_000,
        vec![
            candidate("floor: encode twice, HMAC-SHA1, base64", || {
                v1_floor(&signed_v1.string_to_sign)
            }),
            candidate("alicloud: signature of pairs", v1_signature),
            candidate("alicloud: whole request, body too", || {
                sign(&input_v1).map(|signed| signed.signature)
            }),
        ],
    );
    Ok(())
}

fn candidate<'a, T>(name: &'a str, mut run: impl FnMut() -> T + 'a) -> Candidate<'a> {
    Candidate {
        name,
        run: Box::new(move |times| {
            for _ in 0..times {
                black_box(run());
            }
        }),
    }
}

fn pairs<'a>(more: &[(&'a str, &'a str)]) -> Vec<Pair<'a>> {
    PARAMETERS
        .iter()
        .chain(more)
        .map(|(name, value)| ((*name).into(), (*value).into()))
        .collect()
}

fn signed_headers<'h>(
    headers: &'h [(Cow<'static, str>, Cow<'static, str>)],
) -> Vec<(&'h str, &'h str)> {
    let mut signed: Vec<_> = headers
        .iter()
        .map(|(name, value)| (name.as_ref(), value.as_ref()))
        .collect();
    signed.push(("host", "dts.cn-hangzhou.aliyuncs.com"));
    signed.retain(|(name, _)| v3::is_signed(name));
    signed.sort_unstable();
    signed
}

/// From pairs and headers to the `Authorization` header.
fn v3_signature(headers: &[(&str, &str)]) -> (String, String) {
    let query = v3::canonical_query(&mut pairs(&[]));
    let hash = v3::payload_hash(b"");
    let canonical = v3::canonical_request("POST", "/", &query, headers, &hash);
    let signature = v3::signature("testAccessKeySecret", &v3::string_to_sign(&canonical));
    (
        query,
        v3::authorization("testAccessKeyId", &v3::signed_headers(headers), &signature),
    )
}

/// The parameters encoded for the wire, the body and the canonical request hashed, the hash signed.
fn v3_floor(
    canonical_request: &str,
    string_to_sign: &str,
) -> (String, [u8; 32], [u8; 32], [u8; 32]) {
    let mut query = String::with_capacity(512);
    for (name, value) in PARAMETERS {
        push_percent(&mut query, name);
        query.push('=');
        push_percent(&mut query, value);
        query.push('&');
    }
    let body = Sha256::digest(b"");
    let hash = Sha256::digest(canonical_request.as_bytes());
    let mut mac = Hmac::<Sha256>::new_from_slice(b"testAccessKeySecret")
        .unwrap_or_else(|_| unreachable_key());
    mac.update(string_to_sign.as_bytes());
    (
        query,
        body.into(),
        hash.into(),
        mac.finalize().into_bytes().into(),
    )
}

const COMMON: [(&str, &str); 8] = [
    ("AccessKeyId", "testAccessKeyId"),
    ("Action", "ConfigureSynchronizationJob"),
    ("Format", "JSON"),
    ("SignatureMethod", "HMAC-SHA1"),
    ("SignatureNonce", "cea9a8b26ee410cc46db2f7036797897"),
    ("SignatureVersion", "1.0"),
    ("Timestamp", "2024-02-10T22:56:14Z"),
    ("Version", "2020-01-01"),
];

/// From pairs to the parameter `Signature`.
fn v1_signature() -> String {
    let text = v1::string_to_sign("POST", &mut pairs(&COMMON));
    v1::signature("testAccessKeySecret", &text)
}

/// The parameters, common ones included, encoded for the string to sign, and signed.
fn v1_floor(string_to_sign: &str) -> (String, String) {
    let mut twice = String::with_capacity(1024);
    for (name, value) in PARAMETERS.iter().chain(&COMMON) {
        push_percent_twice(&mut twice, name);
        push_percent_twice(&mut twice, value);
    }
    let mut mac =
        Hmac::<Sha1>::new_from_slice(b"testAccessKeySecret&").unwrap_or_else(|_| unreachable_key());
    mac.update(string_to_sign.as_bytes());
    (
        twice,
        base64::engine::general_purpose::STANDARD.encode(mac.finalize().into_bytes()),
    )
}

/// HMAC takes keys of any length.
fn unreachable_key<T>() -> T {
    std::process::abort()
}
