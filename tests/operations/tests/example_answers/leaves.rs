//! The texts of a document that are no names: what an answer must not lose.

use std::collections::BTreeMap;

use quick_xml::Reader;
use quick_xml::events::Event;
use serde_json::Value;

/// How often each text is there.
pub(crate) type There = BTreeMap<String, usize>;

/// What serde writes for a secret.
const REDACTED: &str = "[redacted]";

/// Takes a text away, if it is there, or a secret that may be it.
pub(crate) fn take(there: &mut There, leaf: &str) -> bool {
    for text in [leaf, REDACTED] {
        if let Some(count) = there.get_mut(text).filter(|count| **count > 0) {
            *count -= 1;
            return true;
        }
    }
    false
}

/// Counts texts.
pub(crate) fn counted(leaves: Vec<String>) -> There {
    let mut there = There::new();
    for leaf in leaves {
        *there.entry(leaf).or_default() += 1;
    }
    there
}

/// The scalars of a JSON value, as text. Null and nothing are the same.
pub(crate) fn of_json(value: &Value) -> Vec<String> {
    match value {
        Value::Null => Vec::new(),
        Value::String(text) if text.trim().is_empty() => Vec::new(),
        Value::String(text) => vec![text.clone()],
        Value::Array(items) => items.iter().flat_map(of_json).collect(),
        Value::Object(members) => members.values().flat_map(of_json).collect(),
        scalar => {
            let text = scalar.to_string();
            // A whole number in a field for numbers with a fraction.
            vec![text.strip_suffix(".0").unwrap_or(&text).to_owned()]
        }
    }
}

/// The texts of the elements of an XML document that hold no other elements.
pub(crate) fn of_xml(document: &str) -> Vec<String> {
    let (mut reader, mut leaves, mut text) =
        (Reader::from_str(document), Vec::new(), String::new());
    loop {
        match reader.read_event().unwrap() {
            Event::Start(_) => text.clear(),
            Event::Text(part) => text.push_str(&part.decode().unwrap()),
            Event::CData(part) => text.push_str(&part.decode().unwrap()),
            Event::GeneralRef(entity) => {
                let name = entity.decode().unwrap();
                let known = entity.resolve_char_ref().unwrap().map(String::from);
                let named =
                    || quick_xml::escape::resolve_predefined_entity(&name).map(str::to_owned);
                text.push_str(&known.or_else(named).unwrap());
            }
            Event::End(_) => {
                if !text.trim().is_empty() {
                    leaves.push(text.clone());
                }
                text.clear();
            }
            Event::Eof => return leaves,
            _ => {}
        }
    }
}

/// Whether a document has one root, which holds elements.
pub(crate) fn is_whole(document: &str) -> bool {
    let (mut reader, mut depth, mut roots, mut inner) = (Reader::from_str(document), 0, 0, 0);
    loop {
        let event = reader.read_event().unwrap();
        if matches!(event, Event::Start(_) | Event::Empty(_)) {
            roots += usize::from(depth == 0);
            inner += usize::from(depth == 1);
        }
        match event {
            Event::Start(_) => depth += 1,
            Event::End(_) => depth -= 1,
            Event::Eof => return roots == 1 && inner > 0,
            _ => {}
        }
    }
}
