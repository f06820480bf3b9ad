//! The writing side of typed faces: what generated setters call.

use super::{Params, Value};

/// Something that takes named values, one after the other. Generated setters are one call of these each.
pub trait Build: Sized {
    /// Sets a value under its wire name.
    #[must_use]
    fn put(self, name: &'static str, value: Value) -> Self;

    /// Sets text.
    #[must_use]
    fn text(self, name: &'static str, value: impl Into<String>) -> Self {
        self.put(name, Value::Text(value.into()))
    }

    /// Sets text that no printout may show.
    #[must_use]
    fn secret(self, name: &'static str, value: impl Into<String>) -> Self {
        self.put(name, Value::Text(value.into()).sensitive())
    }

    /// Sets JSON text the caller wrote.
    #[must_use]
    fn json(self, name: &'static str, value: impl Into<String>) -> Self {
        self.put(name, Value::Json(value.into()))
    }

    /// Sets anything that is a value.
    #[must_use]
    fn value(self, name: &'static str, value: impl Into<Value>) -> Self {
        self.put(name, value.into())
    }

    /// Sets a list.
    #[must_use]
    fn list<V: Into<Value>>(self, name: &'static str, items: impl IntoIterator<Item = V>) -> Self {
        self.put(
            name,
            Value::List(items.into_iter().map(Into::into).collect()),
        )
    }

    /// Sets a map.
    #[must_use]
    fn map<V: Into<Value>>(
        self,
        name: &'static str,
        entries: impl IntoIterator<Item = (String, V)>,
    ) -> Self {
        self.put(name, Value::Object(entries.into_iter().collect()))
    }
}

impl Build for Params {
    fn put(mut self, name: &'static str, value: Value) -> Self {
        self.set(name, value);
        self
    }
}
