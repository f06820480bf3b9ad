//! Waiters: the states that calling an operation again and again can wait for.

use super::cursor::{Cursor, Entry};
use super::grammar;
use super::{Lower, Node, Span, Spanned};
use crate::spec::{USUAL_DEADLINE, USUAL_INTERVAL, Waiter};

/// Reads `waiters:`, a mapping from the name of each to what it waits for.
pub(super) fn waiters(lower: &mut Lower<'_>, entry: Option<Entry>) -> Vec<Waiter> {
    let Some(Entry { node, .. }) = entry else {
        return Vec::new();
    };
    let entries = lower.mapping("\"waiters\"", "waiter", node);
    entries
        .unwrap_or_default()
        .into_iter()
        .filter_map(|(name, node)| waiter(lower, name, node))
        .collect()
}

fn waiter(lower: &mut Lower<'_>, name: Spanned<String>, node: Node) -> Option<Waiter> {
    let mut map = Cursor::open(lower, &grammar::WAITER, "a waiter", name.span, node)?;
    let description = lower.prose(map.take("description"));
    let field = map.require(lower, "field", "name the field of the answer that tells");
    let field = lower.text(field);
    let wanted = map.require(lower, "wanted", "list the values that end the waiting well");
    let wanted = lower.texts(wanted);
    let failed = lower.texts(map.take("failed"));
    let interval = seconds(lower, map.take("interval"), USUAL_INTERVAL, map.span);
    let deadline = seconds(lower, map.take("deadline"), USUAL_DEADLINE, map.span);
    map.finish(lower);
    Some(Waiter {
        name,
        description,
        field: field?,
        wanted,
        failed,
        interval,
        deadline,
    })
}

/// A number of seconds, where it was written; the usual one, at `place`, when it was not.
fn seconds(lower: &mut Lower<'_>, entry: Option<Entry>, usual: u64, place: Span) -> Spanned<u64> {
    let span = entry.as_ref().map_or(place, |entry| entry.node.span);
    Spanned::new(lower.count(entry).unwrap_or(usual), span)
}
