//! Diagnostics: what is wrong with a spec, where, and what to do about it.
//!
//! Every kind of problem has a code, and the `catalogue` says what each means. Diagnostics are shown to people as text
//! ([`Diagnostic::render`]) and to programs as JSON or SARIF (`export`).

pub mod catalogue;
mod code;
pub mod export;

pub use code::{Code, SERVICE, Severity};

use std::fmt::Write as _;
use std::path::Path;

use crate::spec::{SourceMap, Span};

/// One problem, at one place.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Diagnostic {
    /// Where.
    pub span: Span,
    /// What, and the remedy: one line, lower case, no full stop.
    pub message: String,
    /// Which kind of problem it is.
    pub code: &'static Code,
}

impl Diagnostic {
    /// Makes a diagnostic.
    pub fn new(code: &'static Code, span: Span, message: impl Into<String>) -> Self {
        Self {
            span,
            message: message.into(),
            code,
        }
    }

    /// Renders as `file:line:column: error[code]: message`, the line below it and the place marked.
    ///
    /// ```text
    /// api-specs/dts/2020-01-01/StartDtsJob.yaml:14:11: error[S012]: unknown type "strng"; did you mean "string"?
    ///    |
    /// 14 |     type: strng
    ///    |           ^^^^^
    /// ```
    #[must_use]
    pub fn render(&self, sources: &SourceMap) -> String {
        let (line, column) = sources.line_column(self.span);
        let (path, code) = (shown(sources.path(self.span.file)), self.code);
        let mut out = format!(
            "{path}:{line}:{column}: {}[{}]: {}\n",
            code.severity.name(),
            code.id,
            self.message
        );
        let text = sources.line(self.span);
        if text.trim().is_empty() {
            return out;
        }
        let gutter = line.to_string();
        let blank = " ".repeat(gutter.len());
        let width = (self.span.end.saturating_sub(self.span.start) as usize).max(1);
        let marked: String = text
            .chars()
            .skip(column - 1)
            .scan(0, |bytes, c| {
                *bytes += c.len_utf8();
                (*bytes <= width).then_some('^')
            })
            .collect();
        let indent: String = text
            .chars()
            .take(column - 1)
            .map(|c| if c == '\t' { '\t' } else { ' ' })
            .collect();
        let marks = if marked.is_empty() { "^" } else { &marked };
        let _ = write!(
            out,
            "{blank} |\n{gutter} | {text}\n{blank} | {indent}{marks}\n"
        );
        out
    }
}

/// A path as it is shown: with forward slashes.
fn shown(path: &Path) -> String {
    path.display().to_string().replace('\\', "/")
}

/// Every problem found so far.
#[derive(Clone, Debug, Default)]
pub struct Diagnostics {
    list: Vec<Diagnostic>,
}

impl Diagnostics {
    /// Notes a problem.
    pub fn report(&mut self, code: &'static Code, span: Span, message: impl Into<String>) {
        self.list.push(Diagnostic::new(code, span, message));
    }

    /// Notes a problem that is at hand.
    pub fn push(&mut self, diagnostic: Diagnostic) {
        self.list.push(diagnostic);
    }

    /// Whether nothing is wrong.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.list.is_empty()
    }

    /// The problems, by file and place, each once.
    #[must_use]
    pub fn sorted(mut self) -> Vec<Diagnostic> {
        self.list.sort();
        self.list.dedup();
        self.list
    }
}

/// `; did you mean "…"?` when one of the candidates is close to what was written, else nothing.
pub fn did_you_mean<'a>(written: &str, candidates: impl IntoIterator<Item = &'a str>) -> String {
    let best = candidates
        .into_iter()
        .map(|candidate| {
            (
                strsim::damerau_levenshtein(&written.to_lowercase(), &candidate.to_lowercase()),
                candidate,
            )
        })
        .min_by_key(|(distance, _)| *distance);
    match best {
        Some((distance, candidate)) if distance <= written.chars().count().max(3) / 3 => {
            format!("; did you mean \"{candidate}\"?")
        }
        _ => String::new(),
    }
}
