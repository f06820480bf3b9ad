//! The table of error codes.

use super::section::Line;

/// An error code that a page lists.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Listed {
    /// The HTTP status.
    pub status: u16,
    /// The code.
    pub code: String,
}

/// Reads the rows: a status, a code and then prose, whatever is between them.
pub(super) fn read(lines: &[Line<'_>]) -> Vec<Listed> {
    lines.iter().filter_map(|(_, line)| row(line)).collect()
}

fn row(line: &str) -> Option<Listed> {
    let line = line.trim();
    let (status, rest) = line.split_at_checked(3)?;
    let status = status
        .parse()
        .ok()
        .filter(|status| (100..=599).contains(status))?;
    let apart = rest.starts_with([' ', '|']);
    let rest = rest.trim_start_matches([' ', '|']);
    let word = rest.split([' ', '|']).next()?;
    let code = if apart { word } else { unglued(word) };
    let is_code = code.starts_with(|c: char| c.is_ascii_alphabetic())
        && code
            .chars()
            .all(|c| c.is_ascii_alphanumeric() || matches!(c, '.' | '_' | '-'));
    is_code.then(|| Listed {
        status,
        code: code.to_owned(),
    })
}

/// The code in a word to which the first word of the message sticks: that one starts with the last capital letter.
fn unglued(word: &str) -> &str {
    let letters = word.char_indices().zip(word.chars().skip(1));
    let seam = letters
        .filter(|((_, before), letter)| before.is_ascii_lowercase() && letter.is_ascii_uppercase())
        .last();
    seam.map_or(word, |((at, before), _)| &word[..at + before.len_utf8()])
}
