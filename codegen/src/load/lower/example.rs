//! Examples: a request, and the answers to it as they come.

use super::cursor::{Cursor, Entry};
use super::grammar;
use super::{Lower, Node, Spanned, Value};
use crate::diagnostic::catalogue;
use crate::spec::Example;

/// Reads the list `examples:`.
pub(super) fn examples(lower: &mut Lower<'_>, entry: Option<Entry>) -> Vec<Example> {
    let Some(Entry { name, node, .. }) = entry else {
        return Vec::new();
    };
    let items = lower.list(name, node).unwrap_or_default();
    items
        .into_iter()
        .filter_map(|item| example(lower, item))
        .collect()
}

fn example(lower: &mut Lower<'_>, node: Node) -> Option<Example> {
    let mut map = Cursor::open(lower, &grammar::EXAMPLE, "an example", node.span, node)?;
    let example = Example {
        span: map.span,
        request: request(lower, map.take("request")),
        json: answer(lower, map.take("json")),
        xml: answer(lower, map.take("xml")),
    };
    map.finish(lower);
    Some(example)
}

fn request(lower: &mut Lower<'_>, entry: Option<Entry>) -> Option<Spanned<serde_json::Value>> {
    let Entry { name, node, .. } = entry?;
    let span = node.span;
    if !matches!(node.value, Value::Mapping(_)) {
        let message = format!(
            "\"{name}\" must be a mapping of parameters, not {}",
            node.describe()
        );
        lower.report(catalogue::WRONG_SHAPE, span, message);
        return None;
    }
    Some(Spanned::new(lower.json(node), span))
}

/// An answer is text: exactly what the service sends, which need not be what the spec makes of it.
fn answer(lower: &mut Lower<'_>, entry: Option<Entry>) -> Option<Spanned<String>> {
    let Entry { name, node, .. } = entry?;
    match node.value {
        Value::Scalar { text, .. } => Some(Spanned::new(text, node.span)),
        _ => {
            let message = format!(
                "\"{name}\" must be text, not {}; start it with |",
                node.describe()
            );
            lower.report(catalogue::WRONG_SHAPE, node.span, message);
            None
        }
    }
}
