//! Reading a mapping with known keys.
//!
//! A [`Cursor`] hands out the entries of a mapping by key and remembers which keys it was asked for. Whatever is left in the
//! end is a key that means nothing there. What it is asked for is held against the [`grammar`](super::grammar), which the
//! JSON Schema of the language is made of: a key that is in one of them only fails every test that reads a spec.

use std::collections::HashMap;

use super::grammar::Map;
use super::{Lower, Node, Span, Spanned, Value};
use crate::diagnostic::{catalogue, did_you_mean};

/// Up to this many keys, comparing each with each is faster than a table.
const FEW: usize = 16;

/// One entry of a mapping.
pub(super) struct Entry {
    pub(super) name: &'static str,
    pub(super) key: Span,
    pub(super) node: Node,
}

/// A mapping that is being read.
pub(super) struct Cursor {
    /// What the grammar says of it.
    grammar: &'static Map,
    /// What to point at when something is missing: the key the mapping stands under.
    pub(super) place: Span,
    /// The mapping itself.
    pub(super) span: Span,
    entries: Vec<(Spanned<String>, Node)>,
    asked: Vec<&'static str>,
}

impl Cursor {
    /// Starts to read a mapping; reports anything else, called `what`.
    pub(super) fn open(
        lower: &mut Lower<'_>,
        grammar: &'static Map,
        what: &str,
        place: Span,
        node: Node,
    ) -> Option<Self> {
        let span = node.span;
        let entries = lower.mapping(what, "key", node)?;
        Some(Self {
            grammar,
            place,
            span,
            entries,
            asked: Vec::new(),
        })
    }

    /// The entry of a key, if it was given.
    pub(super) fn take(&mut self, name: &'static str) -> Option<Entry> {
        debug_assert!(
            self.grammar.has(name),
            "the grammar of \"{}\" lacks the key \"{name}\"",
            self.grammar.name
        );
        self.asked.push(name);
        let at = self.entries.iter().position(|(key, _)| key.value == name)?;
        let (key, node) = self.entries.swap_remove(at);
        let key = key.span;
        Some(Entry { name, key, node })
    }

    /// The entry of a key that must be given; `remedy` says what to write.
    pub(super) fn require(
        &mut self,
        lower: &mut Lower<'_>,
        name: &'static str,
        remedy: &str,
    ) -> Option<Entry> {
        let entry = self.take(name);
        if entry.is_none() {
            lower.report(
                catalogue::MISSING_KEY,
                self.place,
                format!("missing key \"{name}\"; {remedy}"),
            );
        }
        entry
    }

    /// Reports the keys nobody asked for.
    pub(super) fn finish(self, lower: &mut Lower<'_>) {
        debug_assert!(
            self.grammar.all_among(&self.asked),
            "the grammar of \"{}\" has a key that nothing reads, besides {:?}",
            self.grammar.name,
            self.asked
        );
        for (key, _) in self.entries {
            let asked = self.asked.iter().copied();
            let remedy = match did_you_mean(&key.value, asked.clone()) {
                close if !close.is_empty() => close,
                _ => format!("; expected one of {}", quoted(asked)),
            };
            lower.report(
                catalogue::UNKNOWN_KEY,
                key.span,
                format!("unknown key \"{}\"{remedy}", key.value),
            );
        }
    }
}

/// Words in quotes, separated by commas.
pub(super) fn quoted<'w>(words: impl IntoIterator<Item = &'w str>) -> String {
    let words: Vec<String> = words
        .into_iter()
        .map(|word| format!("\"{word}\""))
        .collect();
    words.join(", ")
}

impl Lower<'_> {
    /// The entries of a mapping with free keys, each key once. `noun` is what a key is.
    pub(in crate::load) fn mapping(
        &mut self,
        what: &str,
        noun: &str,
        node: Node,
    ) -> Option<Vec<(Spanned<String>, Node)>> {
        match node.value {
            Value::Mapping(entries) => Some(self.once(noun, entries)),
            _ => {
                let message = format!("{what} must be a mapping, not {}", node.describe());
                self.report(catalogue::WRONG_SHAPE, node.span, message);
                None
            }
        }
    }

    /// The entries without those whose key was there before.
    fn once(
        &mut self,
        noun: &str,
        entries: Vec<(Spanned<String>, Node)>,
    ) -> Vec<(Spanned<String>, Node)> {
        let again = repeats(&entries);
        if again.is_empty() {
            return entries;
        }
        for (at, first) in &again {
            if let (Some((key, _)), Some((first, _))) = (entries.get(*at), entries.get(*first)) {
                self.repeated(noun, key, first.span);
            }
        }
        // Both are in order, so one pass over them is enough.
        let mut again = again.into_iter().map(|(at, _)| at).peekable();
        let kept = entries.into_iter().enumerate();
        kept.filter_map(|(at, entry)| match again.next_if_eq(&at) {
            Some(_) => None,
            None => Some(entry),
        })
        .collect()
    }
}

/// The positions of keys that were there before, each with the position of the first.
fn repeats(entries: &[(Spanned<String>, Node)]) -> Vec<(usize, usize)> {
    let keys = || {
        entries
            .iter()
            .map(|(key, _)| key.value.as_str())
            .enumerate()
    };
    if entries.len() <= FEW {
        let first = |key: &str| keys().position(|(_, other)| other == key);
        let found = keys().filter_map(|(at, key)| Some((at, first(key)?)));
        return found.filter(|(at, first)| at != first).collect();
    }
    let mut seen = HashMap::new();
    keys()
        .filter_map(|(at, key)| match *seen.entry(key).or_insert(at) {
            first if first == at => None,
            first => Some((at, first)),
        })
        .collect()
}
