//! Pagination, tokens and the operations that others point at: everything named exists.

use super::{Context, field, remedy, rule};
use crate::diagnostic::{Diagnostics, catalogue};
use crate::spec::{PageStyle, Pagination, Spanned};

pub(super) fn check(context: &Context<'_>, diagnostics: &mut Diagnostics) {
    if let Some(token) = &context.operation.idempotency_token {
        parameter(context, token, diagnostics);
    }
    // An imported file may point at an operation that was not imported with it.
    let asynchronous = context.operation.asynchronous.as_ref();
    if let Some(asynchronous) = asynchronous.filter(|_| !context.operation.imported) {
        operation(context, &asynchronous.operation, diagnostics);
    }
    if let Some(pagination) = &context.operation.pagination {
        parts(context, pagination, diagnostics);
    }
}

/// What tells the parts of a list apart, and where the list is.
fn parts(context: &Context<'_>, pagination: &Pagination, diagnostics: &mut Diagnostics) {
    let (request, answer) = match &pagination.style {
        PageStyle::Page { page, total } => (page, total.as_ref()),
        PageStyle::Token { token, next } => (token, Some(next)),
    };
    for name in std::iter::once(request).chain(&pagination.size) {
        parameter(context, name, diagnostics);
    }
    if let Some(path) = answer {
        field::scalar(context, path, diagnostics);
    }
    if let Some(items) = &pagination.items {
        field::list(context, items, diagnostics);
    }
}

/// What the client sets by itself has to be a parameter of its own, not a field of one.
fn parameter(context: &Context<'_>, name: &Spanned<String>, diagnostics: &mut Diagnostics) {
    let known = || rule::fields(context).map(|field| field.name.value.as_str());
    if !known().any(|known| known == name.value) {
        let remedy = remedy(&name.value, known(), "name a parameter");
        let message = format!("no parameter \"{}\"{remedy}", name.value);
        diagnostics.report(catalogue::UNKNOWN_PARAMETER, name.span, message);
    }
}

fn operation(context: &Context<'_>, name: &Spanned<String>, diagnostics: &mut Diagnostics) {
    let known = &context.facts.operations;
    if !known.contains(name.value.as_str()) {
        let otherwise = "name an operation of this product version";
        let remedy = remedy(&name.value, known.iter().copied(), otherwise);
        let message = format!("no operation \"{}\"{remedy}", name.value);
        diagnostics.report(catalogue::UNKNOWN_OPERATION, name.span, message);
    }
}
