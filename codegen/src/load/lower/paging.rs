//! How long lists come in parts, and where the end of something slow is seen.

use super::Lower;
use super::cursor::{Cursor, Entry};
use super::grammar;
use crate::spec::{Asynchronous, PageStyle, Pagination};

pub(super) const STYLES: [(&str, bool); 2] = [("page", false), ("token", true)];

/// Reads `pagination:`.
pub(super) fn pagination(lower: &mut Lower<'_>, entry: Option<Entry>) -> Option<Pagination> {
    let Entry { key, node, .. } = entry?;
    let mut map = Cursor::open(lower, &grammar::PAGINATION, "\"pagination\"", key, node)?;
    let style = map.require(lower, "style", "say page or token");
    let by_token = lower.keyword("style", &STYLES, style);
    let style = match by_token {
        Some(true) => tokens(lower, &mut map),
        Some(false) => pages(lower, &mut map),
        None => return None,
    };
    let size = lower.text(map.take("size"));
    let items = lower.text(map.take("items"));
    let span = map.span;
    map.finish(lower);
    Some(Pagination {
        span,
        style: style?,
        size,
        items,
    })
}

fn pages(lower: &mut Lower<'_>, map: &mut Cursor) -> Option<PageStyle> {
    let page = map.require(lower, "page", "name the parameter with the page number");
    let page = lower.text(page);
    let total = lower.text(map.take("total"));
    Some(PageStyle::Page { page: page?, total })
}

fn tokens(lower: &mut Lower<'_>, map: &mut Cursor) -> Option<PageStyle> {
    let token = map.require(lower, "token", "name the parameter that takes the token");
    let token = lower.text(token);
    let next = map.require(
        lower,
        "next",
        "name the field with the token of the next part",
    );
    let next = lower.text(next);
    Some(PageStyle::Token {
        token: token?,
        next: next?,
    })
}

/// Reads `asynchronous:`.
pub(super) fn asynchronous(lower: &mut Lower<'_>, entry: Option<Entry>) -> Option<Asynchronous> {
    let Entry { key, node, .. } = entry?;
    let mut map = Cursor::open(lower, &grammar::ASYNCHRONOUS, "\"asynchronous\"", key, node)?;
    let operation = map.require(
        lower,
        "operation",
        "name the operation that tells how far it is",
    );
    let operation = lower.text(operation);
    let interval_ms = lower.count(map.take("interval_ms"));
    map.finish(lower);
    Some(Asynchronous {
        operation: operation?,
        interval_ms,
    })
}
