//! An RPC request with the V1 signature: common parameters join the operation's own, and all of them are signed.

use std::borrow::Cow;

use super::headers::{accept, add, push, push_retry};
use super::layout::{Body, FORM, Layout};
use super::{BEARER, SignedRequest, Signer, SigningInput, Unsendable};
use crate::config::{Format, Placement};
use crate::encode::{Pair, form_pairs, query_pairs};
use crate::sign::v1;
use crate::transport::{Headers, HttpRequest};

pub(super) fn sign(input: &SigningInput<'_>) -> Result<SignedRequest, Unsendable> {
    let mut layout = Layout::new(input)?;
    if matches!(layout.body, Body::Json(_) | Body::Binary(_)) {
        return Err(Unsendable(
            "Signature::V1 signs RPC requests with form bodies only: use Signature::V3".into(),
        ));
    }
    let host = layout.host(input.endpoint)?;
    let method = input.method();
    let mut pairs = common(input, &layout)?;
    pairs.append(&mut layout.query);
    let in_query = pairs.len();
    pairs.append(&mut layout.form);
    let split = method.has_body() && input.placement == Placement::Split;

    let (mut string_to_sign, mut signature) = (String::new(), String::new());
    if let Signer::Key(key) = input.signer() {
        string_to_sign = if split {
            v1::string_to_sign(method.as_str(), &mut pairs.clone())
        } else {
            // All of them travel in one place, where their order means nothing: they may stay sorted.
            v1::string_to_sign(method.as_str(), &mut pairs)
        };
        signature = v1::signature(key.access_key_secret().expose(), &string_to_sign);
        let pair = (
            Cow::Borrowed("Signature"),
            Cow::Borrowed(signature.as_str()),
        );
        pairs.insert(if split { in_query } else { pairs.len() }, pair);
    }
    let in_query = match input.placement {
        Placement::Split if split => in_query + usize::from(!signature.is_empty()),
        Placement::Body if method.has_body() => 0,
        _ => pairs.len(),
    };
    let (query, form) = pairs.split_at(in_query);
    let http = HttpRequest {
        method,
        url: input.url(&host, &layout.path, &query_pairs(query)),
        headers: headers(input, !form.is_empty(), std::mem::take(&mut layout.headers))?,
        body: form_pairs(form).into(),
        timeout: input.timeout,
        fresh_connection: false,
    };
    Ok(SignedRequest {
        http,
        canonical_request: String::new(),
        string_to_sign,
        signature,
    })
}

fn headers(
    input: &SigningInput<'_>,
    has_form: bool,
    of_operation: Headers,
) -> Result<Headers, Unsendable> {
    let mut headers = Headers::with_capacity(4);
    push(&mut headers, "accept", accept(input.format));
    push(&mut headers, "user-agent", input.user_agent.to_owned());
    if has_form {
        push(&mut headers, "content-type", FORM);
    }
    push_retry(&mut headers, input);
    add(&mut headers, of_operation, input)?;
    Ok(headers)
}

/// The common parameters. A `Format` the caller gives as an extra parameter replaces ours; the others are ours alone.
fn common<'a>(input: &SigningInput<'a>, layout: &Layout<'a>) -> Result<Vec<Pair<'a>>, Unsendable> {
    let given = |name: &str| {
        layout
            .query
            .iter()
            .chain(&layout.form)
            .any(|(known, _)| known == name)
    };
    let format = match input.format {
        Format::Json => "JSON",
        Format::Xml => "XML",
    };
    let (bearer, key) = match input.signer() {
        Signer::Nobody => (None, None),
        Signer::Bearer(token) => (Some(token), None),
        Signer::Key(key) => (None, Some(key)),
    };
    let token = key.and_then(|key| Some(key.security_token()?.expose().as_str()));
    let mut pairs: Vec<Pair<'a>> = Vec::with_capacity(layout.query.len() + layout.form.len() + 10);
    for (name, value) in [
        ("AccessKeyId", key.map(|key| key.access_key_id())),
        ("Action", Some(input.operation.name.as_ref())),
        ("BearerToken", bearer),
        ("Format", Some(format)),
        ("SecurityToken", token),
        ("SignatureMethod", key.map(|_| v1::METHOD)),
        ("SignatureNonce", Some(input.nonce)),
        ("SignatureType", bearer.map(|_| BEARER)),
        ("SignatureVersion", key.map(|_| v1::VERSION)),
        ("Timestamp", Some(input.timestamp)),
        ("Version", Some(input.service.version.as_ref())),
    ] {
        match value {
            Some(value) if !given(name) => pairs.push((Cow::Borrowed(name), Cow::Borrowed(value))),
            Some(_) if name != "Format" => return Err(taken_name(name)),
            _ => {}
        }
    }
    if given("Signature") {
        return Err(taken_name("Signature"));
    }
    Ok(pairs)
}

fn taken_name(name: &str) -> Unsendable {
    Unsendable(format!(
        "the parameter {name} cannot be sent with Signature::V1, which needs the name: use Signature::V3"
    ))
}
