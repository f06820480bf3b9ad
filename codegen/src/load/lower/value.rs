//! Reading single values: texts, booleans, counts and words out of a list.
//!
//! Booleans are those of the YAML 1.2 core schema, plain `true` and `false`; `yes`, `on` and quoted words are text.

use super::cursor::{Entry, quoted};
use super::{Lower, Node, Spanned, Value};
use crate::diagnostic::{catalogue, did_you_mean};

impl Lower<'_> {
    /// A text that must not be left empty.
    pub(super) fn text(&mut self, entry: Option<Entry>) -> Option<Spanned<String>> {
        let Entry { name, key, node } = entry?;
        if node.is_empty() {
            let message = format!("\"{name}\" has no value; write one after the colon");
            self.report(catalogue::NO_VALUE, key, message);
            return None;
        }
        self.scalar(name, node)
    }

    /// Prose: a text without the line end a block leaves behind.
    pub(super) fn prose(&mut self, entry: Option<Entry>) -> Option<String> {
        let mut text = self.text(entry)?.value;
        text.truncate(text.trim_end().len());
        Some(text)
    }

    /// The reason why something is deprecated; a bare `true` is none.
    pub(super) fn reason(&mut self, entry: Option<Entry>) -> Option<String> {
        let entry = entry?;
        if flag(&entry.node).is_some() {
            let message = "\"deprecated\" takes the reason, as text, not true or false";
            self.report(catalogue::WRONG_SHAPE, entry.node.span, message);
            return None;
        }
        self.prose(Some(entry))
    }

    /// `true` or `false`.
    pub(super) fn flag(&mut self, entry: Option<Entry>) -> Option<bool> {
        let Entry { name, node, .. } = entry?;
        let flag = flag(&node);
        if flag.is_none() {
            let message = format!("\"{name}\" must be true or false, without quotes");
            self.report(catalogue::WRONG_SHAPE, node.span, message);
        }
        flag
    }

    /// A whole number from zero up.
    pub(super) fn count(&mut self, entry: Option<Entry>) -> Option<u64> {
        let name = entry.as_ref()?.name;
        let text = self.text(entry)?;
        let count = text.value.parse().ok();
        if count.is_none() {
            let message = format!("\"{name}\" must be a whole number, not \"{}\"", text.value);
            self.report(catalogue::WRONG_SHAPE, text.span, message);
        }
        count
    }

    /// One word of a table; `noun` is what the word names.
    pub(super) fn keyword<T: Copy>(
        &mut self,
        noun: &str,
        table: &[(&'static str, T)],
        entry: Option<Entry>,
    ) -> Option<T> {
        let text = self.text(entry)?;
        self.word(noun, table, &text)
    }

    /// The meaning of a word in a table.
    pub(super) fn word<T: Copy>(
        &mut self,
        noun: &str,
        table: &[(&'static str, T)],
        text: &Spanned<String>,
    ) -> Option<T> {
        let found = table.iter().find(|(word, _)| *word == text.value);
        if let Some((_, meaning)) = found {
            return Some(*meaning);
        }
        let words = table.iter().map(|(word, _)| *word);
        let remedy = match did_you_mean(&text.value, words.clone()) {
            close if !close.is_empty() => close,
            _ => format!("; expected one of {}", quoted(words)),
        };
        self.report(
            catalogue::UNKNOWN_WORD,
            text.span,
            format!("unknown {noun} \"{}\"{remedy}", text.value),
        );
        None
    }

    /// A list of texts.
    pub(super) fn texts(&mut self, entry: Option<Entry>) -> Vec<Spanned<String>> {
        let Some(Entry { name, key, node }) = entry else {
            return Vec::new();
        };
        let Some(items) = self.list(name, node) else {
            return Vec::new();
        };
        if items.is_empty() {
            self.report(
                catalogue::NO_VALUE,
                key,
                format!("\"{name}\" is empty; list something or remove the key"),
            );
        }
        let what = format!("an item of \"{name}\"");
        items
            .into_iter()
            .filter_map(|item| self.item(&what, item))
            .collect()
    }

    /// The items of a list; `name` is the key it stands under.
    pub(super) fn list(&mut self, name: &str, node: Node) -> Option<Vec<Node>> {
        match node.value {
            Value::Sequence(items) => Some(items),
            _ => {
                let message = format!("\"{name}\" must be a list, not {}", node.describe());
                self.report(catalogue::WRONG_SHAPE, node.span, message);
                None
            }
        }
    }

    /// A scalar inside a collection, called `what`. An empty text must be quoted to count.
    pub(super) fn item(&mut self, what: &str, node: Node) -> Option<Spanned<String>> {
        match node.value {
            Value::Scalar { text, .. } if !text.is_empty() => Some(Spanned::new(text, node.span)),
            Value::Scalar { text, plain: false } => Some(Spanned::new(text, node.span)),
            _ => {
                let message = format!("{what} must be text, not {}", node.describe());
                self.report(catalogue::WRONG_SHAPE, node.span, message);
                None
            }
        }
    }

    fn scalar(&mut self, name: &str, node: Node) -> Option<Spanned<String>> {
        match node.value {
            Value::Scalar { text, .. } => Some(Spanned::new(text, node.span)),
            _ => {
                let message = format!("\"{name}\" must be text, not {}", node.describe());
                self.report(catalogue::WRONG_SHAPE, node.span, message);
                None
            }
        }
    }
}

/// What a plain `true` or `false` means.
pub(super) fn flag(node: &Node) -> Option<bool> {
    match &node.value {
        Value::Scalar { text, plain: true } => text.parse().ok(),
        _ => None,
    }
}
