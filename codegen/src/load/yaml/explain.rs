//! What is wrong with a file that is not YAML, in words that say what to do.
//!
//! The parser's own messages describe the state of the parser ("simple key expect ':'"). Those that a person writing a spec is
//! likely to meet are put differently here; the others are shown as they are.

use saphyr_parser::ScanError;

use super::places::Places;
use crate::diagnostic::{Diagnostic, catalogue};

/// A part of the parser's message, and ours.
const MESSAGES: [(&str, &str); 19] = [
    (
        "simple key expect",
        "expected \"key: value\", and there is no colon with a space after it",
    ),
    (
        "mapping values are not allowed",
        "no key can stand here; mend the indentation, or quote the value if the colon is part of it",
    ),
    (
        "did not find expected key",
        "expected a key; mend the indentation",
    ),
    (
        "did not find expected '-'",
        "expected \"- \"; mend the indentation",
    ),
    (
        "block sequence entries are not allowed",
        "no list can start here; put it on a line of its own",
    ),
    (
        "flow mapping, did not find expected",
        "expected \",\" or \"}\"; close the brace",
    ),
    (
        "flow sequence, expected",
        "expected \",\" or \"]\"; close the bracket",
    ),
    (
        "illegal placement of ':'",
        "no key can stand here; close the bracket or brace before it",
    ),
    (
        "misplaced bracket",
        "a closing bracket without an opening one",
    ),
    (
        "invalid indentation in quoted scalar",
        "the quoted text is not closed, or its next line is not indented",
    ),
    (
        "found unexpected end of stream",
        "the quoted text is not closed",
    ),
    (
        "invalid trailing content after double-quoted",
        "nothing may follow the closing quote",
    ),
    (
        "unknown escape character",
        "unknown escape; write a backslash as \"\\\\\", or use single quotes",
    ),
    ("tab", "a tab cannot indent; use spaces"),
    (
        "unexpected character",
        "a value cannot start with this character; quote it",
    ),
    (
        "unknown anchor",
        "unknown anchor; quote the value if it only starts with \"*\"",
    ),
    (
        "wrongly indented line in block scalar",
        "the first line of the block is indented less than the next",
    ),
    (
        "found unprintable character",
        "a control character; remove it",
    ),
    ("recursion limit", "brackets nested too deeply"),
];

/// The diagnostic for a file the parser gave up on.
pub(super) fn explain(places: &Places<'_>, error: &ScanError) -> Diagnostic {
    let info = error.info();
    let known = MESSAGES.iter().find(|(part, _)| info.contains(part));
    let message = known.map_or(info, |(_, message)| message);
    let index = error.marker().index();
    // That a key lacks its colon shows only at whatever comes next, and that something is not closed only at the end.
    let span = match info.contains("simple key expect") || places.is_end(index) {
        true => places.line_before(index),
        false => places.character(index),
    };
    Diagnostic::new(
        catalogue::NOT_YAML,
        span,
        format!("not valid YAML: {message}"),
    )
}
