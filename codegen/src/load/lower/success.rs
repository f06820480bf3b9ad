//! Success rules: what in a 200 answer means that the call failed all the same.

use super::cursor::{Cursor, Entry};
use super::grammar;
use super::{Lower, Node, Value};
use crate::diagnostic::catalogue;
use crate::spec::SuccessRule;

/// Reads `success:`, a list of rules or `none` for an operation without any.
pub(super) fn success(lower: &mut Lower<'_>, entry: Option<Entry>) -> Option<Vec<SuccessRule>> {
    let Entry { name, node, .. } = entry?;
    if matches!(&node.value, Value::Scalar { text, .. } if text == "none") {
        return Some(Vec::new());
    }
    if let Value::Scalar { .. } = node.value {
        let message = format!("\"{name}\" must be a list of rules, or none");
        lower.report(catalogue::WRONG_SHAPE, node.span, message);
        return None;
    }
    let items = lower.list(name, node)?;
    Some(
        items
            .into_iter()
            .filter_map(|item| rule(lower, item))
            .collect(),
    )
}

fn rule(lower: &mut Lower<'_>, node: Node) -> Option<SuccessRule> {
    let mut map = Cursor::open(
        lower,
        &grammar::SUCCESS_RULE,
        "a success rule",
        node.span,
        node,
    )?;
    let field = map.require(lower, "field", "name the field of the answer that tells");
    let field = lower.text(field);
    let failed = map.require(lower, "failed", "list the values that mean failure");
    let failed = lower.texts(failed);
    let code = lower.text(map.take("code"));
    let message = lower.text(map.take("message"));
    let fill = lower.text(map.take("fill"));
    map.finish(lower);
    Some(SuccessRule {
        field: field?,
        failed: failed.into_iter().map(|value| value.value).collect(),
        code,
        message,
        fill,
    })
}
