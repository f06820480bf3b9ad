//! A request with the V3 signature: parameters where the descriptor puts them, everything else in headers.

use std::borrow::Cow;

use super::headers::{add, authorize, push, push_retry, push_signer};
use super::layout::Layout;
use super::{BEARER, SignedRequest, Signer, SigningInput, Unsendable};
use crate::sign::v3;
use crate::transport::{Headers, HttpRequest};

pub(super) fn sign(input: &SigningInput<'_>) -> Result<SignedRequest, Unsendable> {
    let mut layout = Layout::new(input)?;
    let signer = input.signer();
    if let Some((name, value)) = marker(input, signer) {
        layout.query.retain(|(known, _)| known != name);
        layout
            .query
            .push((Cow::Borrowed(name), Cow::Borrowed(value)));
    }
    // A name without a value is one with an empty value here.
    let bare = layout.bare.drain(..);
    layout
        .query
        .extend(bare.map(|name| (name.into(), "".into())));
    let query = v3::canonical_query(&mut layout.query);
    let (content_type, body) = layout.take_body();
    let payload_hash = v3::payload_hash(&body);
    let host = layout.host(input.endpoint)?;
    let mut headers = headers(input, content_type, payload_hash.clone());
    add(&mut headers, std::mem::take(&mut layout.headers), input)?;

    let method = input.method();
    let mut texts = <[String; 3]>::default();
    if let Signer::Key(key) = signer {
        let signed = signed(&headers, &host);
        let method = method.as_str();
        let (canonical, names) =
            v3::canonical(method, &layout.path, &query, &signed, &payload_hash);
        let text = v3::string_to_sign(&canonical);
        let signature = v3::signature(key.access_key_secret().expose(), &text);
        let names = canonical.get(names).unwrap_or_default();
        let authorization = v3::authorization(key.access_key_id(), names, &signature);
        authorize(&mut headers, key.access_key_id(), authorization)?;
        texts = [canonical, text, signature];
    }
    let [canonical_request, string_to_sign, signature] = texts;
    Ok(SignedRequest {
        http: HttpRequest {
            method,
            url: input.url(&host, &layout.path, &query),
            headers,
            body,
            timeout: input.timeout,
            fresh_connection: false,
        },
        canonical_request,
        string_to_sign,
        signature,
    })
}

/// What stands in the query of an RPC request that has no signature.
fn marker(input: &SigningInput<'_>, signer: Signer<'_>) -> Option<(&'static str, &'static str)> {
    match signer {
        _ if input.service.roa => None,
        // Without a signature the gateway wants to be told the format.
        Signer::Nobody => Some(("Format", "json")),
        Signer::Bearer(_) => Some(("SignatureType", BEARER)),
        Signer::Key(_) => None,
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
    push_signer(&mut headers, input);
    push_retry(&mut headers, input);
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
