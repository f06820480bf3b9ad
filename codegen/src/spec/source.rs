//! Source positions: which file, which bytes, and how a reader finds them.

use std::path::{Path, PathBuf};
use std::sync::OnceLock;

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
    /// Where each line starts, once somebody asks.
    lines: OnceLock<Vec<usize>>,
}

impl SourceFile {
    fn lines(&self) -> &[usize] {
        let newlines = || self.text.match_indices('\n').map(|(at, _)| at + 1);
        self.lines
            .get_or_init(|| std::iter::once(0).chain(newlines()).collect())
    }
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
        self.files.push(SourceFile {
            path,
            text,
            lines: OnceLock::new(),
        });
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
        let (line, start) = self.line_start(span);
        let before = self.text(span.file).get(start..span.start as usize);
        (line, before.unwrap_or_default().chars().count() + 1)
    }

    /// The line a position is on, from 1, and where it starts.
    fn line_start(&self, span: Span) -> (usize, usize) {
        let file = self.files.get(span.file.0 as usize);
        let starts = file.map(SourceFile::lines).unwrap_or_default();
        let line = starts.partition_point(|start| *start <= span.start as usize);
        let start = starts.get(line.saturating_sub(1)).copied();
        (line.max(1), start.unwrap_or_default())
    }

    /// The whole line a span starts on, without its newline.
    #[must_use]
    pub fn line(&self, span: Span) -> &str {
        let (_, start) = self.line_start(span);
        let line = self.text(span.file).get(start..);
        line.and_then(|rest| rest.lines().next())
            .unwrap_or_default()
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
