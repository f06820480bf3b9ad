//! What a value must be like beyond its type: its known values, its range, its length.
//!
//! Each of these keys means something for some types only; on any other type it is a mistake, most often the mistake of
//! describing the list instead of its items.

use super::cursor::{Cursor, Entry};
use super::kind::PRIMITIVES;
use super::{Lower, enumeration};
use crate::diagnostic::catalogue;
use crate::spec::{Kind, Primitive, Schema};

/// Reads the constraints of a schema whose shape is known.
pub(super) fn read(lower: &mut Lower<'_>, map: &mut Cursor, schema: &mut Schema) {
    let group = Group::of(&schema.kind);
    let mut take = |lower: &mut Lower<'_>, name, groups: &[Group], owner| {
        let entry = map.take(name);
        fitting(
            lower,
            entry,
            groups.contains(&group) || group == Group::Free,
            owner,
        )
    };
    let whole = &[Group::Text, Group::Integer];
    let entry = take(lower, "enum", whole, "a string or a whole number");
    schema.enumeration = entry.and_then(|entry| enumeration::usage(lower, entry));
    let numbers = &[Group::Integer, Group::Fraction];
    let entry = take(lower, "minimum", numbers, "a number");
    schema.minimum = lower.text(entry);
    let entry = take(lower, "maximum", numbers, "a number");
    schema.maximum = lower.text(entry);
    let long = &[Group::Text, Group::Several];
    let shortest = take(lower, "min_length", long, "a string, a list or a map");
    let longest = take(lower, "max_length", long, "a string, a list or a map");
    lengths(lower, shortest, longest, schema);
    let entry = take(lower, "pattern", &[Group::Text], "a string");
    schema.pattern = lower.text(entry).map(|pattern| pattern.value);
    let scalars = &[Group::Text, Group::Integer, Group::Fraction, Group::Other];
    let entry = take(lower, "sent_as", scalars, "a value without parts");
    schema.sent_as = lower.keyword("type", &PRIMITIVES, entry);
}

/// The types that share their constraints.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Group {
    Text,
    Integer,
    Fraction,
    /// Booleans and bytes.
    Other,
    Several,
    Object,
    /// Free JSON: nothing is known, so nothing is wrong.
    Free,
}

impl Group {
    fn of(kind: &Kind) -> Self {
        match kind {
            Kind::Primitive(Primitive::String) => Self::Text,
            Kind::Primitive(Primitive::Int32 | Primitive::Int64) => Self::Integer,
            Kind::Primitive(Primitive::Float | Primitive::Double) => Self::Fraction,
            Kind::Primitive(Primitive::Boolean | Primitive::Binary) => Self::Other,
            Kind::Primitive(Primitive::Any) => Self::Free,
            Kind::List(_) | Kind::Map(_) => Self::Several,
            Kind::Object(_) | Kind::Ref(_) => Self::Object,
        }
    }
}

/// The entry, if its key means something for the type.
fn fitting(lower: &mut Lower<'_>, entry: Option<Entry>, fits: bool, owner: &str) -> Option<Entry> {
    let entry = entry?;
    if fits {
        return Some(entry);
    }
    let message = format!(
        "\"{}\" belongs to {owner}; remove it or change the type",
        entry.name
    );
    lower.report(catalogue::MISPLACED_KEY, entry.key, message);
    None
}

fn lengths(
    lower: &mut Lower<'_>,
    shortest: Option<Entry>,
    longest: Option<Entry>,
    schema: &mut Schema,
) {
    let place = shortest.as_ref().map(|entry| entry.node.span);
    schema.min_length = lower.count(shortest);
    schema.max_length = lower.count(longest);
    if let (Some(place), Some(min), Some(max)) = (place, schema.min_length, schema.max_length)
        && min > max
    {
        let message = format!("min_length {min} is above max_length {max}; swap them");
        lower.report(catalogue::OUT_OF_RANGE, place, message);
    }
}
