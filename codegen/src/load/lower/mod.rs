//! From the YAML tree to the spec types, one small reader per thing a spec can say.
//!
//! Nothing here stops at the first problem: a reader reports what is wrong, leaves out or replaces just that part, and goes
//! on. What has a name keeps its name even when the rest of it is unreadable, so that one mistake is not reported again
//! wherever the name is used.

mod constraint;
mod cursor;
mod endpoint;
mod enumeration;
mod error_code;
mod example;
pub(crate) mod grammar;
mod json;
mod kind;
mod operation;
mod paging;
mod parameter;
mod responses;
mod rule;
mod schema;
mod service;
mod success;
mod value;
mod waiter;

pub(super) use self::operation::operation;
pub(super) use self::service::service;

use super::yaml::{Node, Value};
use crate::diagnostic::{Code, Diagnostic, Diagnostics, catalogue};
use crate::spec::{FileId, SourceMap, Span, Spanned};

/// What every reader needs: where to report, and the texts to name lines by.
pub(super) struct Lower<'a> {
    sources: &'a SourceMap,
    diagnostics: &'a mut Diagnostics,
}

impl<'a> Lower<'a> {
    pub(super) fn new(sources: &'a SourceMap, diagnostics: &'a mut Diagnostics) -> Self {
        Self {
            sources,
            diagnostics,
        }
    }

    /// The text of a file.
    pub(super) fn text_of(&self, file: FileId) -> &'a str {
        self.sources.text(file)
    }

    /// Whether a file is the importer's.
    fn is_imported(&self, file: FileId) -> bool {
        super::is_imported(self.sources.text(file))
    }

    /// Notes a problem.
    pub(super) fn report(&mut self, code: &'static Code, span: Span, message: impl Into<String>) {
        self.diagnostics.report(code, span, message);
    }

    /// Notes a problem that is at hand.
    pub(super) fn push(&mut self, diagnostic: Diagnostic) {
        self.diagnostics.push(diagnostic);
    }

    /// Reports that something is given again, and where it was given first.
    fn repeated(&mut self, noun: &str, name: &Spanned<String>, first: Span) {
        let (line, _) = self.sources.line_column(first);
        let message = format!(
            "duplicate {noun} \"{}\"; first given at line {line}",
            name.value
        );
        self.report(catalogue::DUPLICATE_KEY, name.span, message);
    }
}
