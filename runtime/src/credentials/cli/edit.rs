//! Writing a few members of a profile into the CLI's file. Everything else in it stays as it is, to the byte.

use std::io::Write as _;
use std::path::Path;

use crate::decode::{JsonSource, Malformed, Shape, Source as _, Token};
use crate::encode::json_text;
use crate::params::Value;

/// Sets members of a profile in the file. The new file takes the old one's place at once, so that nobody reads half of it;
/// `mark` tells the temporary name from others.
///
/// The official clients hold a lock of the system meanwhile, which the standard library cannot take; of them and us, whoever
/// writes last wins.
pub(super) fn write(
    file: &Path,
    profile: &str,
    members: &[(&str, Value)],
    mark: &str,
) -> std::io::Result<()> {
    // A link stays a link: what it points to is replaced.
    let file = std::fs::canonicalize(file)?;
    let text = std::fs::read_to_string(&file)?;
    let edited = set_members(&text, profile, members)
        .ok()
        .flatten()
        .ok_or_else(|| std::io::Error::other("the profile is no longer there"))?;
    let beside = file.with_extension(format!("json.{mark}.tmp"));
    let written = create(&beside)
        .and_then(|mut out| {
            out.write_all(edited.as_bytes())?;
            out.sync_all()
        })
        .and_then(|()| std::fs::set_permissions(&beside, std::fs::metadata(&file)?.permissions()))
        .and_then(|()| std::fs::rename(&beside, &file));
    if written.is_err() {
        let _ = std::fs::remove_file(&beside);
    }
    written
}

/// A new file that nobody else can read.
fn create(file: &Path) -> std::io::Result<std::fs::File> {
    let mut options = std::fs::OpenOptions::new();
    options.write(true).create_new(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    options.open(file)
}

/// Where the members of an object stand in the text.
struct Members {
    /// Name, start and end of each value.
    values: Vec<(String, usize, usize)>,
    /// Right behind the opening brace.
    start: usize,
}

/// The text with members of a profile set; `None` when there is no such profile.
fn set_members(
    text: &str,
    profile: &str,
    members: &[(&str, Value)],
) -> Result<Option<String>, Malformed> {
    let Some(found) = find(text, profile)? else {
        return Ok(None);
    };
    let Some(last) = found.values.last().map(|(_, _, end)| *end) else {
        return Ok(None);
    };
    let gap = &text[found.start..];
    let gap = &gap[..gap.len() - gap.trim_start().len()];
    let (mut edits, mut added) = (Vec::new(), String::new());
    for (name, value) in members {
        let value = json_text(value);
        match found.values.iter().find(|(known, ..)| known == name) {
            Some((_, start, end)) => edits.push((*start, *end, value)),
            None => added.extend([",", gap, "\"", name, "\": ", &value]),
        }
    }
    edits.sort_unstable();
    let (mut out, mut at) = (String::with_capacity(text.len() + added.len() + 64), 0);
    for (start, end, value) in edits {
        out.push_str(&text[at..start]);
        out.push_str(&value);
        at = end;
    }
    // No edit ends behind the last member.
    out.push_str(&text[at..last]);
    out.push_str(&added);
    out.push_str(&text[last..]);
    Ok(Some(out))
}

/// The first profile of that name.
fn find(text: &str, profile: &str) -> Result<Option<Members>, Malformed> {
    let mut source = JsonSource::new(text);
    let mut found = None;
    source.begin_object()?;
    while let Some(name) = source.next_member()? {
        if name != "profiles" || source.shape()? != Shape::List {
            source.skip()?;
            continue;
        }
        source.begin_list()?;
        while source.next_item()? {
            if found.is_some() || source.shape()? != Shape::Object {
                source.skip()?;
                continue;
            }
            found = members(&mut source)?.filter_name(profile, text);
        }
    }
    source.finish()?;
    Ok(found)
}

fn members(source: &mut JsonSource<'_>) -> Result<Members, Malformed> {
    source.begin_object()?;
    let (start, mut values) = (source.mark(), Vec::new());
    while let Some(name) = source.next_member()? {
        let length = source.skip()?.len();
        let end = source.mark();
        values.push((name.into_owned(), end - length, end));
    }
    Ok(Members { values, start })
}

impl Members {
    /// These members, if they are those of that profile.
    fn filter_name(self, profile: &str, text: &str) -> Option<Self> {
        let (_, start, end) = self.values.iter().find(|(name, ..)| name == "name")?;
        let named = JsonSource::new(&text[*start..*end]).token();
        matches!(named, Ok(Token::Scalar(name)) if name == profile).then_some(self)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const TEXT: &str = "{\n\t\"current\": \"b\",\n\t\"profiles\": [\n\t\t{\"name\": \"a\"}, 5,\n\t\t{\n\t\t\t\"name\": \"\\u0062\",\n\t\t\t\
        \"big\": 12345678901234567890123,\n\t\t\t\"sts_token\": \"old\", \"sts_expiration\":1\n\t\t}\n\t],\n\t\"x\": null\n}\n";

    #[test]
    fn members_are_replaced_and_added_and_all_else_stays() {
        let members = [
            ("sts_expiration", Value::Int(2)),
            ("sts_token", "n\"ew".into()),
            ("access_key_id", "id".into()),
        ];
        let edited = set_members(TEXT, "b", &members).unwrap().unwrap();
        let expected = TEXT
            .replace("\"old\"", "\"n\\\"ew\"")
            .replace(":1\n", ":2,\n\t\t\t\"access_key_id\": \"id\"\n");
        assert_eq!(edited, expected);
    }

    #[test]
    fn there_may_be_nothing_to_edit() {
        let members = [("a", Value::Int(1))];
        assert_eq!(set_members(TEXT, "c", &members), Ok(None));
        assert_eq!(set_members("{}", "c", &members), Ok(None));
        assert!(set_members("{", "c", &members).is_err());
        let compact = r#"{"profiles":[{"name":"c"}]}"#;
        assert_eq!(
            set_members(compact, "c", &members).unwrap().unwrap(),
            r#"{"profiles":[{"name":"c","a": 1}]}"#
        );
    }
}
