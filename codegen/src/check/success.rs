//! Success rules of an operation: the fields of the answer they name exist.
//!
//! The rules of a service are not looked at here: they apply to those operations that have the fields.

use super::{Context, field};
use crate::diagnostic::Diagnostics;
use crate::spec::{Spanned, SuccessRule};

pub(super) fn check(context: &Context<'_>, diagnostics: &mut Diagnostics) {
    for rule in context.operation.success.iter().flatten() {
        for path in paths(rule) {
            field::exists(context, path, diagnostics);
        }
    }
}

fn paths(rule: &SuccessRule) -> impl Iterator<Item = &Spanned<String>> {
    let optional = [&rule.code, &rule.message, &rule.fill];
    std::iter::once(&rule.field).chain(optional.into_iter().flatten())
}
