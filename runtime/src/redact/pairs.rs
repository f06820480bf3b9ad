//! Secrets nobody told of, which show by what stands before them: the name of a secret, a URL's user, the words "string to
//! sign".

use std::ops::Range;

use super::escapes::{Folded, View};
use super::search::places;

/// What stands before a text that a signature is computed over, which holds every parameter, as it reads without blanks.
const SIGNED: [&[u8]; 4] = [
    b"stringtosign",
    b"canonicalrequest",
    b"canonicalizedrequest",
    b"canonicalstring",
];

/// The strings to sign of the signatures that hash the request first: they tell nothing.
const HASHED: [&[u8]; 2] = [b"acs3-", b"acs4-"];

type Found = Vec<Range<usize>>;

/// Marks values beside the name of a secret: `name=value`, `"name": "value"`, `name: "value"`, `<name>value</name>`.
pub(super) fn values(view: &View, is_secret: &dyn Fn(&str) -> bool, found: &mut Found) {
    let text = &view.bytes[..];
    let mut at = 0;
    while let Some(byte) = text.get(at) {
        let value = match byte {
            b'=' | b':' => named(text, at, is_secret),
            b'<' => element(text, at, is_secret),
            _ => None,
        };
        at += 1;
        if let Some(value) = value {
            // What is inside is found already.
            at = at.max(value.end);
            found.push(view.source(value));
        }
    }
}

fn is_named(name: &[u8], is_secret: &dyn Fn(&str) -> bool) -> bool {
    std::str::from_utf8(name).is_ok_and(is_secret)
}

fn is_blank(byte: &u8) -> bool {
    matches!(byte, b' ' | b'\t')
}

fn is_quote(byte: &u8) -> bool {
    matches!(byte, b'"' | b'\'' | b'`')
}

/// What may stand in a name, `params[password]` among them.
fn is_of_name(byte: &u8) -> bool {
    byte.is_ascii_alphanumeric() || b"_.-[]".contains(byte) || *byte >= 0x80
}

/// The value behind an equals sign or a colon, when the name before it is that of a secret.
fn named(text: &[u8], at: usize, is_secret: &dyn Fn(&str) -> bool) -> Option<Range<usize>> {
    let before = trim_end(&text[..at], is_blank);
    let unquoted = trim_end(before, |byte| is_quote(byte) || *byte == b'\\');
    let name = &unquoted[trim_end(unquoted, is_of_name).len()..];
    if name.is_empty() || !is_named(name, is_secret) {
        return None;
    }
    let arrow = usize::from(text[at..].starts_with(b"=>"));
    let after = &text[at + 1 + arrow..];
    let start = text.len() - after.iter().skip_while(|byte| is_blank(byte)).count();
    value(text, start, text[at] == b'=')
}

/// The value that begins at a place. Behind a colon, words that nothing encloses are prose.
fn value(text: &[u8], start: usize, assigned: bool) -> Option<Range<usize>> {
    let until = |from: usize, end: &dyn Fn(usize) -> bool| {
        let end = (from..text.len()).find(|at| end(*at));
        from..end.unwrap_or(text.len())
    };
    let closing = match text.get(start)? {
        quote if is_quote(quote) => *quote,
        b'[' => b']',
        b'{' if assigned => b'}',
        b'{' => return None,
        byte if byte.is_ascii_digit() || *byte == b'-' || assigned => {
            let part = until(start, &|at| {
                ends_bare(text[at]) || !assigned && b",}])".contains(&text[at])
            });
            let open = matches!(&text[part.clone()], b"null" | b"true" | b"false");
            return (!open).then_some(part);
        }
        _ => return None,
    };
    let closes = |at: usize| text[at] == closing && text[at - 1] != b'\\';
    Some(until(start + 1, &closes))
}

/// Whether a value without quotes ends before a byte.
fn ends_bare(byte: u8) -> bool {
    byte.is_ascii_whitespace() || byte.is_ascii_control() || b"&;\"'`<>".contains(&byte)
}

/// The text of an element of that name.
fn element(text: &[u8], at: usize, is_secret: &dyn Fn(&str) -> bool) -> Option<Range<usize>> {
    let rest = &text[at + 1..];
    let is_of_tag = |byte: &&u8| is_of_name(byte) || **byte == b':';
    let length = rest.iter().take_while(is_of_tag).count();
    if length == 0 || !is_named(&rest[..length], is_secret) {
        return None;
    }
    let tag = rest.iter().position(|byte| matches!(byte, b'<' | b'>'))?;
    if rest[tag] == b'<' || rest[..tag].ends_with(b"/") {
        return None;
    }
    let mut start = at + 1 + tag + 1;
    let mut end: &[u8] = b"<";
    if text[start..].starts_with(b"<![CDATA[") {
        (start, end) = (start + 9, b"]]>");
    }
    let length = text[start..]
        .windows(end.len())
        .position(|part| part == end);
    let value = start..length.map_or(text.len(), |length| start + length);
    let blank = text[value.clone()].iter().all(u8::is_ascii_whitespace);
    (!blank).then_some(value)
}

fn trim_end(text: &[u8], drops: impl Fn(&u8) -> bool) -> &[u8] {
    let dropped = text.iter().rev().take_while(|byte| drops(byte)).count();
    &text[..text.len() - dropped]
}

/// Marks the user information of URLs: `//user:password@`, and `thin:user/password@` in those of Oracle.
pub(super) fn users(view: &View, found: &mut Found) {
    let text = &view.bytes[..];
    for at in 0..text.len() {
        if !matches!(text[at], b'/' | b't' | b'T' | b'o' | b'O') {
            continue;
        }
        let rest = &text[at..];
        let (skipped, slashes) = match rest {
            [b'/', b'/', ..] => (2, false),
            [b't' | b'T', b'h' | b'H', b'i' | b'I', b'n' | b'N', b':', ..] => (5, true),
            [b'o' | b'O', b'c' | b'C', b'i' | b'I', b':', ..] => (4, true),
            _ => continue,
        };
        let start = at + skipped;
        let length = user(&rest[skipped..], slashes);
        found.extend(length.map(|length| view.source(start..start + length)));
    }
}

/// How long user information may be.
const LONGEST_USER: usize = 1024;

/// How long the user information is that a text begins with.
fn user(text: &[u8], slashes: bool) -> Option<usize> {
    let text = &text[..text.len().min(LONGEST_USER)];
    let end = text.iter().position(|byte| ends_url(*byte));
    let text = &text[..end.unwrap_or(text.len())];
    let last = text.iter().rposition(|byte| *byte == b'@')?;
    let is_end = |byte: &u8| matches!(byte, b'/' | b'?' | b'#');
    let authority = text.iter().position(is_end).unwrap_or(text.len());
    if slashes {
        return Some(last);
    }
    if let Some(at) = text[..authority].iter().rposition(|byte| *byte == b'@') {
        return Some(at);
    }
    // A slash that should have been encoded: `user:pass/word@host`, but not `host:8080/a@b`.
    let colon = text[..authority].iter().position(|byte| *byte == b':')?;
    let port = text[colon + 1..authority].iter().all(u8::is_ascii_digit);
    (!port).then_some(last)
}

fn ends_url(byte: u8) -> bool {
    byte.is_ascii_whitespace() || byte.is_ascii_control() || b"\"'`<>".contains(&byte)
}

/// Marks everything behind the words "string to sign" and their like.
pub(super) fn signed_text(folded: &Folded, found: &mut Found) {
    let text = &folded.view.bytes[..];
    for words in SIGNED {
        for at in places(text, words) {
            let rest = &text[at + words.len()..];
            let (rest, is) = rest
                .strip_prefix(b"is")
                .map_or((rest, false), |rest| (rest, true));
            let skipped = rest
                .iter()
                .take_while(|byte| b":=\"'".contains(byte))
                .count();
            let told = &rest[skipped..];
            if (is || skipped > 0) && !HASHED.iter().any(|hashed| told.starts_with(hashed)) {
                found.push(folded.view.source(text.len() - told.len()..text.len()));
            }
        }
    }
}
