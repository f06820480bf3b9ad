//! One value of a parameter tree, and of free-form JSON in an answer.

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::fmt;

use bytes::Bytes;

use super::Params;
use crate::redact::{REDACTED, Redactor};

/// A value on its way to the service, or free-form JSON that came back.
#[derive(Clone, Default, PartialEq)]
pub enum Value {
    /// Nothing: not sent, but a list keeps its place (`null` inside JSON).
    #[default]
    Null,
    /// A boolean, `true` or `false` on the wire.
    Bool(bool),
    /// A whole number.
    Int(i64),
    /// A number with a fraction.
    Float(f64),
    /// Text as it is.
    Text(String),
    /// Values in order.
    List(Vec<Value>),
    /// Values under names.
    Object(Params),
    /// JSON text a caller wrote, which travels as it is; in a response, a number whose digits neither `i64` nor `f64` keeps.
    Json(String),
    /// Bytes as they are: a whole body.
    Bytes(Bytes),
    /// A value no printout shows.
    Sensitive(Box<Value>),
}

impl Value {
    /// Marks the value as one that no printout may show.
    #[must_use]
    pub fn sensitive(self) -> Self {
        match self {
            Self::Sensitive(_) => self,
            open => Self::Sensitive(Box::new(open)),
        }
    }

    /// The value itself, whether or not it is marked sensitive.
    #[must_use]
    pub fn exposed(&self) -> &Self {
        match self {
            Self::Sensitive(inner) => inner.exposed(),
            open => open,
        }
    }

    /// The text of a scalar as it travels outside JSON; `None` for null, lists and objects.
    #[must_use]
    pub fn scalar_text(&self) -> Option<Cow<'_, str>> {
        match self {
            Self::Bool(true) => Some(Cow::Borrowed("true")),
            Self::Bool(false) => Some(Cow::Borrowed("false")),
            Self::Int(number) => Some(Cow::Owned(number.to_string())),
            Self::Float(number) => Some(Cow::Owned(number.to_string())),
            Self::Text(text) | Self::Json(text) => Some(Cow::Borrowed(text)),
            Self::Bytes(bytes) => Some(String::from_utf8_lossy(bytes)),
            Self::Sensitive(inner) => inner.scalar_text(),
            Self::Null | Self::List(_) | Self::Object(_) => None,
        }
    }

    /// The text, if this is text.
    #[must_use]
    pub fn as_str(&self) -> Option<&str> {
        match self.exposed() {
            Self::Text(text) => Some(text),
            _ => None,
        }
    }

    /// The member of that name, if this is an object that has it.
    #[must_use]
    pub fn get(&self, name: &str) -> Option<&Value> {
        match self.exposed() {
            Self::Object(members) => members.get(name),
            _ => None,
        }
    }

    /// The items, if this is a list.
    #[must_use]
    pub fn as_list(&self) -> Option<&[Value]> {
        match self.exposed() {
            Self::List(items) => Some(items),
            _ => None,
        }
    }
}

impl fmt::Debug for Value {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Null => f.write_str("null"),
            Self::Bool(value) => value.fmt(f),
            Self::Int(value) => value.fmt(f),
            Self::Float(value) => value.fmt(f),
            // Text may be JSON or a URL with a secret in it.
            Self::Text(text) => Redactor::new().hide(text).fmt(f),
            Self::List(items) => items.fmt(f),
            Self::Object(members) => members.fmt(f),
            Self::Json(text) => write!(f, "json({})", Redactor::new().hide(text)),
            Self::Bytes(bytes) => write!(f, "{} bytes", bytes.len()),
            Self::Sensitive(_) => f.write_str(REDACTED),
        }
    }
}

macro_rules! value_from {
    ($($from:ty => |$value:ident| $into:expr;)*) => {
        $(impl From<$from> for Value {
            fn from($value: $from) -> Self {
                $into
            }
        })*
    };
}

value_from! {
    bool => |value| Self::Bool(value);
    i32 => |value| Self::Int(value.into());
    u32 => |value| Self::Int(value.into());
    i64 => |value| Self::Int(value);
    f32 => |value| Self::Float(value.to_string().parse().unwrap_or_else(|_| f64::from(value)));
    f64 => |value| Self::Float(value);
    &str => |value| Self::Text(value.to_owned());
    String => |value| Self::Text(value);
    Params => |value| Self::Object(value);
    Bytes => |value| Self::Bytes(value);
}

impl<T: Into<Value>> From<Vec<T>> for Value {
    fn from(items: Vec<T>) -> Self {
        Self::List(items.into_iter().map(Into::into).collect())
    }
}

impl<T: Into<Value>> From<BTreeMap<String, T>> for Value {
    fn from(entries: BTreeMap<String, T>) -> Self {
        Self::Object(entries.into_iter().collect())
    }
}

impl<T: Into<Value>> From<Option<T>> for Value {
    fn from(value: Option<T>) -> Self {
        value.map_or(Self::Null, Into::into)
    }
}
