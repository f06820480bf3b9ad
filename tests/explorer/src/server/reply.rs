//! Replies, each with the headers that keep a page to itself.

use std::convert::Infallible;

use bytes::Bytes;
use http_body_util::Full;
use serde_json::Value as Json;

/// What a page may do: run and show what comes from here, ask here, and nothing else.
const POLICY: &str = "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; img-src 'self' data:; \
     form-action 'none'; frame-ancestors 'none'; base-uri 'none'";

/// A reply.
#[derive(Debug)]
pub(super) struct Reply {
    status: u16,
    content_type: &'static str,
    body: Bytes,
}

impl Reply {
    pub(super) fn new(content_type: &'static str, body: impl Into<Bytes>) -> Self {
        Self {
            status: 200,
            content_type,
            body: body.into(),
        }
    }

    pub(super) fn page(html: String) -> Self {
        Self::new("text/html; charset=utf-8", html)
    }

    pub(super) fn json(value: &Json) -> Self {
        Self::new("application/json", value.to_string())
    }

    pub(super) fn text(status: u16, text: &str) -> Self {
        Self {
            status,
            ..Self::new("text/plain; charset=utf-8", format!("{text}\n"))
        }
    }

    pub(super) fn refused(why: &str) -> Self {
        Self::text(403, &format!("refused: {why}"))
    }

    pub(super) fn into_response(self) -> Result<hyper::Response<super::Body>, Infallible> {
        let mut response = hyper::Response::new(Full::new(self.body));
        *response.status_mut() =
            hyper::StatusCode::from_u16(self.status).unwrap_or(hyper::StatusCode::OK);
        let headers = response.headers_mut();
        for (name, value) in [
            ("content-type", self.content_type),
            ("content-security-policy", POLICY),
            ("cross-origin-opener-policy", "same-origin"),
            ("cross-origin-resource-policy", "same-origin"),
            ("x-content-type-options", "nosniff"),
            ("x-frame-options", "DENY"),
            ("referrer-policy", "no-referrer"),
            ("cache-control", "no-store"),
        ] {
            headers.insert(name, hyper::header::HeaderValue::from_static(value));
        }
        Ok(response)
    }
}
