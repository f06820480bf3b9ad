//! A request with the V1 signature: common parameters join the operation's own, and all of them are signed.

use std::borrow::Cow;

use super::layout::{Body, Layout};
use super::{SignedRequest, SigningInput, Unsendable, add_headers, push};
use crate::config::{Format, Placement};
use crate::credentials::Credentials;
use crate::encode::{Pair, form_pairs, query_pairs};
use crate::sign::v1;
use crate::transport::{Headers, HttpRequest};

pub(super) fn sign(input: &SigningInput<'_>) -> Result<SignedRequest, Unsendable> {
    let layout = Layout::new(input)?;
    if input.service.roa || matches!(layout.body, Body::Json(_) | Body::Binary(_)) {
        return Err(Unsendable(
            "Signature::V1 signs RPC requests with form bodies only: use Signature::V3".into(),
        ));
    }
    let Some(credentials) = input.credentials else {
        return Err(Unsendable(
            "an anonymous operation cannot be called with Signature::V1: use Signature::V3".into(),
        ));
    };
    let mut pairs = common(input, credentials, &layout)?;
    let method = input.method();
    pairs.extend(layout.query.iter().cloned());
    let split = pairs.len();
    pairs.extend(layout.form.iter().cloned());

    let mut signed = pairs.clone();
    let string_to_sign = v1::string_to_sign(method.as_str(), &mut signed);
    let signature = v1::signature(credentials.access_key_secret().expose(), &string_to_sign);
    pairs.insert(
        split,
        (
            Cow::Borrowed("Signature"),
            Cow::Borrowed(signature.as_str()),
        ),
    );

    let in_query = match input.placement {
        _ if !method.has_body() => pairs.len(),
        Placement::Body => 0,
        Placement::Query => pairs.len(),
        Placement::Split => split + 1,
    };
    let (query, form) = pairs.split_at(in_query);
    let mut headers = Headers::new();
    push(&mut headers, "accept", accept(input.format));
    push(&mut headers, "user-agent", input.user_agent.to_owned());
    if !form.is_empty() {
        push(
            &mut headers,
            "content-type",
            "application/x-www-form-urlencoded",
        );
    }
    add_headers(
        &mut headers,
        layout.headers.iter().chain(input.extra_headers).cloned(),
    );
    let http = HttpRequest {
        method,
        url: input.url(&layout.host_prefix, &layout.path, &query_pairs(query)),
        headers,
        body: form_pairs(form).into(),
        timeout: input.timeout,
    };
    Ok(SignedRequest {
        http,
        canonical_request: String::new(),
        string_to_sign,
        signature,
    })
}

fn accept(format: Format) -> &'static str {
    match format {
        Format::Json => "application/json",
        Format::Xml => "application/xml",
    }
}

/// The common parameters. A `Format` the caller gives as an extra parameter replaces ours; the others are ours alone.
fn common<'a>(
    input: &SigningInput<'a>,
    credentials: &'a Credentials,
    layout: &Layout<'a>,
) -> Result<Vec<Pair<'a>>, Unsendable> {
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
    let mut pairs: Vec<Pair<'a>> = Vec::with_capacity(layout.query.len() + layout.form.len() + 10);
    for (name, value) in [
        ("AccessKeyId", Some(credentials.access_key_id())),
        ("Action", Some(input.operation.name.as_ref())),
        ("Format", Some(format)),
        (
            "SecurityToken",
            credentials
                .security_token()
                .map(|token| token.expose().as_str()),
        ),
        ("SignatureMethod", Some(v1::METHOD)),
        ("SignatureNonce", Some(input.nonce)),
        ("SignatureVersion", Some(v1::VERSION)),
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
