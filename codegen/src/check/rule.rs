//! Rules: the parameters they name exist, and the values they compare with can be had.

use std::collections::HashSet;

use super::primitive;
use super::{Context, path, remedy};
use crate::diagnostic::{Diagnostics, catalogue};
use crate::spec::{Condition, Field, Kind, RuleKind, Schema, Spanned};

pub(super) fn check(context: &Context<'_>, diagnostics: &mut Diagnostics) {
    for rule in &context.operation.rules {
        match &rule.kind {
            RuleKind::RequiredWhen(condition)
            | RuleKind::IgnoredUnless(condition)
            | RuleKind::IgnoredWhen(condition) => compares(context, condition, diagnostics),
            RuleKind::RequiredWith(parameter) => {
                exists(context, parameter, diagnostics);
            }
            RuleKind::AtLeastOneOf | RuleKind::ExactlyOneOf => {}
        }
        let mut seen = HashSet::new();
        for parameter in &rule.parameters {
            exists(context, parameter, diagnostics);
            if !seen.insert(&parameter.value) {
                let message = format!("the rule lists \"{}\" twice; remove one", parameter.value);
                diagnostics.report(catalogue::LISTED_TWICE, parameter.span, message);
            }
        }
    }
}

/// The parameters as fields.
pub(super) fn fields<'a>(context: &Context<'a>) -> impl Iterator<Item = &'a Field> + use<'a> {
    context
        .operation
        .parameters
        .iter()
        .map(|parameter| &parameter.field)
}

/// What a path of parameters leads to; reports it if that is nothing.
pub(super) fn exists<'a>(
    context: &Context<'a>,
    written: &Spanned<String>,
    diagnostics: &mut Diagnostics,
) -> Option<&'a Schema> {
    let found = path::find(&context.scope, fields(context), &written.value);
    if found.is_none() {
        let paths = path::all(&context.scope, fields(context));
        let otherwise = "name a parameter, or a field of one as \"Parameter.Field\"";
        let remedy = remedy(&written.value, paths.iter().map(String::as_str), otherwise);
        diagnostics.report(
            catalogue::UNKNOWN_PARAMETER,
            written.span,
            format!("no parameter \"{}\"{remedy}", written.value),
        );
    }
    found
}

fn compares(context: &Context<'_>, condition: &Condition, diagnostics: &mut Diagnostics) {
    let Some(schema) = exists(context, &condition.parameter, diagnostics) else {
        return;
    };
    let Some(Kind::Primitive(primitive)) = context.scope.resolve(schema).map(|schema| &schema.kind)
    else {
        return;
    };
    for value in &condition.values {
        if !primitive::is(*primitive, &value.value) {
            let (name, remedy) = (primitive::name(*primitive), primitive::remedy(*primitive));
            let parameter = &condition.parameter.value;
            let message = format!(
                "\"{parameter}\" is {name} and never \"{}\"; {remedy}",
                value.value
            );
            diagnostics.report(catalogue::WRONG_VALUE, value.span, message);
        }
    }
}
