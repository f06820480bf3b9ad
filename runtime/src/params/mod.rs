//! Parameters: the tree a request is made of before it is laid out on the wire.
//!
//! Generated requests, nested objects and JSON-in-a-string parameters are all typed faces over [`Params`]: a setter
//! writes a [`Value`] under a wire name and nothing is converted twice. Order of insertion is kept.

mod build;
mod unknown;
mod value;

pub(crate) use build::build;
pub use unknown::UnknownValue;
pub use value::Value;

use std::borrow::Cow;
use std::collections::HashMap;
use std::fmt;

use crate::redact::{REDACTED, is_secret_name};

/// Named values in the order they were set; setting a name again replaces its value in place.
#[derive(Clone, Default, PartialEq)]
pub struct Params {
    entries: Vec<(Cow<'static, str>, Value)>,
}

impl Params {
    /// No parameters.
    #[must_use]
    pub const fn new() -> Self {
        Self {
            entries: Vec::new(),
        }
    }

    /// Sets a value, replacing the one of the same name.
    pub fn set(&mut self, name: impl Into<Cow<'static, str>>, value: impl Into<Value>) {
        self.insert(name.into(), value.into());
    }

    fn insert(&mut self, name: Cow<'static, str>, value: Value) {
        match self.entries.iter_mut().find(|(known, _)| *known == name) {
            Some(entry) => entry.1 = value,
            None => self.entries.push((name, value)),
        }
    }

    /// Members as a document has them. Of those that share a name the last value counts, at the place of the first. Takes
    /// time by the number of members, however many a document holds.
    pub(crate) fn from_members(members: Vec<(String, Value)>) -> Self {
        let mut places: HashMap<String, usize> = HashMap::with_capacity(members.len());
        let mut params = Self {
            entries: Vec::with_capacity(members.len()),
        };
        for (name, value) in members {
            match places.get(&name).and_then(|at| params.entries.get_mut(*at)) {
                Some(entry) => entry.1 = value,
                None => {
                    places.insert(name.clone(), params.entries.len());
                    params.entries.push((Cow::Owned(name), value));
                }
            }
        }
        params
    }

    /// The value of that exact name.
    #[must_use]
    pub fn get(&self, name: &str) -> Option<&Value> {
        self.entries
            .iter()
            .find(|(known, _)| known == name)
            .map(|(_, value)| value)
    }

    /// The value at a dotted path such as `SourceEndpoint.InstanceType`: a literal name first, then object by object.
    #[must_use]
    pub fn lookup(&self, path: &str) -> Option<&Value> {
        if let Some(value) = self.get(path) {
            return Some(value);
        }
        path.match_indices('.')
            .find_map(|(dot, _)| match self.get(&path[..dot])?.exposed() {
                Value::Object(inner) => inner.lookup(&path[dot + 1..]),
                _ => None,
            })
    }

    /// Names and values, in order.
    pub fn iter(&self) -> impl Iterator<Item = (&str, &Value)> {
        self.entries
            .iter()
            .map(|(name, value)| (name.as_ref(), value))
    }

    /// How many values are set.
    #[must_use]
    pub fn len(&self) -> usize {
        self.entries.len()
    }

    /// Whether nothing is set.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.entries.is_empty()
    }
}

impl fmt::Debug for Params {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut out = f.debug_map();
        for (name, value) in self.iter() {
            match value {
                // A group of that name is looked into.
                Value::List(_) | Value::Object(_) | Value::Null => out.entry(&name, value),
                _ if is_secret_name(name) => out.entry(&name, &format_args!("{REDACTED}")),
                _ => out.entry(&name, value),
            };
        }
        out.finish()
    }
}

impl<N: Into<Cow<'static, str>>, V: Into<Value>> FromIterator<(N, V)> for Params {
    fn from_iter<I: IntoIterator<Item = (N, V)>>(pairs: I) -> Self {
        let mut params = Self::new();
        for (name, value) in pairs {
            params.set(name, value);
        }
        params
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn setting_again_replaces_in_place() {
        let mut params = Params::new();
        params.set("A", "1");
        params.set("B", "2");
        params.set("A", "3");
        assert_eq!(
            params.iter().map(|(name, _)| name).collect::<Vec<_>>(),
            ["A", "B"]
        );
        assert_eq!(params.get("A"), Some(&Value::from("3")));
    }

    #[test]
    fn of_members_with_one_name_the_last_counts() {
        let members = [("A", 1), ("B", 2), ("A", 3)];
        let params = Params::from_members(
            members
                .map(|(name, value)| (name.to_owned(), Value::from(value)))
                .into(),
        );
        assert_eq!(params.len(), 2);
        assert_eq!(params.get("A"), Some(&Value::from(3)));
        assert_eq!(params.get("B"), Some(&Value::from(2)));
    }

    #[test]
    fn paths_prefer_literal_names_and_descend_into_objects() {
        let mut inner = Params::new();
        inner.set("InstanceType", "ECS");
        let mut params = Params::new();
        params.set("SourceEndpoint", inner);
        params.set("Task.Kind", "full");
        assert_eq!(
            params.lookup("SourceEndpoint.InstanceType"),
            Some(&Value::from("ECS"))
        );
        assert_eq!(params.lookup("Task.Kind"), Some(&Value::from("full")));
        assert_eq!(params.lookup("SourceEndpoint.IP"), None);
        assert_eq!(params.lookup("Absent.IP"), None);
    }

    #[test]
    fn debug_never_shows_a_sensitive_value() {
        let mut params = Params::new();
        params.set("Password", Value::from("hunter2").sensitive());
        params.set(
            "Nested",
            Value::List(vec![Value::from("hunter2").sensitive()]),
        );
        let printed = format!("{params:?} {params:#?}");
        assert!(!printed.contains("hunter2"), "{printed}");
        assert!(printed.contains("Password"));
    }
}
