//! Transport: what carries a signed request and brings the answer back.
//!
//! The trait is small so that a test can script it and a caller can bring an HTTP client of their own. The default is
//! reqwest, behind a feature.

mod collected;
mod opened;
#[cfg(feature = "reqwest")]
mod reqwest;
mod unsent;

pub(crate) use self::collected::Collected;
pub use self::opened::{Body, OpenFuture, Opened};
#[cfg(feature = "reqwest")]
pub use self::reqwest::Reqwest;
pub use self::unsent::Unsent;

use std::borrow::Cow;
use std::fmt;
use std::future::Future;
use std::pin::Pin;
use std::sync::Arc;
use std::time::Duration;

use bytes::Bytes;

use crate::config::InvalidConfig;
use crate::operation::Method;

/// Names and values of headers, names in lower case.
pub type Headers = Vec<(Cow<'static, str>, Cow<'static, str>)>;

/// A request as it goes over the wire.
#[derive(Clone)]
pub struct HttpRequest {
    /// The method.
    pub method: Method,
    /// The whole URL, query included. Counts as secret: it may hold a signature and passwords.
    pub url: String,
    /// The headers, `host` left out: the transport derives it from the URL.
    pub headers: Headers,
    /// The body; empty for none.
    pub body: Bytes,
    /// How long the exchange may take, up to the end of the answer.
    pub timeout: Duration,
    /// Whether it must not go over a connection that was used before: the one of the attempt before may be at fault.
    pub fresh_connection: bool,
}

impl HttpRequest {
    /// The host the request goes to, with its port when the URL has one.
    #[must_use]
    pub fn host(&self) -> &str {
        let address = self.url.split_once("://").map_or("", |(_, rest)| rest);
        let authority = address.split(['/', '?', '#']).next().unwrap_or_default();
        authority
            .rsplit_once('@')
            .map_or(authority, |(_, host)| host)
    }
}

impl fmt::Debug for HttpRequest {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("HttpRequest")
            .field("method", &self.method)
            // The path may hold a parameter.
            .field("host", &self.host())
            .field(
                "headers",
                &self
                    .headers
                    .iter()
                    .map(|(name, _)| name)
                    .collect::<Vec<_>>(),
            )
            .field("body_length", &self.body.len())
            .finish_non_exhaustive()
    }
}

/// An answer as it came over the wire.
#[derive(Clone, Default)]
pub struct HttpResponse {
    /// The status.
    pub status: u16,
    /// The headers, names in lower case.
    pub headers: Headers,
    /// The body.
    pub body: Bytes,
}

impl fmt::Debug for HttpResponse {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("HttpResponse")
            .field("status", &self.status)
            .field(
                "headers",
                &self
                    .headers
                    .iter()
                    .map(|(name, _)| name)
                    .collect::<Vec<_>>(),
            )
            .field("body_length", &self.body.len())
            .finish()
    }
}

impl HttpResponse {
    /// The first header of that lower-case name.
    #[must_use]
    pub fn header(&self, name: &str) -> Option<&str> {
        self.headers
            .iter()
            .find(|(known, _)| known == name)
            .map(|(_, value)| value.as_ref())
    }
}

impl HttpResponse {
    /// What `content-encoding` says was done to the body and is not undone: in order, in lower case. `identity` is nothing.
    pub(crate) fn codings(&self) -> Vec<String> {
        let headers = self.headers.iter();
        headers
            .filter(|(name, _)| name == "content-encoding")
            .flat_map(|(_, values)| values.split(','))
            .map(|coding| coding.trim().to_ascii_lowercase())
            .filter(|coding| !coding.is_empty() && coding != "identity")
            .collect()
    }
}

/// Says what was done to a body.
pub(crate) fn compressed(codings: &[String]) -> String {
    const SHOWN: usize = 40;
    let names: String = codings.join(", ").chars().take(SHOWN).collect();
    format!("compressed by {names:?}")
}

/// Why an exchange failed.
#[derive(Debug)]
pub struct TransportError {
    /// Whether the request certainly did not reach the service.
    pub not_sent: bool,
    /// Whether the request is none that can be sent, now or later.
    pub invalid: bool,
    /// Whether the name of the request's host has no address.
    pub unresolved: bool,
    /// Whether the time ran out.
    pub timed_out: bool,
    /// Whether the answer was larger than allowed.
    pub too_large: bool,
    /// Whether the answer is compressed in a way that cannot be undone, or is damaged.
    pub unreadable: bool,
    /// What came of the answer before the exchange failed: the status, the headers, part of the body.
    pub answer: Option<Box<HttpResponse>>,
    /// The cause. Its text must hold no URL.
    pub source: Box<dyn std::error::Error + Send + Sync>,
}

impl TransportError {
    /// An exchange that broke off; nothing came of an answer.
    pub fn broken(source: impl Into<Box<dyn std::error::Error + Send + Sync>>) -> Self {
        Self {
            not_sent: false,
            invalid: false,
            unresolved: false,
            timed_out: false,
            too_large: false,
            unreadable: false,
            answer: None,
            source: source.into(),
        }
    }

    /// An exchange in which nothing came for that long.
    #[must_use]
    pub fn timed_out(limit: Duration) -> Self {
        Self {
            timed_out: true,
            ..Self::broken(format!("nothing came for {limit:?}"))
        }
    }

    /// An answer of more bytes than are read.
    #[must_use]
    pub fn too_large(limit: usize) -> Self {
        Self {
            too_large: true,
            ..Self::broken(format!("it is larger than {limit} bytes"))
        }
    }

    /// An answer that cannot be decompressed.
    pub fn unreadable(source: impl Into<Box<dyn std::error::Error + Send + Sync>>) -> Self {
        Self {
            unreadable: true,
            ..Self::broken(source)
        }
    }

    /// The same with what came of the answer before.
    pub(crate) fn after(self, answer: HttpResponse) -> Self {
        Self {
            answer: Some(Box::new(answer)),
            ..self
        }
    }

    /// A request that cannot be sent, now or later.
    pub fn invalid(source: impl Into<Box<dyn std::error::Error + Send + Sync>>) -> Self {
        Self {
            invalid: true,
            ..Self::not_sent(source)
        }
    }

    /// A request that did not reach the service.
    pub fn not_sent(source: impl Into<Box<dyn std::error::Error + Send + Sync>>) -> Self {
        Self {
            not_sent: true,
            ..Self::broken(source)
        }
    }
}

/// The future a [`Transport`] returns.
pub type TransportFuture =
    Pin<Box<dyn Future<Output = Result<HttpResponse, TransportError>> + Send>>;

/// Something that carries requests.
pub trait Transport: fmt::Debug + Send + Sync {
    /// Sends a request and reads the whole answer. Redirects are not followed: a signature fits one host only. A body that
    /// is compressed is decompressed, and the header `content-encoding` left out; while that is there, it is believed.
    fn send(&self, request: HttpRequest) -> TransportFuture;

    /// Sends a request and gives the answer as soon as its headers are there, for streams of events. The request's `timeout`
    /// limits the wait for the headers, `silence` each wait for more of the body: that may last as long as it will.
    ///
    /// Unless a transport has a way of its own, the whole answer is read first, by [`Transport::send`].
    fn open(&self, request: HttpRequest, silence: Duration) -> OpenFuture {
        let _ = silence;
        Box::pin(opened::whole(self.send(request)))
    }
}

/// How large an answer may be unless somebody says otherwise: 64 MiB.
const MAX_ANSWER: usize = 64 << 20;

/// Settings of the default transport.
#[derive(Clone, Copy, Debug)]
#[cfg_attr(
    not(feature = "reqwest"),
    allow(dead_code, reason = "nothing connects then")
)]
pub(crate) struct TransportSettings {
    /// How long connecting may take.
    pub(crate) connect_timeout: Duration,
    /// How long an idle connection is kept.
    pub(crate) idle_timeout: Duration,
    /// How large an answer may be, in bytes, after it is decompressed.
    pub(crate) max_answer: usize,
}

impl Default for TransportSettings {
    fn default() -> Self {
        Self {
            connect_timeout: Duration::from_secs(5),
            // The service closes idle connections after about ten.
            idle_timeout: Duration::from_secs(5),
            max_answer: MAX_ANSWER,
        }
    }
}

/// The transport the features provide.
#[cfg(feature = "rustls")]
pub(crate) fn default_transport(
    settings: &TransportSettings,
) -> Result<Arc<dyn Transport>, InvalidConfig> {
    Ok(Arc::new(Reqwest::new(settings)?))
}

/// Without a feature that brings TLS there is no default transport.
#[cfg(not(feature = "rustls"))]
pub(crate) fn default_transport(
    _: &TransportSettings,
) -> Result<Arc<dyn Transport>, InvalidConfig> {
    Err(InvalidConfig::NoTransport)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_host_of_a_request_is_told_without_anything_secret() {
        let host = |url: &str| {
            let request = HttpRequest {
                method: Method::Get,
                url: url.to_owned(),
                headers: Vec::new(),
                body: Bytes::new(),
                timeout: Duration::ZERO,
                fresh_connection: false,
            };
            request.host().to_owned()
        };
        for (url, expected) in [
            ("https://dts.aliyuncs.com/?Signature=x", "dts.aliyuncs.com"),
            ("http://127.0.0.1:80?a=b", "127.0.0.1:80"),
            ("http://[::1]:8080/secret", "[::1]:8080"),
            ("http://user:pass@word@host:1/?u=http://x@y", "host:1"),
            ("http://host#user@other", "host"),
            ("nonsense", ""),
            ("", ""),
        ] {
            assert_eq!(host(url), expected, "{url}");
        }
    }
}
