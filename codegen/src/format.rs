//! Formatting: prettyplease, and a pass that sets items apart with blank lines.
//!
//! No rustfmt is asked, so the output is the same whatever is installed. The blank-line pass is checked: the tokens after
//! it must be those before.

use std::fmt;
use std::path::{Path, PathBuf};

use proc_macro2::TokenStream;

/// Emitted text that is no Rust: a defect of the generator.
#[derive(Clone, Debug)]
pub struct FormatError {
    path: PathBuf,
    why: String,
}

impl fmt::Display for FormatError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            f,
            "{}: the generator emitted something that is no Rust: {}",
            self.path.display(),
            self.why
        )
    }
}

impl std::error::Error for FormatError {}

/// Formats a file.
///
/// # Errors
///
/// When the tokens are no Rust file.
pub fn format(tokens: TokenStream, path: &Path) -> Result<String, FormatError> {
    let fail = |why: String| FormatError {
        path: path.to_owned(),
        why,
    };
    let file: syn::File = syn::parse2(tokens).map_err(|error| fail(error.to_string()))?;
    let dense = prettyplease::unparse(&file);
    let spaced = space_out(&dense);
    if dense
        .lines()
        .ne(spaced.lines().filter(|line| !line.is_empty()))
        && !same_tokens(&dense, &spaced)
    {
        return Err(fail("blank lines changed its meaning".into()));
    }
    Ok(spaced)
}

fn same_tokens(one: &str, other: &str) -> bool {
    let tokens = |text: &str| {
        text.parse::<TokenStream>()
            .map(|tokens| tokens.to_string())
            .ok()
    };
    tokens(one).is_some_and(|one| Some(one) == tokens(other))
}

/// Puts a blank line before each item and method that follows another.
fn space_out(dense: &str) -> String {
    let mut out = String::with_capacity(dense.len() + dense.len() / 20);
    let mut previous = "";
    for line in dense.lines() {
        if begins_item(line, previous) {
            out.push('\n');
        }
        out.push_str(line);
        out.push('\n');
        previous = line;
    }
    out
}

fn begins_item(line: &str, previous: &str) -> bool {
    let (indent, text) = split(line);
    let (before, last) = split(previous);
    if text.is_empty() || text.starts_with(['}', ')', ']', '.']) || last.is_empty() {
        return false;
    }
    if last.starts_with("//") {
        return last.starts_with("//!") && !text.starts_with("//!");
    }
    let after_block = indent == before && last == "}" && indent <= 4;
    let after_statement = indent == before && last.ends_with(';') && !together(text, last);
    after_block
        || indent == 0 && after_statement
        || indent == 4 && after_statement && is_method(text)
}

/// Whether two lines at the left margin belong together: imports, and modules, stand in one block.
fn together(text: &str, last: &str) -> bool {
    let kind = |line: &str| {
        let line = line.strip_prefix("pub ").unwrap_or(line);
        match line.split_whitespace().next() {
            Some("use") => Some("use"),
            Some("mod") => Some("mod"),
            // The end of an import over several lines.
            _ if line == "};" => Some("use"),
            _ => None,
        }
    };
    kind(text).is_some() && kind(text) == kind(last)
}

fn is_method(text: &str) -> bool {
    text.starts_with("fn ") || text.starts_with("pub fn ")
}

fn split(line: &str) -> (usize, &str) {
    let text = line.trim_start();
    (line.len() - text.len(), text)
}
