//! Requests: from a parameter tree and a descriptor to signed bytes.
//!
//! `layout` decides where each parameter travels, `v3` and `v1` add what their signature needs and sign. All of it is
//! pure: time, nonce and credentials come in as arguments, so every attempt can be signed anew and every recorded request
//! of an official client can be reproduced.

mod layout;
mod v1;
mod v3;

use std::borrow::Cow;
use std::fmt;
use std::time::Duration;

use crate::config::{Format, Placement, Signature};
use crate::credentials::Credentials;
use crate::endpoint::Endpoint;
use crate::operation::{Method, Operation, Service};
use crate::params::Params;
use crate::transport::{Headers, HttpRequest};

/// Everything a signature depends on.
#[derive(Clone, Copy, Debug)]
pub struct SigningInput<'a> {
    /// The product version.
    pub service: &'a Service,
    /// The operation.
    pub operation: &'a Operation,
    /// The parameters.
    pub params: &'a Params,
    /// Parameters the descriptor does not know.
    pub extra_params: &'a Params,
    /// Headers the caller adds; names in lower case.
    pub extra_headers: &'a [(Cow<'static, str>, Cow<'static, str>)],
    /// Where the request goes.
    pub endpoint: &'a Endpoint,
    /// The method, when not the operation's own.
    pub method: Option<Method>,
    /// Which signature.
    pub signature: Signature,
    /// Which answer format.
    pub format: Format,
    /// Where V1 parameters travel.
    pub placement: Placement,
    /// Who signs; nobody, for an anonymous operation.
    pub credentials: Option<&'a Credentials>,
    /// The time, as [`crate::time::timestamp`] writes it.
    pub timestamp: &'a str,
    /// The nonce.
    pub nonce: &'a str,
    /// The `user-agent` header.
    pub user_agent: &'a str,
    /// How long the exchange may take.
    pub timeout: Duration,
    /// What the request repeats, if it does.
    pub retry: Option<Retry>,
}

/// What a repeated request says of itself.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Retry {
    /// How often the call was repeated before, this time included.
    pub attempt: u32,
    /// How long the client waited before.
    pub delay: Duration,
}

/// A signed request, with the texts its signature was computed over.
#[derive(Clone)]
pub struct SignedRequest {
    /// What goes over the wire.
    pub http: HttpRequest,
    /// The canonical request; empty for V1, which has none.
    pub canonical_request: String,
    /// The string to sign.
    pub string_to_sign: String,
    /// The signature.
    pub signature: String,
}

impl fmt::Debug for SignedRequest {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("SignedRequest")
            .field("http", &self.http)
            .finish_non_exhaustive()
    }
}

/// Why a request cannot be put on the wire.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Unsendable(pub(crate) String);

impl fmt::Display for Unsendable {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl std::error::Error for Unsendable {}

/// Lays the parameters out and signs them.
///
/// # Errors
///
/// When a parameter cannot be put where it has to go: a hole of the path left empty, a header value with a line break, a
/// parameter that V1 needs for itself.
pub fn sign(input: &SigningInput<'_>) -> Result<SignedRequest, Unsendable> {
    for (name, value) in input.extra_headers {
        check_header(name, value)?;
    }
    match input.signature {
        Signature::V3 => v3::sign(input),
        Signature::V1 => v1::sign(input),
    }
}

impl SigningInput<'_> {
    fn method(&self) -> Method {
        self.method.unwrap_or(self.operation.method)
    }

    fn url(&self, host_prefix: &str, path: &str, query: &str) -> String {
        let (scheme, host) = (self.endpoint.scheme(), self.endpoint.host());
        let mark = if query.is_empty() { "" } else { "?" };
        [scheme, "://", host_prefix, host, path, mark, query].concat()
    }
}

/// Header names are tokens and values one line, so that no parameter can smuggle in another header.
fn check_header(name: &str, value: &str) -> Result<(), Unsendable> {
    let token = !name.is_empty()
        && name
            .bytes()
            .all(|byte| byte.is_ascii_alphanumeric() || b"-_.".contains(&byte));
    let line = !value
        .bytes()
        .any(|byte| byte < 0x20 && byte != b'\t' || byte == 0x7f);
    if token && line {
        Ok(())
    } else {
        Err(Unsendable(format!(
            "header {name:?} has a name or value that cannot be sent: remove control characters"
        )))
    }
}

/// Adds headers of the operation and the caller; one that is there already is replaced, so that each is sent and signed
/// once.
fn add_headers(
    headers: &mut Headers,
    more: impl Iterator<Item = (Cow<'static, str>, Cow<'static, str>)>,
) {
    for (name, value) in more {
        match headers.iter_mut().find(|(known, _)| *known == name) {
            Some(header) => header.1 = value,
            None => headers.push((name, value)),
        }
    }
}

fn push(headers: &mut Headers, name: &'static str, value: impl Into<Cow<'static, str>>) {
    headers.push((Cow::Borrowed(name), value.into()));
}

#[cfg(test)]
mod tests;
