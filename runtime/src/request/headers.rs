//! The headers of a request, and what may stand in them.

use std::borrow::Cow;

use super::{BEARER, Signer, SigningInput, Unsendable};
use crate::config::Format;
use crate::transport::Headers;

/// Headers that say where a request goes and where it ends. They belong to the transport.
const FRAMING: [&str; 7] = [
    "connection",
    "content-length",
    "host",
    "te",
    "trailer",
    "transfer-encoding",
    "upgrade",
];

/// Adds a header of our own.
pub(super) fn push(headers: &mut Headers, name: &'static str, value: impl Into<Cow<'static, str>>) {
    headers.push((Cow::Borrowed(name), value.into()));
}

/// The header that asks for a format.
pub(super) fn accept(format: Format) -> &'static str {
    match format {
        Format::Json => "application/json",
        Format::Xml => "application/xml",
    }
}

/// Says whom a request is from, as far as that is said in headers beside the signature.
pub(super) fn push_signer(headers: &mut Headers, input: &SigningInput<'_>) {
    match input.signer() {
        Signer::Nobody => {}
        Signer::Bearer(token) => {
            push(headers, "x-acs-bearer-token", token.to_owned());
            if input.service.roa {
                push(headers, "x-acs-signature-type", BEARER);
            }
        }
        Signer::Key(key) => {
            if let Some(token) = key.security_token() {
                push(
                    headers,
                    "x-acs-accesskey-id",
                    key.access_key_id().to_owned(),
                );
                push(headers, "x-acs-security-token", token.expose().clone());
            }
        }
    }
}

/// Says that an attempt is a repeated one.
pub(super) fn push_retry(headers: &mut Headers, input: &SigningInput<'_>) {
    if let Some(retry) = input.retry {
        let delay = retry.delay.as_millis().to_string();
        push(headers, "x-acs-retry-attempts", retry.attempt.to_string());
        push(headers, "x-acs-retry-delay", delay);
    }
}

/// Adds headers of the operation and then of the caller; one that is there already is replaced, so that each is sent and
/// signed once.
pub(super) fn add(
    headers: &mut Headers,
    of_operation: Headers,
    input: &SigningInput<'_>,
) -> Result<(), Unsendable> {
    for (name, value) in headers.iter() {
        // Borrowed ones are texts of our own and of descriptors.
        if matches!(value, Cow::Owned(_)) {
            check_value(name, value)?;
        }
    }
    let of_caller = input.extra_headers.iter().cloned();
    for (name, value) in of_operation.into_iter().chain(of_caller) {
        let name = lower_case(name);
        check_name(&name)?;
        check_value(&name, &value)?;
        match headers.iter_mut().find(|(known, _)| *known == name) {
            Some(header) => header.1 = value,
            None => headers.push((name, value)),
        }
    }
    Ok(())
}

/// Adds the header that holds the signature. Nobody else may have set it: two of them would be sent.
pub(super) fn authorize(
    headers: &mut Headers,
    access_key_id: &str,
    authorization: String,
) -> Result<(), Unsendable> {
    if headers.iter().any(|(name, _)| name == "authorization") {
        return Err(Unsendable(
            "the header authorization cannot be set: it holds the signature".into(),
        ));
    }
    check_value("authorization", access_key_id)?;
    push(headers, "authorization", authorization);
    Ok(())
}

fn lower_case(name: Cow<'static, str>) -> Cow<'static, str> {
    if name.bytes().any(|byte| byte.is_ascii_uppercase()) {
        Cow::Owned(name.to_ascii_lowercase())
    } else {
        name
    }
}

fn check_name(name: &str) -> Result<(), Unsendable> {
    let token = name
        .bytes()
        .all(|byte| byte.is_ascii_alphanumeric() || b"-_.".contains(&byte));
    if name.is_empty() || !token {
        return Err(Unsendable(format!(
            "{name:?} cannot be the name of a header: letters, digits, `-`, `_` and `.` can be in one"
        )));
    }
    if FRAMING.contains(&name) {
        return Err(Unsendable(format!(
            "the header {name} cannot be set: it follows from the endpoint and the body"
        )));
    }
    Ok(())
}

/// Values are one line, so that none can smuggle in another header.
fn check_value(name: &str, value: &str) -> Result<(), Unsendable> {
    // All bytes are looked at, whatever the first ones say: that is what compilers make fast code of.
    let control = value.bytes().fold(false, |control, byte| {
        control | (byte < 0x20 && byte != b'\t') | (byte == 0x7f)
    });
    if control {
        return Err(Unsendable(format!(
            "the header {name} has a value that cannot be sent: remove control characters"
        )));
    }
    Ok(())
}
