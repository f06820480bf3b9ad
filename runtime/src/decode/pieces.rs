//! Answers of operations that stream events, taken as they come: mostly server-sent events, each of them a document.

use super::{Event, EventParser, Malformed, Read};

/// Takes an answer in pieces and gives its events. An answer that is no stream is a single event: so errors come, and so
/// does what is short.
#[derive(Debug)]
pub(crate) struct EventPieces {
    /// The most bytes of an event that are kept.
    limit: usize,
    /// What came, as long as it may be no stream.
    start: Vec<u8>,
    /// Whether it is none.
    is_document: bool,
    /// The document, when it is complete.
    document: Option<Event>,
    /// What reads the stream, once it is known to be one.
    parser: Option<EventParser>,
}

impl EventPieces {
    /// An answer of which nothing has come. An event of more bytes than `limit` is an error.
    pub(crate) fn with_limit(limit: usize) -> Self {
        Self {
            limit,
            start: Vec::new(),
            is_document: false,
            document: None,
            parser: None,
        }
    }

    /// Takes the next bytes.
    ///
    /// # Errors
    ///
    /// When an event is too large, or a line is no part of one. Events that were complete before can still be had.
    pub(crate) fn push(&mut self, piece: &[u8]) -> Read {
        if let Some(parser) = &mut self.parser {
            return parser.push(piece);
        }
        self.start.extend_from_slice(piece);
        // Before this piece, if it is undecided, there was nothing but blanks.
        let first = piece.iter().find(|byte| !is_blank(**byte));
        match first {
            _ if self.is_document => {}
            Some(b'{' | b'<') => self.is_document = true,
            Some(_) => {
                let start = std::mem::take(&mut self.start);
                let parser = EventParser::with_limit(self.limit);
                return self.parser.insert(parser).push(&start);
            }
            None => {}
        }
        if self.start.len() > self.limit {
            return Err(Malformed::new("answer that is too large", self.limit));
        }
        Ok(())
    }

    /// Takes the end of the answer.
    ///
    /// # Errors
    ///
    /// When there was no event and no comment, or the last line is neither.
    pub(crate) fn finish(&mut self) -> Read {
        if let Some(parser) = &mut self.parser {
            return parser.finish();
        }
        if !self.is_document {
            return Err(Malformed::new("a body without any event", self.start.len()));
        }
        self.document = Some(Event {
            data: super::answer::utf8(&self.start).0.into_owned(),
            ..Event::default()
        });
        Ok(())
    }

    /// The next event that is complete. The mark that some streams end with carries no data and is none.
    pub(crate) fn next_event(&mut self) -> Option<Event> {
        let Some(parser) = &mut self.parser else {
            return self.document.take();
        };
        loop {
            let event = parser.next_event()?;
            if event.data.trim() != "[DONE]" {
                return Some(event);
            }
        }
    }
}

/// Whether a byte can stand before a document, as a blank or in the byte order mark.
fn is_blank(byte: u8) -> bool {
    byte.is_ascii_whitespace() || [0xef, 0xbb, 0xbf].contains(&byte)
}
