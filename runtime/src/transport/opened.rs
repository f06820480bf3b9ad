//! Answers whose bodies are read while they come.

use std::fmt;
use std::future::Future;
use std::pin::Pin;
use std::task::{Context, Poll};

use bytes::Bytes;
use futures_core::Stream;

use super::{HttpResponse, TransportError, TransportFuture};

/// The pieces of a body, in order. An error is the last of them; dropping it ends the exchange.
pub type Body = Pin<Box<dyn Stream<Item = Result<Bytes, TransportError>> + Send>>;

/// An answer whose headers are there while its body is still coming.
pub struct Opened {
    /// The status and the headers. The body is empty.
    pub head: HttpResponse,
    /// The body.
    pub body: Body,
}

impl fmt::Debug for Opened {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Opened")
            .field("head", &self.head)
            .finish_non_exhaustive()
    }
}

/// The future that [`Transport::open`](super::Transport::open) returns.
pub type OpenFuture = Pin<Box<dyn Future<Output = Result<Opened, TransportError>> + Send>>;

/// Opens an answer that is read as a whole: its body comes in one piece, and what broke it off, if anything, after that.
pub(super) async fn whole(sent: TransportFuture) -> Result<Opened, TransportError> {
    let (mut head, broken) = match sent.await {
        Ok(answer) => (answer, None),
        Err(mut error) => match error.answer.take() {
            Some(answer) => (*answer, Some(error)),
            None => return Err(error),
        },
    };
    let pieces = [Some(Ok(std::mem::take(&mut head.body))), broken.map(Err)];
    Ok(Opened {
        head,
        body: Box::pin(Pieces(pieces.into_iter().flatten())),
    })
}

/// Pieces that are there already.
struct Pieces<I>(I);

impl<I: Iterator + Unpin> Stream for Pieces<I> {
    type Item = I::Item;

    fn poll_next(mut self: Pin<&mut Self>, _: &mut Context<'_>) -> Poll<Option<I::Item>> {
        Poll::Ready(self.0.next())
    }
}
