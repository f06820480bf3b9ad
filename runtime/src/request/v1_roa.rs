//! A ROA request with the V1 signature: parameters where the descriptor puts them, everything else in headers.

use super::headers::{accept, add, authorize, push, push_retry, push_signer};
use super::layout::Layout;
use super::{SignedRequest, Signer, SigningInput, Unsendable};
use crate::encode::percent;
use crate::sign::{http_date, v1, v1_roa, v3};
use crate::transport::{Headers, HttpRequest};

pub(super) fn sign(input: &SigningInput<'_>) -> Result<SignedRequest, Unsendable> {
    let mut layout = Layout::new(input)?;
    let query = v3::canonical_query(&mut layout.query);
    let (content_type, body) = layout.take_body();
    let host = layout.host(input.endpoint)?;
    let mut headers = headers(input, content_type, &body)?;
    add(&mut headers, std::mem::take(&mut layout.headers), input)?;

    let method = input.method();
    let (mut string_to_sign, mut signature) = (String::new(), String::new());
    if let Signer::Key(key) = input.signer() {
        let resource = v1_roa::resource(&layout.path, &layout.query, &layout.bare);
        let signed: Vec<_> = headers
            .iter()
            .map(|(name, value)| (name.as_ref(), value.as_ref()))
            .collect();
        string_to_sign = v1_roa::string_to_sign(method.as_str(), &signed, &resource);
        signature = v1_roa::signature(key.access_key_secret().expose(), &string_to_sign);
        let authorization = v1_roa::authorization(key.access_key_id(), &signature);
        authorize(&mut headers, key.access_key_id(), authorization)?;
    }
    Ok(SignedRequest {
        http: HttpRequest {
            method,
            url: input.url(&host, &layout.path, &with_bare(query, &layout.bare)),
            headers,
            body,
            timeout: input.timeout,
            fresh_connection: false,
        },
        canonical_request: String::new(),
        string_to_sign,
        signature,
    })
}

/// The query of the URL, with the names that have no value.
fn with_bare(query: String, bare: &[&str]) -> String {
    let pairs = Some(query).filter(|query| !query.is_empty());
    let names = bare.iter().map(|name| percent(name));
    names
        .map(Into::into)
        .chain(pairs)
        .collect::<Vec<String>>()
        .join("&")
}

fn headers(
    input: &SigningInput<'_>,
    content_type: Option<&'static str>,
    body: &[u8],
) -> Result<Headers, Unsendable> {
    let date = http_date(input.timestamp)
        .ok_or_else(|| Unsendable(format!("{:?} is no time to sign with", input.timestamp)))?;
    let mut headers = Headers::with_capacity(16);
    push(&mut headers, "accept", accept(input.format));
    if !body.is_empty() {
        push(&mut headers, "content-md5", v1_roa::content_md5(body));
    }
    if let Some(content_type) = content_type {
        push(&mut headers, "content-type", content_type);
    }
    push(&mut headers, "date", date);
    push(&mut headers, "user-agent", input.user_agent.to_owned());
    push(&mut headers, "x-acs-action", input.operation.name.clone());
    push(&mut headers, "x-acs-signature-method", v1::METHOD);
    push(
        &mut headers,
        "x-acs-signature-nonce",
        input.nonce.to_owned(),
    );
    push(&mut headers, "x-acs-signature-version", v1::VERSION);
    push(&mut headers, "x-acs-version", input.service.version.clone());
    push_signer(&mut headers, input);
    push_retry(&mut headers, input);
    Ok(headers)
}
