//! Schemas: refs and enums exist, and defaults and limits are values of their type.

use std::collections::{HashMap, HashSet};

use super::primitive;
use super::{Context, Facts, remedy};
use crate::diagnostic::{Diagnostics, catalogue};
use crate::spec::{EnumUse, EnumValue, Kind, Primitive, Schema, Scope, Span, Spanned};

/// Checks the schemas and enums of `service.yaml`.
pub(super) fn check_service(facts: &Facts<'_>, diagnostics: &mut Diagnostics) {
    for found in &facts.service.enums {
        distinct(&found.values, diagnostics);
    }
    for (_, schema) in &facts.service.schemas {
        check_tree(facts, &facts.scope, schema, diagnostics);
        sensitive_refs(&facts.scope, schema, false, diagnostics);
    }
}

/// Checks the schemas of an operation.
pub(super) fn check_operation(context: &Context<'_>, diagnostics: &mut Diagnostics) {
    let mut names = HashMap::new();
    for root in context.operation.schemas() {
        check_tree(context.facts, &context.scope, root, diagnostics);
        root.for_each(&mut |schema| unique(context.facts, schema, &mut names, diagnostics));
    }
    if let Some(answer) = &context.operation.response {
        sensitive_refs(&context.scope, answer, false, diagnostics);
    }
}

/// Refs to objects inside of what is sensitive, which has no effect on them. In requests it has.
fn sensitive_refs(scope: &Scope<'_>, schema: &Schema, secret: bool, diagnostics: &mut Diagnostics) {
    let secret = schema.sensitive.within(secret);
    match &schema.kind {
        Kind::List(inner) | Kind::Map(inner) => sensitive_refs(scope, inner, secret, diagnostics),
        Kind::Object(fields) => {
            for field in fields {
                sensitive_refs(scope, &field.schema, secret, diagnostics);
            }
        }
        Kind::Ref(name) if secret => {
            let target = scope.resolve(schema);
            if target.is_some_and(|target| matches!(target.kind, Kind::Object(_))) {
                let name_ = &name.value;
                let message = format!(
                    "\"sensitive\" has no effect on a ref to the object \"{name_}\" in an answer; mark its fields"
                );
                diagnostics.report(catalogue::SENSITIVE_REF, name.span, message);
            }
        }
        _ => {}
    }
}

fn check_tree(facts: &Facts<'_>, scope: &Scope<'_>, root: &Schema, diagnostics: &mut Diagnostics) {
    root.for_each(&mut |schema| {
        match &schema.kind {
            Kind::Ref(name) => reference(scope, schema, name, diagnostics),
            Kind::Primitive(primitive) => value(schema, *primitive, diagnostics),
            _ => {}
        }
        enumeration(facts, schema, diagnostics);
    });
}

/// Reports a type name that is given to two objects of one operation.
fn unique<'a>(
    facts: &Facts<'_>,
    schema: &'a Schema,
    names: &mut HashMap<&'a str, Span>,
    diagnostics: &mut Diagnostics,
) {
    let Some(name) = schema.object_name() else {
        return;
    };
    match names.get(name.value.as_str()) {
        None => drop(names.insert(&name.value, name.span)),
        Some(first) => {
            let (line, _) = facts.sources.line_column(*first);
            let name_ = &name.value;
            let message = format!(
                "duplicate object name \"{name_}\"; first given at line {line}; write \"ref: {name_}\" if it is the same object"
            );
            diagnostics.report(catalogue::DUPLICATE_OBJECT, name.span, message);
        }
    }
}

fn reference(
    scope: &Scope<'_>,
    schema: &Schema,
    name: &Spanned<String>,
    diagnostics: &mut Diagnostics,
) {
    let written = &name.value;
    if scope.get(written).is_none() {
        let otherwise =
            "give an object of this operation that name, or add it to \"schemas\" in service.yaml";
        let remedy = remedy(written, scope.names(), otherwise);
        diagnostics.report(
            catalogue::UNKNOWN_SCHEMA,
            name.span,
            format!("unknown schema \"{written}\"{remedy}"),
        );
    } else if scope.resolve(schema).is_none() {
        let message = format!(
            "schema \"{written}\" refers back to itself and is never described; describe it"
        );
        diagnostics.report(catalogue::ENDLESS_SCHEMA, name.span, message);
    }
}

/// Default and limits of a value without parts.
fn value(schema: &Schema, primitive: Primitive, diagnostics: &mut Diagnostics) {
    let given = [
        ("default", &schema.default),
        ("minimum", &schema.minimum),
        ("maximum", &schema.maximum),
    ];
    let mut fit = true;
    for (what, text) in given {
        if let Some(text) = text {
            fit &= typed(what, text, primitive, diagnostics);
        }
    }
    if fit {
        range(schema, diagnostics);
    }
}

/// Whether a text is a value of the type; reports it if not.
fn typed(
    what: &str,
    text: &Spanned<String>,
    primitive: Primitive,
    diagnostics: &mut Diagnostics,
) -> bool {
    let fits = primitive::is(primitive, &text.value);
    if !fits {
        let (name, remedy) = (primitive::name(primitive), primitive::remedy(primitive));
        let message = format!("{what} \"{}\" is not {name}; {remedy}", text.value);
        diagnostics.report(catalogue::WRONG_VALUE, text.span, message);
    }
    fits
}

/// The limits leave room, and the default is within them.
fn range(schema: &Schema, diagnostics: &mut Diagnostics) {
    let (minimum, maximum) = (schema.minimum.as_ref(), schema.maximum.as_ref());
    if let (Some(minimum), Some(maximum)) = (minimum, maximum)
        && primitive::above(&minimum.value, &maximum.value)
    {
        let message = format!(
            "minimum {} is above maximum {}; swap them",
            minimum.value, maximum.value
        );
        diagnostics.report(catalogue::OUT_OF_RANGE, minimum.span, message);
        return;
    }
    let Some(default) = &schema.default else {
        return;
    };
    let below = minimum.filter(|minimum| primitive::above(&minimum.value, &default.value));
    let beyond = maximum.filter(|maximum| primitive::above(&default.value, &maximum.value));
    for (side, limit) in [("below minimum", below), ("above maximum", beyond)] {
        if let Some(limit) = limit {
            let message = format!(
                "default {} is {side} {}; correct one of them",
                default.value, limit.value
            );
            diagnostics.report(catalogue::OUT_OF_RANGE, default.span, message);
        }
    }
}

/// The values that a schema is known to have, if it names or lists any.
pub(super) fn enum_values<'a>(facts: &Facts<'a>, schema: &'a Schema) -> Option<&'a [EnumValue]> {
    match schema.enumeration.as_ref()? {
        EnumUse::Inline { values, .. } => Some(values),
        EnumUse::Named(name) => {
            let found = facts.enums.get(name.value.as_str())?;
            Some(&found.values)
        }
    }
}

fn enumeration(facts: &Facts<'_>, schema: &Schema, diagnostics: &mut Diagnostics) {
    match (&schema.enumeration, enum_values(facts, schema)) {
        (Some(EnumUse::Inline { values, .. }), _) => distinct(values, diagnostics),
        (Some(EnumUse::Named(name)), None) => unknown_enum(facts, name, diagnostics),
        _ => {}
    }
    let Some(values) = enum_values(facts, schema) else {
        return;
    };
    if let Kind::Primitive(primitive) = schema.kind {
        for value in values {
            typed("enum value", &value.value, primitive, diagnostics);
        }
    }
    // An enum without values was already reported, and would make every default wrong.
    let Some(default) = schema.default.as_ref().filter(|_| !values.is_empty()) else {
        return;
    };
    if !values
        .iter()
        .any(|value| value.value.value == default.value)
    {
        let known = values.iter().map(|value| value.value.value.as_str());
        let remedy = remedy(&default.value, known, "add it to the enum or take another");
        let message = format!(
            "default \"{}\" is not a value of the enum{remedy}",
            default.value
        );
        diagnostics.report(catalogue::NOT_IN_ENUM, default.span, message);
    }
}

fn unknown_enum(facts: &Facts<'_>, name: &Spanned<String>, diagnostics: &mut Diagnostics) {
    let otherwise = "define it under \"enums\" in service.yaml, or list the values here";
    let remedy = remedy(&name.value, facts.enums.keys().copied(), otherwise);
    diagnostics.report(
        catalogue::UNKNOWN_ENUM,
        name.span,
        format!("unknown enum \"{}\"{remedy}", name.value),
    );
}

/// An enum lists each value once.
fn distinct(values: &[EnumValue], diagnostics: &mut Diagnostics) {
    let mut seen = HashSet::new();
    for value in values.iter().map(|value| &value.value) {
        if !seen.insert(value.value.as_str()) {
            let message = format!("the enum lists \"{}\" twice; remove one", value.value);
            diagnostics.report(catalogue::DUPLICATE_VALUE, value.span, message);
        }
    }
}
