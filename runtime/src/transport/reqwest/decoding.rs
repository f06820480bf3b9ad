//! Compressed answers.
//!
//! Servers and proxies compress unasked, and spell what they did in several ways (`gzip`, `x-gzip`, `GZIP`, `deflate` with
//! and without a zlib header, more than one of them). What can be undone is, bounded in what it may become; anything else
//! is refused by its name, before somebody takes it for text.

#[cfg(feature = "gzip")]
mod inflate;

use bytes::Bytes;

use crate::transport::{Collected, HttpResponse, TransportError, compressed};

#[cfg(feature = "gzip")]
use self::inflate::Layers;

/// Undoes what `content-encoding` says was done to a body.
pub(super) enum Decoder {
    /// Nothing was done.
    Plain,
    /// Something that cannot be undone: why not.
    Refused(String),
    #[cfg(feature = "gzip")]
    Layers(Layers),
}

impl Decoder {
    /// For the body of this answer. Headers that describe the compressed body are taken out where it will be decompressed.
    pub(super) fn of(head: &mut HttpResponse) -> Self {
        let codings = head.codings();
        if codings.is_empty() {
            return Self::Plain;
        }
        let layers = layers(&codings);
        if matches!(layers, Self::Refused(_)) {
            return layers;
        }
        head.headers
            .retain(|(name, _)| name != "content-encoding" && name != "content-length");
        layers
    }

    /// Takes the next piece of the body, and adds what it becomes. Of what is refused, the piece as it is.
    pub(super) fn push(
        &mut self,
        piece: Bytes,
        body: &mut Collected,
    ) -> Result<(), TransportError> {
        match self {
            Self::Plain => body.push(piece),
            Self::Refused(why) => {
                body.push(piece)?;
                Err(TransportError::unreadable(why.as_str()))
            }
            #[cfg(feature = "gzip")]
            Self::Layers(layers) => layers.push(&piece, body),
        }
    }

    /// Adds what is left at the end of the body.
    pub(super) fn finish(&mut self, body: &mut Collected) -> Result<(), TransportError> {
        match self {
            #[cfg(feature = "gzip")]
            Self::Layers(layers) => layers.finish(body),
            Self::Plain | Self::Refused(_) => {
                let _ = body;
                Ok(())
            }
        }
    }
}

#[cfg(feature = "gzip")]
fn layers(codings: &[String]) -> Decoder {
    Layers::of(codings).map_or_else(|| refused(codings), Decoder::Layers)
}

#[cfg(not(feature = "gzip"))]
fn layers(codings: &[String]) -> Decoder {
    refused(codings)
}

fn refused(codings: &[String]) -> Decoder {
    let remedy = if cfg!(feature = "gzip") {
        "this client can undo gzip and deflate"
    } else {
        "this client can undo nothing of that kind without the feature `gzip`"
    };
    Decoder::Refused(format!("it is {}, and {remedy}", compressed(codings)))
}
