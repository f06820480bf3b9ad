//! The default transport: reqwest, over rustls with ring.

mod address;
mod body;
mod resolver;

use std::borrow::Cow;
use std::fmt;
use std::time::Duration;

use bytes::Bytes;
use reqwest::Request;
use reqwest::header::{HeaderMap, HeaderName, HeaderValue};
use tokio::time::timeout;

use self::address::LastAddress;
use super::{
    Collected, HttpRequest, HttpResponse, MAX_ANSWER, OpenFuture, Opened, Transport,
    TransportError, TransportFuture,
};
use crate::operation::Method;

/// Carries requests over reqwest. Clones share the connection pool.
#[derive(Clone)]
pub struct Reqwest {
    client: reqwest::Client,
    max_answer: usize,
    last: LastAddress,
}

/// Proxies and default headers of a client may hold passwords: nothing of it is shown.
impl fmt::Debug for Reqwest {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Reqwest")
            .field("max_answer", &self.max_answer)
            .finish_non_exhaustive()
    }
}

impl From<reqwest::Client> for Reqwest {
    /// Takes a client of the caller's, with whatever TLS, proxies and time limits it has. It should not follow redirects:
    /// a signature fits one host only.
    fn from(client: reqwest::Client) -> Self {
        Self {
            client,
            max_answer: MAX_ANSWER,
            last: LastAddress::default(),
        }
    }
}

impl Reqwest {
    /// Another limit to the size of answers, in bytes, after decompression. Default: 64 MiB.
    #[must_use]
    pub fn with_max_answer_size(mut self, bytes: usize) -> Self {
        self.max_answer = bytes;
        self
    }
}

#[cfg(feature = "rustls")]
impl Reqwest {
    pub(super) fn new(
        settings: &super::TransportSettings,
    ) -> Result<Self, crate::config::InvalidConfig> {
        let builder = reqwest::Client::builder()
            .connect_timeout(settings.connect_timeout)
            .dns_resolver(std::sync::Arc::new(resolver::Resolver))
            .redirect(reqwest::redirect::Policy::none())
            // What may be sent again is decided where it is known what the call does.
            .retry(reqwest::retry::never());
        let client = with_tls(builder)?.build();
        client
            .map(|client| Self::from(client).with_max_answer_size(settings.max_answer))
            .map_err(|error| crate::config::InvalidConfig::Transport(error.into()))
    }
}

/// rustls with a crypto provider of our own choice, so that no process-wide default is touched.
#[cfg(feature = "rustls")]
fn with_tls(
    builder: reqwest::ClientBuilder,
) -> Result<reqwest::ClientBuilder, crate::config::InvalidConfig> {
    use std::sync::Arc;

    let provider = Arc::new(rustls::crypto::ring::default_provider());
    let tls = rustls::ClientConfig::builder_with_provider(provider)
        .with_safe_default_protocol_versions()
        .and_then(trusting)
        .map_err(|error| crate::config::InvalidConfig::Transport(error.into()))?;
    Ok(builder.tls_backend_preconfigured(tls.with_no_client_auth()))
}

#[cfg(feature = "rustls")]
type Trusting = rustls::ConfigBuilder<rustls::ClientConfig, rustls::client::WantsClientCert>;

/// Trusts what the platform trusts.
#[cfg(all(feature = "rustls", not(feature = "webpki-roots")))]
fn trusting(
    builder: rustls::ConfigBuilder<rustls::ClientConfig, rustls::WantsVerifier>,
) -> Result<Trusting, rustls::Error> {
    use rustls_platform_verifier::BuilderVerifierExt as _;

    builder.with_platform_verifier()
}

/// Trusts Mozilla's root certificates.
#[cfg(feature = "webpki-roots")]
fn trusting(
    builder: rustls::ConfigBuilder<rustls::ClientConfig, rustls::WantsVerifier>,
) -> Result<Trusting, rustls::Error> {
    let roots = rustls::RootCertStore::from_iter(webpki_roots::TLS_SERVER_ROOTS.iter().cloned());
    Ok(builder.with_root_certificates(roots))
}

impl Transport for Reqwest {
    fn send(&self, request: HttpRequest) -> TransportFuture {
        let request = prepare(request, &self.last).map_err(TransportError::not_sent);
        let (client, max_answer) = (self.client.clone(), self.max_answer);
        Box::pin(async move {
            let response = client.execute(request?).await.map_err(failed)?;
            read(response, max_answer).await
        })
    }

    fn open(&self, request: HttpRequest, silence: Duration) -> OpenFuture {
        let request = prepare(request, &self.last).map_err(TransportError::not_sent);
        let client = self.client.clone();
        Box::pin(async move {
            let mut request = request?;
            // This one holds up to the end of the body.
            let limit = request.timeout_mut().take().unwrap_or(Duration::MAX);
            let answered = timeout(limit, client.execute(request)).await;
            let response = answered
                .map_err(|_| TransportError::timed_out(limit))?
                .map_err(failed)?;
            Ok(Opened {
                head: head(&response),
                body: body::pieces(response, silence),
            })
        })
    }
}

/// An answer without its body.
fn head(response: &reqwest::Response) -> HttpResponse {
    let headers = response.headers().iter();
    HttpResponse {
        status: response.status().as_u16(),
        headers: headers
            .map(|(name, value)| (header_name(name), text(value)))
            .collect(),
        body: Bytes::new(),
    }
}

/// Reads an answer, as far as it goes.
async fn read(
    mut response: reqwest::Response,
    max_answer: usize,
) -> Result<HttpResponse, TransportError> {
    let mut answer = head(&response);
    let mut body = Collected::with_limit(max_answer);
    let broken = loop {
        match response.chunk().await {
            Ok(None) => break None,
            Ok(Some(chunk)) => {
                if let Err(error) = body.push(chunk) {
                    break Some(error);
                }
            }
            Err(error) => break Some(broken_off(error)),
        }
    };
    answer.body = body.finish();
    match broken {
        None => Ok(answer),
        Some(error) => Err(error.after(answer)),
    }
}

/// The request as reqwest wants it. Built without reqwest's builder, which parses every header name anew.
fn prepare(
    request: HttpRequest,
    last: &LastAddress,
) -> Result<Request, Box<dyn std::error::Error + Send + Sync>> {
    let mut headers = HeaderMap::with_capacity(request.headers.len());
    for (name, value) in request.headers {
        let name = match name {
            // Only names of our own are borrowed: known to be good, and not copied.
            Cow::Borrowed(name) => HeaderName::from_static(name),
            Cow::Owned(name) => HeaderName::try_from(name)?,
        };
        let value = match value {
            Cow::Borrowed(value) => {
                HeaderValue::from_maybe_shared(Bytes::from_static(value.as_bytes()))?
            }
            Cow::Owned(value) => HeaderValue::try_from(value)?,
        };
        headers.append(name, value);
    }
    let mut prepared = Request::new(method(request.method), last.parse(&request.url)?);
    *prepared.headers_mut() = headers;
    *prepared.body_mut() = Some(request.body.into());
    *prepared.timeout_mut() = Some(request.timeout);
    Ok(prepared)
}

/// The name of a header. The names that answers of the service have are not copied.
fn header_name(name: &HeaderName) -> Cow<'static, str> {
    Cow::Borrowed(match name.as_str() {
        "access-control-allow-origin" => "access-control-allow-origin",
        "access-control-expose-headers" => "access-control-expose-headers",
        "connection" => "connection",
        "content-length" => "content-length",
        "content-type" => "content-type",
        "date" => "date",
        "etag" => "etag",
        "keep-alive" => "keep-alive",
        "x-acs-request-id" => "x-acs-request-id",
        "x-acs-trace-id" => "x-acs-trace-id",
        other => return Cow::Owned(other.to_owned()),
    })
}

fn text(value: &HeaderValue) -> Cow<'static, str> {
    Cow::Owned(match std::str::from_utf8(value.as_bytes()) {
        Ok(text) => text.to_owned(),
        Err(_) => String::from_utf8_lossy(value.as_bytes()).into_owned(),
    })
}

fn method(method: Method) -> reqwest::Method {
    match method {
        Method::Get => reqwest::Method::GET,
        Method::Post => reqwest::Method::POST,
        Method::Put => reqwest::Method::PUT,
        Method::Patch => reqwest::Method::PATCH,
        Method::Delete => reqwest::Method::DELETE,
        Method::Head => reqwest::Method::HEAD,
    }
}

/// reqwest puts the URL into its messages; the URL is secret.
fn failed(error: reqwest::Error) -> TransportError {
    TransportError {
        not_sent: error.is_connect() || error.is_builder(),
        unresolved: resolver::is_unresolved(&error),
        timed_out: error.is_timeout(),
        ..TransportError::broken(error.without_url())
    }
}

/// The same in the middle of an answer.
fn broken_off(error: reqwest::Error) -> TransportError {
    TransportError {
        not_sent: false,
        ..failed(error)
    }
}
