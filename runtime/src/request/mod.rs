//! Requests: from a parameter tree and a descriptor to signed bytes.
//!
//! `layout` decides where each parameter travels, `path` keeps paths as they were signed; `v3`, `v1` and `v1_roa` add what
//! their signature needs and sign. All of it is pure: time, nonce and credentials come in as arguments, so every attempt
//! can be signed anew and every recorded request of an official client can be reproduced.
//!
//! Whatever a caller passes in, it either arrives as that very name and value or is refused: nothing can add a parameter,
//! a header or a path segment, or change the host.

mod headers;
mod layout;
mod path;
mod v1;
mod v1_roa;
mod v3;

use std::borrow::Cow;
use std::fmt;
use std::time::Duration;

use crate::config::{Format, Placement, Signature};
use crate::credentials::Credentials;
use crate::endpoint::Endpoint;
use crate::operation::{Method, Operation, Service};
use crate::params::Params;
use crate::transport::HttpRequest;

/// Everything a signature depends on.
#[derive(Clone, Copy)]
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
    /// Which repetition of the call this is; `None` for the first attempt.
    pub retry: Option<Retry>,
}

/// What the service is told of a repeated attempt.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Retry {
    /// How many attempts came before.
    pub attempt: u32,
    /// How long was waited before this one.
    pub delay: Duration,
}

/// A signed request, with the texts its signature was computed over. All of them are empty when nothing is signed: for an
/// anonymous call and with a bearer token.
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

impl fmt::Debug for SigningInput<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let extra_params = self.extra_params.iter().map(|(name, _)| name);
        let extra_headers = self.extra_headers.iter().map(|(name, _)| name);
        f.debug_struct("SigningInput")
            .field("operation", &self.operation.name)
            .field("params", &self.params)
            .field("extra_params", &extra_params.collect::<Vec<_>>())
            .field("extra_headers", &extra_headers.collect::<Vec<_>>())
            .field("endpoint", &self.endpoint)
            .field("signature", &self.signature)
            .field("credentials", &self.credentials)
            .field("timestamp", &self.timestamp)
            .finish_non_exhaustive()
    }
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
/// When something cannot be put where it has to go: a hole of the path left empty, a path segment that HTTP clients
/// resolve away, a header value with a line break, a header that frames the request, a parameter that V1 needs for itself.
pub fn sign(input: &SigningInput<'_>) -> Result<SignedRequest, Unsendable> {
    match input.signature {
        Signature::V3 => v3::sign(input),
        Signature::V1 if input.service.roa => v1_roa::sign(input),
        Signature::V1 => v1::sign(input),
    }
}

/// How a request says whom it is from.
#[derive(Clone, Copy)]
enum Signer<'a> {
    /// Not at all: an anonymous operation.
    Nobody,
    /// By a token that travels with it.
    Bearer(&'a str),
    /// By a signature.
    Key(&'a Credentials),
}

/// What stands in for a signature in a request with a bearer token.
const BEARER: &str = "BEARERTOKEN";

impl<'a> SigningInput<'a> {
    fn method(&self) -> Method {
        self.method.unwrap_or(self.operation.method)
    }

    fn signer(&self) -> Signer<'a> {
        match self.credentials {
            None => Signer::Nobody,
            Some(credentials) => match credentials.bearer_token() {
                Some(token) => Signer::Bearer(token.expose()),
                None => Signer::Key(credentials),
            },
        }
    }

    fn url(&self, host: &str, path: &str, query: &str) -> String {
        let mark = if query.is_empty() { "" } else { "?" };
        [self.endpoint.scheme(), "://", host, path, mark, query].concat()
    }
}

#[cfg(test)]
mod tests;
