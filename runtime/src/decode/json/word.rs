//! The words of JSON: numbers, `true`, `false` and `null`; and those that are written in their place.

use crate::decode::Shape;

/// The word at the start of a text, up to a delimiter.
pub(super) fn at_start(text: &str) -> Option<&str> {
    let bytes = text.as_bytes();
    let end = match bytes {
        [b't', b'r', b'u', b'e', ..] | [b'n', b'u', b'l', b'l', ..] => 4,
        [b'f', b'a', b'l', b's', b'e', ..] => 5,
        _ => number_end(bytes)?,
    };
    let delimited = bytes.get(end).is_none_or(|byte| {
        matches!(
            byte,
            b',' | b'}' | b']' | b':' | b'"' | b'{' | b'[' | 0..=b' '
        )
    });
    text.get(..end).filter(|_| delimited)
}

/// What the word at the start of a text is; `None` when there is none.
pub(super) fn shape(text: &str) -> Option<Shape> {
    match at_start(text) {
        Some("null") => Some(Shape::Null),
        Some("true" | "false") => Some(Shape::Bool),
        Some(_) => Some(Shape::Number),
        None => {
            let word = text.get(..odd(text)?)?;
            Some(if is_truth(word) {
                Shape::Bool
            } else {
                Shape::Null
            })
        }
    }
}

/// Whether a word is `true` or `false` in any case.
pub(super) fn is_truth(word: &str) -> bool {
    word.eq_ignore_ascii_case("true") || word.eq_ignore_ascii_case("false")
}

/// The length of a word that JSON does not have, such as `NaN`, `-Infinity`, `None` or `.5`, up to a delimiter.
pub(super) fn odd(text: &str) -> Option<usize> {
    let is_part = |byte: &u8| byte.is_ascii_alphanumeric() || b"_+-.".contains(byte);
    let length = text.bytes().take_while(|byte| is_part(byte)).count();
    let rest = text.as_bytes().get(length);
    let delimited = matches!(
        rest,
        Some(b',' | b'}' | b']' | b' ' | b'\n' | b'\r' | b'\t')
    );
    (length > 0 && delimited).then_some(length)
}

/// The length of the number at the start, by the grammar of JSON.
fn number_end(bytes: &[u8]) -> Option<usize> {
    let digits = |from: usize| {
        let rest = bytes.get(from..)?;
        let length = rest.iter().take_while(|byte| byte.is_ascii_digit()).count();
        (length > 0).then_some(from + length)
    };
    let start = usize::from(bytes.first() == Some(&b'-'));
    let mut end = match bytes.get(start)? {
        b'0' => start + 1,
        _ => digits(start)?,
    };
    if bytes.get(end) == Some(&b'.') {
        end = digits(end + 1)?;
    }
    if matches!(bytes.get(end), Some(b'e' | b'E')) {
        let sign = matches!(bytes.get(end + 1), Some(b'+' | b'-'));
        end = digits(end + 1 + usize::from(sign))?;
    }
    Some(end)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_end_at_a_delimiter() {
        for (text, word) in [
            ("true", Some("true")),
            ("false]", Some("false")),
            ("null ,", Some("null")),
            ("0}", Some("0")),
            ("-0.10e+12,", Some("-0.10e+12")),
            ("12345678901234567890123\n", Some("12345678901234567890123")),
            ("1E5", Some("1E5")),
            ("truely", None),
            ("True", None),
            ("nul", None),
            ("01", None),
            ("-", None),
            ("+1", None),
            (".5", None),
            ("1.", None),
            ("1.e5", None),
            ("1e", None),
            ("1e+", None),
            ("0x10", None),
            ("1_000", None),
            ("NaN", None),
            ("", None),
            ("1é", None),
        ] {
            assert_eq!(at_start(text), word, "{text}");
        }
    }
}
