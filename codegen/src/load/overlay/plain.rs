//! The trees themselves: looking up and replacing entries of mappings.

use crate::load::yaml::{Node, Value};
use crate::spec::Spanned;

/// The entries of a mapping.
pub(super) type Entries = Vec<(Spanned<String>, Node)>;

/// The entries of a node that is a mapping.
pub(super) fn mapping(node: &Node) -> Option<&Entries> {
    match &node.value {
        Value::Mapping(entries) => Some(entries),
        _ => None,
    }
}

/// The value of a key.
pub(super) fn entry<'n>(node: &'n mut Node, key: &str) -> Option<&'n mut Node> {
    match &mut node.value {
        Value::Mapping(entries) => entries
            .iter_mut()
            .find(|(known, _)| known.value == key)
            .map(|(_, node)| node),
        _ => None,
    }
}

/// Gives a key a value, in place of the one it had.
pub(super) fn set(node: &mut Node, key: Spanned<String>, value: Node) {
    if let Value::Mapping(entries) = &mut node.value {
        match entries
            .iter_mut()
            .find(|(known, _)| known.value == key.value)
        {
            Some(known) => *known = (key, value),
            None => entries.push((key, value)),
        }
    }
}

/// Takes keys away.
pub(super) fn remove(node: &mut Node, keys: &[&str]) {
    if let Value::Mapping(entries) = &mut node.value {
        entries.retain(|(known, _)| !keys.contains(&known.value.as_str()));
    }
}

/// Merges mappings key by key, however deep; anything else is replaced.
pub(super) fn merge(base: &mut Node, overlay: Node) {
    let Node { span, value } = overlay;
    match value {
        Value::Mapping(entries) if mapping(base).is_some() => {
            for (key, node) in entries {
                match entry(base, &key.value) {
                    Some(known) => merge(known, node),
                    None => set(base, key, node),
                }
            }
        }
        value => *base = Node { span, value },
    }
}
