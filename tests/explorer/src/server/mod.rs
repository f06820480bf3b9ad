//! The server: connections on loopback, one address for pages, scripts and the calls of the scripts.

mod api;
mod guard;
mod reply;
mod route;

use std::sync::Arc;
use std::time::Duration;

use bytes::Bytes;
use http_body_util::{BodyExt as _, Full, Limited};
use hyper::body::Incoming;
use hyper::server::conn::http1;
use hyper::service::service_fn;
use hyper_util::rt::{TokioIo, TokioTimer};
use tokio::net::{TcpListener, TcpStream};
use tokio::task::JoinSet;
use tokio::time::sleep;

use self::reply::Reply;
use crate::catalog::Catalog;
use crate::target::Target;

/// How long a browser may take to send the head of a request.
const HEAD_TIMEOUT: Duration = Duration::from_secs(30);

/// How long to wait when no connection can be had.
const BREATHER: Duration = Duration::from_millis(50);

/// The largest input that is read.
const MAX_BODY: usize = 4 << 20;

/// What requests are answered from.
#[derive(Debug)]
pub(crate) struct State {
    pub(crate) catalog: Catalog,
    pub(crate) target: Target,
    /// The port it listens on, which its own addresses have.
    pub(crate) port: u16,
    pub(crate) index: String,
    pub(crate) codes: String,
}

/// Serves connections for ever; when the future is dropped, all of them are closed.
pub(crate) async fn serve(listener: TcpListener, state: Arc<State>) {
    let mut connections = JoinSet::new();
    loop {
        tokio::select! {
            accepted = listener.accept() => match accepted {
                Ok((stream, _)) => { connections.spawn(connection(stream, Arc::clone(&state))); }
                Err(_) => sleep(BREATHER).await,
            },
            Some(_) = connections.join_next() => {}
        }
    }
}

async fn connection(stream: TcpStream, state: Arc<State>) {
    // Answers are written whole; waiting for more to send would only slow the page down.
    let _ = stream.set_nodelay(true);
    let service = service_fn(|request| {
        let state = Arc::clone(&state);
        async move { exchange(request, &state).await.into_response() }
    });
    let serving = http1::Builder::new()
        .timer(TokioTimer::new())
        .header_read_timeout(HEAD_TIMEOUT)
        .serve_connection(TokioIo::new(stream), service);
    // A connection that fails concerns its browser alone, which knows.
    let _ = serving.await;
}

async fn exchange(request: hyper::Request<Incoming>, state: &State) -> Reply {
    let (parts, body) = request.into_parts();
    if let Err(why) = guard::admit(&parts, state.port) {
        return Reply::refused(&why);
    }
    let path = parts.uri.path();
    let path = percent_encoding::percent_decode_str(path).decode_utf8_lossy();
    match parts.method.as_str() {
        "GET" | "HEAD" => route::get(state, &path),
        "POST" => match Limited::new(body, MAX_BODY).collect().await {
            Ok(body) => api::post(state, &path, &body.to_bytes()).await,
            Err(_) => Reply::text(413, "the input is too large, or it broke off"),
        },
        _ => Reply::text(405, "GET and POST only"),
    }
}

/// A body that is there at once.
type Body = Full<Bytes>;
