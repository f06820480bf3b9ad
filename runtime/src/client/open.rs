//! Opening an answer that is read while it comes.

use std::future::poll_fn;
use std::time::Duration;

use bytes::BytesMut;

use crate::config::Settings;
use crate::transport::{Body, HttpRequest, HttpResponse, Opened, TransportError};

/// Sends a request and gives a good answer without its body, which is still to be read. An answer with another status is
/// no stream; it is read to its end, in the time of one attempt.
pub(super) async fn open(
    settings: &Settings,
    request: HttpRequest,
    silence: Duration,
) -> (Result<HttpResponse, TransportError>, Option<Body>) {
    let limit = request.timeout;
    let until = settings.context.clock.monotonic().saturating_add(limit);
    match settings.context.transport.open(request, silence).await {
        Err(error) => (Err(error), None),
        Ok(opened) if (200..300).contains(&opened.head.status) => {
            (Ok(opened.head), Some(opened.body))
        }
        Ok(opened) => {
            let too_late = || {
                let late = settings.context.clock.monotonic() > until;
                late.then(|| TransportError::timed_out(limit))
            };
            (whole(opened, settings.max_answer, too_late).await, None)
        }
    }
}

/// Reads a body to its end, unless it is too large or comes too late.
async fn whole(
    opened: Opened,
    max_answer: usize,
    too_late: impl Fn() -> Option<TransportError>,
) -> Result<HttpResponse, TransportError> {
    let Opened { mut head, mut body } = opened;
    let mut read = BytesMut::new();
    let broken = loop {
        match poll_fn(|context| body.as_mut().poll_next(context)).await {
            None => break None,
            Some(Err(error)) => break Some(error),
            Some(Ok(piece)) if read.len() + piece.len() > max_answer => {
                break Some(TransportError::too_large(max_answer));
            }
            Some(Ok(piece)) => read.extend_from_slice(&piece),
        }
        if let Some(error) = too_late() {
            break Some(error);
        }
    };
    head.body = read.freeze();
    match broken {
        None => Ok(head),
        Some(error) => Err(TransportError {
            answer: Some(Box::new(head)),
            ..error
        }),
    }
}
