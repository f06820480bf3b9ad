//! Error codes by HTTP status, in operations and in `service.yaml`.

use std::collections::HashMap;

use super::cursor::{Cursor, Entry};
use super::grammar;
use super::{Lower, Node, Span, Spanned, Value};
use crate::diagnostic::catalogue;
use crate::spec::{ErrorCode, ErrorRef, RetryAdvice};

pub(super) const ADVICE: [(&str, RetryAdvice); 3] = [
    ("never", RetryAdvice::Never),
    ("later", RetryAdvice::Later),
    ("new-credentials", RetryAdvice::NewCredentials),
];

/// Reads `errors:` of an operation.
pub(super) fn of_operation(lower: &mut Lower<'_>, entry: Option<Entry>) -> Vec<ErrorRef> {
    let read = |lower: &mut Lower<'_>, status, code: Spanned<String>, node: Option<Node>| {
        let known = node.filter(|node| !node.is_empty());
        let own = known.and_then(|node| described(lower, status, code.clone(), node));
        ErrorRef { status, code, own }
    };
    by_status(lower, entry, read)
}

/// Reads `errors:` of `service.yaml`.
pub(super) fn of_service(lower: &mut Lower<'_>, entry: Option<Entry>) -> Vec<ErrorCode> {
    let read = |lower: &mut Lower<'_>, status, code: Spanned<String>, node: Option<Node>| {
        let known = node.filter(|node| !node.is_empty());
        let found = known.and_then(|node| described(lower, status, code.clone(), node));
        found.unwrap_or_else(|| bare(status, code))
    };
    by_status(lower, entry, read)
}

/// Reads the codes of every status. `read` makes something of a code and of what the spec says of it, if anything.
fn by_status<T>(
    lower: &mut Lower<'_>,
    entry: Option<Entry>,
    read: impl Fn(&mut Lower<'_>, u16, Spanned<String>, Option<Node>) -> T,
) -> Vec<T> {
    let Some(Entry { node, .. }) = entry else {
        return Vec::new();
    };
    let mut codes = Vec::new();
    for (key, node) in lower.mapping("\"errors\"", "key", node).unwrap_or_default() {
        let Some(status) = status(lower, &key) else {
            continue;
        };
        for (code, node) in listed(lower, &key, node) {
            codes.push(read(lower, status, code, node));
        }
    }
    codes
}

fn status(lower: &mut Lower<'_>, key: &Spanned<String>) -> Option<u16> {
    let status = key
        .value
        .parse()
        .ok()
        .filter(|status| (100..=599).contains(status));
    if status.is_none() {
        let message = format!(
            "\"{}\" is not an HTTP status; give a number from 100 to 599",
            key.value
        );
        lower.report(catalogue::BAD_STATUS, key.span, message);
    }
    status
}

/// The codes of one status: a list of names, or a mapping from each name to what is known.
fn listed(
    lower: &mut Lower<'_>,
    status: &Spanned<String>,
    node: Node,
) -> Vec<(Spanned<String>, Option<Node>)> {
    let what = format!("an error code of {}", status.value);
    match node.value {
        Value::Sequence(items) => {
            let codes = items
                .into_iter()
                .filter_map(|item| lower.item(&what, item))
                .collect();
            once(lower, codes)
                .into_iter()
                .map(|code| (code, None))
                .collect()
        }
        Value::Mapping(_) => {
            let entries = lower.mapping(&what, "key", node).unwrap_or_default();
            entries
                .into_iter()
                .map(|(code, node)| (code, Some(node)))
                .collect()
        }
        Value::Scalar { .. } => {
            let message = format!(
                "\"{}\" must be a list or a mapping of error codes, not {}",
                status.value,
                node.describe()
            );
            lower.report(catalogue::WRONG_SHAPE, node.span, message);
            Vec::new()
        }
    }
}

/// The codes without those that were there before.
fn once(lower: &mut Lower<'_>, codes: Vec<Spanned<String>>) -> Vec<Spanned<String>> {
    let mut seen: HashMap<String, Span> = HashMap::new();
    let mut kept = Vec::new();
    for code in codes {
        match seen.get(&code.value) {
            Some(first) => lower.repeated("error code", &code, *first),
            None => {
                seen.insert(code.value.clone(), code.span);
                kept.push(code);
            }
        }
    }
    kept
}

fn bare(status: u16, code: Spanned<String>) -> ErrorCode {
    ErrorCode {
        code,
        status,
        meaning: None,
        retry: None,
    }
}

fn described(
    lower: &mut Lower<'_>,
    status: u16,
    code: Spanned<String>,
    node: Node,
) -> Option<ErrorCode> {
    let what = format!("error code \"{}\"", code.value);
    let mut map = Cursor::open(lower, &grammar::ERROR, &what, code.span, node)?;
    let meaning = lower.prose(map.take("meaning"));
    let retry = lower.keyword("retry advice", &ADVICE, map.take("retry"));
    map.finish(lower);
    Some(ErrorCode {
        meaning,
        retry,
        ..bare(status, code)
    })
}
