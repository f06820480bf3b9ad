//! JSON as generated code holds it: laid out for a reader, and safe in a raw string literal.

use std::fmt::Write as _;

use proc_macro2::{Literal, TokenStream};
use quote::ToTokens as _;

use crate::model::is_invisible;

/// A JSON value.
pub(super) enum Json {
    /// Text.
    Text(String),
    /// A number, as it is written.
    Number(String),
    /// `true`; `false` is left out.
    True,
    /// Values in order.
    List(Vec<Json>),
    /// Values under names.
    Object(Vec<(&'static str, Json)>),
}

/// The members of an object under construction.
#[derive(Default)]
pub(super) struct Members(Vec<(&'static str, Json)>);

impl Members {
    pub(super) fn text(&mut self, name: &'static str, text: &str) {
        self.0.push((name, Json::Text(text.to_owned())));
    }

    pub(super) fn optional(&mut self, name: &'static str, text: Option<&str>) {
        if let Some(text) = text {
            self.text(name, text);
        }
    }

    pub(super) fn flag(&mut self, name: &'static str, set: bool) {
        self.extend(set.then_some((name, Json::True)));
    }

    /// A list, left out when it is empty.
    pub(super) fn list(&mut self, name: &'static str, items: impl Iterator<Item = Json>) {
        let items: Vec<_> = items.collect();
        if !items.is_empty() {
            self.0.push((name, Json::List(items)));
        }
    }

    pub(super) fn extend(&mut self, members: impl IntoIterator<Item = (&'static str, Json)>) {
        self.0.extend(members);
    }
}

impl From<Members> for Json {
    fn from(members: Members) -> Self {
        Self::Object(members.0)
    }
}

/// A line is filled up to here.
const WIDTH: usize = 100;

impl Json {
    /// The value as a raw string literal that starts on a line of its own.
    pub(super) fn literal(&self) -> TokenStream {
        let mut text = String::new();
        self.write(0, &mut text);
        raw(&text)
    }

    /// Writes the value, on one line when it fits, else with a line for each part. The outermost value is never on one line.
    fn write(&self, depth: usize, out: &mut String) {
        let start = out.len();
        if depth > 0 {
            self.write_parts(None, out);
            // What stands before it on the line is a short name at most.
            if out.len() - start + 2 * depth <= WIDTH {
                return;
            }
            out.truncate(start);
        }
        self.write_parts(Some(depth), out);
    }

    /// Writes the value on one line, or, at a depth, with a line for each part.
    fn write_parts(&self, depth: Option<usize>, out: &mut String) {
        let inner = |value: &Self, out: &mut String| match depth {
            Some(depth) => value.write(depth + 1, out),
            None => value.write_parts(None, out),
        };
        match self {
            Self::Text(text) => write_text(text, out),
            Self::Number(number) => out.push_str(number),
            Self::True => out.push_str("true"),
            Self::List(items) => enclosed(['[', ']'], items, depth, out, inner),
            Self::Object(members) => {
                enclosed(['{', '}'], members, depth, out, |(name, value), out| {
                    write_text(name, out);
                    out.push_str(": ");
                    inner(value, out);
                });
            }
        }
    }
}

/// Parts between two marks, on one line, or, at a depth, each on its own.
fn enclosed<T>(
    [open, close]: [char; 2],
    parts: &[T],
    depth: Option<usize>,
    out: &mut String,
    write: impl Fn(&T, &mut String),
) {
    let line = |depth: usize, out: &mut String| {
        out.push('\n');
        out.extend(std::iter::repeat_n("  ", depth));
    };
    out.push(open);
    for (at, part) in parts.iter().enumerate() {
        out.push_str(if at == 0 { "" } else { "," });
        match depth {
            Some(depth) => line(depth + 1, out),
            None if at > 0 => out.push(' '),
            None => {}
        }
        write(part, out);
    }
    if let Some(depth) = depth.filter(|_| !parts.is_empty()) {
        line(depth, out);
    }
    out.push(close);
}

/// Text in quotes. What a reader cannot see, or would see in another order, is written by number: control characters and
/// the marks that turn the direction of text, which rustc refuses in literals.
fn write_text(text: &str, out: &mut String) {
    out.push('"');
    for character in text.chars() {
        match character {
            '"' => out.push_str("\\\""),
            '\\' => out.push_str("\\\\"),
            '\n' => out.push_str("\\n"),
            invisible if is_invisible(invisible) => {
                let mut units = [0; 2];
                for unit in invisible.encode_utf16(&mut units) {
                    let _ = write!(out, "\\u{unit:04x}");
                }
            }
            plain => out.push(plain),
        }
    }
    out.push('"');
}

/// A raw string literal with as many `#` as the text demands.
fn raw(text: &str) -> TokenStream {
    let longest = text
        .split('"')
        .skip(1)
        .map(|rest| rest.len() - rest.trim_start_matches('#').len())
        .max()
        .unwrap_or_default();
    let marks = "#".repeat(longest + 1);
    let literal = format!("r{marks}\"{text}\"{marks}");
    literal
        .parse::<Literal>()
        .unwrap_or_else(|_| Literal::string(text))
        .into_token_stream()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_fits_stays_on_its_line() {
        let mut members = Members::default();
        members.text("name", "N");
        members.list("list", [Json::Number("1".into()), Json::True].into_iter());
        let text = Json::from(members).literal().to_string();
        assert_eq!(
            text,
            "r#\"{\n  \"name\": \"N\",\n  \"list\": [1, true]\n}\"#"
        );
    }

    #[test]
    fn texts_cannot_leave_their_literal() {
        let hostile = "a\"#b\"##c\\\u{202e}\n\u{0}";
        let literal = Json::Text(hostile.into()).literal();
        let parsed: syn::LitStr = syn::parse2(literal).unwrap();
        assert_eq!(
            serde_json::from_str::<String>(&parsed.value()).unwrap(),
            hostile
        );
        assert!(!parsed.value().contains('\u{202e}'));
    }
}
