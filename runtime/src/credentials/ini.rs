//! The credentials file: an ini file with a section per profile.
//!
//! The rules, which are those of the official Python client but for the one about comments:
//!
//! - `[name]` begins a section; one of the same name goes on.
//! - `name = value` or `name: value`, whichever sign comes first. Names may be written in any case; of several equal ones
//!   the last counts.
//! - A line that starts with `#` or `;` is a comment, and so is the rest of a line from a `#` after white space. A `#`
//!   inside a word belongs to the value: a secret is not cut short.
//! - White space around names and values does not count, and so neither does indentation. No quotes, no escapes, `%` is an
//!   ordinary character, a value is one line.

use crate::secret::Secret;

/// A credentials file.
#[derive(Debug, Default)]
#[doc(hidden)]
pub struct Ini {
    sections: Vec<Section>,
}

/// A profile in the file.
#[derive(Debug)]
#[doc(hidden)]
pub struct Section {
    name: String,
    /// Names in lower case, in the order of the file.
    entries: Vec<(String, Secret<String>)>,
}

impl Ini {
    /// Reads the file's text.
    ///
    /// # Errors
    ///
    /// When a line is none of those above. The explanation names the line's number and repeats nothing of it.
    pub fn parse(text: &str) -> Result<Self, String> {
        if text.starts_with('\u{feff}') {
            return Err("starts with a byte order mark: save it as UTF-8 without one".to_owned());
        }
        let mut ini = Self::default();
        let mut current = None;
        for (at, line) in text.lines().enumerate() {
            let number = at + 1;
            let line = without_comment(line).trim();
            if line.is_empty() {
                continue;
            }
            if let Some(rest) = line.strip_prefix('[') {
                let name = rest
                    .strip_suffix(']')
                    .ok_or_else(|| format!("line {number}: a section name without its ]"))?;
                current = Some(ini.begin(name.trim()));
                continue;
            }
            let (name, value) = line
                .split_once(['=', ':'])
                .filter(|(name, _)| !name.trim().is_empty())
                .ok_or_else(|| format!("line {number} is neither [section] nor name = value"))?;
            let section = current
                .and_then(|at: usize| ini.sections.get_mut(at))
                .ok_or_else(|| format!("line {number} comes before the first [section]"))?;
            let name = name.trim().to_ascii_lowercase();
            section
                .entries
                .push((name, Secret::new(value.trim().to_owned())));
        }
        Ok(ini)
    }

    /// The place of a section, new or known.
    fn begin(&mut self, name: &str) -> usize {
        let known = self.sections.iter().position(|known| known.name == name);
        known.unwrap_or_else(|| {
            self.sections.push(Section {
                name: name.to_owned(),
                entries: Vec::new(),
            });
            self.sections.len() - 1
        })
    }

    /// The section of that name.
    #[must_use]
    pub fn section(&self, name: &str) -> Option<&Section> {
        self.sections.iter().find(|section| section.name == name)
    }
}

impl Section {
    /// The value of that lower-case name, if it is there and not empty.
    #[must_use]
    pub fn get(&self, name: &str) -> Option<&str> {
        let mut found = self.entries.iter().rev();
        let (_, value) = found.find(|(known, _)| known == name)?;
        Some(value.expose().as_str()).filter(|value| !value.is_empty())
    }
}

fn without_comment(line: &str) -> &str {
    if line.trim_start().starts_with(['#', ';']) {
        return "";
    }
    let comment = line
        .char_indices()
        .zip(line.chars().skip(1))
        .find(|((_, before), sign)| before.is_whitespace() && *sign == '#');
    comment.map_or(line, |((at, _), _)| &line[..at])
}

#[cfg(test)]
mod tests {
    use super::*;

    fn get(text: &str, name: &str) -> Option<String> {
        let ini = Ini::parse(text).unwrap();
        ini.section("a")?.get(name).map(str::to_owned)
    }

    #[test]
    fn names_and_values_are_told_apart() {
        for (line, value) in [
            ("k = v", Some("v")),
            ("K:v", Some("v")),
            ("k = a=b:c", Some("a=b:c")),
            ("k: a=b", Some("a=b")),
            ("  k\t=\u{3000}v w\r", Some("v w")),
            ("k = 100%", Some("100%")),
            ("k =", None),
            ("k = v\nk = w", Some("w")),
            ("k = v\n[b]\nk = w", Some("v")),
            ("k = v\n[b]\n[ a ]\nk = w", Some("w")),
            ("#k = v", None),
            (" ; k = v", None),
        ] {
            assert_eq!(
                get(&format!("[a]\n{line}\n"), "k").as_deref(),
                value,
                "{line}"
            );
        }
    }

    #[test]
    fn a_comment_begins_after_white_space() {
        for (line, value) in [
            ("k = v # comment", "v"),
            ("k = v\t#", "v"),
            ("k = a#b", "a#b"),
            ("k = a#b #c", "a#b"),
            ("k = a;b ;c", "a;b ;c"),
            ("k = 中 #c", "中"),
        ] {
            assert_eq!(get(&format!("[a]\n{line}"), "k").unwrap(), value, "{line}");
        }
        assert_eq!(get("[a] # comment\nk=v", "k").unwrap(), "v");
    }

    #[test]
    fn a_line_that_is_none_is_named_by_its_number() {
        for (text, reason) in [
            ("hunter2 = 1", "line 1 comes before the first [section]"),
            (
                "[a]\n\nhunter2",
                "line 3 is neither [section] nor name = value",
            ),
            (
                "[a]\n= hunter2",
                "line 2 is neither [section] nor name = value",
            ),
            ("[hunter2", "line 1: a section name without its ]"),
            (
                "\u{feff}[a]",
                "starts with a byte order mark: save it as UTF-8 without one",
            ),
        ] {
            assert_eq!(Ini::parse(text).unwrap_err(), reason);
        }
    }

    #[test]
    fn debug_shows_no_value() {
        let shown = format!("{:?}", Ini::parse("[a]\nsecret = hunter2").unwrap());
        assert!(
            shown.contains("secret") && !shown.contains("hunter2"),
            "{shown}"
        );
    }
}
