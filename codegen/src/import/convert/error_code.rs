//! Error codes by status, of operations and of the service.

use serde_json::Value;

use super::super::draft::Errors;
use super::super::metadata::value::{member, scalar, text};
use super::super::report::Kind;
use super::Converter;
use super::operation::parts;

/// The codes an operation lists.
pub(super) fn of_operation(converter: &mut Converter<'_>, node: &Value) -> Errors {
    let mut errors = Errors::new();
    for (status, listed) in parts(node, "errorCodes") {
        for entry in listed.as_array().into_iter().flatten() {
            add(
                converter,
                &mut errors,
                status,
                entry,
                "errorCode",
                "errorMessage",
            );
        }
    }
    errors
}

/// The codes any operation may answer with.
pub(super) fn of_service(converter: &mut Converter<'_>) -> Errors {
    let mut errors = Errors::new();
    for entry in converter.document.errors() {
        let status = member(entry, "http_code")
            .and_then(scalar)
            .unwrap_or_default();
        add(converter, &mut errors, &status, entry, "code", "message");
    }
    errors.sort_by_key(|(status, _)| *status);
    errors
}

fn add(
    converter: &mut Converter<'_>,
    errors: &mut Errors,
    status: &str,
    entry: &Value,
    code: &str,
    message: &str,
) {
    let code = member(entry, code).and_then(scalar).unwrap_or_default();
    let code = code.trim().trim_end_matches('.').trim_end();
    if code.is_empty() {
        converter.notes.at(Kind::ErrorCode, status, "");
        return;
    }
    let Some(status) = status
        .trim()
        .parse()
        .ok()
        .filter(|status| (100..=599).contains(status))
    else {
        converter.notes.at(Kind::ErrorStatus, status, code);
        return;
    };
    let meaning = text(entry, "description")
        .or_else(|| text(entry, message))
        .map(str::to_owned);
    let at = errors
        .iter()
        .position(|(known, _)| *known == status)
        .unwrap_or_else(|| {
            errors.push((status, Vec::new()));
            errors.len() - 1
        });
    let Some((_, codes)) = errors.get_mut(at) else {
        return;
    };
    match codes.iter_mut().find(|(known, _)| known == code) {
        Some((_, known)) => *known = known.take().or(meaning),
        None => codes.push((code.to_owned(), meaning)),
    }
}
