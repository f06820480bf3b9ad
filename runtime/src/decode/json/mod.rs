//! JSON, read where it lies: nothing is copied but strings with escapes.

mod word;

use std::borrow::Cow;

use super::{ListSeen, Malformed, Read, Shape, Source, Token, scan};

/// How deep lists and objects may nest. [`JsonSource::skip`] keeps a bit for each level.
const MAX_DEPTH: usize = 128;

/// A JSON document.
#[derive(Clone, Debug)]
pub struct JsonSource<'a> {
    text: &'a str,
    at: usize,
    depth: usize,
    /// Whether the container just entered has had no member or item yet.
    fresh: bool,
    /// How many places were not well formed, and read all the same.
    repaired: usize,
    /// Up to where they are counted: what is read again is not counted again.
    repaired_to: usize,
}

impl<'a> JsonSource<'a> {
    /// A document to read from its first byte.
    #[must_use]
    pub fn new(text: &'a str) -> Self {
        Self::within(text, 0)
    }

    /// A document that is a string within another one, which is nested that deep already.
    pub(super) fn within(text: &'a str, depth: usize) -> Self {
        Self {
            text,
            at: 0,
            depth,
            fresh: false,
            repaired: 0,
            repaired_to: 0,
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

    #[cold]
    fn malformed(&self, what: &'static str) -> Malformed {
        Malformed::new(what, self.at)
    }

    #[inline]
    fn blank(&mut self) {
        let bytes = self.text.as_bytes();
        while matches!(bytes.get(self.at), Some(b' ' | b'\n' | b'\r' | b'\t')) {
            self.at += 1;
        }
    }

    /// The next byte that is not white space.
    #[inline]
    fn peek(&mut self) -> Option<u8> {
        self.blank();
        self.text.as_bytes().get(self.at).copied()
    }

    #[inline]
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
    #[inline]
    fn advance(&mut self, close: u8) -> Result<bool, Malformed> {
        let fresh = std::mem::replace(&mut self.fresh, false);
        match self.peek() {
            Some(b',') if !fresh => {
                self.at += 1;
                match self.peek() {
                    Some(byte) if byte == close => self.advance_past_comma(),
                    _ => Ok(true),
                }
            }
            Some(byte) if byte == close => {
                self.at += 1;
                self.depth = self.depth.saturating_sub(1);
                Ok(false)
            }
            Some(_) if fresh => Ok(true),
            _ => Err(self.malformed("expected a comma or the end of a JSON list or object")),
        }
    }

    /// Ends a container after a comma too many.
    #[cold]
    fn advance_past_comma(&mut self) -> Result<bool, Malformed> {
        self.repair(self.at);
        self.at += 1;
        self.depth = self.depth.saturating_sub(1);
        Ok(false)
    }

    #[inline]
    fn string(&mut self) -> Result<Cow<'a, str>, Malformed> {
        self.expect(b'"', "expected a JSON string")?;
        let start = self.at;
        let end = self.plain_run(start)?;
        if self.text.as_bytes()[end] == b'"' {
            self.at = end + 1;
            return Ok(Cow::Borrowed(&self.text[start..end]));
        }
        self.marked(end).map(Cow::Owned)
    }

    /// Passes over a string without keeping it.
    fn skip_string(&mut self) -> Read {
        self.expect(b'"', "expected a JSON string")?;
        let mut end = self.plain_run(self.at)?;
        loop {
            match self.text.as_bytes()[end] {
                b'"' => break,
                b'\\' => {
                    self.at = end + 1;
                    self.escape()?;
                }
                _ => self.control(end),
            }
            end = self.plain_run(self.at)?;
        }
        self.at = end + 1;
        Ok(())
    }

    /// The end of the run of bytes that stand for themselves: a quote, a backslash or a control character.
    #[inline]
    fn plain_run(&self, start: usize) -> Result<usize, Malformed> {
        let bytes = self.text.as_bytes();
        let end = start + scan::string_end(&bytes[start..]);
        match bytes.get(end) {
            Some(_) => Ok(end),
            None => Err(Malformed::new("JSON string without an end", end)),
        }
    }

    /// Counts a control character that stands in a string as itself.
    #[cold]
    fn control(&mut self, at: usize) {
        self.repair(at);
        self.at = at + 1;
    }

    /// Counts a place that is not well formed.
    #[cold]
    fn repair(&mut self, at: usize) {
        if at >= self.repaired_to {
            self.repaired += 1;
            self.repaired_to = at + 1;
        }
    }

    /// A string with escapes or control characters, the first of which is at `end`.
    fn marked(&mut self, mut end: usize) -> Result<String, Malformed> {
        let mut out = String::with_capacity((end - self.at) * 2 + 16);
        loop {
            out.push_str(&self.text[self.at..end]);
            self.at = end + 1;
            match self.text.as_bytes()[end] {
                b'"' => return Ok(out),
                b'\\' => out.push(self.escape()?),
                control => {
                    self.control(end);
                    out.push(char::from(control));
                }
            }
            end = self.plain_run(self.at)?;
        }
    }

    /// A backslash that starts no escape stands for itself, and so does what follows it.
    #[cold]
    fn no_escape(&mut self, after: usize) -> char {
        self.repair(after);
        self.at = after;
        '\\'
    }

    /// What stands after a backslash.
    fn escape(&mut self) -> Result<char, Malformed> {
        let after = self.at;
        let escape = self.text.as_bytes().get(self.at).copied();
        self.at += 1;
        Ok(match escape {
            Some(plain @ (b'"' | b'\\' | b'/')) => char::from(plain),
            Some(b'n') => '\n',
            Some(b't') => '\t',
            Some(b'r') => '\r',
            Some(b'b') => '\u{8}',
            Some(b'f') => '\u{c}',
            Some(b'u') => match self.unicode() {
                Some(character) => character,
                None => self.no_escape(after),
            },
            Some(_) => self.no_escape(after),
            None => return Err(self.malformed("JSON string without an end")),
        })
    }

    /// A `\u` escape, or two that make a surrogate pair. A lone surrogate becomes the replacement character.
    ///
    /// `None` where four hexadecimal digits are missing.
    fn unicode(&mut self) -> Option<char> {
        let first = self.hex4()?;
        if (0xD800..0xDC00).contains(&first) && self.text[self.at..].starts_with("\\u") {
            let before = self.at;
            self.at += 2;
            if let Some(second @ 0xDC00..0xE000) = self.hex4() {
                let code = 0x10000 + ((first - 0xD800) << 10) + (second - 0xDC00);
                return char::from_u32(code);
            }
            self.at = before;
        }
        Some(char::from_u32(first).unwrap_or(char::REPLACEMENT_CHARACTER))
    }

    fn hex4(&mut self) -> Option<u32> {
        let digits = self.text.get(self.at..self.at + 4)?;
        if !digits.bytes().all(|byte| byte.is_ascii_hexdigit()) {
            return None;
        }
        self.at += 4;
        u32::from_str_radix(digits, 16).ok()
    }

    /// A number, `true`, `false` or `null`, up to a delimiter. `True` and `FALSE` are taken for what they say; any other
    /// word, such as `NaN`, for `null`.
    fn word(&mut self) -> Result<&'a str, Malformed> {
        self.blank();
        let rest = &self.text[self.at..];
        match word::at_start(rest) {
            Some(word) => {
                self.at += word.len();
                Ok(word)
            }
            None => self.odd_word(rest),
        }
    }

    #[cold]
    fn odd_word(&mut self, rest: &'a str) -> Result<&'a str, Malformed> {
        let length = word::odd(rest).ok_or_else(|| self.malformed("expected a JSON value"))?;
        self.repair(self.at);
        self.at += length;
        let word = &rest[..length];
        Ok(if word::is_truth(word) { word } else { "null" })
    }
}

impl<'a> Source<'a> for JsonSource<'a> {
    fn shape(&mut self) -> Result<Shape, Malformed> {
        match self.peek() {
            Some(b'{') => Ok(Shape::Object),
            Some(b'[') => Ok(Shape::List),
            Some(b'"') => Ok(Shape::Text),
            _ => {
                let shape = word::shape(&self.text[self.at..]);
                shape.ok_or_else(|| self.malformed("expected a JSON value"))
            }
        }
    }

    fn token(&mut self) -> Result<Token<'a>, Malformed> {
        match self.peek() {
            Some(b'"') => self.string().map(Token::Scalar),
            Some(b'{') => Ok(Token::Object),
            Some(b'[') => Ok(Token::List),
            _ => match self.word()? {
                "null" => Ok(Token::Null),
                word => Ok(Token::Scalar(Cow::Borrowed(word))),
            },
        }
    }

    fn skip(&mut self) -> Result<&'a str, Malformed> {
        self.blank();
        let (start, depth) = (self.at, self.depth);
        // A bit for each container still open, the innermost last: 1 for an object. Depth costs no stack.
        let mut open = 0_u128;
        loop {
            match self.peek() {
                Some(b'{') => {
                    self.begin_object()?;
                    open = open << 1 | 1;
                }
                Some(b'[') => {
                    self.begin_list()?;
                    open <<= 1;
                }
                Some(b'"') => self.skip_string()?,
                _ => self.word().map(drop)?,
            }
            loop {
                if self.depth == depth {
                    return Ok(&self.text[start..self.at]);
                }
                let object = open & 1 == 1;
                if self.advance(if object { b'}' } else { b']' })? {
                    if object {
                        self.blank();
                        self.skip_string()?;
                        self.expect(b':', "expected a colon after a JSON member's name")?;
                    }
                    break;
                }
                open >>= 1;
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

    fn list_seen(&mut self) -> Result<Option<ListSeen>, Malformed> {
        let (start, mut count) = (self.at, 0);
        let seen = match self.shape()? {
            Shape::Null => None,
            Shape::List => {
                self.begin_list()?;
                while self.next_item()? {
                    self.skip()?;
                    count += 1;
                }
                Some(ListSeen::of(count, &self.text[start..self.at]))
            }
            Shape::Text => list_in_text(&self.string()?, self.depth),
            _ => Some(ListSeen::of(1, self.skip()?)),
        };
        self.rewind(start);
        Ok(seen)
    }

    fn depth(&self) -> usize {
        self.depth
    }

    fn repaired(&self) -> usize {
        self.repaired
    }

    fn mark(&self) -> usize {
        self.at
    }

    fn rewind(&mut self, mark: usize) {
        self.at = mark;
        self.fresh = false;
    }
}

/// The list a string stands for: JSON in it, or the string itself as the only item.
fn list_in_text(text: &str, depth: usize) -> Option<ListSeen> {
    if text.trim().is_empty() {
        return None;
    }
    let mut inner = JsonSource::within(text, depth);
    match inner.peek() {
        Some(b'[') => inner.list_seen().ok().flatten(),
        _ => None,
    }
    .or_else(|| Some(ListSeen::of(1, text)))
}
