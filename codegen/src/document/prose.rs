//! What descriptions say in set phrases: valid values, defaults, ends announced, and conditions.

use super::Row;

/// What a description says about when parameters count.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Condition {
    /// The parameter must be given when another has one of these values.
    RequiredWhen {
        /// Which must be given.
        parameter: String,
        /// Which decides.
        other: String,
        /// The values of the one that decides.
        values: Vec<String>,
    },
    /// The parameter means something only when another has one of these values.
    IgnoredUnless {
        /// Which means nothing otherwise.
        parameter: String,
        /// Which decides.
        other: String,
        /// The values of the one that decides.
        values: Vec<String>,
    },
    /// The parameter means nothing when another has one of these values.
    IgnoredWhen {
        /// Which means nothing then.
        parameter: String,
        /// Which decides.
        other: String,
        /// The values of the one that decides.
        values: Vec<String>,
    },
    /// The parameter must be given when another is.
    RequiredWith {
        /// Which must be given.
        parameter: String,
        /// Which decides.
        other: String,
    },
}

/// Whether a line is an item of a list.
pub(super) fn is_bullet(line: &str) -> bool {
    item(line).is_some()
}

/// What an item of a list says.
fn item(line: &str) -> Option<&str> {
    let line = line.trim_start();
    let marked = line
        .strip_prefix('\u{2022}')
        .or_else(|| line.strip_prefix("- "));
    marked.map(str::trim)
}

/// Reads the description of a row.
pub(super) fn read(row: &mut Row, lines: &[&str]) {
    row.values = values(lines);
    let text = lines.join("\n");
    row.default = default(&text);
    row.json = text.contains("JSON string");
    row.deprecated = text.contains("will be removed in the future");
    for line in lines {
        let line = item(line).unwrap_or(line);
        for sentence in line.split(". ") {
            condition(row, sentence.trim());
        }
    }
}

/// The values after `Valid values:`, in a list below it or in the same line.
fn values(lines: &[&str]) -> Vec<String> {
    let Some(at) = lines.iter().position(|line| line.contains("Valid values:")) else {
        return Vec::new();
    };
    let here = lines[at].split("Valid values:").nth(1).unwrap_or_default();
    if !here.trim().is_empty() {
        let sentence = here.split(". ").next().unwrap_or_default();
        return listed(sentence)
            .map(|(values, _)| values)
            .unwrap_or_default();
    }
    let mut values = Vec::new();
    for line in lines.iter().skip(at + 1) {
        match item(line) {
            Some(item) => {
                let value = item.split_once(':').map_or(item, |(value, _)| value).trim();
                if !is_value(value) {
                    return Vec::new();
                }
                values.push(value.to_owned());
            }
            None if line.trim().is_empty() => {}
            None => break,
        }
    }
    values
}

fn is_value(word: &str) -> bool {
    !word.is_empty()
        && word
            .chars()
            .all(|c| c.is_ascii_alphanumeric() || matches!(c, '_' | '-' | '.' | '/'))
}

/// The word after `Default value:` or `default value is`.
fn default(text: &str) -> Option<String> {
    let after = ["Default value:", "default value is"]
        .iter()
        .find_map(|phrase| text.split_once(phrase))?
        .1;
    let word = after.split_whitespace().next()?;
    let word = word.trim_end_matches(['.', ',', ';']).trim_matches('"');
    (!word.is_empty()).then(|| word.to_owned())
}

/// The condition that a sentence states, if it does in one of the set phrases.
fn condition(row: &mut Row, sentence: &str) {
    if let Some(other) = quoted(sentence, "you also need to specify the ", " parameter") {
        row.conditions.push(Condition::RequiredWith {
            parameter: other,
            other: row.name.clone(),
        });
        return;
    }
    let Some((other, values, rest)) = comparison(sentence) else {
        return;
    };
    let subject = subject(rest);
    let own = || row.name.clone();
    let found: &[Make] = if sentence.contains("You must specify this parameter only if") {
        &[required_when, ignored_unless]
    } else if sentence.contains("This parameter is available only if") {
        &[ignored_unless]
    } else if subject.is_some() && rest.contains("you must specify the") {
        &[required_when]
    } else if rest.contains("does not take effect")
        || rest.contains("you do not need to specify the")
    {
        &[ignored_when]
    } else {
        &[]
    };
    let parameter = subject.unwrap_or_else(own);
    let made = found
        .iter()
        .map(|make| make(parameter.clone(), other.clone(), values.clone()));
    let made: Vec<Condition> = made.collect();
    row.conditions.extend(made);
}

/// Makes a condition of the parameter it is about, the one that decides, and its values.
type Make = fn(String, String, Vec<String>) -> Condition;

fn required_when(parameter: String, other: String, values: Vec<String>) -> Condition {
    Condition::RequiredWhen {
        parameter,
        other,
        values,
    }
}

fn ignored_unless(parameter: String, other: String, values: Vec<String>) -> Condition {
    Condition::IgnoredUnless {
        parameter,
        other,
        values,
    }
}

fn ignored_when(parameter: String, other: String, values: Vec<String>) -> Condition {
    Condition::IgnoredWhen {
        parameter,
        other,
        values,
    }
}

/// `the X parameter is set to A, B, or C`, or `you set X to A`: the parameter, the values, and the rest of the sentence.
fn comparison(sentence: &str) -> Option<(String, Vec<String>, &str)> {
    let (other, rest) = match sentence.split_once(" parameter is set to ") {
        Some((before, rest)) => (before.rsplit(' ').next()?, rest),
        None => {
            let (_, set) = sentence.split_once("you set ")?;
            set.split_once(" to ")?
        }
    };
    let (values, rest) = listed(rest)?;
    is_value(other).then(|| (other.to_owned(), values, rest))
}

/// The parameter that the main clause is about.
fn subject(clause: &str) -> Option<String> {
    let (before, _) = clause.split_once(" parameter")?;
    let word = before.rsplit(' ').next()?;
    (word.starts_with(|c: char| c.is_ascii_uppercase()) && is_value(word)).then(|| word.to_owned())
}

fn quoted(text: &str, before: &str, after: &str) -> Option<String> {
    let found = text.split_once(before)?.1.split_once(after)?.0;
    is_value(found).then(|| found.to_owned())
}

/// The values of `A, B, or C`, and what follows them. Nothing when a second condition follows.
fn listed(text: &str) -> Option<(Vec<String>, &str)> {
    let mut values = Vec::new();
    let mut rest = text.trim_start();
    loop {
        let end = rest.find(' ').unwrap_or(rest.len());
        let (word, after) = rest.split_at(end);
        let value = word.trim_end_matches([',', '.']);
        if !is_value(value) {
            return None;
        }
        values.push(value.to_owned());
        rest = after.trim_start();
        let more = ["or ", "and "]
            .iter()
            .find_map(|word| rest.strip_prefix(word));
        match more {
            Some(after) if after.starts_with("the ") => return None,
            Some(after) => rest = after,
            None if word.ends_with(',') && !starts_clause(rest) => {}
            None => return Some((values, rest)),
        }
    }
}

/// Whether a text goes on with the main clause instead of another value.
fn starts_clause(text: &str) -> bool {
    ["you ", "the ", "set ", "this "]
        .iter()
        .any(|word| text.starts_with(word))
}
