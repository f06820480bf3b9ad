//! Schemas: a shape and what is known of the value, wherever a spec describes one.

use super::cursor::{Cursor, Entry};
use super::value::flag;
use super::{Lower, Node, Span, Value, constraint, grammar, kind, parameter};
use crate::diagnostic::catalogue;
use crate::spec::{Kind, Primitive, Provenance, Requirement, Schema, Sensitivity};

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
        sensitive: Sensitivity::Unsaid,
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
    schema.sensitive = sensitivity(lower, map.take("sensitive"));
    schema.source = lower.keyword("source", &PROVENANCES, map.take("source"));
    constraint::read(lower, map, &mut schema);
    schema
}

/// Reads `sensitive:`: true, false, or the reason why it is true.
fn sensitivity(lower: &mut Lower<'_>, entry: Option<Entry>) -> Sensitivity {
    let Some(entry) = entry else {
        return Sensitivity::Unsaid;
    };
    match flag(&entry.node) {
        Some(true) => return Sensitivity::Secret(None),
        Some(false) => return Sensitivity::Open,
        None => {}
    }
    let place = entry.node.span;
    match lower.prose(Some(entry)) {
        // One word is no reason, and most likely a yes or no that YAML does not know.
        Some(word) if !word.contains(char::is_whitespace) => {
            let message =
                "\"sensitive\" must be true or false, without quotes, or a reason in a few words";
            lower.report(catalogue::WRONG_SHAPE, place, message);
            Sensitivity::Secret(None)
        }
        Some(reason) => Sensitivity::Secret(Some(reason)),
        None => Sensitivity::Unsaid,
    }
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
