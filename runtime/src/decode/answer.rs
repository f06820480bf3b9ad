//! Answers: what the body of a good answer can be as a whole.
//!
//! Mostly it is a document, decoded into a struct. It can also be bytes that are nobody's business, or a stream of
//! server-sent events, each of them a document.

use bytes::Bytes;

use super::{Decode, EventPieces, JsonSource, Malformed, Observed, Reader, Source, XmlSource};
use crate::encode::json_text;
use crate::params::Value;

/// What a call can return.
pub trait Answer: Sized {
    /// Reads a body; also returns how many values fitted nothing and were left out.
    ///
    /// # Errors
    ///
    /// When the document is broken.
    fn read(body: &Bytes, observed: &mut Observed) -> Result<(Self, usize), Malformed>;
}

impl<T: Decode + Default> Answer for T {
    fn read(body: &Bytes, observed: &mut Observed) -> Result<(Self, usize), Malformed> {
        document(utf8(body)?, observed).map(|(read, misfits)| (read.unwrap_or_default(), misfits))
    }
}

impl Answer for Bytes {
    fn read(body: &Bytes, _: &mut Observed) -> Result<(Self, usize), Malformed> {
        Ok((body.clone(), 0))
    }
}

/// The events of a stream of server-sent events, in the order they came.
///
/// The stream is read to its end before the call returns; [`Sending::events`](crate::Sending::events) gives each event as
/// it comes.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Events<T>(Vec<T>);

impl<T> Events<T> {
    /// The events.
    pub fn iter(&self) -> std::slice::Iter<'_, T> {
        self.0.iter()
    }
}

impl<T> FromIterator<T> for Events<T> {
    fn from_iter<I: IntoIterator<Item = T>>(events: I) -> Self {
        Self(events.into_iter().collect())
    }
}

impl<T> IntoIterator for Events<T> {
    type Item = T;
    type IntoIter = std::vec::IntoIter<T>;

    fn into_iter(self) -> Self::IntoIter {
        self.0.into_iter()
    }
}

impl<'e, T> IntoIterator for &'e Events<T> {
    type Item = &'e T;
    type IntoIter = std::slice::Iter<'e, T>;

    fn into_iter(self) -> Self::IntoIter {
        self.0.iter()
    }
}

impl<T: Decode> Answer for Events<T> {
    fn read(body: &Bytes, observed: &mut Observed) -> Result<(Self, usize), Malformed> {
        let (mut events, mut misfits) = (Vec::new(), 0);
        let mut pieces = EventPieces::with_limit(body.len());
        pieces.push(body)?;
        pieces.finish()?;
        while let Some(event) = pieces.next_event() {
            let (read, left_out) = document(&event.data, observed)?;
            events.extend(read);
            misfits += left_out;
        }
        Ok((Self(events), misfits))
    }
}

/// A document, or nothing: what an event of a stream holds.
pub(crate) struct Document<T>(pub(crate) Option<T>);

impl<T: Decode> Answer for Document<T> {
    fn read(body: &Bytes, observed: &mut Observed) -> Result<(Self, usize), Malformed> {
        document(utf8(body)?, observed).map(|(read, misfits)| (Self(read), misfits))
    }
}

/// Reads a document, if there is any; also returns how many values fitted nothing.
fn document<T: Decode>(
    text: &str,
    observed: &mut Observed,
) -> Result<(Option<T>, usize), Malformed> {
    // What is declared as text need not be JSON.
    let quoted = T::IS_TEXT && !text.trim_start().starts_with('"');
    let quoted = quoted.then(|| json_text(&Value::from(text)));
    let read = with_source(quoted.as_deref().unwrap_or(text), |source| {
        let mut reader = Reader::observing(source, observed);
        Ok((T::decode(&mut reader)?, reader.misfits()))
    });
    read.map(Option::unwrap_or_default)
}

/// A body as text, without a byte order mark.
pub(super) fn utf8(body: &[u8]) -> Result<&str, Malformed> {
    let text = std::str::from_utf8(body).map_err(|error| Malformed {
        what: "text that is not UTF-8",
        offset: error.valid_up_to(),
    })?;
    Ok(text.strip_prefix('\u{feff}').unwrap_or(text))
}

/// Reads a body as what it looks like; `None` for an empty one. What an error answer says is read with this, too.
pub(crate) fn with_body<T>(
    body: &Bytes,
    read: impl FnOnce(&mut dyn Source<'_>) -> Result<T, Malformed>,
) -> Result<Option<T>, Malformed> {
    with_source(utf8(body)?, read)
}

/// XML starts with `<`, anything else is JSON.
fn with_source<T>(
    text: &str,
    read: impl FnOnce(&mut dyn Source<'_>) -> Result<T, Malformed>,
) -> Result<Option<T>, Malformed> {
    let start = text.trim_start();
    if start.is_empty() {
        return Ok(None);
    }
    if start.starts_with('<') {
        return read(&mut XmlSource::new(start)?).map(Some);
    }
    let mut source = JsonSource::new(text);
    let value = read(&mut source)?;
    source.finish()?;
    Ok(Some(value))
}
