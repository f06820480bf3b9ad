//! The writing side of typed faces: what generated setters call, and whoever builds parameters by hand can.
//!
//! The methods belong to the types themselves and to no trait: a trait's methods are looked for at every call, and there
//! is one in each of thousands of setters.

use super::{Params, Value};

/// Gives a type with a method `put` the methods that take named values, one after the other.
macro_rules! build {
    ($($type:ident)::+ $(<$state:ident>)?) => {
        impl$(<$state>)? $($type)::+$(<$state>)? {
            /// Sets text.
            #[must_use]
            pub fn text(self, name: &'static str, value: impl Into<String>) -> Self {
                self.put(name, $crate::params::Value::Text(value.into()))
            }

            /// Sets text that no printout may show.
            #[must_use]
            pub fn secret(self, name: &'static str, value: impl Into<String>) -> Self {
                self.put(name, $crate::params::Value::Text(value.into()).sensitive())
            }

            /// Sets JSON text the caller wrote.
            #[must_use]
            pub fn json(self, name: &'static str, value: impl Into<String>) -> Self {
                self.put(name, $crate::params::Value::Json(value.into()))
            }

            /// Sets anything that is a value.
            #[must_use]
            pub fn value(self, name: &'static str, value: impl Into<$crate::params::Value>) -> Self {
                self.put(name, value.into())
            }

            /// Sets a list.
            #[must_use]
            pub fn list<V: Into<$crate::params::Value>>(
                self,
                name: &'static str,
                items: impl IntoIterator<Item = V>,
            ) -> Self {
                let items = items.into_iter().map(Into::into).collect();
                self.put(name, $crate::params::Value::List(items))
            }

            /// Sets a map.
            #[must_use]
            pub fn map<V: Into<$crate::params::Value>>(
                self,
                name: &'static str,
                entries: impl IntoIterator<Item = (String, V)>,
            ) -> Self {
                self.put(name, $crate::params::Value::Object(entries.into_iter().collect()))
            }
        }
    };
}

pub(crate) use build;

build!(Params);

impl Params {
    /// Sets a value under its wire name.
    #[must_use]
    pub fn put(mut self, name: &'static str, value: Value) -> Self {
        self.set(name, value);
        self
    }
}
