//! Characters that are not plainly visible: line breaks, escape sequences of terminals, marks that turn the direction of
//! writing. In a log they end a line and begin a forged one, or show another text than the one that is there.

use std::borrow::Cow;

/// The text with everything that is not plainly visible as Rust escapes it.
pub(crate) fn visible(text: &str) -> Cow<'_, str> {
    if text.bytes().all(|byte| matches!(byte, b' '..=b'~')) {
        return Cow::Borrowed(text);
    }
    let mut out = String::with_capacity(text.len());
    for character in text.chars() {
        if is_visible(character) {
            out.push(character);
        } else {
            out.extend(character.escape_debug());
        }
    }
    Cow::Owned(out)
}

/// Whether a character shows in a text. The plain space does.
pub(crate) fn is_visible(character: char) -> bool {
    // After another character, marks that combine with it are as visible as letters.
    let shown = || {
        let pair = String::from_iter(['x', character]);
        pair.escape_debug().skip(1).eq([character])
    };
    matches!(character, ' '..='~') || shown()
}

/// The beginning of a text, of so many characters.
pub(crate) fn brief(text: &str, limit: usize) -> Cow<'_, str> {
    match text.char_indices().nth(limit) {
        None => Cow::Borrowed(text),
        Some((end, _)) => {
            let rest = text[end..].chars().count();
            Cow::Owned(format!("{}… ({rest} more characters)", &text[..end]))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_not_visible_is_escaped() {
        for (text, shown) in [
            ("plain \"quotes\" and \\", "plain \"quotes\" and \\"),
            ("a\r\nWARN forged\t", "a\\r\\nWARN forged\\t"),
            ("\u{1b}[31mred\u{7f}\u{85}", "\\u{1b}[31mred\\u{7f}\\u{85}"),
            (
                "\u{202e}\u{2066}abc\u{2069}",
                "\\u{202e}\\u{2066}abc\\u{2069}",
            ),
            (
                "a\u{200b}b\u{feff}\u{2028}\u{2029}\u{ad}",
                "a\\u{200b}b\\u{feff}\\u{2028}\\u{2029}\\u{ad}",
            ),
            ("\u{e0041}", "\\u{e0041}"),
            ("密码 pässwörd e\u{301}", "密码 pässwörd e\u{301}"),
        ] {
            assert_eq!(visible(text), shown);
        }
    }

    #[test]
    fn long_texts_are_cut_at_a_character() {
        assert_eq!(brief("密码", 2), "密码");
        assert_eq!(brief("密码abc", 2), "密码… (3 more characters)");
    }
}
