//! Taking notes: what is noticed on the way, with the place it was noticed at.

use super::report::{Finding, Kind};

/// What was noticed so far, and where we are.
#[derive(Debug, Default)]
pub(super) struct Notes {
    operation: Option<String>,
    trail: Vec<String>,
    findings: Vec<Finding>,
}

impl Notes {
    /// Starts with an operation; `None` for the service.
    pub(super) fn enter(&mut self, operation: Option<&str>) {
        self.operation = operation.map(str::to_owned);
        self.trail.clear();
    }

    /// Steps into a part.
    pub(super) fn push(&mut self, segment: &str) {
        self.trail.push(segment.to_owned());
    }

    /// Steps out again.
    pub(super) fn pop(&mut self) {
        self.trail.pop();
    }

    /// Notes something about the place we are at.
    pub(super) fn note(&mut self, kind: Kind, detail: impl Into<String>) {
        let path = self.trail.join(".");
        self.at(kind, path, detail);
    }

    /// Notes something about another place of the operation.
    pub(super) fn at(&mut self, kind: Kind, path: impl Into<String>, detail: impl Into<String>) {
        self.findings.push(Finding {
            kind,
            operation: self.operation.clone(),
            path: path.into(),
            detail: detail.into(),
        });
    }

    /// Everything noticed, in order.
    pub(super) fn finish(self) -> Vec<Finding> {
        self.findings
    }
}
