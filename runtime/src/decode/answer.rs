//! Answers: what the body of a good answer can be as a whole.
//!
//! Mostly it is a document, decoded into a struct. It can also be bytes that are nobody's business, or a stream of
//! server-sent events, each of them a document.

use bytes::Bytes;

use super::{Decode, EventParser, JsonSource, Malformed, Observed, Reader, Source, XmlSource};
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
        let text = utf8(body)?;
        // A body that is declared as text need not be JSON.
        let quoted = T::IS_TEXT && !text.trim_start().starts_with('"');
        let quoted = quoted.then(|| json_text(&Value::from(text)));
        with_source(quoted.as_deref().unwrap_or(text), |source| {
            let mut reader = Reader::observing(source, observed);
            Ok((
                T::decode(&mut reader)?.unwrap_or_default(),
                reader.misfits(),
            ))
        })
        .map(Option::unwrap_or_default)
    }
}

impl Answer for Bytes {
    fn read(body: &Bytes, _: &mut Observed) -> Result<(Self, usize), Malformed> {
        Ok((body.clone(), 0))
    }
}

/// The events of a stream of server-sent events, in the order they came.
///
/// The stream is read to its end before the call returns.
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
        let text = utf8(body)?;
        let (mut events, mut misfits) = (Vec::new(), 0);
        let mut read = |data: &str| -> Result<Option<()>, Malformed> {
            with_source(data, |source| {
                let mut reader = Reader::observing(source, observed);
                events.extend(T::decode(&mut reader)?);
                misfits += reader.misfits();
                Ok(())
            })
        };
        // An answer that is no stream is a single event: so errors come, and so does what is short.
        if text.trim_start().starts_with(['{', '<']) {
            read(text)?;
        } else {
            let mut parser = EventParser::with_limit(text.len());
            parser.push(text.as_bytes())?;
            parser.finish()?;
            while let Some(event) = parser.next_event() {
                // The mark at the end carries no data.
                if event.data.trim() != "[DONE]" {
                    read(&event.data)?;
                }
            }
        }
        Ok((Self(events), misfits))
    }
}

fn utf8(body: &Bytes) -> Result<&str, Malformed> {
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
