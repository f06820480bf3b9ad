//! YAML values as JSON: the requests of examples, and examples of values that are not scalars.

use serde_json::{Map, Number, Value as Json};

use super::{Lower, Node, Value};

impl Lower<'_> {
    /// The node as JSON, its keys in the order written.
    pub(super) fn json(&mut self, node: Node) -> Json {
        match node.value {
            Value::Scalar { text, plain: true } => plain(text),
            Value::Scalar { text, plain: false } => Json::String(text),
            Value::Sequence(items) => {
                Json::Array(items.into_iter().map(|item| self.json(item)).collect())
            }
            Value::Mapping(_) => Json::Object(self.object(node)),
        }
    }

    fn object(&mut self, node: Node) -> Map<String, Json> {
        let entries = self.mapping("an object", "key", node).unwrap_or_default();
        let members = entries
            .into_iter()
            .map(|(key, node)| (key.value, self.json(node)));
        members.collect()
    }
}

/// A text without quotes: null, a boolean, a number or just text.
fn plain(text: String) -> Json {
    match text.as_str() {
        "" | "~" | "null" => Json::Null,
        "true" => Json::Bool(true),
        "false" => Json::Bool(false),
        _ => number(&text).map_or_else(|| Json::String(text), Json::Number),
    }
}

/// A number, if it is written the way JSON writes it. Anything else (`007`, `1.10`, more digits than a double holds) would not
/// come out as it went in, and stays text: it is as likely to be an ID or a version.
fn number(text: &str) -> Option<Number> {
    let first = text.bytes().next()?;
    if !first.is_ascii_digit() && first != b'-' {
        return None;
    }
    let number: Number = serde_json::from_str(text).ok()?;
    (number.to_string() == text).then_some(number)
}
