//! The shape of a value: `type` with its `items`, `values` or `fields`, or a `ref`.

use super::cursor::{Cursor, Entry};
use super::schema::{self, Untyped};
use super::{Lower, Span, Spanned};
use crate::diagnostic::catalogue;
use crate::spec::{Field, Kind, Primitive, Schema};

/// What the word after `type:` says.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Type {
    Primitive(Primitive),
    List,
    Map,
    Object,
}

pub(super) const TYPES: [(&str, Type); 11] = [
    ("string", Type::Primitive(Primitive::String)),
    ("int32", Type::Primitive(Primitive::Int32)),
    ("int64", Type::Primitive(Primitive::Int64)),
    ("float", Type::Primitive(Primitive::Float)),
    ("double", Type::Primitive(Primitive::Double)),
    ("boolean", Type::Primitive(Primitive::Boolean)),
    ("list", Type::List),
    ("map", Type::Map),
    ("object", Type::Object),
    ("binary", Type::Primitive(Primitive::Binary)),
    ("any", Type::Primitive(Primitive::Any)),
];

/// The types that have no parts, for `sent_as`.
pub(super) const PRIMITIVES: [(&str, Primitive); 8] = [
    ("string", Primitive::String),
    ("int32", Primitive::Int32),
    ("int64", Primitive::Int64),
    ("float", Primitive::Float),
    ("double", Primitive::Double),
    ("boolean", Primitive::Boolean),
    ("binary", Primitive::Binary),
    ("any", Primitive::Any),
];

/// The keys that only some types have.
struct Parts {
    items: Option<Entry>,
    values: Option<Entry>,
    fields: Option<Entry>,
}

impl Parts {
    /// The type that has the part which is there.
    fn owner(&self) -> Option<Type> {
        match self {
            Self {
                fields: Some(_), ..
            } => Some(Type::Object),
            Self { items: Some(_), .. } => Some(Type::List),
            Self {
                values: Some(_), ..
            } => Some(Type::Map),
            _ => None,
        }
    }
}

/// Reads the shape. One that cannot be read counts as free JSON, so that whatever it has inside is still looked at.
pub(super) fn kind(lower: &mut Lower<'_>, map: &mut Cursor, untyped: Untyped) -> Kind {
    let reference = map.take("ref");
    let written = map.take("type");
    let parts = Parts {
        items: map.take("items"),
        values: map.take("values"),
        fields: map.take("fields"),
    };
    match reference {
        Some(reference) => follow(lower, reference, written, parts),
        None => match choose(lower, map.place, written, &parts, untyped) {
            Some(Type::List) => list(lower, map.span, parts),
            Some(Type::Map) => dictionary(lower, map.span, parts),
            Some(Type::Object) => object(lower, parts),
            Some(Type::Primitive(primitive)) => {
                misplaced(
                    lower,
                    [
                        ("list", parts.items),
                        ("map", parts.values),
                        ("object", parts.fields),
                    ],
                );
                Kind::Primitive(primitive)
            }
            None => Kind::Primitive(Primitive::Any),
        },
    }
}

/// The type that is written, or the one that its absence means.
fn choose(
    lower: &mut Lower<'_>,
    place: Span,
    written: Option<Entry>,
    parts: &Parts,
    untyped: Untyped,
) -> Option<Type> {
    if written.is_some() {
        let found = lower.keyword("type", &TYPES, written);
        // What a misspelt type was meant to be shows in its parts: read on, there may be more to report in there.
        return found.or(parts.owner());
    }
    if parts.fields.is_some() || untyped == Untyped::IsObject {
        return Some(Type::Object);
    }
    let message = "missing key \"type\"; give a \"type\", a \"ref\" or \"fields\"";
    lower.report(catalogue::MISSING_KEY, place, message);
    None
}

fn follow(lower: &mut Lower<'_>, reference: Entry, written: Option<Entry>, parts: Parts) -> Kind {
    for entry in [written, parts.items, parts.values, parts.fields]
        .into_iter()
        .flatten()
    {
        let message = format!(
            "\"{}\" next to \"ref\", which says it already; remove one of them",
            entry.name
        );
        lower.report(catalogue::MISPLACED_KEY, entry.key, message);
    }
    match lower.text(Some(reference)) {
        Some(name) => Kind::Ref(name),
        None => Kind::Primitive(Primitive::Any),
    }
}

fn list(lower: &mut Lower<'_>, span: Span, parts: Parts) -> Kind {
    misplaced(lower, [("map", parts.values), ("object", parts.fields)]);
    Kind::List(Box::new(inner(lower, span, parts.items)))
}

fn dictionary(lower: &mut Lower<'_>, span: Span, parts: Parts) -> Kind {
    misplaced(lower, [("list", parts.items), ("object", parts.fields)]);
    Kind::Map(Box::new(inner(lower, span, parts.values)))
}

fn object(lower: &mut Lower<'_>, parts: Parts) -> Kind {
    misplaced(lower, [("list", parts.items), ("map", parts.values)]);
    match parts.fields {
        None => Kind::Primitive(Primitive::Any),
        Some(entry) => match fields(lower, entry) {
            fields if fields.is_empty() => Kind::Primitive(Primitive::Any),
            fields => Kind::Object(fields),
        },
    }
}

/// Reports the parts that the type does not have, each with the type that has it.
fn misplaced<const N: usize>(lower: &mut Lower<'_>, parts: [(&str, Option<Entry>); N]) {
    for (owner, entry) in parts {
        if let Some(Entry { name, key, .. }) = entry {
            let message =
                format!("\"{name}\" belongs to \"type: {owner}\"; change the type or remove it");
            lower.report(catalogue::MISPLACED_KEY, key, message);
        }
    }
}

/// What a list or map holds: free JSON unless it says more.
fn inner(lower: &mut Lower<'_>, span: Span, entry: Option<Entry>) -> Schema {
    match entry {
        Some(Entry { name, key, node }) => schema::nested(lower, &format!("\"{name}\""), key, node),
        None => schema::blank(span),
    }
}

/// Reads a mapping from names to schemas.
pub(super) fn fields(lower: &mut Lower<'_>, entry: Entry) -> Vec<Field> {
    let entries = lower
        .mapping(&format!("\"{}\"", entry.name), "key", entry.node)
        .unwrap_or_default();
    let read = |(name, node): (Spanned<String>, _)| {
        let what = format!("field \"{}\"", name.value);
        let schema = schema::of_field(lower, &what, name.span, node);
        Field { name, schema }
    };
    entries.into_iter().map(read).collect()
}
