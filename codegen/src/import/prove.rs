//! Proving examples: an example answer in a spec is a test of it, so one that does not fit its schema is left out.
//!
//! The files are loaded and checked as they will be, but from memory: what comes out of an import must not depend on what
//! lies in the spec folder.

use std::collections::HashSet;

use super::draft::{Answer, Service};
use super::report::{Finding, Kind};
use crate::check::check;
use crate::diagnostic::{Diagnostic, Diagnostics};
use crate::emit::Files;
use crate::load;
use crate::spec::{Example, Span};

/// Takes the examples that do not fit out of a service whose files are given. True when there were any.
pub(super) fn prove(service: &mut Service, files: &Files, findings: &mut Vec<Finding>) -> bool {
    let mut diagnostics = Diagnostics::default();
    let loaded = load::texts(files, &mut diagnostics);
    check(&loaded, &mut diagnostics);
    let problems = diagnostics.sorted();
    let mut dropped = false;
    for operation in loaded
        .services
        .iter()
        .flat_map(|service| &service.operations)
    {
        let wrong: HashSet<usize> = wrong(&operation.examples, &problems).collect();
        let draft = service
            .operations
            .iter_mut()
            .find(|draft| draft.wire == operation.name.value);
        let Some(draft) = draft.filter(|_| !wrong.is_empty()) else {
            continue;
        };
        dropped = true;
        let mut at = 0;
        draft.examples.retain(|Answer { format, .. }| {
            let keep = !wrong.contains(&at);
            at += 1;
            if !keep {
                findings.push(Finding {
                    kind: Kind::DroppedExample,
                    operation: Some(draft.wire.clone()),
                    path: String::new(),
                    detail: (*format).to_owned(),
                });
            }
            keep
        });
    }
    dropped
}

/// The positions of examples that something is wrong with.
fn wrong<'p>(
    examples: &'p [Example],
    problems: &'p [Diagnostic],
) -> impl Iterator<Item = usize> + 'p {
    let contains = |example: &Example, span: Span| {
        let whole = example.span;
        whole.file == span.file && whole.start <= span.start && span.start <= whole.end
    };
    let is_wrong = move |example: &Example| {
        problems
            .iter()
            .any(|problem| contains(example, problem.span))
    };
    examples
        .iter()
        .enumerate()
        .filter(move |(_, example)| is_wrong(example))
        .map(|(at, _)| at)
}
