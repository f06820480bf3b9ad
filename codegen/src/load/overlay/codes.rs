//! Error codes and enum values: lists that people add to and explain.
//!
//! Both are written as a list of names or as a mapping from each name to what is known of it, and an overlay may have the
//! one where the base has the other. A list becomes a mapping then, with nothing known yet. Enum values given as a list
//! replace those there were; codes are always added.

use super::Merge;
use super::plain::{Entries, entry, mapping, merge, set};
use crate::load::yaml::{Node, Value};
use crate::spec::Spanned;

impl Merge<'_, '_> {
    /// Merges error codes, status by status.
    pub(super) fn codes(&mut self, base: &mut Node, overlay: Node) {
        for (status, node) in self.entries("\"errors\"", overlay) {
            let Some(known) = entry(base, &status.value) else {
                set(base, status, node);
                continue;
            };
            *known = as_mapping(std::mem::replace(known, empty(status.span)));
            for (code, node) in self.entries("a status", as_mapping(node)) {
                match entry(known, &code.value) {
                    // That a code is listed again says nothing new.
                    Some(_) if node.is_empty() => {}
                    Some(said) => merge(said, node),
                    None => set(known, code, node),
                }
            }
        }
    }
}

/// Merges the values of an enum.
pub(super) fn merge_values(base: &mut Node, overlay: Node) {
    if mapping(&overlay).is_none() || matches!(base.value, Value::Scalar { .. }) {
        *base = overlay;
        return;
    }
    *base = as_mapping(std::mem::replace(base, empty(overlay.span)));
    let Value::Mapping(values) = overlay.value else {
        return;
    };
    for (value, node) in values {
        match entry(base, &value.value) {
            Some(_) if node.is_empty() => {}
            Some(known) => meaning(known, node),
            None => set(base, value, node),
        }
    }
}

/// Merges what is said of a value: a text, or a mapping with the text under `description`.
fn meaning(base: &mut Node, overlay: Node) {
    if mapping(base).is_some() || mapping(&overlay).is_some() {
        *base = described(std::mem::replace(base, empty(overlay.span)));
        merge(base, described(overlay));
    } else {
        *base = overlay;
    }
}

fn described(node: Node) -> Node {
    if mapping(&node).is_some() {
        return node;
    }
    let span = node.span;
    let key = Spanned::new("description".to_owned(), span);
    let entries = if node.is_empty() {
        Vec::new()
    } else {
        vec![(key, node)]
    };
    Node {
        span,
        value: Value::Mapping(entries),
    }
}

/// A list of names as a mapping from each to nothing; anything else as it is.
fn as_mapping(node: Node) -> Node {
    let Value::Sequence(items) = &node.value else {
        return node;
    };
    // Something else in the list is for the reader of the tree to report.
    if items
        .iter()
        .any(|item| !matches!(item.value, Value::Scalar { .. }))
    {
        return node;
    }
    let Value::Sequence(items) = node.value else {
        return node;
    };
    let mut entries = Entries::with_capacity(items.len());
    for item in items {
        if let Value::Scalar { text, .. } = item.value {
            entries.push((Spanned::new(text, item.span), empty(item.span)));
        }
    }
    Node {
        span: node.span,
        value: Value::Mapping(entries),
    }
}

/// Nothing, at a place.
fn empty(span: crate::spec::Span) -> Node {
    Node {
        span,
        value: Value::Scalar {
            text: String::new(),
            plain: true,
        },
    }
}
