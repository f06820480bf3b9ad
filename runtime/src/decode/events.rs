//! Server-sent events: the bytes of a stream, however they are cut, into events.

use std::collections::VecDeque;

use super::{Malformed, Read, scan};

/// An event of a stream.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct Event {
    /// The last ID the stream gave: this event's, or else that of one before.
    pub id: Option<String>,
    /// What kind of event it is, when the stream says so.
    pub name: Option<String>,
    /// Its data. Several lines are joined by line feeds.
    pub data: String,
}

/// Takes the bytes of a stream as they come and gives the events that are complete.
///
/// ```
/// use alicloud_runtime::decode::EventParser;
///
/// let mut parser = EventParser::with_limit(1 << 20);
/// parser.push(b"data: one\r")?;
/// parser.push(b"\n\r\ndata: tw")?;
/// assert_eq!(parser.next_event().map(|event| event.data), Some("one".to_owned()));
/// assert_eq!(parser.next_event(), None);
/// # Ok::<(), alicloud_runtime::decode::Malformed>(())
/// ```
#[derive(Clone, Debug)]
pub struct EventParser {
    /// The most bytes of an event that are kept.
    limit: usize,
    /// How many bytes came before the line that is being read.
    offset: usize,
    /// The start of a line whose end is still to come.
    line: Vec<u8>,
    /// Whether the last line ended in a carriage return, so that a line feed belongs to it.
    returned: bool,
    /// The event that is being read, and whether it has any data.
    event: Event,
    has_data: bool,
    ready: VecDeque<Event>,
}

impl EventParser {
    /// A parser at the start of a stream. An event of more bytes than `limit` is an error.
    #[must_use]
    pub fn with_limit(limit: usize) -> Self {
        Self {
            limit,
            offset: 0,
            line: Vec::new(),
            returned: false,
            event: Event::default(),
            has_data: false,
            ready: VecDeque::new(),
        }
    }

    /// Takes the next bytes of the stream.
    ///
    /// # Errors
    ///
    /// When an event is too large, or a line is no part of one. Events that were complete before can still be had; nothing good can come
    /// after.
    pub fn push(&mut self, mut bytes: &[u8]) -> Read {
        while !bytes.is_empty() {
            if std::mem::take(&mut self.returned) {
                if let Some(rest) = bytes.strip_prefix(b"\n") {
                    self.offset += 1;
                    bytes = rest;
                    continue;
                }
            }
            let end = scan::either(bytes, b'\n', b'\r');
            let (part, rest) = bytes.split_at(end);
            if self.line.len() + part.len() + self.event.data.len() > self.limit {
                return Err(self.malformed("event that is too large"));
            }
            let Some((last, rest)) = rest.split_first() else {
                self.line.extend_from_slice(part);
                return Ok(());
            };
            self.returned = *last == b'\r';
            self.end_line(part)?;
            bytes = rest;
        }
        Ok(())
    }

    /// Takes the end of the stream: what came since the last event is one, too, though nothing closed it.
    ///
    /// # Errors
    ///
    /// When the last line is no part of an event.
    pub fn finish(&mut self) -> Read {
        if !self.line.is_empty() {
            self.end_line(b"")?;
        }
        self.dispatch();
        Ok(())
    }

    /// The next event that is complete.
    pub fn next_event(&mut self) -> Option<Event> {
        self.ready.pop_front()
    }

    fn malformed(&self, what: &'static str) -> Malformed {
        Malformed::new(what, self.offset)
    }

    /// Reads a line, of which `rest` is what came last.
    fn end_line(&mut self, rest: &[u8]) -> Read {
        let mut line = std::mem::take(&mut self.line);
        let whole = if line.is_empty() {
            rest
        } else {
            line.extend_from_slice(rest);
            &line
        };
        let length = whole.len() + 1;
        let text = String::from_utf8_lossy(whole);
        let first = self.offset == 0;
        let text = match text.strip_prefix('\u{feff}') {
            Some(rest) if first => rest,
            _ => &text,
        };
        if !self.field(text) {
            return Err(self.malformed("a line that is no part of an event"));
        }
        self.offset += length;
        // The buffer serves the next line.
        line.clear();
        self.line = line;
        Ok(())
    }

    /// Reads a line; false when it has none of the names that the format knows and is no comment.
    fn field(&mut self, line: &str) -> bool {
        if line.is_empty() {
            self.dispatch();
            return true;
        }
        let (name, value) = line.split_once(':').unwrap_or((line, ""));
        let value = value.strip_prefix(' ').unwrap_or(value);
        match name {
            "data" => {
                if self.has_data {
                    self.event.data.push('\n');
                }
                self.event.data.push_str(value);
                self.has_data = true;
            }
            "event" => self.event.name = Some(value.to_owned()),
            "id" if !value.contains('\0') => self.event.id = Some(value.to_owned()),
            // A comment has no name.
            "id" | "retry" | "" => {}
            _ => return false,
        }
        true
    }

    /// Ends an event. Without data there is none.
    fn dispatch(&mut self) {
        let next = Event {
            id: self.event.id.clone(),
            ..Event::default()
        };
        let event = std::mem::replace(&mut self.event, next);
        if std::mem::take(&mut self.has_data) {
            self.ready.push_back(event);
        }
    }
}
