//! Opening an answer that is read while it comes.

use std::future::poll_fn;
use std::time::Duration;

use super::judge::is_good;
use crate::config::Settings;
use crate::transport::{Body, Collected, HttpRequest, HttpResponse, Opened, TransportError};

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
        Ok(opened) if is_good(opened.head.status) => (Ok(opened.head), Some(opened.body)),
        Ok(opened) => {
            let late = || settings.context.clock.monotonic() > until;
            let too_late = || late().then(|| TransportError::timed_out(limit));
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
    let mut read = Collected::with_limit(max_answer);
    let broken = loop {
        let Some(piece) = poll_fn(|context| body.as_mut().poll_next(context)).await else {
            break None;
        };
        let broken = piece.and_then(|piece| read.push(piece)).err();
        if let Some(error) = broken.or_else(&too_late) {
            break Some(error);
        }
    };
    head.body = read.finish();
    match broken {
        None => Ok(head),
        Some(error) => Err(error.after(head)),
    }
}
