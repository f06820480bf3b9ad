//! A request with the V3 signature: parameters where the descriptor puts them, everything else in headers.

use std::borrow::Cow;

use bytes::Bytes;

use super::layout::{Body, Layout};
use super::{SignedRequest, SigningInput, Unsendable, add_headers, push};
use crate::encode::form_pairs;
use crate::sign::v3;
use crate::transport::{Headers, HttpRequest};

pub(super) fn sign(input: &SigningInput<'_>) -> Result<SignedRequest, Unsendable> {
    let mut layout = Layout::new(input)?;
    if input.credentials.is_none() && !input.service.roa {
        // Without a signature the gateway wants to be told the format.
        layout
            .query
            .push((Cow::Borrowed("Format"), Cow::Borrowed("json")));
    }
    let query = v3::canonical_query(&mut layout.query);
    let (content_type, body) = encode_body(&mut layout);
    let payload_hash = v3::payload_hash(&body);
    let host = layout.host(input.endpoint.host());
    let mut headers = headers(input, content_type, payload_hash.clone());
    add_headers(
        &mut headers,
        layout
            .headers
            .drain(..)
            .chain(input.extra_headers.iter().cloned()),
    );

    let signed = signed(&headers, &host);
    let method = input.method();
    let canonical_request = v3::canonical_request(
        method.as_str(),
        &layout.path,
        &query,
        &signed,
        &payload_hash,
    );
    let string_to_sign = v3::string_to_sign(&canonical_request);
    let mut signature = String::new();
    if let Some(credentials) = input.credentials {
        signature = v3::signature(credentials.access_key_secret().expose(), &string_to_sign);
        let names = signed_names(&canonical_request, &signed);
        let authorization = v3::authorization(credentials.access_key_id(), names, &signature);
        push(&mut headers, "authorization", authorization);
    }
    let url = input.url(&layout.host_prefix, &layout.path, &query);
    let http = HttpRequest {
        method,
        url,
        headers,
        body,
        timeout: input.timeout,
    };
    Ok(SignedRequest {
        http,
        canonical_request,
        string_to_sign,
        signature,
    })
}

/// The names of the signed headers, which the canonical request lists in its last line but one.
fn signed_names<'t>(canonical_request: &'t str, signed: &[(&str, &str)]) -> &'t str {
    let before_hash = canonical_request.rfind('\n').unwrap_or_default();
    let length = signed.iter().map(|(name, _)| name.len() + 1).sum::<usize>();
    canonical_request
        .get((before_hash + 1).saturating_sub(length)..before_hash)
        .unwrap_or_default()
}

fn encode_body(layout: &mut Layout<'_>) -> (Option<&'static str>, Bytes) {
    match std::mem::replace(&mut layout.body, Body::None) {
        Body::None => (None, Bytes::new()),
        Body::Form => {
            layout.form.sort_unstable();
            (
                Some("application/x-www-form-urlencoded"),
                form_pairs(&layout.form).into(),
            )
        }
        Body::Json(text) => (Some("application/json; charset=utf-8"), text.into()),
        Body::Binary(bytes) => (Some("application/octet-stream"), bytes),
    }
}

fn headers(
    input: &SigningInput<'_>,
    content_type: Option<&'static str>,
    payload_hash: Cow<'static, str>,
) -> Headers {
    let mut headers = Headers::with_capacity(14);
    push(&mut headers, "accept", "application/json");
    if let Some(content_type) = content_type {
        push(&mut headers, "content-type", content_type);
    }
    push(&mut headers, "user-agent", input.user_agent.to_owned());
    push(&mut headers, "x-acs-action", input.operation.name.clone());
    push(&mut headers, "x-acs-content-sha256", payload_hash);
    push(&mut headers, "x-acs-date", input.timestamp.to_owned());
    push(
        &mut headers,
        "x-acs-signature-nonce",
        input.nonce.to_owned(),
    );
    push(&mut headers, "x-acs-version", input.service.version.clone());
    let temporary = input
        .credentials
        .and_then(|key| Some((key, key.security_token()?)));
    if let Some((key, token)) = temporary {
        push(
            &mut headers,
            "x-acs-accesskey-id",
            key.access_key_id().to_owned(),
        );
        push(&mut headers, "x-acs-security-token", token.expose().clone());
    }
    headers
}

/// The headers that are signed, sorted by name; `host` is added, since the transport will send it.
fn signed<'a>(
    headers: &'a [(Cow<'static, str>, Cow<'static, str>)],
    host: &'a str,
) -> Vec<(&'a str, &'a str)> {
    let mut signed = Vec::with_capacity(headers.len() + 1);
    signed.push(("host", host));
    signed.extend(
        headers
            .iter()
            .filter(|(name, _)| v3::is_signed(name))
            .map(|(name, value)| (name.as_ref(), value.as_ref())),
    );
    signed.sort_unstable();
    signed
}
