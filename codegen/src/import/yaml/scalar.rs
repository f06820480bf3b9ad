//! Scalars in YAML: what can stand bare, and what needs quotes.
//!
//! `on`, `3.0`, `null`, `*x` and `a: b` all mean something else without quotes, to one reader or another. Plain words are
//! recognized here, because most scalars are; everything else is left to the YAML library.

/// Words that are no text to some reader of YAML.
const RESERVED: &[&str] = &[
    "true", "false", "null", "yes", "no", "on", "off", "y", "n", "nan", "inf", "infinity",
];

/// A text as a value that starts after `indent` columns of its key. Texts of several lines become a block.
pub(super) fn value(text: &str, indent: usize) -> String {
    if is_word(text) {
        return text.to_owned();
    }
    // Readers of YAML are not of one mind about tabs, odd line ends and what does not print.
    if is_reserved(text) || text.contains(|c: char| c != '\n' && is_odd(c)) {
        return double_quoted(text);
    }
    match serde_yaml::to_string(text) {
        Ok(quoted) => nested(quoted.trim_end_matches('\n'), text, indent),
        // Only what cannot happen to a text makes this fail.
        Err(_) => double_quoted(text),
    }
}

/// A text as a key, or inside brackets, where it must stay in its line.
pub(super) fn inline(text: &str) -> String {
    if is_word(text) {
        text.to_owned()
    } else {
        double_quoted(text)
    }
}

/// A text as a key. HTTP statuses stand bare, as people write them.
pub(super) fn key(text: &str) -> String {
    let status = text.len() == 3 && text.starts_with(|c: char| c.is_ascii_digit());
    let status = status && (text.ends_with("XX") || text.bytes().all(|c| c.is_ascii_digit()));
    if status {
        text.to_owned()
    } else {
        inline(text)
    }
}

/// Whether a text is a word that stands for itself everywhere, brackets included.
pub(super) fn is_word(text: &str) -> bool {
    let start = text.starts_with(|c: char| c.is_ascii_alphabetic());
    let part = |c: char| c.is_ascii_alphanumeric() || matches!(c, '_' | '-' | '.' | '/');
    start && text.chars().all(part) && !is_reserved(text)
}

fn is_reserved(text: &str) -> bool {
    RESERVED.iter().any(|word| word.eq_ignore_ascii_case(text))
}

/// A quoted scalar, or the lines of a block moved to where they belong.
fn nested(quoted: &str, text: &str, indent: usize) -> String {
    if !quoted.contains('\n') {
        return quoted.to_owned();
    }
    // A block that starts with spaces needs to say how far it is indented.
    if text.starts_with([' ', '\n']) || !quoted.starts_with('|') {
        return double_quoted(text);
    }
    let margin = " ".repeat(indent);
    let lines = quoted
        .lines()
        .enumerate()
        .map(|(at, line)| match (at, line.is_empty()) {
            (0, _) => line.to_owned(),
            (_, true) => "\n".to_owned(),
            (_, false) => format!("\n{margin}{line}"),
        });
    lines.collect()
}

/// Characters that do not print, or end a line for some readers.
fn is_odd(c: char) -> bool {
    c.is_control() || matches!(c, '\u{2028}' | '\u{2029}' | '\u{feff}')
}

/// A text in double quotes, with escapes for whatever does not print.
pub(super) fn double_quoted(text: &str) -> String {
    let mut out = String::with_capacity(text.len() + 2);
    out.push('"');
    for c in text.chars() {
        match c {
            '"' => out.push_str("\\\""),
            '\\' => out.push_str("\\\\"),
            '\n' => out.push_str("\\n"),
            '\t' => out.push_str("\\t"),
            '\r' => out.push_str("\\r"),
            c if is_odd(c) => {
                out.push_str(&format!("\\u{:04x}", u32::from(c)));
            }
            c => out.push(c),
        }
    }
    out.push('"');
    out
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::load::yaml::{Value, parse};
    use crate::spec::FileId;

    const TEXTS: &[&str] = &[
        "on",
        "off",
        "Yes",
        "y",
        "null",
        "~",
        "",
        " ",
        "3.0",
        "1e3",
        "0x1F",
        "-",
        "- a",
        "*x",
        "&x",
        "!x",
        "|",
        ">",
        "%d",
        "@x",
        "`x`",
        "#x",
        "a #b",
        "a: b",
        "a:",
        ":a",
        "?",
        "? a",
        "{",
        "[a]",
        "a, b",
        "'",
        "\"",
        "it's",
        "true",
        "a\nb",
        "a\n",
        "\na",
        " a",
        "a ",
        "a\tb",
        "a\r\nb",
        "  a\n b",
        "a\n\nb\n",
        "\u{7}",
        "\u{85}",
        "\u{2028}",
        "\u{feff}x",
        "描述",
        "🚀",
        "2020-01-01",
        "12:30:45",
        "=",
        "<<",
        "---",
        "...",
        "a\\b",
        "{\"a\":[1,2]}",
        "1_000",
        "a\n   b\n c",
        "a \nb",
        "\\",
        "a'b: \"c\" #d",
        "||",
        ".inf",
        "0o7",
        "\u{0}x",
    ];

    fn read(yaml: &str) -> (String, bool) {
        let node = parse(FileId(0), yaml).unwrap().unwrap();
        let Value::Mapping(entries) = node.value else {
            unreachable!("{yaml}")
        };
        let Value::Mapping(inner) = entries.into_iter().next().unwrap().1.value else {
            unreachable!("{yaml}")
        };
        match inner.into_iter().next().unwrap().1.value {
            Value::Scalar { text, plain } => (text, plain),
            other => unreachable!("{other:?}"),
        }
    }

    #[test]
    fn texts_come_back_as_they_were() {
        for text in TEXTS {
            for scalar in [value(text, 2), inline(text)] {
                let yaml = format!("a:\n  b: {scalar}\n  c: d\n");
                assert_eq!(read(&yaml).0, *text, "{yaml}");
                let (_, plain) = read(&yaml);
                assert!(
                    !plain || !matches!(*text, "true" | "null" | "" | "~"),
                    "{yaml}"
                );
            }
            let key = format!("a:\n  {}: b\n", key(text));
            let Value::Mapping(entries) = parse(FileId(0), &key).unwrap().unwrap().value else {
                unreachable!()
            };
            let Value::Mapping(inner) = &entries[0].1.value else {
                unreachable!()
            };
            assert_eq!(inner[0].0.value, *text);
        }
    }
}
