//! Flattening: lists and objects as the `Name.1`, `Name.Field` pairs of a query or a form.

use std::borrow::Cow;

use super::json_text;
use crate::params::Value;

/// A name and a value, both as text, before any encoding.
pub type Pair<'a> = (Cow<'a, str>, Cow<'a, str>);

/// What stands between the items of a list that travels as one text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Separator {
    /// `a,b`
    Comma,
    /// `a b`
    Space,
    /// `a|b`
    Pipe,
}

impl Separator {
    fn as_char(self) -> char {
        match self {
            Self::Comma => ',',
            Self::Space => ' ',
            Self::Pipe => '|',
        }
    }
}

/// Appends the pairs of a value: objects as `name.key`, lists as `name.N` from 1, leaves as they are.
///
/// A null is not sent, but keeps its place in a list; empty lists and objects vanish.
pub fn flatten<'a>(name: Cow<'a, str>, value: &'a Value, out: &mut Vec<Pair<'a>>) {
    match value.exposed() {
        Value::List(items) => {
            for (at, item) in items.iter().enumerate() {
                flatten(Cow::Owned(format!("{name}.{}", at + 1)), item, out);
            }
        }
        Value::Object(members) => {
            for (key, member) in members.iter() {
                flatten(Cow::Owned(format!("{name}.{key}")), member, out);
            }
        }
        leaf => {
            if let Some(text) = leaf.scalar_text() {
                out.push((name, text));
            }
        }
    }
}

/// The items of a list as one text. Anything but a list is its own text; what has no text of its own is written as JSON.
#[must_use]
pub fn join(value: &Value, separator: Separator) -> Option<Cow<'_, str>> {
    let Value::List(items) = value.exposed() else {
        return whole_text(value);
    };
    let mut texts = items.iter().filter_map(whole_text);
    let mut out = texts.next()?.into_owned();
    for text in texts {
        out.push(separator.as_char());
        out.push_str(&text);
    }
    Some(Cow::Owned(out))
}

/// A scalar as it is, a list or an object as JSON, a null not at all.
fn whole_text(value: &Value) -> Option<Cow<'_, str>> {
    match value.exposed() {
        Value::List(_) | Value::Object(_) => Some(Cow::Owned(json_text(value))),
        scalar => scalar.scalar_text(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::params::Params;

    fn pairs(value: Value) -> Vec<(String, String)> {
        let mut out = Vec::new();
        flatten("E".into(), &value, &mut out);
        out.into_iter()
            .map(|(name, value)| (name.into_owned(), value.into_owned()))
            .collect()
    }

    fn owned(pairs: &[(&str, &str)]) -> Vec<(String, String)> {
        pairs
            .iter()
            .map(|(name, value)| ((*name).to_owned(), (*value).to_owned()))
            .collect()
    }

    #[test]
    fn lists_count_from_one_and_nulls_keep_their_place() {
        let list = Value::List(vec![
            Value::Null,
            "y".into(),
            Value::List(vec![1.into(), true.into()]),
        ]);
        assert_eq!(
            pairs(list),
            owned(&[("E.2", "y"), ("E.3.1", "1"), ("E.3.2", "true")])
        );
    }

    #[test]
    fn objects_append_their_keys() {
        let object: Params = [
            ("K", Value::from("v")),
            ("a.b", 9_007_199_254_740_993_i64.into()),
        ]
        .into_iter()
        .collect();
        assert_eq!(
            pairs(object.into()),
            owned(&[("E.K", "v"), ("E.a.b", "9007199254740993")])
        );
    }

    #[test]
    fn empty_lists_and_objects_vanish_but_empty_text_is_sent() {
        assert_eq!(pairs(Value::List(vec![])), owned(&[]));
        assert_eq!(pairs(Params::new().into()), owned(&[]));
        assert_eq!(pairs("".into()), owned(&[("E", "")]));
    }

    #[test]
    fn joined_lists_are_one_text() {
        let list = Value::from(vec!["a", "b c", ""]);
        assert_eq!(join(&list, Separator::Comma).unwrap(), "a,b c,");
        assert_eq!(
            join(&"raw,text".into(), Separator::Comma).unwrap(),
            "raw,text"
        );
        assert_eq!(join(&Value::List(vec![]), Separator::Pipe), None);
        assert_eq!(join(&Value::List(vec![Value::Null]), Separator::Pipe), None);
        assert_eq!(
            join(&Value::from(vec!["", "a"]), Separator::Comma).unwrap(),
            ",a"
        );
    }

    #[test]
    fn what_cannot_be_joined_is_json() {
        let object = || {
            let mut members = Params::new();
            members.set("k", vec!["p", "q"]);
            Value::from(members)
        };
        assert_eq!(
            join(&object(), Separator::Comma).unwrap(),
            r#"{"k":["p","q"]}"#
        );
        let list = Value::List(vec!["a".into(), object(), Value::Null]);
        assert_eq!(
            join(&list, Separator::Comma).unwrap(),
            r#"a,{"k":["p","q"]}"#
        );
    }
}
