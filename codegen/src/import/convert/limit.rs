//! Ranges, lengths, patterns and defaults. All of them are written as texts, and many do not go with their type.

use serde_json::Value;

use super::super::draft::{Schema, Shape};
use super::super::metadata::value::{flag, member, scalar};
use super::super::notes::Notes;
use super::super::report::Kind;
use crate::check::primitive::{above, is};
use crate::spec::Primitive;

/// Reads the limits and the default of a schema.
pub(super) fn read(notes: &mut Notes, node: &Value, schema: &mut Schema) {
    range(notes, node, schema);
    lengths(notes, node, schema);
    pattern(notes, node, schema);
    default(notes, node, schema);
}

fn range(notes: &mut Notes, node: &Value, schema: &mut Schema) {
    let mut limit = |key: &str, exclusive: &str, step: i64| {
        let text = said(node, key)?;
        let limit = numeric(schema).and_then(|primitive| number(&text, primitive));
        let limit = match limit {
            Some(limit) if flag(node, exclusive) => limit
                .parse::<i64>()
                .ok()
                .map(|limit| (limit + step).to_string()),
            limit => limit,
        };
        if limit.is_none() {
            notes.note(Kind::DroppedLimit, format!("{key} {text}"));
        }
        limit
    };
    let minimum = limit("minimum", "exclusiveMinimum", 1);
    let maximum = limit("maximum", "exclusiveMaximum", -1);
    if let (Some(minimum), Some(maximum)) = (&minimum, &maximum)
        && above(minimum, maximum)
    {
        notes.note(
            Kind::DroppedLimit,
            format!("minimum {minimum} above maximum {maximum}"),
        );
        return;
    }
    schema.minimum = minimum.or_else(|| schema.minimum.take());
    schema.maximum = maximum.or_else(|| schema.maximum.take());
}

/// The type, if it is a number.
fn numeric(schema: &Schema) -> Option<Primitive> {
    match schema.shape {
        Shape::Primitive(
            primitive
            @ (Primitive::Int32 | Primitive::Int64 | Primitive::Float | Primitive::Double),
        ) => Some(primitive),
        _ => None,
    }
}

/// A number as the spec language writes it: a whole one without a fraction.
fn number(text: &str, primitive: Primitive) -> Option<String> {
    let text = text.trim();
    let whole = text.strip_suffix(".0").unwrap_or(text);
    let candidate = if matches!(primitive, Primitive::Int32 | Primitive::Int64) {
        whole
    } else {
        text
    };
    is(primitive, candidate).then(|| candidate.to_owned())
}

fn lengths(notes: &mut Notes, node: &Value, schema: &mut Schema) {
    let keys = match schema.shape {
        Shape::Primitive(Primitive::String) => Some(["minLength", "maxLength"]),
        Shape::List(_) => Some(["minItems", "maxItems"]),
        Shape::Map(_) => Some(["minProperties", "maxProperties"]),
        _ => None,
    };
    for key in ["minLength", "maxLength", "minItems", "maxItems"] {
        if let Some(text) =
            said(node, key).filter(|_| !keys.is_some_and(|keys| keys.contains(&key)))
        {
            notes.note(Kind::DroppedLimit, format!("{key} {text}"));
        }
    }
    let Some([shortest, longest]) = keys else {
        return;
    };
    let mut count = |key: &str| {
        let text = said(node, key)?;
        let count = text.trim().parse().ok();
        if count.is_none() {
            notes.note(Kind::DroppedLimit, format!("{key} {text}"));
        }
        count
    };
    let (shortest, longest) = (count(shortest), count(longest));
    if shortest
        .zip(longest)
        .is_some_and(|(shortest, longest)| shortest > longest)
    {
        notes.note(Kind::DroppedLimit, "the shortest is above the longest");
        return;
    }
    schema.min_length = shortest.or(schema.min_length);
    schema.max_length = longest.or(schema.max_length);
}

fn pattern(notes: &mut Notes, node: &Value, schema: &mut Schema) {
    let Some(pattern) = said(node, "pattern") else {
        return;
    };
    if matches!(schema.shape, Shape::Primitive(Primitive::String)) {
        schema.pattern = Some(pattern);
    } else {
        notes.note(Kind::DroppedPattern, pattern);
    }
}

/// The default is documentation, never sent; one that cannot be what the service does says nothing.
fn default(notes: &mut Notes, node: &Value, schema: &mut Schema) {
    let Some(default) = member(node, "default").and_then(scalar) else {
        return;
    };
    match fitting(&default, schema) {
        Some(default) => schema.default = Some(default),
        None => notes.note(Kind::DroppedDefault, format!("{default:?}")),
    }
}

fn fitting(default: &str, schema: &Schema) -> Option<String> {
    let Shape::Primitive(primitive) = schema.shape else {
        return None;
    };
    let default = match primitive {
        Primitive::String => default.to_owned(),
        Primitive::Boolean => default.trim().to_ascii_lowercase(),
        _ => number(default, primitive)?,
    };
    let typed = !default.trim().is_empty() && is(primitive, &default);
    let listed =
        schema.values.is_empty() || schema.values.iter().any(|value| value.wire == default);
    let below = schema
        .minimum
        .as_ref()
        .is_some_and(|minimum| above(minimum, &default));
    let beyond = schema
        .maximum
        .as_ref()
        .is_some_and(|maximum| above(&default, maximum));
    (typed && listed && !below && !beyond).then_some(default)
}

/// A scalar under a key as text; `None` for an empty one, which limits nothing.
fn said(node: &Value, key: &str) -> Option<String> {
    let text = member(node, key).and_then(scalar)?;
    (!text.trim().is_empty()).then_some(text)
}
