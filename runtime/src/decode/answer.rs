//! Answers: what the body of a good answer can be as a whole.
//!
//! Mostly it is a document, decoded into a struct. It can also be bytes that are nobody's business, or a stream of
//! server-sent events, each of them a document.

use std::borrow::Cow;

use bytes::Bytes;

use super::{
    Declared, Decode, EventPieces, JsonSource, Malformed, Observed, Reader, Shape, Source,
    XmlSource,
};
use crate::encode::json_text;
use crate::params::Value;

/// What a body is as a whole.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Form {
    /// A document in the format that was asked for.
    Document,
    /// Such a document, of which no more is declared.
    Free,
    /// Text, or a document that holds it.
    Text,
    /// Nobody's business.
    Bytes,
}

/// The form of a body of a declared kind.
const fn form(declared: Declared) -> Form {
    match declared {
        Declared::Text => Form::Text,
        Declared::Free => Form::Free,
        _ => Form::Document,
    }
}

/// What a call can return.
pub trait Answer: Sized {
    /// What the body is as a whole.
    const FORM: Form = Form::Bytes;

    /// The answer that is in an empty body, where the status says that there is none.
    fn empty() -> Option<Self> {
        None
    }

    /// Reads a body; also returns how many values fitted nothing and were left out.
    ///
    /// # Errors
    ///
    /// When the document is broken.
    fn read(body: &Bytes, observed: &mut Observed) -> Result<(Self, usize), Malformed>;
}

impl<T: Decode + Default> Answer for T {
    const FORM: Form = form(T::DECLARED);

    fn empty() -> Option<Self> {
        Some(Self::default())
    }

    fn read(body: &Bytes, observed: &mut Observed) -> Result<(Self, usize), Malformed> {
        match document::<T>(body, observed)? {
            (Some(read), misfits) => Ok((read, misfits)),
            (None, misfits) if T::is_undeclared() => Ok((T::default(), misfits)),
            (None, misfits) if T::DECLARED == Declared::Text => Ok((T::default(), misfits)),
            (None, _) => Err(undeclared("nothing", T::DECLARED)),
        }
    }
}

impl Answer for Bytes {
    fn empty() -> Option<Self> {
        Some(Self::new())
    }

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
            let (read, left_out) = document(event.data.as_bytes(), observed)?;
            events.extend(read);
            misfits += left_out;
        }
        Ok((Self(events), misfits))
    }
}

/// A document, or nothing: what an event of a stream holds.
pub(crate) struct Document<T>(pub(crate) Option<T>);

impl<T: Decode> Answer for Document<T> {
    const FORM: Form = form(T::DECLARED);

    fn read(body: &Bytes, observed: &mut Observed) -> Result<(Self, usize), Malformed> {
        document(body, observed).map(|(read, misfits)| (Self(read), misfits))
    }
}

/// Reads a document; also returns how many values fitted nothing, and how many places were not well formed. `None` for an
/// empty one.
fn document<T: Decode>(
    body: &[u8],
    observed: &mut Observed,
) -> Result<(Option<T>, usize), Malformed> {
    let (text, replaced) = utf8(body);
    // What is declared as text need not be JSON.
    let quoted = T::DECLARED == Declared::Text && !text.trim_start().starts_with('"');
    let quoted = quoted.then(|| json_text(&Value::from(&*text)));
    let read = with_source(quoted.as_deref().unwrap_or(&text), |source| {
        expect(source, T::DECLARED, T::is_undeclared)?;
        let mut reader = Reader::observing(source, observed);
        let read = T::decode(&mut reader)?;
        let misfits = reader.misfits();
        Ok((read, misfits + source.repaired()))
    })?;
    match read {
        Some((None, _)) if !T::is_undeclared() => Err(undeclared("another kind", T::DECLARED)),
        Some((read, misfits)) => Ok((read, misfits + replaced)),
        None => Ok((None, replaced)),
    }
}

/// Holds a whole document to the kind that is declared. Inside of it values of other kinds may stand for one another.
fn expect(
    source: &mut dyn Source<'_>,
    declared: Declared,
    is_undeclared: impl Fn() -> bool,
) -> Result<(), Malformed> {
    let shape = source.shape()?;
    let fits = match declared {
        Declared::Members => shape == Shape::Object,
        // In XML any element holds the items of a list.
        Declared::List => shape == Shape::List || source.repeats() && shape == Shape::Object,
        Declared::Text | Declared::Scalar => {
            !matches!(shape, Shape::Object | Shape::List | Shape::Null)
        }
        Declared::Free => true,
    };
    if fits || is_undeclared() {
        return Ok(());
    }
    let found = match shape {
        Shape::Null => "null",
        Shape::Bool => "a boolean",
        Shape::Number => "a number",
        Shape::Text => "a text",
        Shape::List => "a list",
        Shape::Object => "an object",
    };
    Err(undeclared(found, declared))
}

#[cold]
fn undeclared(found: &'static str, declared: Declared) -> Malformed {
    let wanted = match declared {
        Declared::Members => "an object",
        Declared::List => "a list",
        Declared::Text => "a text",
        Declared::Scalar | Declared::Free => "a value",
    };
    Malformed::undeclared(found, wanted)
}

/// A body as text, without a byte order mark, and how many of its bytes are no UTF-8.
pub(super) fn utf8(body: &[u8]) -> (Cow<'_, str>, usize) {
    let text = match std::str::from_utf8(body) {
        Ok(text) => return (Cow::Borrowed(text.trim_start_matches('\u{feff}')), 0),
        Err(_) => String::from_utf8_lossy(body),
    };
    let replaced = body
        .utf8_chunks()
        .filter(|chunk| !chunk.invalid().is_empty());
    let replaced = replaced.count();
    (
        Cow::Owned(text.trim_start_matches('\u{feff}').to_owned()),
        replaced,
    )
}

/// Reads a body as what it looks like; `None` for an empty one. What an error answer says is read with this, too.
pub(crate) fn with_body<T>(
    body: &Bytes,
    read: impl FnOnce(&mut dyn Source<'_>) -> Result<T, Malformed>,
) -> Result<Option<T>, Malformed> {
    with_source(&utf8(body).0, read)
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
        let mut source = XmlSource::new(start)?;
        if source.root().eq_ignore_ascii_case("html") {
            return Err(Malformed::new("a page of HTML, not a document", 0));
        }
        return read(&mut source).map(Some);
    }
    let mut source = JsonSource::new(text);
    let value = read(&mut source)?;
    source.finish()?;
    Ok(Some(value))
}
