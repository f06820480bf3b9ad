//! The default transport: reqwest, over rustls with ring.

use std::borrow::Cow;

use reqwest::header::{HeaderMap, HeaderName, HeaderValue};
use reqwest::{Request, Url};

use super::{HttpRequest, HttpResponse, Transport, TransportError, TransportFuture};
use crate::operation::Method;

/// Carries requests over reqwest. Clones share the connection pool.
#[derive(Clone, Debug)]
pub struct Reqwest {
    client: reqwest::Client,
}

impl From<reqwest::Client> for Reqwest {
    /// Takes a client of the caller's. It should not follow redirects.
    fn from(client: reqwest::Client) -> Self {
        Self { client }
    }
}

#[cfg(feature = "rustls")]
impl Reqwest {
    pub(super) fn new(
        settings: &super::TransportSettings,
    ) -> Result<Self, crate::config::InvalidConfig> {
        let builder = reqwest::Client::builder()
            .connect_timeout(settings.connect_timeout)
            .redirect(reqwest::redirect::Policy::none());
        let client = with_tls(builder)?.build();
        client
            .map(Self::from)
            .map_err(|error| crate::config::InvalidConfig::Transport(error.into()))
    }
}

/// rustls with a crypto provider of our own choice, so that no process-wide default is touched.
#[cfg(feature = "rustls")]
fn with_tls(
    builder: reqwest::ClientBuilder,
) -> Result<reqwest::ClientBuilder, crate::config::InvalidConfig> {
    use std::sync::Arc;

    use rustls_platform_verifier::BuilderVerifierExt as _;

    let provider = Arc::new(rustls::crypto::ring::default_provider());
    let tls = rustls::ClientConfig::builder_with_provider(provider)
        .with_safe_default_protocol_versions()
        .and_then(rustls::ConfigBuilder::with_platform_verifier)
        .map_err(|error| crate::config::InvalidConfig::Transport(error.into()))?;
    Ok(builder.tls_backend_preconfigured(tls.with_no_client_auth()))
}

impl Transport for Reqwest {
    fn send(&self, request: HttpRequest) -> TransportFuture {
        let client = self.client.clone();
        Box::pin(async move {
            let request = prepare(request).map_err(unsendable)?;
            exchange(&client, request).await.map_err(failed)
        })
    }
}

async fn exchange(
    client: &reqwest::Client,
    request: Request,
) -> Result<HttpResponse, reqwest::Error> {
    let response = client.execute(request).await?;
    let status = response.status().as_u16();
    let headers = response
        .headers()
        .iter()
        .map(|(name, value)| (name.as_str().to_owned().into(), text(value)));
    Ok(HttpResponse {
        status,
        headers: headers.collect(),
        body: response.bytes().await?,
    })
}

/// The request as reqwest wants it. Built without reqwest's builder, which parses every header name anew.
fn prepare(request: HttpRequest) -> Result<Request, Box<dyn std::error::Error + Send + Sync>> {
    let mut headers = HeaderMap::with_capacity(request.headers.len());
    for (name, value) in request.headers {
        let name = match name {
            // Only names of our own are borrowed: known to be good, and not copied.
            Cow::Borrowed(name) => HeaderName::from_static(name),
            Cow::Owned(name) => HeaderName::try_from(name)?,
        };
        headers.append(name, HeaderValue::try_from(value.into_owned())?);
    }
    let mut prepared = Request::new(method(request.method), Url::parse(&request.url)?);
    *prepared.headers_mut() = headers;
    *prepared.body_mut() = Some(request.body.into());
    *prepared.timeout_mut() = Some(request.timeout);
    Ok(prepared)
}

fn unsendable(source: Box<dyn std::error::Error + Send + Sync>) -> TransportError {
    TransportError {
        not_sent: true,
        timed_out: false,
        source,
    }
}

fn text(value: &HeaderValue) -> Cow<'static, str> {
    Cow::Owned(String::from_utf8_lossy(value.as_bytes()).into_owned())
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
        timed_out: error.is_timeout(),
        source: error.without_url().into(),
    }
}
