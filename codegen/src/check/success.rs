//! Success rules of an operation: the fields of the answer they name exist.
//!
//! The rules of a service are not looked at here: they apply to those operations that have the fields.

use super::{Context, path, remedy};
use crate::diagnostic::Diagnostics;
use crate::spec::{Field, Spanned, SuccessRule};

pub(super) fn check(context: &Context<'_>, diagnostics: &mut Diagnostics) {
    for rule in context.operation.success.iter().flatten() {
        for path in paths(rule) {
            exists(context, path, diagnostics);
        }
    }
}

fn paths(rule: &SuccessRule) -> impl Iterator<Item = &Spanned<String>> {
    let optional = [&rule.code, &rule.message, &rule.fill];
    std::iter::once(&rule.field).chain(optional.into_iter().flatten())
}

/// Reports a path that leads to no field of the answer.
pub(super) fn exists(
    context: &Context<'_>,
    written: &Spanned<String>,
    diagnostics: &mut Diagnostics,
) {
    let response = context.operation.response.as_ref();
    let fields: &[Field] = response.map_or(&[], |response| path::inside(&context.scope, response));
    if path::find(&context.scope, fields, &written.value).is_some() {
        return;
    }
    let paths = path::all(&context.scope, fields);
    let otherwise = "describe it under \"response\"";
    let remedy = remedy(&written.value, paths.iter().map(String::as_str), otherwise);
    diagnostics.report(
        written.span,
        format!("the response has no field \"{}\"{remedy}", written.value),
    );
}
