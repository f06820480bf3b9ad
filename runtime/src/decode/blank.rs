//! White space around values, of which most have none: a look at their ends says so.

/// Whether a text is only white space.
pub(super) fn is_blank(text: &str) -> bool {
    !starts_with_text(text) && text.trim().is_empty()
}

/// The text without white space around it.
pub(crate) fn trimmed(text: &str) -> &str {
    let ends_with_text = text.as_bytes().last().is_some_and(u8::is_ascii_graphic);
    if starts_with_text(text) && ends_with_text {
        text
    } else {
        text.trim()
    }
}

fn starts_with_text(text: &str) -> bool {
    text.as_bytes().first().is_some_and(u8::is_ascii_graphic)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn white_space_is_what_unicode_says() {
        for text in [
            "",
            " ",
            "\t\r\n",
            "\u{a0}",
            "\u{3000}\u{2009}",
            "a",
            "a b",
            " a",
            "a ",
            "\u{a0}5",
            "5\u{3000}",
            "\u{e9}",
            "a\u{e9}",
            "\u{e9} ",
            "\u{b}7",
        ] {
            assert_eq!(trimmed(text), text.trim(), "{text:?}");
            assert_eq!(is_blank(text), text.trim().is_empty(), "{text:?}");
        }
    }
}
