//! Where a part of an example answer stands in the spec file.
//!
//! An answer is a YAML text, most often a block with `|`: its lines are those of the file without their indentation. So a
//! position in the text is a position in the file as long as the lines agree, which is verified rather than assumed; a text
//! that was folded or has escapes in it is pointed at as a whole.

use std::ops::Range;

use crate::spec::{SourceMap, Span, Spanned};

/// The span of a range of bytes of the text.
pub(super) fn place(sources: &SourceMap, text: &Spanned<String>, range: Range<usize>) -> Span {
    let source = sources.text(text.span.file);
    let start = text.span.start as usize;
    let found = in_line(source, start, &text.value, &range)
        .or_else(|| in_block(source, start, &text.value, &range));
    let Some(found) = found else {
        return text.span;
    };
    let start = boundary(source, found.start);
    Span {
        file: text.span.file,
        start: narrow(start),
        end: narrow(found.end.min(source.len()).max(start)),
    }
}

/// The start of the character a byte belongs to: parsers of JSON and XML count bytes, and may stop inside a character.
fn boundary(source: &str, offset: usize) -> usize {
    let before = (0..=offset).rev();
    let mut starts = before.filter(|offset| source.is_char_boundary(*offset));
    starts.next().unwrap_or_default()
}

/// Files are far smaller than 4 GiB: `load` refuses bigger ones.
fn narrow(offset: usize) -> u32 {
    u32::try_from(offset).unwrap_or(u32::MAX)
}

/// A text on one line, with or without a quote before it.
fn in_line(source: &str, start: usize, text: &str, range: &Range<usize>) -> Option<Range<usize>> {
    let quoted = source.get(start..)?.starts_with(['"', '\'']);
    let mut starts = (start..=start + usize::from(quoted)).filter(|start| {
        let after = source.get(*start..);
        after.is_some_and(|after| after.starts_with(text))
    });
    let shift = starts.next()?;
    Some(range.start + shift..range.end + shift)
}

/// A block whose first line that is not empty starts at `start`.
fn in_block(source: &str, start: usize, text: &str, range: &Range<usize>) -> Option<Range<usize>> {
    let blank = text.len() - text.trim_start_matches('\n').len();
    let indent = start
        - source
            .get(..start)?
            .rfind('\n')
            .map_or(0, |newline| newline + 1);
    let mut lines = source.get(start - indent..)?.split_inclusive('\n');
    let (mut at, mut file_at) = (blank, start - indent);
    for line in text.get(blank..)?.split_inclusive('\n') {
        let original = lines.next()?;
        if range.start < at + line.len() || at + line.len() == text.len() {
            let content = line.trim_end_matches('\n');
            let same = content.is_empty() || original.get(indent..)?.starts_with(content);
            let shift = |offset: usize| (file_at + indent + offset).saturating_sub(at);
            let end = range.end.min(at + content.len()).max(range.start);
            return (same && range.start >= at).then(|| shift(range.start)..shift(end));
        }
        at += line.len();
        file_at += original.len();
    }
    None
}

#[cfg(test)]
mod tests {
    use std::path::PathBuf;

    use super::*;

    /// What `place` finds in `source` for a range of `text`, which is written from `start` on.
    fn found(source: &str, start: &str, text: &str, range: Range<usize>) -> String {
        let mut sources = SourceMap::default();
        let file = sources.add(PathBuf::from("a.yaml"), source.to_owned());
        let start = narrow(source.find(start).unwrap());
        let end = narrow(source.len());
        let text = Spanned::new(text.to_owned(), Span { file, start, end });
        let place = place(&sources, &text, range);
        source[place.start as usize..place.end as usize].to_owned()
    }

    #[test]
    fn in_a_block() {
        let source = "json: |\n\n    one\n      two\n\n    中文 four\n";
        let text = "\none\n  two\n\n中文 four\n";
        for part in ["one", "two", "中文", "four"] {
            let at = text.find(part).unwrap();
            assert_eq!(found(source, "one", text, at..at + part.len()), part);
        }
    }

    #[test]
    fn on_one_line() {
        assert_eq!(found("json: [1, 2]\n", "[", "[1, 2]", 4..5), "2");
        assert_eq!(found("json: '[1, 2]'\n", "'", "[1, 2]", 4..5), "2");
        assert_eq!(found("json: '\"a\"'\n", "'", "\"a\"", 1..2), "a");
    }

    #[test]
    fn as_a_whole_where_the_lines_differ() {
        let folded = "json: >\n  [1,\n  2]\n";
        assert_eq!(found(folded, "[", "[1, 2]\n", 4..5), "[1,\n  2]\n");
        let escaped = "json: \"[\\x31]\"\n";
        assert_eq!(found(escaped, "\"", "[1]", 1..2), "\"[\\x31]\"\n");
    }

    #[test]
    fn past_the_end() {
        let source = "json: |\n  [1,\n";
        assert_eq!(found(source, "[", "[1,\n", 4..5), "");
        assert_eq!(found(source, "[", "[1,\n", 40..41), "");
    }

    #[test]
    fn inside_a_character() {
        assert_eq!(boundary("a中b", 0), 0);
        assert_eq!(boundary("a中b", 2), 1);
        assert_eq!(boundary("a中b", 3), 1);
        assert_eq!(boundary("a中b", 4), 4);
        assert_eq!(boundary("a中b", 9), 5);
    }
}
