//! Constants for error codes.
//!
//! Codes are open strings and differ in little more than punctuation. A constant is named after the words of its code;
//! where two codes would share a name, the punctuation is spelled out in both. Templates, codes with spaces and codes in
//! other scripts get no constant.

use std::collections::BTreeMap;

use super::super::docs::sanitize;
use super::super::names::words;
use super::super::{CodeConstant, Operation};
use crate::spec::{ErrorCode, Service};

pub(super) fn constants(service: &Service, operations: &[Operation]) -> Vec<CodeConstant> {
    let mut meanings: BTreeMap<&str, Option<&str>> = BTreeMap::new();
    let listed = operations.iter().flat_map(|operation| &operation.errors);
    for ErrorCode { code, meaning, .. } in service.errors.iter().chain(listed) {
        let entry = meanings.entry(code.value.trim()).or_default();
        *entry = entry.or(meaning.as_deref());
    }
    let codes: Vec<_> = meanings
        .into_iter()
        .filter(|(code, _)| has_constant(code))
        .collect();
    let mut plain: BTreeMap<String, usize> = BTreeMap::new();
    for (code, _) in &codes {
        *plain.entry(screaming(code)).or_default() += 1;
    }
    let mut constants: BTreeMap<String, CodeConstant> = BTreeMap::new();
    for (code, meaning) in codes {
        let shared = plain.get(&screaming(code)).is_some_and(|count| *count > 1);
        let name = if shared {
            spelled(code)
        } else {
            screaming(code)
        };
        let constant = CodeConstant {
            name: name.clone(),
            code: code.to_owned(),
            meaning: meaning.map(sanitize),
        };
        constants.entry(name).or_insert(constant);
    }
    constants.into_values().collect()
}

fn has_constant(code: &str) -> bool {
    code.is_ascii()
        && code.contains(|c: char| c.is_ascii_alphanumeric())
        && !code.contains(|c: char| c == '%' || c.is_ascii_whitespace())
}

fn screaming(code: &str) -> String {
    let name = words(code).join("_").to_ascii_uppercase();
    if name.starts_with(|c: char| c.is_ascii_digit()) {
        format!("CODE_{name}")
    } else {
        name
    }
}

fn spelled(code: &str) -> String {
    screaming(
        &code
            .replace('.', " Dot ")
            .replace('_', " Underscore ")
            .replace('-', " Hyphen "),
    )
}
