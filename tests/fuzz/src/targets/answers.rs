//! What comes back from a service: JSON, XML, streams of events, error documents.

use alicloud_runtime::decode::{Answer as _, ErrorBody, EventParser, Observed};
use alicloud_runtime::encode::json_text;
use alicloud_runtime::{Bytes, Value};
use serde_json::Value as Json;

/// How deep another library may find a document to be nested before ours refuses it.
const DEPTH: usize = 100;

/// Reads a body as free JSON; also picks up two paths on the way.
fn read(data: &[u8]) -> Option<(Value, Observed)> {
    let mut observed = Observed::with_capacity(2);
    observed.watch("Data.Code".into());
    observed.watch_list("Items.Item");
    let read = Value::read(&Bytes::copy_from_slice(data), &mut observed);
    read.ok().map(|(value, _)| (value, observed))
}

/// What another library takes for JSON ours takes for the same; what is read can be written and read again.
pub(super) fn json(data: &[u8]) {
    let ours = read(data);
    let theirs: Option<Json> = serde_json::from_slice(data).ok();
    if let Some(theirs) = theirs.filter(|value| depth(value) < DEPTH) {
        let (value, observed) = ours.as_ref().expect("others read it");
        assert!(same(value, &theirs), "{value:?} is not {theirs}");
        let code = observed.get("Data.Code");
        assert!(
            code.is_none() || theirs.pointer("/Data/Code").is_some(),
            "{theirs}"
        );
    }
    let written = ours
        .filter(|_| !looks_like_xml(data))
        .map(|(value, _)| json_text(&value));
    if let Some(text) = written {
        let (value, _) = read(text.as_bytes()).expect("it was written by us");
        match serde_json::from_str::<Json>(&text) {
            Ok(again) => assert!(same(&value, &again), "{text}"),
            // Numbers that no double holds keep their digits here and are refused there.
            Err(why) => assert!(
                why.to_string().starts_with("number out of range"),
                "{why}: {text}"
            ),
        }
    }
}

fn looks_like_xml(data: &[u8]) -> bool {
    data.trim_ascii_start().starts_with(b"<")
}

fn depth(value: &Json) -> usize {
    match value {
        Json::Array(items) => 1 + items.iter().map(depth).max().unwrap_or_default(),
        Json::Object(members) => 1 + members.values().map(depth).max().unwrap_or_default(),
        _ => 0,
    }
}

/// Whether two libraries understood the same. Numbers are compared as numbers; of members with one name the last counts.
fn same(ours: &Value, theirs: &Json) -> bool {
    match (ours, theirs) {
        (Value::Null, Json::Null) => true,
        (Value::Bool(one), Json::Bool(other)) => one == other,
        (Value::Int(one), Json::Number(other)) => {
            other.as_i64() == Some(*one) || other.as_f64() == Some(0.0) && *one == 0
        }
        (Value::Float(one), Json::Number(other)) => other.as_f64() == Some(*one),
        (Value::Json(digits), Json::Number(other)) => other.as_f64() == digits.parse().ok(),
        (Value::Text(one), Json::String(other)) => one == other,
        (Value::List(ours), Json::Array(theirs)) => {
            ours.len() == theirs.len()
                && ours.iter().zip(theirs).all(|(one, other)| same(one, other))
        }
        (Value::Object(ours), Json::Object(theirs)) => {
            theirs.iter().all(|(name, other)| match ours.get(name) {
                Some(value) => same(value, other),
                None => other.is_null(),
            })
        }
        _ => false,
    }
}

/// Reading XML ends, the same way each time, and what is read can be written.
pub(super) fn xml(data: &[u8]) {
    let mut document = data.to_vec();
    if !looks_like_xml(data) {
        document.splice(0..0, *b"<a>");
    }
    let (once, again) = (read(&document), read(&document));
    assert_eq!(
        once.as_ref().map(|(value, _)| value),
        again.as_ref().map(|(value, _)| value)
    );
    if let Some((value, _)) = once {
        serde_json::from_str::<Json>(&json_text(&value)).expect("it was written by us");
        // No entity expands to more than it is long.
        // What is no UTF-8 is replaced by a character of three bytes.
        assert!(length(&value) <= document.len() * 3, "{value:?}");
    }
}

fn length(value: &Value) -> usize {
    match value {
        Value::Text(text) => text.len(),
        Value::List(items) => items.iter().map(length).sum(),
        Value::Object(members) => members.iter().map(|(_, value)| length(value)).sum(),
        _ => 0,
    }
}

/// A stream means the same however it is cut.
pub(super) fn events(data: &[u8]) {
    let whole = in_parts(data, data.len().max(1));
    for size in [1, 2, 7] {
        assert_eq!(in_parts(data, size), whole, "in parts of {size}");
    }
}

/// The events of a stream that comes in parts of some size; `None` when it is broken.
fn in_parts(data: &[u8], size: usize) -> Option<Vec<alicloud_runtime::decode::Event>> {
    let mut parser = EventParser::with_limit(data.len());
    for part in data.chunks(size) {
        parser.push(part).ok()?;
    }
    parser.finish().ok()?;
    Some(std::iter::from_fn(|| parser.next_event()).collect())
}

/// An error document is read or is none, and what it says is in it.
pub(super) fn error_body(data: &[u8]) {
    let Some(error) = ErrorBody::read(&Bytes::copy_from_slice(data)) else {
        return;
    };
    let said = [&error.code, &error.message, &error.request_id];
    assert!(said.iter().any(|text| text.is_some()));
    for text in said.into_iter().flatten() {
        assert!(text.len() <= data.len() * 2, "{text}");
    }
}
