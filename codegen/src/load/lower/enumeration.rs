//! Enums: lists of values, with or without what each value means.

use super::cursor::{Cursor, Entry};
use super::grammar;
use super::{Lower, Node, Spanned, Value};
use crate::diagnostic::catalogue;
use crate::spec::{EnumUse, EnumValue, NamedEnum};

/// Reads `enum:`, either the name of an enum of `service.yaml` or the values themselves.
pub(super) fn usage(lower: &mut Lower<'_>, entry: Entry) -> Option<EnumUse> {
    match entry.node.value {
        Value::Scalar { .. } => Some(EnumUse::Named(lower.text(Some(entry))?)),
        _ => {
            let span = entry.node.span;
            let values = values(lower, entry);
            (!values.is_empty()).then_some(EnumUse::Inline { span, values })
        }
    }
}

/// Reads the mapping `enums:` of `service.yaml`.
pub(super) fn named(lower: &mut Lower<'_>, entry: Option<Entry>) -> Vec<NamedEnum> {
    let Some(entry) = entry else {
        return Vec::new();
    };
    let entries = lower
        .mapping("\"enums\"", "key", entry.node)
        .unwrap_or_default();
    entries
        .into_iter()
        .map(|(name, node)| one(lower, name, node))
        .collect()
}

fn one(lower: &mut Lower<'_>, name: Spanned<String>, node: Node) -> NamedEnum {
    let mut found = NamedEnum {
        name,
        description: None,
        values: Vec::new(),
    };
    let what = format!("enum \"{}\"", found.name.value);
    if let Some(mut map) = Cursor::open(lower, &grammar::ENUM, &what, found.name.span, node) {
        found.description = lower.prose(map.take("description"));
        let entry = map.require(lower, "values", "list the values the enum is known to have");
        found.values = entry.map(|entry| values(lower, entry)).unwrap_or_default();
        map.finish(lower);
    }
    found
}

/// The values: a list, or a mapping from each value to what it means.
fn values(lower: &mut Lower<'_>, entry: Entry) -> Vec<EnumValue> {
    let Entry { name, key, node } = entry;
    let what = format!("an item of \"{name}\"");
    let values: Vec<EnumValue> = match node.value {
        Value::Sequence(items) => {
            let read = |item| Some(bare(lower.item(&what, item)?));
            items.into_iter().filter_map(read).collect()
        }
        Value::Mapping(_) => {
            let entries = lower.mapping(&what, "key", node).unwrap_or_default();
            let read = |(value, node)| described(lower, value, node);
            entries.into_iter().map(read).collect()
        }
        Value::Scalar { .. } => {
            let message = format!(
                "\"{name}\" must be a list or a mapping, not {}",
                node.describe()
            );
            lower.report(catalogue::WRONG_SHAPE, node.span, message);
            return Vec::new();
        }
    };
    if values.is_empty() {
        lower.report(
            catalogue::NO_VALUE,
            key,
            format!("\"{name}\" is empty; list the values or remove the key"),
        );
    }
    values
}

fn bare(value: Spanned<String>) -> EnumValue {
    EnumValue {
        value,
        description: None,
        name: None,
    }
}

/// A value with nothing, with its meaning, or with a mapping that has its meaning and a Rust name.
fn described(lower: &mut Lower<'_>, value: Spanned<String>, node: Node) -> EnumValue {
    let mut found = bare(value);
    let what = format!("value \"{}\"", found.value.value);
    match node.value {
        Value::Scalar { .. } if node.is_empty() => {}
        Value::Scalar { text, .. } => found.description = Some(text.trim_end().to_owned()),
        _ => {
            if let Some(mut map) =
                Cursor::open(lower, &grammar::ENUM_VALUE, &what, found.value.span, node)
            {
                found.description = lower.prose(map.take("description"));
                found.name = lower.text(map.take("name"));
                map.finish(lower);
            }
        }
    }
    found
}
