//! Looking things up in JSON that may be anything.
//!
//! What is not of the kind asked for is absent. Numbers and booleans are asked for as text, because most of the metadata
//! writes them in quotes and the rest does not.

use serde_json::Value;

/// The value under a key, if it is not null.
pub(in crate::import) fn member<'v>(value: &'v Value, key: &str) -> Option<&'v Value> {
    value.get(key).filter(|found| !found.is_null())
}

/// The text under a key, without the spaces around it; `None` when nothing is left.
pub(in crate::import) fn text<'v>(value: &'v Value, key: &str) -> Option<&'v str> {
    let text = member(value, key)?.as_str()?.trim();
    (!text.is_empty()).then_some(text)
}

/// A scalar as text.
pub(in crate::import) fn scalar(value: &Value) -> Option<String> {
    match value {
        Value::String(text) => Some(text.clone()),
        Value::Number(number) => Some(number.to_string()),
        Value::Bool(flag) => Some(flag.to_string()),
        _ => None,
    }
}

/// Whether something is said to be so.
pub(in crate::import) fn flag(value: &Value, key: &str) -> bool {
    said(value, key) == Some(true)
}

/// What is said of something, if anything.
pub(in crate::import) fn said(value: &Value, key: &str) -> Option<bool> {
    match member(value, key)? {
        Value::Bool(flag) => Some(*flag),
        Value::String(text) => text.trim().parse().ok(),
        _ => None,
    }
}

/// The items of the list under a key.
pub(in crate::import) fn items<'v>(
    value: &'v Value,
    key: &str,
) -> impl Iterator<Item = &'v Value> + use<'v> {
    member(value, key)
        .and_then(Value::as_array)
        .into_iter()
        .flatten()
}

/// The texts of the list under a key.
pub(in crate::import) fn texts<'v>(
    value: &'v Value,
    key: &str,
) -> impl Iterator<Item = &'v str> + use<'v> {
    items(value, key).filter_map(Value::as_str)
}

/// The entries of the mapping under a key, in the order written.
pub(in crate::import) fn entries<'v>(
    value: &'v Value,
    key: &str,
) -> impl Iterator<Item = (&'v str, &'v Value)> + use<'v> {
    let map = member(value, key).and_then(Value::as_object);
    map.into_iter()
        .flatten()
        .map(|(key, value)| (key.as_str(), value))
}

/// Whether the mapping under a key is there and has something in it.
pub(in crate::import) fn has_entries(value: &Value, key: &str) -> bool {
    entries(value, key).next().is_some()
}
