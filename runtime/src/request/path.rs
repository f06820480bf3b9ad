//! Paths: holes filled, and nothing in them that would not arrive as it was signed.

use super::Unsendable;
use crate::encode::push_percent;

/// The path with a value in every hole of that name. The value is one segment, or part of one, whatever it holds.
pub(super) fn fill(path: &str, name: &str, value: &str) -> String {
    let mut filled = String::with_capacity(path.len() + value.len());
    let mut rest = path;
    while let Some((before, hole, after)) = next_hole(rest) {
        filled.push_str(before);
        if hole == name {
            push_percent(&mut filled, value);
        } else {
            filled.push('{');
            filled.push_str(hole);
            filled.push('}');
        }
        rest = after;
    }
    filled.push_str(rest);
    filled
}

/// What stands before the first hole, its name, and what stands behind it.
fn next_hole(path: &str) -> Option<(&str, &str, &str)> {
    let (before, rest) = path.split_once('{')?;
    let (name, after) = rest.split_once('}')?;
    Some((before, name, after))
}

/// Refuses a path that HTTP clients would change on the way. `template` is the one it was made from; it is named in
/// errors, since the path itself holds values.
pub(super) fn check(path: &str, template: &str) -> Result<(), Unsendable> {
    if let Some((_, hole, _)) = next_hole(path) {
        return Err(Unsendable(format!("the path parameter {hole} is not set")));
    }
    if !path.starts_with('/') || !path.bytes().all(stays) {
        return Err(Unsendable(format!(
            "{template} is no path: it starts with `/` and holds only characters that may stand in a URL's path"
        )));
    }
    if path.split('/').any(is_dots) {
        return Err(Unsendable(format!(
            "a segment of the path {template} would be `.` or `..`, which HTTP clients resolve before they send it: \
             such a value cannot be a path parameter"
        )));
    }
    Ok(())
}

/// The bytes a path is made of (RFC 3986): those no URL library encodes or takes for the end of the path.
fn stays(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || b"-._~%/!$&'()*+,;=:@".contains(&byte)
}

/// Whether a segment means this folder or the one above, encoded or not.
fn is_dots(segment: &str) -> bool {
    let short = segment.len() <= "%2e%2e".len() && segment.starts_with(['.', '%']);
    short
        && matches!(
            segment.to_ascii_lowercase().replace("%2e", ".").as_str(),
            "." | ".."
        )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn values_stay_inside_their_segment() {
        let path = "/a/{Id}/{Other}/{Id}";
        assert_eq!(fill(path, "Id", "x/y"), "/a/x%2Fy/{Other}/x%2Fy");
        assert_eq!(
            fill(path, "Id", "{Other}"),
            "/a/%7BOther%7D/{Other}/%7BOther%7D"
        );
        assert_eq!(fill("/a/{Id}", "Id", ""), "/a/");
        assert_eq!(fill("/a", "Id", "x"), "/a");
    }

    #[test]
    fn paths_that_would_change_are_refused() {
        for path in [
            "",
            "a",
            "@host/x",
            "/a/{Id}",
            "/.",
            "/..",
            "/a/../b",
            "/a/%2e",
            "/%2E%2e/b",
            "/.%2E",
            "/a?b",
            "/a#b",
            "/a b",
            "/a\\b",
            "/\u{4e2d}",
            "/a\nb",
        ] {
            assert!(check(path, "template").is_err(), "{path:?}");
        }
        for path in [
            "/",
            "//",
            "/a//b",
            "/...",
            "/.a",
            "/a.",
            "/%2F",
            "/~x",
            "/%2e%2e%2e",
            "/a%20b",
            "/%252e",
        ] {
            assert_eq!(check(path, "template"), Ok(()), "{path:?}");
        }
    }
}
