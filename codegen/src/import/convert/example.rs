//! Example answers. They are synthesized from the schemas, so they prove nothing; they only show what an answer looks like.

use serde_json::Value;

use super::super::draft::Answer;
use super::super::metadata::value::{member, text};

/// The answers in `responseDemo`, which is JSON in a string.
pub(super) fn answers(node: &Value) -> Vec<Answer> {
    let demo = member(node, "responseDemo")
        .and_then(Value::as_str)
        .unwrap_or_default();
    let samples: Vec<Value> = serde_json::from_str(demo).unwrap_or_default();
    samples.iter().filter_map(answer).collect()
}

fn answer(sample: &Value) -> Option<Answer> {
    let format = match text(sample, "type")? {
        "json" => "json",
        "xml" => "xml",
        _ => return None,
    };
    Some(Answer {
        format,
        text: text(sample, "example")?.to_owned(),
    })
}
