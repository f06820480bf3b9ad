//! The default transport: reqwest, over rustls with ring.

mod address;
mod body;
mod clients;
mod decoding;
mod request;
mod resolver;
#[cfg(feature = "rustls")]
mod tls;

use std::borrow::Cow;
use std::fmt;
use std::sync::Arc;
use std::time::Duration;

use bytes::Bytes;
use reqwest::ClientBuilder;
use reqwest::header::{HeaderName, HeaderValue};
use tokio::time::timeout;

use self::address::LastAddress;
use self::clients::{Clients, Customize};
use self::decoding::Decoder;
use super::{
    Collected, HttpRequest, HttpResponse, OpenFuture, Opened, Transport, TransportError,
    TransportFuture, TransportSettings,
};
use crate::config::InvalidConfig;
use crate::endpoint::is_near;

/// Carries requests over reqwest. Clones share their connections.
///
/// - Connections belong to the tokio runtime they were begun in. Those of one runtime are not used in another, so that
///   `block()`, which runs in a runtime of its own, depends on no other.
/// - Requests to this machine (`localhost`, names below it, loopback addresses) and to the metadata service never go
///   through a proxy of the environment, whatever `NO_PROXY` says.
/// - Redirects are not followed: a signature fits one host only.
#[derive(Clone)]
pub struct Reqwest {
    clients: Arc<Clients>,
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

impl Reqwest {
    /// Clients with settings of the caller's: proxies, TLS, addresses of hosts. The builder that is passed in has those of
    /// the default transport, TLS included where the feature `rustls` is on; what the function sets on it wins, except
    /// that redirects are never followed, nothing is sent twice and answers are decompressed by this crate.
    ///
    /// The function is called once for each pool of connections, and has to do the same each time. A proxy it sets is used
    /// for every host it is set for, this machine included. Certificates are a part of the TLS that comes with the builder:
    /// to trust other ones, give it a whole configuration by `tls_backend_preconfigured`.
    ///
    /// ```no_run
    /// # fn example() -> Result<(), Box<dyn std::error::Error>> {
    /// use alicloud_runtime::{Config, transport::Reqwest};
    ///
    /// let proxy = reqwest::Proxy::all("http://proxy.example.com:3128")?;
    /// let transport = Reqwest::from_builder(move |builder| builder.proxy(proxy.clone()))?;
    /// let config = Config::from_env().transport(transport).build()?;
    /// # Ok(())
    /// # }
    /// ```
    ///
    /// # Errors
    ///
    /// When no client can be made with these settings.
    pub fn from_builder(
        customize: impl Fn(ClientBuilder) -> ClientBuilder + Send + Sync + 'static,
    ) -> Result<Self, InvalidConfig> {
        Self::with(TransportSettings::default(), Some(Box::new(customize)))
    }

    /// Another limit to the size of answers, in bytes, after decompression. Default: 64 MiB.
    #[must_use]
    pub fn with_max_answer_size(mut self, bytes: usize) -> Self {
        self.max_answer = bytes;
        self
    }

    #[cfg(feature = "rustls")]
    pub(super) fn new(settings: &TransportSettings) -> Result<Self, InvalidConfig> {
        Self::with(*settings, None)
    }

    fn with(
        settings: TransportSettings,
        customize: Option<Box<Customize>>,
    ) -> Result<Self, InvalidConfig> {
        let clients = Clients::new(settings, customize).map_err(InvalidConfig::Transport)?;
        Ok(Self {
            clients: Arc::new(clients),
            max_answer: settings.max_answer,
            last: LastAddress::default(),
        })
    }
}

/// Sends a request and waits for the headers of the answer.
async fn answer(
    clients: &Clients,
    request: reqwest::Request,
    fresh: bool,
) -> Result<reqwest::Response, TransportError> {
    let host = request.url().host_str().unwrap_or_default();
    let direct = is_near(host.trim_matches(['[', ']']));
    let chosen = clients
        .choose(direct, fresh)
        .map_err(TransportError::not_sent)?;
    if chosen.rested {
        // The runtime looks at its connections, and those that were closed meanwhile are not used. On a runtime with one
        // thread nobody else would have done so, and the request would be lost.
        tokio::task::yield_now().await;
    }
    chosen.client.execute(request).await.map_err(failed)
}

impl Transport for Reqwest {
    fn send(&self, request: HttpRequest) -> TransportFuture {
        let fresh = request.fresh_connection;
        let request = request::build(request, &self.last).map_err(TransportError::invalid);
        let (clients, max_answer) = (Arc::clone(&self.clients), self.max_answer);
        Box::pin(async move {
            let response = answer(&clients, request?, fresh).await?;
            read(response, max_answer).await
        })
    }

    fn open(&self, request: HttpRequest, silence: Duration) -> OpenFuture {
        let fresh = request.fresh_connection;
        let request = request::build(request, &self.last).map_err(TransportError::invalid);
        let (clients, max_answer) = (Arc::clone(&self.clients), self.max_answer);
        Box::pin(async move {
            let mut request = request?;
            // This one holds up to the end of the body.
            let limit = request.timeout_mut().take().unwrap_or(Duration::MAX);
            let response = timeout(limit, answer(&clients, request, fresh))
                .await
                .map_err(|_| TransportError::timed_out(limit))??;
            let mut head = head(&response);
            let decoder = Decoder::of(&mut head);
            Ok(Opened {
                head,
                body: body::pieces(response, decoder, max_answer, silence),
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
    let mut decoder = Decoder::of(&mut answer);
    let mut body = Collected::with_limit(max_answer);
    let broken = loop {
        let (taken, over) = match response.chunk().await {
            Ok(None) => (decoder.finish(&mut body), true),
            Ok(Some(chunk)) => (decoder.push(chunk, &mut body), false),
            Err(error) => (Err(broken_off(error)), true),
        };
        if over || taken.is_err() {
            break taken;
        }
    };
    answer.body = body.finish();
    match broken {
        Ok(()) => Ok(answer),
        Err(error) => Err(error.after(answer)),
    }
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

/// reqwest puts the URL into its messages; the URL is secret.
fn failed(error: reqwest::Error) -> TransportError {
    TransportError {
        not_sent: error.is_connect() || error.is_builder() || is_unsent(&error),
        invalid: error.is_builder(),
        unresolved: resolver::is_unresolved(&error),
        timed_out: error.is_timeout(),
        ..TransportError::broken(error.without_url())
    }
}

/// Whether the connection was closed before anything of the request was written: hyper gives such a request back.
fn is_unsent(error: &reqwest::Error) -> bool {
    let mut next = std::error::Error::source(error);
    while let Some(cause) = next {
        if let Some(error) = cause.downcast_ref::<hyper::Error>() {
            return error.is_canceled();
        }
        next = cause.source();
    }
    false
}

/// The same in the middle of an answer.
fn broken_off(error: reqwest::Error) -> TransportError {
    TransportError {
        not_sent: false,
        ..failed(error)
    }
}
