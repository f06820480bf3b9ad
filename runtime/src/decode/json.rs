//! JSON, read where it lies: nothing is copied but strings with escapes.

use std::borrow::Cow;

use super::{Malformed, Read, Shape, Source};

/// How deep lists and objects may nest.
const MAX_DEPTH: usize = 128;

/// A JSON document.
#[derive(Clone, Debug)]
pub struct JsonSource<'a> {
    text: &'a str,
    at: usize,
    depth: usize,
    /// Whether the container just entered has had no member or item yet.
    fresh: bool,
}

impl<'a> JsonSource<'a> {
    /// A document to read from its first byte.
    #[must_use]
    pub fn new(text: &'a str) -> Self {
        Self {
            text,
            at: 0,
            depth: 0,
            fresh: false,
        }
    }

    /// Checks that nothing but white space is left.
    ///
    /// # Errors
    ///
    /// When something is.
    pub fn finish(&mut self) -> Read {
        self.blank();
        if self.at == self.text.len() {
            Ok(())
        } else {
            Err(self.malformed("text after the JSON document"))
        }
    }

    fn malformed(&self, what: &'static str) -> Malformed {
        Malformed {
            what,
            offset: self.at,
        }
    }

    fn blank(&mut self) {
        let bytes = self.text.as_bytes();
        while matches!(bytes.get(self.at), Some(b' ' | b'\n' | b'\r' | b'\t')) {
            self.at += 1;
        }
    }

    /// The next byte that is not white space.
    fn peek(&mut self) -> Option<u8> {
        self.blank();
        self.text.as_bytes().get(self.at).copied()
    }

    fn expect(&mut self, byte: u8, what: &'static str) -> Read {
        if self.peek() != Some(byte) {
            return Err(self.malformed(what));
        }
        self.at += 1;
        Ok(())
    }

    fn enter(&mut self, byte: u8, what: &'static str) -> Read {
        self.expect(byte, what)?;
        self.depth += 1;
        self.fresh = true;
        if self.depth > MAX_DEPTH {
            Err(self.malformed("JSON nested too deeply"))
        } else {
            Ok(())
        }
    }

    /// Moves on to the next member or item; `false` when `close` ends the container.
    fn advance(&mut self, close: u8) -> Result<bool, Malformed> {
        let fresh = std::mem::replace(&mut self.fresh, false);
        match self.peek() {
            Some(byte) if byte == close => {
                self.at += 1;
                self.depth = self.depth.saturating_sub(1);
                Ok(false)
            }
            Some(b',') if !fresh => {
                self.at += 1;
                Ok(true)
            }
            Some(_) if fresh => Ok(true),
            _ => Err(self.malformed("expected a comma or the end of a JSON list or object")),
        }
    }

    fn string(&mut self) -> Result<Cow<'a, str>, Malformed> {
        self.expect(b'"', "expected a JSON string")?;
        let start = self.at;
        let end = self.plain_run()?;
        if self.text.as_bytes()[end] == b'"' {
            self.at = end + 1;
            return Ok(Cow::Borrowed(&self.text[start..end]));
        }
        let mut out = String::with_capacity(end - start + 16);
        out.push_str(&self.text[start..end]);
        self.at = end;
        self.escaped(&mut out)?;
        Ok(Cow::Owned(out))
    }

    /// The end of the run of bytes that stand for themselves: a quote or a backslash.
    fn plain_run(&self) -> Result<usize, Malformed> {
        let rest = &self.text.as_bytes()[self.at..];
        match rest
            .iter()
            .position(|byte| *byte == b'"' || *byte == b'\\' || *byte < 0x20)
        {
            Some(length) if rest[length] >= 0x20 => Ok(self.at + length),
            Some(length) => Err(Malformed {
                what: "control character in a JSON string",
                offset: self.at + length,
            }),
            None => Err(Malformed {
                what: "JSON string without an end",
                offset: self.text.len(),
            }),
        }
    }

    /// The rest of a string, from its first backslash to its closing quote.
    fn escaped(&mut self, out: &mut String) -> Read {
        loop {
            let end = self.plain_run()?;
            out.push_str(&self.text[self.at..end]);
            self.at = end + 1;
            if self.text.as_bytes()[end] == b'"' {
                return Ok(());
            }
            let escape = self.text.as_bytes().get(self.at).copied();
            self.at += 1;
            out.push(match escape {
                Some(plain @ (b'"' | b'\\' | b'/')) => char::from(plain),
                Some(b'n') => '\n',
                Some(b't') => '\t',
                Some(b'r') => '\r',
                Some(b'b') => '\u{8}',
                Some(b'f') => '\u{c}',
                Some(b'u') => self.unicode()?,
                _ => return Err(self.malformed("unknown escape in a JSON string")),
            });
        }
    }

    /// A `\u` escape, or two that make a surrogate pair. A lone surrogate becomes the replacement character.
    fn unicode(&mut self) -> Result<char, Malformed> {
        let first = self.hex4()?;
        if !(0xD800..0xDC00).contains(&first) {
            return Ok(char::from_u32(first).unwrap_or(char::REPLACEMENT_CHARACTER));
        }
        if !self.text[self.at..].starts_with("\\u") {
            return Ok(char::REPLACEMENT_CHARACTER);
        }
        let before = self.at;
        self.at += 2;
        let second = self.hex4()?;
        if (0xDC00..0xE000).contains(&second) {
            let code = 0x10000 + ((first - 0xD800) << 10) + (second - 0xDC00);
            return Ok(char::from_u32(code).unwrap_or(char::REPLACEMENT_CHARACTER));
        }
        self.at = before;
        Ok(char::REPLACEMENT_CHARACTER)
    }

    fn hex4(&mut self) -> Result<u32, Malformed> {
        let digits = self
            .text
            .get(self.at..self.at + 4)
            .filter(|text| text.bytes().all(|b| b.is_ascii_hexdigit()));
        let code = digits.and_then(|digits| u32::from_str_radix(digits, 16).ok());
        self.at += 4;
        code.ok_or(Malformed {
            what: "expected four hexadecimal digits in a JSON string",
            offset: self.at - 4,
        })
    }

    /// A number, `true`, `false` or `null`: everything up to the next delimiter.
    fn word(&mut self) -> Result<&'a str, Malformed> {
        self.blank();
        let rest = &self.text[self.at..];
        let length = rest
            .bytes()
            .position(|byte| {
                matches!(byte, b',' | b'}' | b']' | b':' | b'"' | b'{' | b'[') || byte <= b' '
            })
            .unwrap_or(rest.len());
        let word = &rest[..length];
        if matches!(word, "true" | "false" | "null") || is_number(word) {
            self.at += length;
            Ok(word)
        } else {
            Err(self.malformed("expected a JSON value"))
        }
    }
}

/// The number grammar of JSON.
fn is_number(word: &str) -> bool {
    let digits = |text: &str| !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
    let (mantissa, exponent) = word
        .split_once(['e', 'E'])
        .map_or((word, None), |(m, e)| (m, Some(e)));
    let (whole, fraction) = mantissa
        .split_once('.')
        .map_or((mantissa, None), |(w, f)| (w, Some(f)));
    let whole = whole.strip_prefix('-').unwrap_or(whole);
    digits(whole)
        && (whole.len() == 1 || !whole.starts_with('0'))
        && fraction.is_none_or(digits)
        && exponent
            .is_none_or(|exponent| digits(exponent.strip_prefix(['+', '-']).unwrap_or(exponent)))
}

impl<'a> Source<'a> for JsonSource<'a> {
    fn shape(&mut self) -> Result<Shape, Malformed> {
        match self.peek() {
            Some(b'{') => Ok(Shape::Object),
            Some(b'[') => Ok(Shape::List),
            Some(b'"') => Ok(Shape::Text),
            Some(b't' | b'f') => Ok(Shape::Bool),
            Some(b'n') => Ok(Shape::Null),
            Some(b'-' | b'0'..=b'9') => Ok(Shape::Number),
            _ => Err(self.malformed("expected a JSON value")),
        }
    }

    fn scalar(&mut self) -> Result<Cow<'a, str>, Malformed> {
        if self.peek() == Some(b'"') {
            self.string()
        } else {
            self.word().map(Cow::Borrowed)
        }
    }

    fn skip(&mut self) -> Result<&'a str, Malformed> {
        self.blank();
        let (start, depth) = (self.at, self.depth);
        // Containers still open, innermost last: true for an object. A loop, so that depth costs no stack.
        let mut open = Vec::new();
        loop {
            match self.shape()? {
                Shape::Object => {
                    self.begin_object()?;
                    open.push(true);
                }
                Shape::List => {
                    self.begin_list()?;
                    open.push(false);
                }
                Shape::Text => {
                    self.string()?;
                }
                _ => {
                    self.word()?;
                }
            }
            while let Some(object) = open.last() {
                let more = if *object {
                    self.next_member()?.is_some()
                } else {
                    self.next_item()?
                };
                if more {
                    break;
                }
                open.pop();
            }
            if open.is_empty() {
                self.depth = depth;
                return Ok(&self.text[start..self.at]);
            }
        }
    }

    fn begin_object(&mut self) -> Read {
        self.enter(b'{', "expected a JSON object")
    }

    fn next_member(&mut self) -> Result<Option<Cow<'a, str>>, Malformed> {
        if !self.advance(b'}')? {
            return Ok(None);
        }
        let name = self.string()?;
        self.expect(b':', "expected a colon after a JSON member's name")?;
        Ok(Some(name))
    }

    fn begin_list(&mut self) -> Read {
        self.enter(b'[', "expected a JSON list")
    }

    fn next_item(&mut self) -> Result<bool, Malformed> {
        self.advance(b']')
    }

    fn mark(&self) -> usize {
        self.at
    }

    fn rewind(&mut self, mark: usize) {
        self.at = mark;
        self.fresh = false;
    }
}
