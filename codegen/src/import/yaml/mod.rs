//! Writing drafts down as YAML, in the style of the specs that people write.

mod operation;
mod scalar;
mod schema;
mod service;

use std::fmt::Write as _;

pub(super) use self::operation::{effect_word, operation};
pub(super) use self::service::service;
use super::draft::Errors;
use crate::language::{self, FileKind};
use crate::load::IMPORTED;

/// A file being written: lines of `key: value`, the deeper the further in.
pub(super) struct Page {
    text: String,
    indent: usize,
}

/// How many columns a level takes.
const STEP: usize = 2;

/// Lists that fit into a line of this length are written in one.
const WIDTH: usize = 110;

impl Page {
    /// Starts a file of that name, without the ending. What people know beyond it goes into its overlay.
    fn new(stem: &str) -> Self {
        let line = language::line(FileKind::of(stem));
        Self::after(format!(
            "{IMPORTED} What people know beyond it goes into {stem}.overlay.yaml.\n{line}"
        ))
    }

    /// Goes on after some lines.
    pub(super) fn after(text: String) -> Self {
        Self { text, indent: 0 }
    }

    /// An empty line, to set parts apart.
    pub(super) fn gap(&mut self) {
        self.text.push('\n');
    }

    /// `key: value`, quoted where it must be.
    pub(super) fn entry(&mut self, key: &str, value: &str) {
        let value = scalar::value(value, self.indent);
        self.raw(key, &value);
    }

    /// `key: value`, if there is a value.
    fn entry_if(&mut self, key: &str, value: Option<&String>) {
        if let Some(value) = value {
            self.entry(key, value);
        }
    }

    /// `key: value` with a value that is YAML already.
    pub(super) fn raw(&mut self, key: &str, value: &str) {
        let indent = self.indent;
        let _ = writeln!(self.text, "{:indent$}{}: {value}", "", scalar::key(key));
    }

    /// `key:` with what `inside` writes below it.
    pub(super) fn block(&mut self, key: &str, inside: impl FnOnce(&mut Self)) {
        let indent = self.indent;
        let _ = writeln!(self.text, "{:indent$}{}:", "", scalar::key(key));
        self.indent += STEP;
        inside(self);
        self.indent -= STEP;
    }

    /// `key: [a, b]`, or one item to a line when that would be too long.
    pub(super) fn list<'t>(&mut self, key: &str, items: impl Iterator<Item = &'t str>) {
        self.raw_list(key, items.map(scalar::inline).collect());
    }

    /// The same with items that are YAML already.
    fn raw_list(&mut self, key: &str, items: Vec<String>) {
        let width = self.indent
            + key.len()
            + items
                .iter()
                .map(|item| item.chars().count() + 2)
                .sum::<usize>();
        if width <= WIDTH {
            return self.raw(key, &format!("[{}]", items.join(", ")));
        }
        self.block(key, |page| {
            for item in items {
                let indent = page.indent;
                let _ = writeln!(page.text, "{:indent$}- {item}", "");
            }
        });
    }

    /// Error codes by status.
    fn errors(&mut self, errors: &Errors) {
        if errors.is_empty() {
            return;
        }
        self.gap();
        self.block("errors", |page| {
            for (status, codes) in errors {
                page.codes(&status.to_string(), codes);
            }
        });
    }

    fn codes(&mut self, status: &str, codes: &[(String, Option<String>)]) {
        if codes.iter().all(|(_, meaning)| meaning.is_none()) {
            return self.list(status, codes.iter().map(|(code, _)| code.as_str()));
        }
        self.block(status, |page| {
            for (code, meaning) in codes {
                match meaning {
                    Some(meaning) => page.block(code, |page| page.entry("meaning", meaning)),
                    None => page.raw(code, "{}"),
                }
            }
        });
    }

    /// An item of a list, its first entry and what `inside` writes below that.
    pub(super) fn item(&mut self, inside: impl FnOnce(&mut Self)) {
        let start = self.text.len();
        self.indent += STEP;
        inside(self);
        self.indent -= STEP;
        let dash = start + self.indent;
        if self.text.is_char_boundary(dash) && self.text[dash..].starts_with(' ') {
            self.text.replace_range(dash..=dash, "-");
        }
    }

    /// The text of the file.
    pub(super) fn finish(self) -> String {
        self.text
    }
}
