//! What the harness is told of a vector: everything about its request that is no parameter of the operation.

use serde_json::{Value, json};

use crate::vector::{Kind, Vector};
use crate::wire::Pairs;

/// Headers the client has to find out by itself; whatever else was sent, the caller had set.
const OWN: [&str; 17] = [
    "accept",
    "authorization",
    "content-md5",
    "content-type",
    "date",
    "host",
    "x-acs-accesskey-id",
    "x-acs-action",
    "x-acs-bearer-token",
    "x-acs-content-sha256",
    "x-acs-date",
    "x-acs-security-token",
    "x-acs-signature-method",
    "x-acs-signature-nonce",
    "x-acs-signature-type",
    "x-acs-signature-version",
    "x-acs-version",
];

/// Common parameters of V1, which the client adds.
const COMMON: [&str; 9] = [
    "AccessKeyId",
    "Action",
    "SecurityToken",
    "Signature",
    "SignatureMethod",
    "SignatureNonce",
    "SignatureVersion",
    "Timestamp",
    "Version",
];

/// The settings of a vector's request. `given` are the parameters its input has, by name; what else was in the query are
/// defaults of the recorded client, which are added.
pub(crate) fn settings(vector: &Vector, placement: &str, given: &[String]) -> Value {
    let expected = |name: &str| vector.optional(&format!("/expected/headers/{name}"));
    let kind = vector.kind();
    let v1 = matches!(kind, Ok(Kind::V1Rpc | Kind::V1Roa));
    let endpoint = vector.optional("/endpoint").or_else(|| expected("host"));
    let timestamp = vector
        .optional("/fixed/timestamp")
        .or_else(|| expected("x-acs-date"));
    let nonce = (vector.optional("/fixed/nonce")).or_else(|| expected("x-acs-signature-nonce"));
    let mut settings = json!({
        "endpoint": endpoint.unwrap_or("localhost"),
        "credentials": credentials(vector),
        "timestamp": timestamp.unwrap_or("2024-07-11T03:11:53Z"),
        "nonce": nonce.unwrap_or("n"),
        "signature": if v1 { "V1" } else { "V3" },
        "placement": placement,
        "format": vector.optional("/format").unwrap_or("JSON"),
        "headers": headers(vector),
        "parameters": defaults(vector, v1, given),
    });
    // Callers of the older client choose the method; that of a V3 request is the operation's own.
    if let (true, Some(method)) = (v1, vector.optional("/expected/method")) {
        settings["method"] = method.into();
    }
    settings
}

fn credentials(vector: &Vector) -> Value {
    match vector.value("/credentials") {
        Some(credentials) => credentials.clone(),
        // Where parameters alone were recorded, any key will do.
        None => json!({"access_key_id": "id", "access_key_secret": "secret"}),
    }
}

fn headers(vector: &Vector) -> Pairs {
    // With content of its own, the older client had to be told its type.
    let typed = vector.value("/input/content").is_some();
    let own = |name: &str| OWN.contains(&name) && !(typed && name == "content-type");
    let sent = vector.object("/expected/headers").iter();
    sent.filter(|(name, _)| !own(name))
        .chain(vector.object("/input_raw/headers"))
        .filter_map(|(name, value)| Some((name.clone(), value.as_str()?.to_owned())))
        .collect()
}

/// What was in the query although nobody put it into the input.
fn defaults(vector: &Vector, v1: bool, given: &[String]) -> Pairs {
    let known = |name: &str, value: &str| {
        let format = name == "Format" && ["JSON", "XML"].contains(&value);
        given.iter().any(|known| covers(known, name))
            || v1 && (COMMON.contains(&name) || format)
            || !v1 && name == "SignatureType"
    };
    let sent = vector.pairs("/expected/query").into_iter();
    sent.filter(|(name, value)| !known(name, value)).collect()
}

/// Whether a pair is of that parameter, flattened or not.
pub(crate) fn covers(parameter: &str, pair: &str) -> bool {
    let rest = pair.strip_prefix(parameter);
    rest.is_some_and(|rest| rest.is_empty() || rest.starts_with('.'))
}

/// Whether one of the pairs is of that parameter.
pub(crate) fn has(pairs: &Pairs, parameter: &str) -> bool {
    pairs.iter().any(|(name, _)| covers(parameter, name))
}
