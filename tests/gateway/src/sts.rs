//! The Security Token Service: temporary access keys that the gateway then accepts.

use std::time::{Duration, SystemTime};

use alicloud_runtime::Credentials;
use alicloud_runtime::time::{NonceSource as _, RandomNonce, timestamp};
use serde_json::{Value, json};

use crate::parameters::Given;
use crate::refusal::Refusal;
use crate::verify::Verifier;

/// How long a key is valid when the call does not say.
const USUAL: u64 = 3600;

/// The shortest time a key may be asked for, and the longest.
const ALLOWED: std::ops::RangeInclusive<u64> = 900..=43_200;

/// Whether an operation takes a token of somebody else's for a signature.
pub(crate) fn needs_no_signature(product: &str, operation: &str) -> bool {
    product == "Sts" && matches!(operation, "AssumeRoleWithOIDC" | "AssumeRoleWithSAML")
}

/// Issues a key, if that is what the operation is for.
pub(crate) fn answer(
    verifier: &Verifier,
    now: SystemTime,
    operation: &str,
    given: &Given,
) -> Option<Result<Value, Refusal>> {
    let proof = match operation {
        "AssumeRole" => None,
        "AssumeRoleWithOIDC" => Some("OIDCToken"),
        "AssumeRoleWithSAML" => Some("SAMLAssertion"),
        _ => return None,
    };
    let required = proof.into_iter().chain(["RoleArn"]);
    for name in required {
        if given.get(name).is_none_or(String::is_empty) {
            return Some(Err(Refusal::missing_parameter(name)));
        }
    }
    Some(issue(verifier, now, given))
}

fn issue(verifier: &Verifier, now: SystemTime, given: &Given) -> Result<Value, Refusal> {
    let seconds = match given.get("DurationSeconds") {
        Some(text) => text.parse().ok(),
        None => Some(USUAL),
    };
    let seconds = seconds.filter(|seconds| ALLOWED.contains(seconds));
    let seconds = seconds.ok_or_else(|| {
        let message = "DurationSeconds must be at least 900 and at most 43200.";
        Refusal::new(400, "InvalidParameter.DurationSeconds", message)
    })?;
    let expiration = now + Duration::from_secs(seconds);
    let (id, secret) = (format!("STS.{}", random()?), random()?);
    // Signs that have to be encoded in a query.
    let token = format!("{}+/{}==", random()?, random()?);
    let key = Credentials::new(&id, &secret).with_security_token(&token);
    verifier.issue(key.with_expiration(expiration));
    let text = |name: &str| given.get(name).map(String::as_str).unwrap_or_default();
    let (role, session) = (text("RoleArn"), text("RoleSessionName"));
    Ok(json!({
        "Credentials": {
            "AccessKeyId": id,
            "AccessKeySecret": secret,
            "SecurityToken": token,
            "Expiration": timestamp(expiration),
        },
        "AssumedRoleUser": {
            "AssumedRoleId": format!("300000000000000001:{session}"),
            "Arn": format!("{role}/{session}"),
        },
        "SourceIdentity": given.get("SourceIdentity"),
    }))
}

fn random() -> Result<String, Refusal> {
    let random = RandomNonce.nonce();
    random.map_err(|error| Refusal::new(500, "InternalError", error.to_string()))
}
