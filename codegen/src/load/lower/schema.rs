//! Schemas: a shape and what is known of the value, wherever a spec describes one.

use super::cursor::{Cursor, Entry};
use super::{Lower, Node, Span, Value, constraint, grammar, kind, parameter};
use crate::spec::{Kind, Primitive, Provenance, Requirement, Schema};

pub(super) const PROVENANCES: [(&str, Provenance); 2] = [
    ("document", Provenance::Document),
    ("metadata", Provenance::Metadata),
];

/// What it means that a schema says nothing of its shape.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Untyped {
    /// A mistake.
    IsMissing,
    /// The shape is an object: responses are hardly ever anything else.
    IsObject,
}

/// A schema of which nothing is known: what stands in for one that cannot be read.
pub(super) fn blank(span: Span) -> Schema {
    Schema {
        span,
        kind: Kind::Primitive(Primitive::Any),
        name: None,
        description: None,
        example: None,
        default: None,
        deprecated: None,
        required: Requirement::Optional,
        sensitive: false,
        enumeration: None,
        minimum: None,
        maximum: None,
        min_length: None,
        max_length: None,
        pattern: None,
        sent_as: None,
        source: None,
    }
}

/// Reads a schema that stands under a key; `what` names it in messages.
pub(super) fn nested(lower: &mut Lower<'_>, what: &str, place: Span, node: Node) -> Schema {
    let Some(mut map) = Cursor::open(lower, &grammar::VALUE, what, place, node) else {
        return blank(place);
    };
    let schema = schema(lower, &mut map, Untyped::IsMissing);
    map.finish(lower);
    schema
}

/// Reads the schema of a field, which may also be required.
pub(super) fn of_field(lower: &mut Lower<'_>, what: &str, place: Span, node: Node) -> Schema {
    let Some(mut map) = Cursor::open(lower, &grammar::FIELD, what, place, node) else {
        return blank(place);
    };
    let mut schema = schema(lower, &mut map, Untyped::IsMissing);
    schema.required = parameter::requirement(lower, map.take("required")).unwrap_or_default();
    map.finish(lower);
    schema
}

/// Reads the keys of a schema out of a mapping that may have others besides.
pub(super) fn schema(lower: &mut Lower<'_>, map: &mut Cursor, untyped: Untyped) -> Schema {
    let kind = kind::kind(lower, map, untyped);
    let mut schema = Schema {
        kind,
        ..blank(map.span)
    };
    schema.name = lower.text(map.take("name"));
    schema.description = lower.prose(map.take("description"));
    schema.example = example(lower, map.take("example"));
    schema.default = lower.text(map.take("default"));
    schema.deprecated = lower.reason(map.take("deprecated"));
    schema.sensitive = lower.flag(map.take("sensitive")).unwrap_or_default();
    schema.source = lower.keyword("source", &PROVENANCES, map.take("source"));
    constraint::read(lower, map, &mut schema);
    schema
}

/// An example as text: a scalar as it is written, anything else as JSON.
fn example(lower: &mut Lower<'_>, entry: Option<Entry>) -> Option<String> {
    let entry = entry?;
    match entry.node.value {
        Value::Scalar { ref text, .. } if !text.is_empty() => Some(text.clone()),
        Value::Scalar { .. } => Some(lower.text(Some(entry))?.value),
        _ => Some(lower.json(entry.node).to_string()),
    }
}
