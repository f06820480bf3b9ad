//! What comes back: a good answer, its headers, and answers with other statuses.

use super::cursor::{Cursor, Entry};
use super::grammar;
use super::schema::{Untyped, schema};
use super::{Lower, Node, Span, Spanned, Value};
use crate::diagnostic::catalogue;
use crate::spec::Schema;

/// Reads `response:`; `none` for an answer without a body.
pub(super) fn response(lower: &mut Lower<'_>, entry: Option<Entry>) -> Option<Schema> {
    let Entry { key, node, .. } = entry?;
    body(lower, "\"response\"", key, node)
}

/// Reads `other_responses:`, a mapping from a status, or a class of statuses such as `5XX`, to what its body looks like.
pub(super) fn others(
    lower: &mut Lower<'_>,
    entry: Option<Entry>,
) -> Vec<(Spanned<String>, Option<Schema>)> {
    let Some(Entry { node, .. }) = entry else {
        return Vec::new();
    };
    let entries = lower
        .mapping("\"other_responses\"", "key", node)
        .unwrap_or_default();
    let mut responses = Vec::with_capacity(entries.len());
    for (status, node) in entries {
        if !is_status(&status.value) {
            let message = format!(
                "\"{}\" is neither an HTTP status nor a class of them; write a number from 100 to 599, or 4XX",
                status.value
            );
            lower.report(catalogue::BAD_STATUS, status.span, message);
        }
        let what = format!("response \"{}\"", status.value);
        let schema = body(lower, &what, status.span, node);
        responses.push((status, schema));
    }
    responses
}

/// A status, or its first digit and `XX`.
fn is_status(text: &str) -> bool {
    let class = |digit: char| ('1'..='5').contains(&digit);
    match text.strip_suffix("XX") {
        Some(digit) => digit.len() == 1 && digit.chars().all(class),
        None => {
            text.len() == 3 && text.starts_with(class) && text.bytes().all(|c| c.is_ascii_digit())
        }
    }
}

fn body(lower: &mut Lower<'_>, what: &str, place: Span, node: Node) -> Option<Schema> {
    if matches!(&node.value, Value::Scalar { text, .. } if text == "none") {
        return None;
    }
    let mut map = Cursor::open(lower, &grammar::RESPONSE, what, place, node)?;
    let schema = schema(lower, &mut map, Untyped::IsObject);
    map.finish(lower);
    Some(schema)
}
