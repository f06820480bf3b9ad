//! JSON answers with the place of every value.
//!
//! `serde_json` says whether the text is JSON at all. After that reading it again for the positions needs no care: the reader
//! below takes well-formed text for granted, and gives up quietly where that should turn out wrong.

use super::Malformed;
use super::answer::{Answer, Member, Value};

/// Reads a JSON text.
pub(super) fn parse(text: &str) -> Result<Answer, Malformed> {
    if let Err(error) = serde_json::from_str::<serde_json::Value>(text) {
        return Err(malformed(text, &error));
    }
    let mut scanner = Scanner { text, at: 0 };
    Ok(scanner.value().unwrap_or(Answer {
        range: 0..text.len(),
        value: Value::Null,
    }))
}

fn malformed(text: &str, error: &serde_json::Error) -> Malformed {
    let before = text
        .split_inclusive('\n')
        .take(error.line().saturating_sub(1));
    let line: usize = before.map(str::len).sum();
    let at = line + error.column().saturating_sub(1);
    // An end that comes too early is shown where the text ends, not on the empty line after it.
    let last = text.trim_end().len().saturating_sub(1);
    Malformed {
        at: at.min(last),
        message: explain(error),
    }
}

/// The message without the position, which is one inside the text and of no use to anybody.
fn explain(error: &serde_json::Error) -> String {
    let message = error.to_string();
    let message = message.split(" at line ").next().unwrap_or(&message);
    match message {
        _ if error.is_eof() => "it ends too early".to_owned(),
        "expected ident" => "a word that is neither true, false nor null".to_owned(),
        "expected value" => "expected a value".to_owned(),
        _ => message.replace('`', "\""),
    }
}

struct Scanner<'t> {
    text: &'t str,
    at: usize,
}

impl Scanner<'_> {
    fn value(&mut self) -> Option<Answer> {
        self.skip_space();
        let start = self.at;
        let value = match self.peek()? {
            b'{' => Value::Object(self.members()?),
            b'[' => Value::List(self.items()?),
            b'"' => Value::Scalar(self.string()?),
            _ => match self.word()? {
                "null" => Value::Null,
                word => Value::Scalar(word.to_owned()),
            },
        };
        let range = start..self.at;
        Some(Answer { range, value })
    }

    fn members(&mut self) -> Option<Vec<Member>> {
        let mut members = Vec::new();
        self.at += 1;
        while !self.closes(b'}')? {
            let start = self.at;
            let name = self.string()?;
            let at = start..self.at;
            self.skip_space();
            // The colon.
            self.at += 1;
            let answer = self.value()?;
            members.push(Member { name, at, answer });
        }
        Some(members)
    }

    fn items(&mut self) -> Option<Vec<Answer>> {
        let mut items = Vec::new();
        self.at += 1;
        while !self.closes(b']')? {
            items.push(self.value()?);
        }
        Some(items)
    }

    /// Whether the collection ends here; passes over its end, or over the comma before the next part.
    fn closes(&mut self, end: u8) -> Option<bool> {
        self.skip_space();
        if self.peek()? == b',' {
            self.at += 1;
            self.skip_space();
        }
        let closes = self.peek()? == end;
        self.at += usize::from(closes);
        Some(closes)
    }

    fn string(&mut self) -> Option<String> {
        let start = self.at;
        let mut escaped = false;
        let rest = self.text.as_bytes().get(start + 1..)?;
        let length = rest.iter().position(|byte| {
            let ends = *byte == b'"' && !escaped;
            escaped = *byte == b'\\' && !escaped;
            ends
        })?;
        self.at = start + length + 2;
        serde_json::from_str(self.text.get(start..self.at)?).ok()
    }

    /// A number, a boolean or null.
    fn word(&mut self) -> Option<&str> {
        let rest = self.text.get(self.at..)?;
        let ends = |c: char| c.is_ascii_whitespace() || matches!(c, ',' | '}' | ']');
        let word = rest.split(ends).next()?;
        self.at += word.len();
        Some(word)
    }

    fn peek(&self) -> Option<u8> {
        self.text.as_bytes().get(self.at).copied()
    }

    fn skip_space(&mut self) {
        while self.peek().is_some_and(|byte| byte.is_ascii_whitespace()) {
            self.at += 1;
        }
    }
}
