//! Pagination, tokens and the operations that others point at: everything named exists.

use super::{Context, remedy, rule, success};
use crate::diagnostic::Diagnostics;
use crate::spec::{PageStyle, Spanned};

pub(super) fn check(context: &Context<'_>, diagnostics: &mut Diagnostics) {
    if let Some(token) = &context.operation.idempotency_token {
        idempotency_token(context, token, diagnostics);
    }
    // An imported file may point at an operation that was not imported with it.
    let asynchronous = context.operation.asynchronous.as_ref();
    if let Some(asynchronous) = asynchronous.filter(|_| !context.operation.imported) {
        operation(context, &asynchronous.operation, diagnostics);
    }
    let Some(pagination) = &context.operation.pagination else {
        return;
    };
    let (request, answer) = match &pagination.style {
        PageStyle::Page { page, total } => (page, total.as_ref()),
        PageStyle::Token { token, next } => (token, Some(next)),
    };
    for name in std::iter::once(request).chain(&pagination.size) {
        rule::exists(context, name, diagnostics);
    }
    for path in answer.into_iter().chain(&pagination.items) {
        success::exists(context, path, diagnostics);
    }
}

/// The token is made by the client, so it has to be a parameter of its own.
fn idempotency_token(
    context: &Context<'_>,
    token: &Spanned<String>,
    diagnostics: &mut Diagnostics,
) {
    let known = || rule::fields(context).map(|field| field.name.value.as_str());
    if !known().any(|name| name == token.value) {
        let remedy = remedy(&token.value, known(), "name a parameter");
        let message = format!("no parameter \"{}\"{remedy}", token.value);
        diagnostics.report(token.span, message);
    }
}

fn operation(context: &Context<'_>, name: &Spanned<String>, diagnostics: &mut Diagnostics) {
    let known = &context.facts.operations;
    if !known.contains(name.value.as_str()) {
        let otherwise = "name an operation of this product version";
        let remedy = remedy(&name.value, known.iter().copied(), otherwise);
        let message = format!("no operation \"{}\"{remedy}", name.value);
        diagnostics.report(name.span, message);
    }
}
