//! Judging a name, by itself.

use super::words::{ABOUT, CORES, COUNTED_TOKENS, ENDS, FORMS, OPEN_TOKENS, SWITCHES, WHOLE};
use crate::model::names::words;

/// The part of a name that makes it secret; `None` for a name that is not, or that is only about a secret.
pub(super) fn secret_part(wire: &str) -> Option<&'static str> {
    let last = last_part(wire);
    let name = plain(last);
    if is_switch(last, &name) {
        return None;
    }
    part_of(&name)
}

/// Whether a name starts like that of a switch or a count. Short words count only where the spelling sets them apart.
fn is_switch(wire: &str, plain: &str) -> bool {
    let first = words(wire).into_iter().next().unwrap_or_default();
    SWITCHES
        .iter()
        .any(|word| first == word || word.len() > 4 && plain.starts_with(word))
}

/// The part of a plain name that makes it secret.
pub(super) fn part_of(name: &str) -> Option<&'static str> {
    if let Some(whole) = WHOLE.iter().find(|whole| *whole == name) {
        return Some(whole);
    }
    let (part, at) = rightmost(name)?;
    let (before, after) = (name.get(..at)?, name.get(at + part.len()..)?);
    let secret = match part {
        "token" => is_secret_token(before, after),
        // Metadata have keys of another kind.
        "datakey" => !before.ends_with("meta") && is_form(after),
        _ if CORES.contains(part) => !is_about(after),
        _ => is_form(after),
    };
    secret.then_some(part)
}

/// The secret part that ends last, and of those that end there the longest: in `SecretAccessKeyId` the access key.
fn rightmost(name: &str) -> Option<(&'static str, usize)> {
    let parts = CORES.iter().chain(ENDS.iter());
    let found = parts.filter_map(|part| Some((part, name.rfind(part)?)));
    found.max_by_key(|(part, at)| (at + part.len(), part.len()))
}

/// Whether what follows a secret says that it is something about the secret.
pub(super) fn is_about(after: &str) -> bool {
    // A secretary keeps none.
    matches!(after, "age" | "ary" | "ariat") || ABOUT.iter().any(|about| after.ends_with(about))
}

/// Whether what follows a secret only says in what form it comes, or that there are several.
fn is_form(after: &str) -> bool {
    let mut rest = after;
    while !rest.is_empty() && rest != "s" {
        match FORMS.iter().find_map(|form| rest.strip_prefix(form)) {
            Some(less) => rest = less,
            None => return false,
        }
    }
    true
}

/// Whether a token opens a door: it does not page, does not repeat a call, and is not counted.
fn is_secret_token(before: &str, after: &str) -> bool {
    let pages = || {
        OPEN_TOKENS.iter().any(|open| before.ends_with(open))
            || before.starts_with("next")
            || before == "client"
    };
    let counted =
        || after.starts_with('s') && COUNTED_TOKENS.iter().any(|word| before.ends_with(word));
    // A tokenizer deals with words.
    let divides = || after.starts_with("iz") || after.starts_with("is");
    !(divides() || is_about(after) || pages() || counted())
}

/// The last part of a dotted name that is no number: of `Login.Password.1` it is `Password`.
fn last_part(wire: &str) -> &str {
    let is_number = |part: &str| part.bytes().all(|c| c.is_ascii_digit());
    wire.rsplit('.')
        .find(|part| !is_number(part))
        .unwrap_or(wire)
}

/// A name in lower case, without what separates words and without digits at its end.
pub(super) fn plain(wire: &str) -> String {
    let letters = wire.chars().filter(|c| c.is_alphanumeric());
    let mut name: String = letters.flat_map(char::to_lowercase).collect();
    // `base64` is a word of its own.
    while name.ends_with(|c: char| c.is_ascii_digit()) && !name.ends_with("base64") {
        name.pop();
    }
    name
}

#[cfg(test)]
mod tests;
