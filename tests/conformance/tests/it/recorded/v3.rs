//! Requests with the V3 signature.

use std::collections::BTreeMap;

use alicloud::request::SignedRequest;
use serde_json::Value as Json;

use super::call::{Call, Scheme, Texts, bytes};
use super::{Checked, Outcome, ensure_eq};
use crate::vector::Vector;
use crate::wire::{Pairs, decode_pairs, same_json};

/// Why a vector is not for us.
fn not_applicable(vector: &Vector) -> Option<&'static str> {
    match vector.text("/signature_algorithm") {
        "ACS3-HMAC-SM3" => return Some("signed with SM3"),
        "ACS3-RSA-SHA256" => return Some("signed with an RSA key"),
        _ => {}
    }
    (vector.optional("/request_body_type") == Some("byte"))
        .then_some("bytes without a content type: ours say what they are")
}

/// Makes the request of a vector again.
pub(crate) fn check(vector: &Vector) -> Checked {
    if let Some(why) = not_applicable(vector) {
        return Ok(Outcome::NotApplicable(why));
    }
    let call = Call::new(vector, Texts::Ours);
    let generated = call.generated;
    let ours = call.sign(vector, Scheme::V3)?;
    check_serialization(vector, &ours)?;
    let ours = Call::new(vector, Texts::Recorded).sign(vector, Scheme::V3)?;
    check_exactly(vector, &ours)?;
    check_signature(vector, &ours)?;
    Ok(Outcome::Reproduced { generated })
}

/// Parameters and body as we write them mean what was recorded.
pub(crate) fn check_serialization(vector: &Vector, ours: &SignedRequest) -> Result<(), String> {
    let (_, query) = ours
        .http
        .url
        .split_once('?')
        .unwrap_or((&ours.http.url, ""));
    let recorded = vector.pairs("/expected/query");
    check_pairs(vector, sorted(decode_pairs(query)), recorded)?;
    let body = String::from_utf8_lossy(&ours.http.body);
    let recorded = vector.optional("/expected/body").unwrap_or_default();
    if vector.value("/expected/form").is_some() {
        let recorded = vector.pairs("/expected/form");
        check_pairs(vector, sorted(decode_pairs(&body)), recorded)?;
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
        ours.len(),
        recorded.len(),
        "number of parameters in {ours:?}"
    );
    let json = vector.value("/json_params");
    for (ours, recorded) in ours.into_iter().zip(recorded) {
        let json = json.is_some_and(|names| {
            names
                .as_array()
                .unwrap()
                .iter()
                .any(|name| *name == recorded.0)
        });
        if !(json && ours.0 == recorded.0 && same_json(&ours.1, &recorded.1)) {
            ensure_eq!(ours, recorded, "parameter");
        }
    }
    Ok(())
}

/// Everything that goes over the wire but the signature, with the recorded JSON texts put in.
fn check_exactly(vector: &Vector, ours: &SignedRequest) -> Result<(), String> {
    ensure_eq!(
        ours.http.method.as_str(),
        vector.text("/expected/method"),
        "method"
    );
    let (url, query) = ours
        .http
        .url
        .split_once('?')
        .unwrap_or((&ours.http.url, ""));
    let host = vector.text("/expected/headers/host");
    let expected = format!("https://{host}{}", vector.text("/expected/path"));
    ensure_eq!(url, expected, "URL");
    let pairs = sorted(decode_pairs(query));
    ensure_eq!(pairs, vector.pairs("/expected/query"), "query");
    let body = match vector.optional("/expected/body_base64") {
        Some(base64) => bytes(base64),
        None => vector.text("/expected/body").to_owned().into(),
    };
    ensure_eq!(ours.http.body, body, "body");

    let mut sent: BTreeMap<_, _> = (ours.http.headers.iter())
        .map(|(name, value)| (name.to_string(), value.to_string()))
        .collect();
    ensure_eq!(
        sent.len(),
        ours.http.headers.len(),
        "number of different headers"
    );
    sent.insert("host".to_owned(), host.to_owned());
    sent.remove("authorization");
    let mut recorded: BTreeMap<_, _> = (vector.object("/expected/headers").iter())
        .map(|(name, value)| (name.clone(), value.as_str().unwrap().to_owned()))
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
fn check_signature(vector: &Vector, ours: &SignedRequest) -> Result<(), String> {
    let sent = (ours.http.headers.iter())
        .find(|(name, _)| name == "authorization")
        .map(|(_, value)| value.as_ref());
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

fn sorted(mut pairs: Pairs) -> Pairs {
    pairs.sort();
    pairs
}
