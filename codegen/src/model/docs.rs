//! Text from specs, made safe for rustdoc: no text can become a link, a tag, a test or a trick of writing direction.

/// Makes text safe as Markdown in a doc comment. Code spans, lists and paragraphs stay what they are.
#[must_use]
pub fn sanitize(text: &str) -> String {
    let mut plain = visible(text);
    // Again and again: what is left of nine backticks is a fence again.
    for (fence, single) in [("```", "`"), ("~~~", "~")] {
        while plain.contains(fence) {
            plain = plain.replace(fence, single);
        }
    }
    let lines: Vec<_> = plain
        .trim()
        .lines()
        .map(|line| escape_line(line.trim_end()))
        .collect();
    lines.join("\n")
}

/// The first sentence of a text, for tables and lists. A full stop inside of a code span ends none: what is left of the
/// span would be no code.
#[must_use]
pub fn first_sentence(text: &str) -> &str {
    let line = text.trim().split("\n\n").next().unwrap_or_default();
    let ends = line.match_indices(". ").map(|(at, _)| &line[..=at]);
    let whole = |sentence: &&str| {
        let marks = sentence.matches('`').count() - sentence.matches("\\`").count();
        marks.is_multiple_of(2)
    };
    ends.into_iter().find(whole).unwrap_or(line).trim()
}

/// The text without what cannot be seen; lines stay lines.
#[must_use]
pub fn visible(text: &str) -> String {
    text.chars()
        .filter(|c| *c == '\n' || !is_invisible(*c))
        .collect()
}

/// A name or value of the service as a code span, also in a table. What would end the span, the cell or the line, or could
/// not be seen, is replaced.
#[must_use]
pub fn code(text: &str) -> String {
    let mut span = String::with_capacity(text.len() + 2);
    span.push('`');
    for c in text.chars() {
        match c {
            '`' | '|' => span.push('\''),
            hidden if is_invisible(hidden) => span.extend(hidden.escape_unicode()),
            plain => span.push(plain),
        }
    }
    span.push('`');
    span
}

/// Control characters, and marks that change the direction of writing or hide in it.
pub(crate) fn is_invisible(c: char) -> bool {
    c.is_control()
        || matches!(c, '\u{ad}' | '\u{61c}' | '\u{180e}' | '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}'
            | '\u{2060}'..='\u{206f}' | '\u{feff}' | '\u{fff9}'..='\u{fffb}' | '\u{e0000}'..='\u{e007f}')
}

/// Four spaces would make a code block, which rustdoc compiles; three say as much. So would four more after the mark of a
/// list item.
fn escape_line(line: &str) -> String {
    let indent = line.len() - line.trim_start().len();
    let mut out = " ".repeat(indent.min(3));
    let (mut code, mut marks) = (false, true);
    // An odd number of backticks opens a span that nothing closes, and several in a row are none of ours; then all of them
    // are plain.
    let spans = line.matches('`').count().is_multiple_of(2) && !line.contains("``");
    for word in line.trim_start().split_inclusive(' ') {
        if marks && word.trim_end().is_empty() {
            continue;
        }
        marks &= is_list_mark(word.trim_end());
        if !code && !word.contains('`') && is_url(word.trim_end()) {
            push_url(&mut out, word);
            continue;
        }
        for (at, c) in word.char_indices() {
            match c {
                // An address inside of a word, which rustdoc would want to be a link.
                '/' if !code && word[at..].starts_with("//") && word[..at].ends_with(':') => {
                    out.push('\\');
                }
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

/// What begins an item of a list in Markdown.
pub(crate) fn is_list_mark(word: &str) -> bool {
    let number = word.trim_end_matches(['.', ')']);
    matches!(word, "-" | "+" | "*")
        || number.len() + 1 == word.len() && number.bytes().all(|byte| byte.is_ascii_digit())
}

/// Whether a text is an address, and a link to it nothing but a link.
pub(crate) fn is_address(text: &str) -> bool {
    let rest = text
        .strip_prefix("https://")
        .or_else(|| text.strip_prefix("http://"));
    let part = |c: char| !c.is_whitespace() && !is_invisible(c) && !"<>\"\\`|".contains(c);
    rest.is_some_and(|rest| !rest.is_empty() && rest.chars().all(part))
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
        assert_eq!(sanitize("(http://a) `b://c`"), "(http:\\//a) `b://c`");
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
    fn no_number_of_fences_leaves_one() {
        for count in 3..40 {
            for mark in ["`", "~"] {
                let fence = mark.repeat(count);
                let text = sanitize(&format!("{fence}\nlet x;\n{fence}"));
                assert!(!text.contains("```") && !text.contains("~~~"), "{text}");
            }
        }
        assert_eq!(sanitize(&"`".repeat(12)), "\\`\\`");
    }

    #[test]
    fn sentences_do_not_end_inside_of_code() {
        assert_eq!(first_sentence("One. Two."), "One.");
        assert_eq!(
            first_sentence("Is `1. <b>` or `x`. Else."),
            "Is `1. <b>` or `x`."
        );
        assert_eq!(first_sentence("A \\` here. Else."), "A \\` here.");
        assert_eq!(first_sentence("No `end. At all"), "No `end. At all");
    }

    #[test]
    fn items_of_lists_are_no_code_blocks() {
        assert_eq!(sanitize("-     let x;"), "- let x;");
        assert_eq!(sanitize("1.      let x;"), "1. let x;");
        assert_eq!(sanitize("- -      let x;"), "- - let x;");
        assert_eq!(sanitize("a     b"), "a     b");
    }

    #[test]
    fn invisible_marks_are_dropped() {
        assert_eq!(sanitize("a\u{202e}b\u{0}c\u{200b}d\u{61c}"), "abcd");
    }

    #[test]
    fn names_cannot_leave_their_span() {
        assert_eq!(code("a`b|c\nd\u{202e}"), "`a'b'c\\u{a}d\\u{202e}`");
        assert_eq!(
            code("PartitionKey.ModifyTime_Year"),
            "`PartitionKey.ModifyTime_Year`"
        );
    }
}
