//! Source positions: which file, which bytes, and how a reader finds them.

use std::path::{Path, PathBuf};

/// Names one file of a [`SourceMap`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct FileId(pub u32);

/// A range of bytes in one source file.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Span {
    /// The file.
    pub file: FileId,
    /// The first byte.
    pub start: u32,
    /// One past the last byte.
    pub end: u32,
}

impl Span {
    /// The very beginning of a file, for problems that concern the file as a whole.
    #[must_use]
    pub fn start_of(file: FileId) -> Self {
        Self {
            file,
            start: 0,
            end: 0,
        }
    }
}

/// A value and where it was written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Spanned<T> {
    /// The value.
    pub value: T,
    /// Where it was written.
    pub span: Span,
}

impl<T> Spanned<T> {
    /// Puts a value and its place together.
    pub fn new(value: T, span: Span) -> Self {
        Self { value, span }
    }
}

/// One file as it was read.
#[derive(Clone, Debug)]
pub struct SourceFile {
    /// The path shown to people: relative, with forward slashes.
    pub path: PathBuf,
    /// The whole text; empty for a file that is not UTF-8.
    pub text: String,
}

/// Every file that was read, so that a [`Span`] can be shown as `file:line:column` with the line itself.
#[derive(Clone, Debug, Default)]
pub struct SourceMap {
    files: Vec<SourceFile>,
}

impl SourceMap {
    /// Adds a file and names it.
    pub fn add(&mut self, path: PathBuf, text: String) -> FileId {
        let id = FileId(u32::try_from(self.files.len()).unwrap_or(u32::MAX));
        self.files.push(SourceFile { path, text });
        id
    }

    /// The path of a file, as people are shown it.
    #[must_use]
    pub fn path(&self, file: FileId) -> &Path {
        self.files
            .get(file.0 as usize)
            .map_or(Path::new(""), |file| &file.path)
    }

    /// The text of a file.
    #[must_use]
    pub fn text(&self, file: FileId) -> &str {
        self.files
            .get(file.0 as usize)
            .map_or("", |file| &file.text)
    }

    /// Line and column of a span's start, both from 1, the column counted in characters.
    #[must_use]
    pub fn line_column(&self, span: Span) -> (usize, usize) {
        let text = self.text(span.file);
        let before = text.get(..span.start as usize).unwrap_or(text);
        let line_start = before.rfind('\n').map_or(0, |newline| newline + 1);
        let line = before.bytes().filter(|byte| *byte == b'\n').count() + 1;
        (line, before[line_start..].chars().count() + 1)
    }

    /// The whole line a span starts on, without its newline.
    #[must_use]
    pub fn line(&self, span: Span) -> &str {
        let text = self.text(span.file);
        let before = text.get(..span.start as usize).unwrap_or(text);
        let line_start = before.rfind('\n').map_or(0, |newline| newline + 1);
        text[line_start..].lines().next().unwrap_or("")
    }
}

/// The name of the file, without its ending, that holds an operation: the operation's own, with whatever a file name
/// cannot hold on some system written as `%` and two digits, and so that it never looks like a file of another kind.
#[must_use]
pub fn file_stem(operation: &str) -> String {
    let reserved = matches!(operation, "service")
        || operation.starts_with('.')
        || operation.ends_with(['.', ' ']);
    let overlay = operation.ends_with(".overlay");
    let mut stem = String::with_capacity(operation.len());
    for (at, c) in operation.char_indices() {
        let odd = c.is_control()
            || "<>:\"/\\|?*%".contains(c)
            || at == 0 && reserved
            || overlay && c == '.';
        if odd {
            let mut bytes = [0; 4];
            stem.extend(
                c.encode_utf8(&mut bytes)
                    .bytes()
                    .map(|byte| format!("%{byte:02X}")),
            );
        } else {
            stem.push(c);
        }
    }
    stem
}
