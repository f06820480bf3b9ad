//! Percent-encoding, in the one dialect every signature of the service is computed over.
//!
//! `A-Z a-z 0-9 - _ . ~` stay, every other byte of the UTF-8 text becomes `%XX` in upper case. A form body differs in one
//! character: a space is `+` there.

use std::borrow::Cow;

use super::Pair;

const fn unreserved_table() -> [bool; 256] {
    let mut table = [false; 256];
    let mut byte = 0;
    while byte < 256 {
        table[byte] = matches!(byte as u8, b'A'..=b'Z' | b'a'..=b'z' | b'0'..=b'9' | b'-' | b'_' | b'.' | b'~');
        byte += 1;
    }
    table
}

static UNRESERVED: [bool; 256] = unreserved_table();

/// `%00%01` up to `%FF`.
const ESCAPES: &str = match std::str::from_utf8(&escape_table()) {
    Ok(text) => text,
    Err(_) => "",
};

const fn escape_table() -> [u8; 768] {
    const UPPER: &[u8; 16] = b"0123456789ABCDEF";
    let mut table = [b'%'; 768];
    let mut byte = 0;
    while byte < 256 {
        table[byte * 3 + 1] = UPPER[byte >> 4];
        table[byte * 3 + 2] = UPPER[byte & 15];
        byte += 1;
    }
    table
}

/// The escape of a byte, such as `%2F`.
fn escape(byte: u8) -> &'static str {
    let at = usize::from(byte) * 3;
    &ESCAPES[at..at + 3]
}

/// Appends `text`, each reserved byte written by `write`; runs of unreserved bytes are copied whole.
fn push_escaped(out: &mut String, text: &str, write: impl Fn(&mut String, u8)) {
    let mut rest = text;
    while let Some(at) = rest.bytes().position(|byte| !UNRESERVED[usize::from(byte)]) {
        out.push_str(&rest[..at]);
        let width = rest[at..].chars().next().map_or(1, char::len_utf8);
        for byte in rest[at..at + width].bytes() {
            write(out, byte);
        }
        rest = &rest[at + width..];
    }
    out.push_str(rest);
}

/// Appends the encoded text.
pub fn push_percent(out: &mut String, text: &str) {
    push_escaped(out, text, |out, byte| out.push_str(escape(byte)));
}

/// Appends the text encoded twice, as a V1 string to sign holds it: every `%` of the first round is `%25`.
pub fn push_percent_twice(out: &mut String, text: &str) {
    push_escaped(out, text, |out, byte| {
        out.push_str("%25");
        out.push_str(&escape(byte)[1..]);
    });
}

/// Appends the text as a form body holds it.
pub fn push_form(out: &mut String, text: &str) {
    push_escaped(out, text, |out, byte| match byte {
        b' ' => out.push('+'),
        other => out.push_str(escape(other)),
    });
}

/// The encoded text; borrowed when nothing needed encoding.
#[must_use]
pub fn percent(text: &str) -> Cow<'_, str> {
    if text.bytes().all(|byte| UNRESERVED[usize::from(byte)]) {
        return Cow::Borrowed(text);
    }
    let mut out = String::with_capacity(text.len() * 3);
    push_percent(&mut out, text);
    Cow::Owned(out)
}

/// The text as a form body holds it.
#[must_use]
pub fn form(text: &str) -> String {
    let mut out = String::with_capacity(text.len() * 3);
    push_form(&mut out, text);
    out
}

/// `name=value` joined with `&`, in the order given, percent-encoded.
#[must_use]
pub fn query_pairs(pairs: &[Pair<'_>]) -> String {
    join_pairs(pairs, push_percent)
}

/// `name=value` joined with `&`, in the order given, as a form body.
#[must_use]
pub fn form_pairs(pairs: &[Pair<'_>]) -> String {
    join_pairs(pairs, push_form)
}

fn join_pairs(pairs: &[Pair<'_>], push: fn(&mut String, &str)) -> String {
    let size = pairs
        .iter()
        .map(|(name, value)| name.len() + value.len() * 3 / 2 + 2)
        .sum();
    let mut out = String::with_capacity(size);
    for (name, value) in pairs {
        if !out.is_empty() {
            out.push('&');
        }
        push(&mut out, name);
        out.push('=');
        push(&mut out, value);
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn unreserved_stay_and_everything_else_is_encoded() {
        assert_eq!(percent("AZaz09-_.~"), "AZaz09-_.~");
        assert_eq!(percent(" *+/!'()"), "%20%2A%2B%2F%21%27%28%29");
        assert_eq!(percent("中🚀"), "%E4%B8%AD%F0%9F%9A%80");
        assert_eq!(percent("\u{0}\r\n"), "%00%0D%0A");
    }

    #[test]
    fn forms_write_a_space_as_plus() {
        assert_eq!(form("a b+c*~"), "a+b%2Bc%2A~");
    }

    #[test]
    fn twice_is_once_and_once_again() {
        for text in ["a b", "100%", "中&=", "plain"] {
            let mut twice = String::new();
            push_percent_twice(&mut twice, text);
            assert_eq!(twice, percent(&percent(text)));
        }
    }
}
