//! From the positions of the YAML parser, which count characters, to spans, which count bytes.

use saphyr_parser as yaml;

use crate::spec::{FileId, Span};

/// The byte offset of every character of one file.
pub(super) struct Places<'t> {
    file: FileId,
    text: &'t str,
    /// Left empty for ASCII, where a character is a byte.
    offsets: Vec<u32>,
}

impl<'t> Places<'t> {
    pub(super) fn new(file: FileId, text: &'t str) -> Self {
        let offsets = match text.is_ascii() {
            true => Vec::new(),
            false => text
                .char_indices()
                .map(|(offset, _)| narrow(offset))
                .collect(),
        };
        Self {
            file,
            text,
            offsets,
        }
    }

    /// The span of what the parser read, without white space at its end.
    pub(super) fn span(&self, span: yaml::Span) -> Span {
        let start = self.offset(span.start.index());
        let end = self.offset(span.end.index()).max(start);
        let read = self.text.get(start..end).unwrap_or_default();
        Span {
            file: self.file,
            start: narrow(start),
            end: narrow(start + read.trim_end().len()),
        }
    }

    /// The span of one character.
    pub(super) fn character(&self, index: usize) -> Span {
        self.between(self.offset(index), self.offset(index + 1))
    }

    /// The last line before a character that holds more than a comment, without its indentation.
    pub(super) fn line_before(&self, index: usize) -> Span {
        let before = self.text.get(..self.offset(index)).unwrap_or_default();
        let mut end = before.len();
        for line in before.split_inclusive('\n').rev() {
            let start = end - line.len();
            let content = line.trim();
            if !content.is_empty() && !content.starts_with('#') {
                let start = start + (line.len() - line.trim_start().len());
                return self.between(start, start + content.len());
            }
            end = start;
        }
        self.character(index)
    }

    /// Whether a character lies beyond the last one.
    pub(super) fn is_end(&self, index: usize) -> bool {
        self.offset(index) == self.text.len()
    }

    /// Where the file ends.
    pub(super) fn end(&self) -> Span {
        self.between(self.text.len(), self.text.len())
    }

    fn between(&self, start: usize, end: usize) -> Span {
        Span {
            file: self.file,
            start: narrow(start),
            end: narrow(end),
        }
    }

    fn offset(&self, index: usize) -> usize {
        let end = self.text.len();
        match self.offsets.is_empty() {
            true => index.min(end),
            false => self
                .offsets
                .get(index)
                .map_or(end, |offset| *offset as usize),
        }
    }
}

/// Files are far smaller than 4 GiB: `load` refuses bigger ones.
fn narrow(offset: usize) -> u32 {
    u32::try_from(offset).unwrap_or(u32::MAX)
}
