//! Diagnostics for programs: as JSON of our own, and as SARIF 2.1.0, which code hosts and editors read.

use std::fmt::Write as _;

use serde_json::{Value, json};

use super::{Code, Diagnostic, Severity, catalogue, shown};
use crate::spec::{SourceMap, Span};

/// The diagnostics as one JSON object: `problems`, and how many `errors` and `warnings` there are among them.
#[must_use]
pub fn json(diagnostics: &[Diagnostic], sources: &SourceMap) -> Value {
    let problems: Vec<Value> = diagnostics
        .iter()
        .map(|problem| {
            let place = Place::of(problem.span, sources);
            json!({
                "code": problem.code.id,
                "severity": problem.code.severity.name(),
                "title": problem.code.title,
                "message": problem.message,
                "remedy": problem.code.remedy,
                "file": place.file,
                "line": place.start.0,
                "column": place.start.1,
                "end_line": place.end.0,
                "end_column": place.end.1,
                "snippet": sources.line(problem.span),
            })
        })
        .collect();
    json!({
        "problems": problems,
        "errors": count(diagnostics, Severity::Error),
        "warnings": count(diagnostics, Severity::Warning),
    })
}

/// How many of the diagnostics are that bad.
#[must_use]
pub fn count(diagnostics: &[Diagnostic], severity: Severity) -> usize {
    let counted = diagnostics
        .iter()
        .filter(|problem| problem.code.severity == severity);
    counted.count()
}

/// The diagnostics as a SARIF log with one run.
#[must_use]
pub fn sarif(diagnostics: &[Diagnostic], sources: &SourceMap) -> Value {
    let results: Vec<Value> = diagnostics
        .iter()
        .map(|problem| result(problem, sources))
        .collect();
    let rules: Vec<Value> = catalogue::all().map(rule).collect();
    json!({
        "$schema": "https://json.schemastore.org/sarif-2.1.0.json",
        "version": "2.1.0",
        "runs": [{
            "tool": {"driver": {
                "name": "cargo xtask check",
                "version": env!("CARGO_PKG_VERSION"),
                "rules": rules,
            }},
            "columnKind": "unicodeCodePoints",
            "results": results,
        }],
    })
}

fn rule(code: &Code) -> Value {
    json!({
        "id": code.id,
        "shortDescription": {"text": code.title},
        "fullDescription": {"text": code.explanation},
        "help": {"text": code.remedy},
        "defaultConfiguration": {"level": code.severity.name()},
    })
}

fn result(problem: &Diagnostic, sources: &SourceMap) -> Value {
    let place = Place::of(problem.span, sources);
    json!({
        "ruleId": problem.code.id,
        "ruleIndex": catalogue::all().position(|code| code.id == problem.code.id),
        "level": problem.code.severity.name(),
        "message": {"text": problem.message},
        "locations": [{"physicalLocation": {
            "artifactLocation": {"uri": uri(&place.file), "uriBaseId": "%SRCROOT%"},
            "region": {
                "startLine": place.start.0,
                "startColumn": place.start.1,
                "endLine": place.end.0,
                "endColumn": place.end.1,
            },
        }}],
    })
}

/// Where a span is, in lines and columns from 1; the end is one past the last character.
struct Place {
    file: String,
    start: (usize, usize),
    end: (usize, usize),
}

impl Place {
    fn of(span: Span, sources: &SourceMap) -> Self {
        let end = Span {
            start: span.end,
            ..span
        };
        Self {
            file: shown(sources.path(span.file)),
            start: sources.line_column(span),
            end: sources.line_column(end),
        }
    }
}

/// A path as a relative reference.
fn uri(path: &str) -> String {
    let mut out = String::with_capacity(path.len());
    for byte in path.bytes() {
        if byte.is_ascii_alphanumeric() || b"/-._~".contains(&byte) {
            out.push(char::from(byte));
        } else {
            let _ = write!(out, "%{byte:02X}");
        }
    }
    out
}
