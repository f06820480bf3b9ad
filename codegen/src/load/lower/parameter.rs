//! Parameters: a schema, and how the value travels.

use super::cursor::{Cursor, Entry};
use super::grammar;
use super::schema::{self, Untyped};
use super::value::flag;
use super::{Lower, Node, Spanned, Value};
use crate::diagnostic::catalogue;
use crate::spec::{Field, Location, Parameter, Requirement, Schema, Style};

pub(super) const LOCATIONS: [(&str, Location); 6] = [
    ("query", Location::Query),
    ("form", Location::Form),
    ("body", Location::Body),
    ("path", Location::Path),
    ("header", Location::Header),
    ("host", Location::Host),
];

pub(super) const STYLES: [(&str, Style); 6] = [
    ("repeated", Style::Repeated),
    ("flat", Style::Flat),
    ("json", Style::Json),
    ("comma", Style::Comma),
    ("space", Style::Space),
    ("pipe", Style::Pipe),
];

/// Reads the mapping `parameters:`.
pub(super) fn parameters(lower: &mut Lower<'_>, entry: Option<Entry>) -> Vec<Parameter> {
    let Some(entry) = entry else {
        return Vec::new();
    };
    let entries = lower
        .mapping("\"parameters\"", "parameter", entry.node)
        .unwrap_or_default();
    entries
        .into_iter()
        .map(|(name, node)| parameter(lower, name, node))
        .collect()
}

fn parameter(lower: &mut Lower<'_>, name: Spanned<String>, node: Node) -> Parameter {
    let what = format!("parameter \"{}\"", name.value);
    let Some(mut map) = Cursor::open(lower, &grammar::PARAMETER, &what, name.span, node) else {
        let schema = schema::blank(name.span);
        return with(name, schema);
    };
    let schema = schema::schema(lower, &mut map, Untyped::IsMissing);
    let mut parameter = with(name, schema);
    let location = lower.keyword("location", &LOCATIONS, map.take("in"));
    parameter.location = location.unwrap_or(Location::Query);
    parameter.style = style(lower, map.take("style"), &parameter);
    parameter.required = requirement(lower, map.take("required")).unwrap_or_default();
    map.finish(lower);
    parameter
}

/// A parameter about which the spec says no more than its schema.
fn with(name: Spanned<String>, schema: Schema) -> Parameter {
    Parameter {
        source: schema.source,
        field: Field { name, schema },
        location: Location::Query,
        style: None,
        required: Requirement::Optional,
    }
}

/// The style that is written, else the usual one of the type.
fn style(lower: &mut Lower<'_>, entry: Option<Entry>, parameter: &Parameter) -> Option<Style> {
    let kind = &parameter.field.schema.kind;
    let place = entry.as_ref().map(|entry| entry.node.span);
    if parameter.location == Location::Body {
        if let Some(place) = place {
            let message = "\"style\" has no meaning for a body, which is sent as it is; remove it";
            lower.report(catalogue::WRONG_STYLE, place, message);
        }
        return None;
    }
    let (Some(style), Some(place)) = (lower.keyword("style", &STYLES, entry), place) else {
        return Style::usual(kind);
    };
    if let Some(unfit) = style.unfit(kind) {
        lower.report(catalogue::WRONG_STYLE, place, unfit);
        return Style::usual(kind);
    }
    Some(style)
}

/// Reads `required:`.
pub(super) fn requirement(lower: &mut Lower<'_>, entry: Option<Entry>) -> Option<Requirement> {
    let Entry { node, .. } = entry?;
    let known = match (flag(&node), &node.value) {
        (Some(true), _) => Some(Requirement::Required),
        (Some(false), _) => Some(Requirement::Optional),
        (None, Value::Scalar { text, .. }) if text == "documented" => Some(Requirement::Documented),
        _ => None,
    };
    if known.is_none() {
        let message = "\"required\" must be true, false or documented, without quotes";
        lower.report(catalogue::WRONG_SHAPE, node.span, message);
    }
    known
}
