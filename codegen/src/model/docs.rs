//! Text from specs, made safe for rustdoc: no text can become a link, a tag, a test or a trick of writing direction.

/// Makes text safe as Markdown in a doc comment. Code spans, lists and paragraphs stay what they are.
#[must_use]
pub fn sanitize(text: &str) -> String {
    let visible: String = text
        .chars()
        .filter(|c| *c == '\n' || !is_invisible(*c))
        .collect();
    let unfenced = visible.replace("```", "`").replace("~~~", "~");
    let lines: Vec<_> = unfenced
        .trim()
        .lines()
        .map(|line| escape_line(line.trim_end()))
        .collect();
    lines.join("\n")
}

/// The first sentence of a text, for tables and lists.
#[must_use]
pub fn first_sentence(text: &str) -> &str {
    let line = text.trim().split("\n\n").next().unwrap_or_default();
    line.split_inclusive(". ").next().unwrap_or_default().trim()
}

/// Control characters, and marks that change the direction of writing or hide in it.
fn is_invisible(c: char) -> bool {
    c.is_control()
        || matches!(c, '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2060}'..='\u{206f}' | '\u{feff}')
}

/// Four spaces would make a code block, which rustdoc compiles; three say as much.
fn escape_line(line: &str) -> String {
    let indent = line.len() - line.trim_start().len();
    let mut out = " ".repeat(indent.min(3));
    let mut code = false;
    // An odd number of backticks opens a span that nothing closes; then all of them are plain.
    let spans = line.matches('`').count().is_multiple_of(2);
    for word in line.trim_start().split_inclusive(' ') {
        if !code && !word.contains('`') && is_url(word.trim_end()) {
            push_url(&mut out, word);
            continue;
        }
        for c in word.chars() {
            match c {
                '`' if spans => code = !code,
                '`' => out.push('\\'),
                '[' | ']' | '<' | '>' | '\\' | '*' | '_' | '|' if !code => out.push('\\'),
                _ => {}
            }
            out.push(c);
        }
    }
    out
}

fn is_url(word: &str) -> bool {
    let rest = word
        .strip_prefix("https://")
        .or_else(|| word.strip_prefix("http://"));
    rest.is_some_and(|rest| {
        !rest.is_empty()
            && rest
                .chars()
                .all(|c| c.is_ascii_alphanumeric() || "-._~:/?#@!$&'()*+,;=%".contains(c))
    })
}

/// A bare address becomes a link; the punctuation after it does not belong to it.
fn push_url(out: &mut String, word: &str) {
    let url = word.trim_end().trim_end_matches(['.', ',', ';', ':', ')']);
    out.push('<');
    out.push_str(url);
    out.push('>');
    out.push_str(&word[url.len()..]);
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn markdown_that_would_do_something_is_escaped() {
        assert_eq!(sanitize("see [this] <b>"), "see \\[this\\] \\<b\\>");
        assert_eq!(sanitize("`a[0]<b>` and a_b"), "`a[0]<b>` and a\\_b");
        assert_eq!(sanitize("l5o11f9029c****"), "l5o11f9029c\\*\\*\\*\\*");
        assert_eq!(sanitize("a ` b"), "a \\` b");
    }

    #[test]
    fn addresses_become_links_and_code_blocks_do_not_arise() {
        assert_eq!(
            sanitize("at https://example.com/a_b."),
            "at <https://example.com/a_b>."
        );
        assert_eq!(sanitize("a\n\n        indented"), "a\n\n   indented");
        assert_eq!(sanitize("```\nlet x;\n```"), "\\`\nlet x;\n\\`");
    }

    #[test]
    fn invisible_marks_are_dropped() {
        assert_eq!(sanitize("a\u{202e}b\u{0}c\u{200b}"), "abc");
    }
}
