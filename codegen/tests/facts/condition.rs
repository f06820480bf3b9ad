//! Conditions, read from the short sentences that state them.

use alicloud_codegen::spec::{Operation, Rule, RuleKind, Service};

use crate::lookup::{find, values};

/// A rule that a sentence asks for.
#[derive(Debug)]
pub(crate) enum Wanted {
    /// Required when that parameter has that value.
    When(String, String),
    /// One of this and that parameter is required.
    Else(String),
    /// This and that parameter go together.
    With(String),
    /// It names no parameter, and says when all the same.
    Unclear,
}

impl Wanted {
    /// Whether a rule says so of a parameter.
    pub(crate) fn is_met_by(&self, rule: &Rule, parameter: &str) -> bool {
        let about = |name: &str| rule.parameters.iter().any(|other| other.value == name);
        match (self, &rule.kind) {
            (Self::When(other, value), RuleKind::RequiredWhen(condition)) => {
                about(parameter)
                    && condition.parameter.value == *other
                    && condition.values.iter().any(|known| known.value == *value)
            }
            (Self::Else(other), RuleKind::AtLeastOneOf | RuleKind::ExactlyOneOf) => {
                about(parameter) && about(other)
            }
            (Self::With(other), RuleKind::RequiredWith(with)) => {
                about(parameter) && with.value == *other || about(other) && with.value == parameter
            }
            _ => false,
        }
    }
}

/// What a sentence about a parameter asks for. Empty when it speaks of things no parameter tells.
pub(crate) fn conditions(
    service: &Service,
    operation: &Operation,
    parameter: &str,
    stated: &str,
) -> Vec<Wanted> {
    let mut wanted = Vec::new();
    for clause in without_asides(stated).split(';') {
        let words: Vec<&str> = clause
            .split(|c: char| !(c.is_alphanumeric() || matches!(c, '.' | '_' | '-' | '+')))
            .filter(|word| !word.is_empty())
            .collect();
        let mut subject = None;
        for (at, word) in words.iter().enumerate() {
            if *word != parameter && find(operation, word).is_some() {
                subject = Some(*word);
                wanted.extend(relation(&words[..at], &words[at + 1..], word));
            } else if let Some(other) = subject {
                let known = find(operation, other).map(|found| values(service, found.schema));
                let is_value = known.is_some_and(|known| known.contains(word)) || *word == "true";
                wanted.extend(is_value.then(|| Wanted::When(other.to_owned(), (*word).to_owned())));
            }
        }
    }
    wanted
}

/// The sentence without what stands in parentheses.
fn without_asides(stated: &str) -> String {
    let mut depth = 0_u32;
    let outside = |c: char| {
        match c {
            '(' => depth += 1,
            ')' => depth = depth.saturating_sub(1),
            _ => return depth == 0,
        }
        false
    };
    let mut text = stated.to_owned();
    text.retain(outside);
    text
}

/// What is said of another parameter, apart from its values.
fn relation(before: &[&str], after: &[&str], other: &str) -> Option<Wanted> {
    match (before, after) {
        (_, ["is", "absent", ..]) => Some(Wanted::Else(other.to_owned())),
        ([.., "goes", "with"], _) | (_, ["is", "given", ..]) => {
            Some(Wanted::With(other.to_owned()))
        }
        (_, ["is", ..]) => None,
        _ => Some(Wanted::Unclear),
    }
}
