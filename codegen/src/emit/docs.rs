//! Doc comments as attributes, one per line.

use proc_macro2::TokenStream;
use quote::quote;

use crate::model::{Docs, code, is_list_mark};

/// The widest line of a doc comment, its indent and slashes not counted.
const WIDTH: usize = 100;

/// A default of more characters than that does not help in documentation.
const LONGEST_DEFAULT: usize = 200;

/// The text as outer doc comments. Long paragraphs are wrapped; tables and code are left as they are.
pub(super) fn outer(text: &str) -> TokenStream {
    let lines = lines(text);
    quote!(#(#[doc = #lines])*)
}

/// The text as inner doc comments.
pub(super) fn inner(text: &str) -> TokenStream {
    let lines = lines(text);
    quote!(#(#![doc = #lines])*)
}

/// The text, or what to say in its place when there is none, with the name in the place of `{}`.
pub(super) fn described(text: &str, about: &str, name: &str) -> TokenStream {
    if text.is_empty() {
        outer(&about.replace("{}", name))
    } else {
        outer(text)
    }
}

/// The lines of a text, each with the space that follows the slashes.
fn lines(text: &str) -> Vec<String> {
    let mut out = Vec::new();
    for block in blocks(text) {
        if block.is_empty() {
            out.push(block);
        } else if block.starts_with("```")
            || block.starts_with('|')
            || block.chars().count() <= WIDTH
        {
            out.extend(block.lines().map(ToOwned::to_owned));
        } else {
            wrap(&block, &mut out);
        }
    }
    out.iter()
        .map(|line| {
            if line.is_empty() {
                String::new()
            } else {
                format!(" {line}")
            }
        })
        .collect()
}

/// Paragraphs and list items on one line each; tables, headings and code as they are; empty lines between them.
fn blocks(text: &str) -> Vec<String> {
    let (mut blocks, mut code): (Vec<String>, bool) = (Vec::new(), false);
    for line in text.trim_end().lines() {
        let fence = line.starts_with("```");
        let begins =
            line.is_empty() || line.starts_with(['|', '#']) || line.trim_start().starts_with("- ");
        match blocks.last_mut() {
            Some(block) if code => {
                block.push('\n');
                block.push_str(line);
            }
            Some(block)
                if !begins
                    && !fence
                    && !block.is_empty()
                    && !block.starts_with(['|', '#'])
                    && !block.starts_with("```") =>
            {
                block.push(' ');
                block.push_str(line.trim_start());
            }
            _ => blocks.push(line.to_owned()),
        }
        code ^= fence;
    }
    blocks
}

fn wrap(line: &str, out: &mut Vec<String>) {
    let indent = if line.starts_with("- ") { "  " } else { "" };
    let mut current = String::new();
    for word in line.split_whitespace() {
        let length = current.chars().count() + 1 + word.chars().count();
        if !current.trim().is_empty() && length > WIDTH && !begins_a_block(word) {
            out.push(std::mem::replace(&mut current, indent.to_owned()));
        }
        if !current.trim().is_empty() {
            current.push(' ');
        }
        current.push_str(word);
    }
    out.push(current);
}

/// Whether a line that begins with the word would be a block of its own in Markdown, be it in the middle of a code span: a
/// tag, a heading, an item of a list.
fn begins_a_block(word: &str) -> bool {
    let link = word.starts_with("<http");
    word.starts_with(['<', '#', '-', '+', '*', '>', '=', '~', '|']) && !link || is_list_mark(word)
}

/// The documentation of a parameter or field: what it is, its default, an example.
pub(super) fn value(docs: &Docs, fallback: &str, demands: &[String]) -> TokenStream {
    let mut text = if docs.description.is_empty() {
        fallback.to_owned()
    } else {
        docs.description.clone()
    };
    let mut facts: Vec<String> = demands.to_vec();
    let default = docs.default.as_deref().map(str::trim);
    let short = |text: &&str| !text.is_empty() && text.chars().count() <= LONGEST_DEFAULT;
    facts.extend(
        default
            .filter(short)
            .map(|default| format!("Default: {}.", code(default))),
    );
    facts.extend(
        docs.example
            .as_ref()
            .map(|example| format!("Example: {example}.")),
    );
    if !facts.is_empty() {
        text.push_str("\n\n");
        text.push_str(&facts.join(" "));
    }
    let deprecated = docs
        .deprecated
        .as_ref()
        .map(|reason| quote!(#[deprecated = #reason]));
    let text = outer(&text);
    quote!(#text #deprecated)
}
