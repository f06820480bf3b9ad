//! The server: connections on loopback, each served by its own task until it closes.

use std::fmt;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use bytes::Bytes;
use http_body_util::Full;
use hyper::body::Incoming;
use hyper::server::conn::http1;
use hyper::service::service_fn;
use hyper_util::rt::{TokioIo, TokioTimer};
use tokio::net::{TcpListener, TcpStream};
use tokio::task::JoinSet;
use tokio::time::sleep;

use crate::admin;
use crate::answer::{Delivery, Reply};
use crate::examine::State;
use crate::{fault, http};

/// How long a client may take to send the head of a request.
const HEAD_TIMEOUT: Duration = Duration::from_secs(30);

/// How long to wait when no connection can be had, which is when too many files are open.
const BREATHER: Duration = Duration::from_millis(50);

/// Serves connections for ever; when the future is dropped, all of them are closed.
pub(crate) async fn serve(listener: TcpListener, state: Arc<State>) {
    let mut connections = JoinSet::new();
    loop {
        tokio::select! {
            accepted = listener.accept() => match accepted {
                Ok((stream, _)) => {
                    state.count_connection();
                    connections.spawn(connection(stream, Arc::clone(&state)));
                }
                Err(_) => sleep(BREATHER).await,
            },
            Some(_) = connections.join_next() => {}
        }
    }
}

async fn connection(stream: TcpStream, state: Arc<State>) {
    // Answers are small and written whole; waiting for more to send would only slow a client down.
    let _ = stream.set_nodelay(true);
    let last = Mutex::new(None);
    let service = service_fn(|request| exchange(request, Arc::clone(&state), &last));
    let mut serving = http1::Builder::new()
        .timer(TokioTimer::new())
        .header_read_timeout(HEAD_TIMEOUT)
        .half_close(true)
        .serve_connection(TokioIo::new(stream), service);
    // A connection that fails concerns its client alone, who knows.
    let _ = (&mut serving).await;
    let stream = serving.into_parts().io.into_inner();
    let last = last.into_inner().unwrap_or_else(PoisonError::into_inner);
    if let Some(reply) = last {
        fault::deliver(stream, reply).await;
    }
}

/// Answers a request. An answer that cannot be written by the rules is left in `last`, and the connection taken over.
async fn exchange(
    request: hyper::Request<Incoming>,
    state: Arc<State>,
    last: &Mutex<Option<Reply>>,
) -> Result<hyper::Response<Full<Bytes>>, TakeOver> {
    let (parts, body) = request.into_parts();
    let reply = match state.turn_away(|| http::request(&parts, Bytes::new())) {
        Some(reply) => reply,
        None => {
            let (request, readable) = http::read(&parts, body).await;
            match admin::answer(&state, &request) {
                Some(reply) => reply,
                None => state.examine(&request, readable),
            }
        }
    };
    sleep(reply.delay).await;
    if reply.delivery == Delivery::Whole {
        return Ok(reply.into_response());
    }
    let mut last = last.lock().unwrap_or_else(PoisonError::into_inner);
    *last = Some(reply);
    Err(TakeOver)
}

/// The connection ends by other means than HTTP's.
#[derive(Debug)]
struct TakeOver;

impl fmt::Display for TakeOver {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("the connection is taken over")
    }
}

impl std::error::Error for TakeOver {}
