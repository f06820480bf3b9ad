//! What rustdoc makes of the documentation of a file.

use proc_macro2::{TokenStream, TokenTree};
use pulldown_cmark::{Event, Options, Parser, Tag};

/// The parts of a file's documentation that are more than text.
#[derive(Debug, Default, PartialEq)]
pub(crate) struct Active {
    /// Code blocks, which rustdoc compiles, without what is in their literals.
    pub(crate) code: Vec<String>,
    /// Raw HTML, and links that lead anywhere but to an address or into the crate.
    pub(crate) foreign: Vec<String>,
}

/// Tokens as text, every literal being nothing but a literal, and without documentation.
pub(crate) fn skeleton(tokens: TokenStream) -> String {
    let mut out = String::new();
    without_literals(tokens, &mut out);
    out
}

fn without_literals(tokens: TokenStream, out: &mut String) {
    let mut tokens = tokens.into_iter().peekable();
    while let Some(token) = tokens.next() {
        match token {
            TokenTree::Punct(hash) if hash.as_char() == '#' => {
                let mut rest = tokens.clone();
                let inner =
                    matches!(rest.peek(), Some(TokenTree::Punct(mark)) if mark.as_char() == '!');
                if inner {
                    rest.next();
                }
                match rest.next() {
                    Some(TokenTree::Group(group)) if documentation(&group.stream()).is_some() => {
                        tokens = rest
                    }
                    _ => out.push_str("# "),
                }
            }
            TokenTree::Group(group) => {
                out.push_str(&format!("{:?} ", group.delimiter()));
                without_literals(group.stream(), out);
                out.push_str("end ");
            }
            TokenTree::Literal(_) => out.push_str("literal "),
            // The one after the last item comes and goes with the width of a line.
            TokenTree::Punct(comma) if comma.as_char() == ',' && tokens.peek().is_none() => {}
            other => out.push_str(&format!("{other} ")),
        }
    }
}

/// The text of `doc = "text"`.
fn documentation(attribute: &TokenStream) -> Option<String> {
    let mut tokens = attribute.clone().into_iter();
    match (tokens.next()?, tokens.next()?, tokens.next()?) {
        (TokenTree::Ident(name), TokenTree::Punct(_), TokenTree::Literal(text))
            if name == "doc" =>
        {
            syn::parse_str::<syn::LitStr>(&text.to_string())
                .ok()
                .map(|text| text.value())
        }
        _ => None,
    }
}

/// What is active in the documentation of a file.
pub(crate) fn active(tokens: TokenStream) -> Active {
    let (mut active, mut text) = (Active::default(), String::new());
    collect(tokens, &mut text, &mut active);
    finish(&mut text, &mut active);
    active
}

fn collect(tokens: TokenStream, text: &mut String, active: &mut Active) {
    for token in tokens {
        match token {
            TokenTree::Punct(mark) if "#!".contains(mark.as_char()) => {}
            TokenTree::Group(group) => match documentation(&group.stream()) {
                Some(line) => {
                    text.push_str(line.strip_prefix(' ').unwrap_or(&line));
                    text.push('\n');
                }
                None => {
                    finish(text, active);
                    collect(group.stream(), text, active);
                }
            },
            _ => finish(text, active),
        }
    }
}

/// Reads the documentation of one item as rustdoc does.
fn finish(text: &mut String, active: &mut Active) {
    let markdown = std::mem::take(text);
    let options = Options::ENABLE_TABLES
        | Options::ENABLE_FOOTNOTES
        | Options::ENABLE_STRIKETHROUGH
        | Options::ENABLE_TASKLISTS
        | Options::ENABLE_SMART_PUNCTUATION;
    let mut code = None;
    for event in Parser::new_ext(&markdown, options) {
        match event {
            Event::Start(Tag::CodeBlock(_)) => code = Some(String::new()),
            Event::End(pulldown_cmark::TagEnd::CodeBlock) => {
                let block = code.take().unwrap_or_default();
                active.code.push(block_skeleton(&block));
            }
            Event::Text(part) => {
                if let Some(code) = &mut code {
                    code.push_str(&part);
                }
            }
            Event::Html(html) | Event::InlineHtml(html) => active.foreign.push(html.to_string()),
            Event::Start(Tag::Link { dest_url, .. } | Tag::Image { dest_url, .. }) => {
                let known = ["https://", "http://", "super::", "Self::", "alicloud::"];
                if !known.iter().any(|start| dest_url.starts_with(start)) {
                    active.foreign.push(dest_url.to_string());
                }
            }
            _ => {}
        }
    }
}

/// A code block without its literals; as it is when it is no Rust.
fn block_skeleton(block: &str) -> String {
    let shown: Vec<_> = block
        .lines()
        .map(|line| line.strip_prefix("# ").unwrap_or(line))
        .collect();
    let shown = shown.join("\n");
    shown.parse::<TokenStream>().map_or(shown.clone(), skeleton)
}
