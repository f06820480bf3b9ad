//! Bodies that are read to their end.

use bytes::{Bytes, BytesMut};

use super::TransportError;

/// A body, as far as it has come. The usual one comes in one piece and is not copied.
pub(crate) struct Collected {
    limit: usize,
    first: Bytes,
    /// All of it, once there is more than one piece.
    more: BytesMut,
}

impl Collected {
    /// A body of which nothing has come, and which may have that many bytes.
    pub(crate) fn with_limit(limit: usize) -> Self {
        Self {
            limit,
            first: Bytes::new(),
            more: BytesMut::new(),
        }
    }

    /// Takes the next piece; one that is too much is left out.
    pub(crate) fn push(&mut self, piece: Bytes) -> Result<(), TransportError> {
        if self.first.len() + self.more.len() + piece.len() > self.limit {
            return Err(TransportError::too_large(self.limit));
        }
        if self.first.is_empty() && self.more.is_empty() {
            self.first = piece;
            return Ok(());
        }
        if self.more.is_empty() {
            self.more
                .extend_from_slice(&std::mem::take(&mut self.first));
        }
        self.more.extend_from_slice(&piece);
        Ok(())
    }

    /// What has come.
    pub(crate) fn finish(self) -> Bytes {
        if self.more.is_empty() {
            self.first
        } else {
            self.more.freeze()
        }
    }
}
