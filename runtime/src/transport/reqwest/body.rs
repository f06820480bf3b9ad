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
use super::decoding::Decoder;
use crate::transport::{Body, Collected, TransportError};

/// The pieces of an answer, decompressed, between any two of which no more than `silence` may pass. None of them becomes
/// larger than `limit`.
pub(super) fn pieces(
    response: Response,
    decoder: Decoder,
    limit: usize,
    silence: Duration,
) -> Body {
    let source = Source {
        response,
        decoder,
        limit,
        silence,
        end: None,
    };
    Box::pin(Pieces(Some(Box::pin(source.next()))))
}

struct Source {
    response: Response,
    decoder: Decoder,
    limit: usize,
    silence: Duration,
    /// How the answer ended, which is told after its last piece.
    end: Option<Result<(), TransportError>>,
}

type Read = Result<Option<Bytes>, TransportError>;

impl Source {
    async fn next(mut self) -> (Read, Self) {
        loop {
            if let Some(end) = self.end.take() {
                return (end.map(|()| None), self);
            }
            let mut piece = Collected::with_limit(self.limit);
            match timeout(self.silence, self.response.chunk()).await {
                Ok(Ok(Some(chunk))) => {
                    let taken = self.decoder.push(chunk, &mut piece);
                    self.end = taken.err().map(Err);
                }
                Ok(Ok(None)) => self.end = Some(self.decoder.finish(&mut piece)),
                Ok(Err(error)) => self.end = Some(Err(broken_off(error))),
                Err(_) => self.end = Some(Err(TransportError::timed_out(self.silence))),
            }
            let piece = piece.finish();
            if !piece.is_empty() {
                return (Ok(Some(piece)), self);
            }
        }
    }
}

/// The next piece, under way; `None` at the end.
struct Pieces(Option<UnderWay>);

type UnderWay = Pin<Box<dyn Future<Output = (Read, Source)> + Send>>;

impl Stream for Pieces {
    type Item = Result<Bytes, TransportError>;

    fn poll_next(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        let Some(under_way) = &mut self.0 else {
            return Poll::Ready(None);
        };
        let (read, source) = ready!(under_way.as_mut().poll(context));
        self.0 = None;
        if matches!(read, Ok(Some(_))) {
            self.0 = Some(Box::pin(source.next()));
        }
        Poll::Ready(read.transpose())
    }
}
