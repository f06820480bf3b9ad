//! Enum values: a list, or a mapping from each value to a title, or both, which need not agree.

use serde_json::Value as Json;

use super::super::draft::{Schema, Shape, Value};
use super::super::metadata::value::{entries, items, scalar};
use super::super::notes::Notes;
use super::super::report::Kind;
use crate::check::primitive;
use crate::spec::Primitive;

/// Longer ones are explanations or samples.
const MAX_CHARS: usize = 50;

/// Reads the values of a schema, if it is one that can have some.
pub(super) fn read(notes: &mut Notes, node: &Json, schema: &mut Schema) {
    let listed = items(node, "enum")
        .filter_map(scalar)
        .map(|value| (value, None));
    let titled = entries(node, "enumValueTitles").map(|(value, title)| {
        (
            value.to_owned(),
            scalar(title).filter(|title| !title.trim().is_empty()),
        )
    });
    let said: Vec<(String, Option<String>)> = listed.chain(titled).collect();
    if said.is_empty() {
        return;
    }
    let Shape::Primitive(primitive @ (Primitive::String | Primitive::Int32 | Primitive::Int64)) =
        schema.shape
    else {
        // That a boolean is true or false goes without saying.
        if !matches!(schema.shape, Shape::Primitive(Primitive::Boolean)) {
            notes.note(Kind::DroppedEnum, format!("{} values", said.len()));
        }
        return;
    };
    let mut values: Vec<Value> = Vec::new();
    for (wire, title) in said {
        let Some(wire) = usable(&wire, primitive) else {
            if !wire.trim().is_empty() {
                notes.note(Kind::DroppedEnumValue, shortened(&wire));
            }
            continue;
        };
        let meaning = title
            .map(|title| title.trim().to_owned())
            .filter(|title| *title != wire);
        match values.iter_mut().find(|value| value.wire == wire) {
            Some(known) => known.meaning = known.meaning.take().or(meaning),
            None => values.push(Value {
                wire,
                meaning,
                name: None,
            }),
        }
    }
    schema.values = values;
}

/// The value as it is on the wire; `None` for what is none.
fn usable(written: &str, primitive: Primitive) -> Option<String> {
    let value = written.trim();
    let short = !value.is_empty()
        && value.chars().count() <= MAX_CHARS
        && !value.contains(char::is_control);
    (short && primitive::is(primitive, value)).then(|| value.to_owned())
}

fn shortened(text: &str) -> String {
    text.chars().take(MAX_CHARS).collect()
}
