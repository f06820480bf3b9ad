//! Requests with the V3 signature.

use std::collections::BTreeMap;

use serde_json::Value as Json;

use crate::made::Made;
use crate::outcome::ensure_eq;
use crate::raw::bytes;
use crate::vector::Vector;
use crate::wire::{Pairs, decode_pairs, same_json};

/// Why a vector is not for us.
pub(crate) fn not_applicable(vector: &Vector) -> Option<&'static str> {
    match vector.optional("/signature_algorithm") {
        Some("ACS3-HMAC-SM3") => return Some("signed with SM3"),
        Some("ACS3-RSA-SHA256") => return Some("signed with an RSA key"),
        _ => {}
    }
    (vector.optional("/request_body_type") == Some("byte"))
        .then_some("bytes without a content type: ours say what they are")
}

/// Parameters and body as we write them mean what was recorded.
pub(crate) fn check_serialization(vector: &Vector, ours: &Made) -> Result<(), String> {
    let recorded = vector.pairs("/expected/query");
    check_pairs(vector, decode_pairs(&ours.query), recorded)?;
    let body = ours.text();
    let recorded = vector.optional("/expected/body").unwrap_or_default();
    if vector.value("/expected/form").is_some() {
        let recorded = vector.pairs("/expected/form");
        check_pairs(vector, decode_pairs(&body), recorded)?;
    } else if vector.value("/expected/body_base64").is_none()
        && !same_json(&body, &without_nulls(recorded))
    {
        ensure_eq!(body, recorded, "body");
    }
    Ok(())
}

/// JSON without its null members, which recorded input lacks. What is no object stays as it is.
fn without_nulls(json: &str) -> String {
    match serde_json::from_str(json) {
        Ok(Json::Object(mut members)) => {
            members.retain(|_, member| !member.is_null());
            Json::Object(members).to_string()
        }
        _ => json.to_owned(),
    }
}

fn check_pairs(vector: &Vector, ours: Pairs, recorded: Pairs) -> Result<(), String> {
    ensure_eq!(
        ours.iter().map(|(name, _)| name).collect::<Vec<_>>(),
        recorded.iter().map(|(name, _)| name).collect::<Vec<_>>(),
        "names of parameters"
    );
    for (ours, recorded) in ours.into_iter().zip(recorded) {
        let json = vector.lists("/json_params", &recorded.0);
        if !(json && ours.0 == recorded.0 && same_json(&ours.1, &recorded.1)) {
            ensure_eq!(ours, recorded, "parameter");
        }
    }
    Ok(())
}

/// Everything that goes over the wire but the signature, with the recorded JSON texts put in.
pub(crate) fn check_exactly(vector: &Vector, ours: &Made) -> Result<(), String> {
    ensure_eq!(ours.method, vector.text("/expected/method")?, "method");
    let host = vector.text("/expected/headers/host")?;
    let expected = format!("https://{host}{}", vector.text("/expected/path")?);
    ensure_eq!(ours.url, expected, "URL");
    let pairs = decode_pairs(&ours.query);
    ensure_eq!(pairs, vector.pairs("/expected/query"), "query");
    let body = match vector.value("/expected/body_base64") {
        Some(base64) => bytes(base64)?.to_vec(),
        None => vector.text("/expected/body")?.as_bytes().to_vec(),
    };
    if ours.body != body {
        let recorded = String::from_utf8_lossy(&body).into_owned();
        ensure_eq!(ours.text(), recorded, "body");
        return Err("body: the bytes differ".into());
    }

    let mut sent: BTreeMap<&str, &str> = (ours.headers.iter())
        .map(|(name, value)| (name.as_str(), value.as_str()))
        .collect();
    ensure_eq!(
        sent.len(),
        ours.headers.len(),
        "number of different headers"
    );
    sent.insert("host", host);
    sent.remove("authorization");
    let mut recorded: BTreeMap<&str, &str> = (vector.object("/expected/headers").iter())
        .map(|(name, value)| (name.as_str(), value.as_str().unwrap_or_default()))
        .collect();
    recorded.remove("authorization");
    // An example of the documents shows only the headers it is about.
    if vector.optional("/kind") == Some("signature-only") {
        sent.retain(|name, _| recorded.contains_key(name));
    }
    ensure_eq!(sent, recorded, "headers");
    Ok(())
}

/// The signature over the headers that no proxy rewrites; or none, where a token stands for it.
pub(crate) fn check_signature(vector: &Vector, ours: &Made) -> Result<(), String> {
    let sent = ours.header("authorization");
    if vector.optional("/credentials/type") == Some("bearer") {
        ensure_eq!(
            sent,
            vector.optional("/expected/headers/authorization"),
            "authorization"
        );
        return Ok(());
    }
    let part = match vector.value("/expected_subset_headers") {
        Some(_) => "/expected_subset_headers",
        None => "/expected",
    };
    let text = |name: &str| vector.optional(&format!("{part}/{name}"));
    if let Some(recorded) = text("canonical_request") {
        ensure_eq!(ours.canonical_request, recorded, "canonical request");
    }
    ensure_eq!(
        Some(ours.string_to_sign.as_str()),
        text("string_to_sign"),
        "string to sign"
    );
    ensure_eq!(
        Some(ours.signature.as_str()),
        text("signature"),
        "signature"
    );
    ensure_eq!(sent, text("authorization"), "authorization");
    Ok(())
}
