//! Decoding: JSON and XML answers into plain structs, through one trait and one driver.
//!
//! A generated struct implements [`Object`] by naming its fields; [`Reader`] walks the answer and asks it where each member
//! belongs. Behind the reader stands a [`Source`], one for JSON and one for XML, so the same generated code serves both.
//!
//! The service is not what its documents say, and a call that succeeded must not fail over that. So numbers, booleans and
//! strings stand for one another, null and absence are the same, unknown fields are passed over, a single value may stand
//! for a list, JSON in a string for the object it holds, and a value that fits nothing is left out and noted. A byte that is
//! not UTF-8, a control character in a string, an unknown escape or entity, `NaN` and a comma too many are read as what they
//! most likely mean, and counted. Only a document that is broken beyond that, or one that is not of the declared kind as a
//! whole (text, a list or `null` for an object), is an error.

mod answer;
mod blank;
mod cursor;
mod error_body;
mod events;
mod impls;
mod json;
mod observed;
mod pieces;
mod reader;
mod scan;
mod xml;

pub use answer::{Answer, Events, Form};
pub(crate) use answer::{Document, with_body};
pub(crate) use blank::trimmed;
pub use error_body::ErrorBody;
pub use events::{Event, EventParser};
#[cfg(feature = "serde")]
pub(crate) use impls::number;
pub(crate) use impls::truth;
pub use json::JsonSource;
pub use observed::{ListSeen, Observed};
pub(crate) use pieces::EventPieces;
pub use reader::Reader;
pub use xml::XmlSource;

use std::borrow::Cow;
use std::fmt;

/// Why a document cannot be read at all.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Malformed {
    /// What is wrong.
    pub what: &'static str,
    /// Where, in bytes from the start.
    pub offset: usize,
    /// What the whole document should have been, where it is of another kind.
    declared: Option<&'static str>,
}

impl Malformed {
    /// A document that is broken there.
    #[cold]
    #[must_use]
    pub const fn new(what: &'static str, offset: usize) -> Self {
        Self {
            what,
            offset,
            declared: None,
        }
    }

    /// A whole document of another kind than the declared one.
    #[cold]
    pub(crate) const fn undeclared(what: &'static str, declared: &'static str) -> Self {
        Self {
            what,
            offset: 0,
            declared: Some(declared),
        }
    }
}

impl fmt::Display for Malformed {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.declared {
            Some(declared) => write!(f, "it is {}, and {declared} is declared", self.what),
            None => write!(f, "{} at byte {}", self.what, self.offset),
        }
    }
}

impl std::error::Error for Malformed {}

/// What [`Object::field`] returns.
pub type Read = Result<(), Malformed>;

/// What [`Decode::decode`] returns: `None` for a value that is null, absent in effect, or fits nothing.
pub type Decoded<T> = Result<Option<T>, Malformed>;

/// A type an answer can hold.
pub trait Decode: Sized {
    /// What a value of this type looks like in a document. A whole response has to look like it; a value inside of one
    /// may be another that stands for it.
    const DECLARED: Declared = Declared::Scalar;

    /// Whether nothing is declared of a response of this type, which may then be empty.
    fn is_undeclared() -> bool {
        false
    }

    /// Reads the value the reader stands on.
    ///
    /// # Errors
    ///
    /// When the document is broken.
    fn decode(reader: &mut Reader<'_, '_>) -> Decoded<Self>;

    /// Reads the value into its place, which spares large values a move.
    ///
    /// # Errors
    ///
    /// When the document is broken.
    fn decode_into(place: &mut Option<Self>, reader: &mut Reader<'_, '_>) -> Read {
        *place = Self::decode(reader)?;
        Ok(())
    }

    /// Reads the value as the next item of a list, if there is any value.
    ///
    /// # Errors
    ///
    /// When the document is broken.
    fn decode_item(items: &mut Vec<Self>, reader: &mut Reader<'_, '_>) -> Read {
        items.extend(Self::decode(reader)?);
        Ok(())
    }
}

/// A struct with named fields. Generated code implements it.
pub trait Object {
    /// Reads the value of one field, or passes it over with [`Reader::skip`].
    ///
    /// # Errors
    ///
    /// When the document is broken.
    fn field(&mut self, name: &str, value: &mut Reader<'_, '_>) -> Read;

    /// The name of the only field, for the wrapper of a list: a bare list then stands for the wrapper.
    fn only_list(&self) -> Option<&'static str> {
        None
    }

    /// Whether the spec declares nothing of a response of this type, which may then be empty.
    fn is_undeclared(&self) -> bool {
        false
    }
}

/// What a type looks like in a document.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Declared {
    /// Named members. This tells an XML item from a wrapper around items.
    Members,
    /// Items in order.
    List,
    /// Text. A whole body of it is text as it is, which need not be JSON.
    Text,
    /// A boolean, a number.
    Scalar,
    /// Any JSON value.
    Free,
}

/// What a value looks like before it is read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[allow(missing_docs, reason = "the names say it")]
pub enum Shape {
    Null,
    Bool,
    Number,
    Text,
    List,
    Object,
}

/// A value as it is read: a scalar as a whole, anything else by its parts.
#[derive(Clone, Debug, PartialEq, Eq)]
#[allow(missing_docs, reason = "the names say it")]
pub enum Token<'a> {
    Null,
    /// The text of a boolean, number or string.
    Scalar(Cow<'a, str>),
    List,
    Object,
}

/// A document that is read from front to back, one value after the other.
pub trait Source<'a> {
    /// What the value here looks like.
    ///
    /// # Errors
    ///
    /// When the document is broken here.
    fn shape(&mut self) -> Result<Shape, Malformed>;

    /// Reads a scalar or null; a list or an object is left to be entered or passed over.
    ///
    /// # Errors
    ///
    /// When the document is broken.
    fn token(&mut self) -> Result<Token<'a>, Malformed>;

    /// Passes over the value, returning its text in the document.
    ///
    /// # Errors
    ///
    /// When the document is broken.
    fn skip(&mut self) -> Result<&'a str, Malformed>;

    /// Enters an object.
    ///
    /// # Errors
    ///
    /// When there is none.
    fn begin_object(&mut self) -> Read;

    /// The name of the next member, whose value must be read or skipped; `None` leaves the object.
    ///
    /// # Errors
    ///
    /// When the document is broken.
    fn next_member(&mut self) -> Result<Option<Cow<'a, str>>, Malformed>;

    /// Enters a list. In XML any element is the first item of one.
    ///
    /// # Errors
    ///
    /// When there is none.
    fn begin_list(&mut self) -> Read;

    /// Whether there is another item, which must be read or skipped; `false` leaves the list.
    ///
    /// # Errors
    ///
    /// When the document is broken.
    fn next_item(&mut self) -> Result<bool, Malformed>;

    /// Whether lists show only by repetition, as in XML, so that one item and a list of one look the same.
    fn repeats(&self) -> bool {
        false
    }

    /// The list here, counted without reading it: what is no list is a list of one. `None` for null and empty text, and
    /// for what was counted with an element before.
    ///
    /// # Errors
    ///
    /// When the document is broken.
    fn list_seen(&mut self) -> Result<Option<ListSeen>, Malformed>;

    /// How many objects and lists are open.
    fn depth(&self) -> usize;

    /// How many places of the document were not well formed, and read all the same.
    fn repaired(&self) -> usize;

    /// A place to come back to.
    fn mark(&self) -> usize;

    /// Goes back to a place, undoing what was read since.
    fn rewind(&mut self, mark: usize);
}

#[cfg(test)]
mod tests;
