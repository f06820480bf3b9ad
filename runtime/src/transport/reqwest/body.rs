//! The body of an answer, piece by piece as the network brings it.

use std::future::Future;
use std::pin::Pin;
use std::task::{Context, Poll, ready};
use std::time::Duration;

use bytes::Bytes;
use futures_core::Stream;
use reqwest::Response;
use tokio::time::timeout;

use super::broken_off;
use crate::transport::{Body, TransportError};

/// The pieces of an answer, between any two of which no more than `silence` may pass.
pub(super) fn pieces(response: Response, silence: Duration) -> Body {
    Box::pin(Pieces {
        silence,
        next: Some(Box::pin(next(response, silence))),
    })
}

struct Pieces {
    silence: Duration,
    /// `None` at the end.
    next: Option<UnderWay>,
}

type Read = Result<Option<Bytes>, TransportError>;

type UnderWay = Pin<Box<dyn Future<Output = (Read, Response)> + Send>>;

async fn next(mut response: Response, silence: Duration) -> (Read, Response) {
    let read = match timeout(silence, response.chunk()).await {
        Ok(read) => read.map_err(broken_off),
        Err(_) => Err(TransportError::timed_out(silence)),
    };
    (read, response)
}

impl Stream for Pieces {
    type Item = Result<Bytes, TransportError>;

    fn poll_next(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        let Some(under_way) = &mut self.next else {
            return Poll::Ready(None);
        };
        let (read, response) = ready!(under_way.as_mut().poll(context));
        self.next = None;
        if matches!(read, Ok(Some(_))) {
            self.next = Some(Box::pin(next(response, self.silence)));
        }
        Poll::Ready(read.transpose())
    }
}
