//! Readings of a text: the text itself, the text with its escapes undone, the same once more.
//!
//! Each reading knows for every byte where in the text it comes from. Undone are percent-encoding, the backslash escapes of
//! JSON and of programming languages, and the entities of XML and HTML, all in one go, since a page may mix them.

use std::ops::Range;

/// How many layers of escapes are undone: a URL encoded twice, in JSON in JSON, in HTML, is five.
const LAYERS: usize = 6;

/// A reading of a text.
pub(super) struct View {
    pub(super) bytes: Vec<u8>,
    /// Where each byte comes from.
    spans: Vec<(usize, usize)>,
}

/// A reading without what may come and go on the way: blanks, line breaks, `+`, backslashes, characters that do not show and
/// the difference between upper and lower case.
pub(super) struct Folded {
    pub(super) view: View,
    /// Whether something was left out before each byte, and at the end.
    gaps: Vec<bool>,
    /// How long the text is.
    length: usize,
}

/// What an escape stands for.
enum Meaning {
    Byte(u8),
    Char(char),
    Nothing,
}

impl View {
    /// The text itself.
    pub(super) fn of(text: &str) -> Self {
        Self {
            bytes: text.as_bytes().to_vec(),
            spans: (0..text.len()).map(|at| (at, at + 1)).collect(),
        }
    }

    /// The text and every further reading, as long as there are escapes to undo.
    pub(super) fn readings(text: &str) -> impl Iterator<Item = Self> {
        std::iter::successors(Some(Self::of(text)), Self::unescaped).take(LAYERS + 1)
    }

    /// Where in the text a part of this reading comes from.
    pub(super) fn source(&self, part: Range<usize>) -> Range<usize> {
        match self.spans.get(part).unwrap_or_default() {
            [] => 0..0,
            [only] => only.0..only.1,
            [first, .., last] => first.0..last.1,
        }
    }

    fn with_capacity(capacity: usize) -> Self {
        Self {
            bytes: Vec::with_capacity(capacity),
            spans: Vec::with_capacity(capacity),
        }
    }

    fn push(&mut self, byte: u8, span: (usize, usize)) {
        self.bytes.push(byte);
        self.spans.push(span);
    }

    /// The reading with its escapes undone; `None` when there are none.
    fn unescaped(&self) -> Option<Self> {
        let mut out = Self::with_capacity(self.bytes.len());
        let (mut at, mut changed) = (0, false);
        while let Some(byte) = self.bytes.get(at) {
            let Some((meaning, length)) = escape(&self.bytes[at..]) else {
                out.push(*byte, self.spans[at]);
                at += 1;
                continue;
            };
            let source = self.source(at..at + length);
            let span = (source.start, source.end);
            match meaning {
                Meaning::Nothing => {}
                Meaning::Byte(byte) => out.push(byte, span),
                Meaning::Char(character) => {
                    let mut buffer = [0; 4];
                    for byte in character.encode_utf8(&mut buffer).bytes() {
                        out.push(byte, span);
                    }
                }
            }
            at += length;
            changed = true;
        }
        changed.then_some(out)
    }

    /// The reading without what may come and go on the way.
    pub(super) fn folded(&self) -> Folded {
        let mut view = Self::with_capacity(self.bytes.len());
        let mut gaps = Vec::with_capacity(self.bytes.len() + 1);
        let (mut at, mut gap) = (0, false);
        while let Some(byte) = self.bytes.get(at) {
            let (character, length) = character(&self.bytes[at..]).unwrap_or(('x', 1));
            if is_passing(character) {
                gap = true;
            } else {
                for at in at..at + length {
                    let byte = self.bytes.get(at).unwrap_or(byte);
                    view.push(byte.to_ascii_lowercase(), self.spans[at]);
                    gaps.push(std::mem::take(&mut gap));
                }
            }
            at += length;
        }
        gaps.push(gap);
        let length = self.spans.last().map_or(0, |span| span.1);
        Folded { view, gaps, length }
    }
}

impl Folded {
    /// Whether something was left out at the beginning and at the end.
    pub(super) fn margins(&self) -> (bool, bool) {
        let gap = |gap: Option<&bool>| gap.copied().unwrap_or_default();
        (gap(self.gaps.first()), gap(self.gaps.last()))
    }

    /// Where in the text a part comes from, with what was left out before and after it, where that belongs to it.
    pub(super) fn source(&self, part: Range<usize>, margins: (bool, bool)) -> Range<usize> {
        let (spans, inner) = (&self.view.spans, self.view.source(part.clone()));
        let before = part.start.checked_sub(1).and_then(|at| spans.get(at));
        let after = spans.get(part.end);
        let start = match margins.0 {
            true => before.map_or(0, |span| span.1),
            false => inner.start,
        };
        let end = match margins.1 {
            true => after.map_or(self.length, |span| span.0),
            false => inner.end,
        };
        start..end
    }

    /// Whether a word may end or begin before a byte, or at the end.
    pub(super) fn breaks_at(&self, at: usize) -> bool {
        let word = |at: usize| {
            let byte = self.view.bytes.get(at);
            byte.is_some_and(u8::is_ascii_alphanumeric)
        };
        let gap = self.gaps.get(at).copied().unwrap_or(true);
        gap || at == 0 || !word(at - 1) || !word(at)
    }
}

/// Whether a character may be added, dropped or replaced by another one of these on the way of a text.
fn is_passing(character: char) -> bool {
    character.is_whitespace()
        || character.is_control()
        || matches!(character, '+' | '\\')
        || matches!(character, '\u{ad}' | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{206f}' | '\u{feff}' | '\u{fffd}')
}

/// The first character, when it is whole.
fn character(bytes: &[u8]) -> Option<(char, usize)> {
    let length = match bytes.first()? {
        ascii @ 0..=0x7f => return Some((char::from(*ascii), 1)),
        0xc0..=0xdf => 2,
        0xe0..=0xef => 3,
        _ => 4,
    };
    let text = std::str::from_utf8(bytes.get(..length)?).ok()?;
    Some((text.chars().next()?, length))
}

/// The escape a text begins with, and how long it is.
fn escape(text: &[u8]) -> Option<(Meaning, usize)> {
    let whole = match text.first()? {
        b'%' => percent(text),
        b'\\' => backslash(text),
        b'&' => entity(text),
        _ => return None,
    };
    whole.or_else(|| is_cut(text).then_some((Meaning::Nothing, text.len())))
}

/// Whether the end of the text may have cut an escape short.
fn is_cut(text: &[u8]) -> bool {
    let longest = match text {
        [b'%', ..] => 2,
        [b'\\', b'u' | b'x', ..] => 5,
        [b'&', ..] => 8,
        _ => return false,
    };
    let of_escape = |byte: &u8| byte.is_ascii_alphanumeric() || *byte == b'#';
    text.len() <= longest && text[1..].iter().all(of_escape)
}

fn percent(text: &[u8]) -> Option<(Meaning, usize)> {
    if let Some(byte) = number(text.get(1..3)?, 16) {
        return Some((Meaning::Byte(u8::try_from(byte).ok()?), 3));
    }
    matches!(text.get(1)?, b'u' | b'U').then_some(())?;
    unit(text)
}

fn backslash(text: &[u8]) -> Option<(Meaning, usize)> {
    match text.get(1) {
        None => Some((Meaning::Nothing, 1)),
        Some(b'n' | b'r' | b't' | b'b' | b'f' | b'v') => Some((Meaning::Byte(b' '), 2)),
        Some(b'u') if text.get(2) == Some(&b'{') => {
            let end = text.iter().take(10).position(|byte| *byte == b'}')?;
            Some((char_of(number(&text[3..end], 16)?)?, end + 1))
        }
        Some(b'u') => unit(text),
        Some(b'U') => Some((char_of(number(text.get(2..10)?, 16)?)?, 10)),
        Some(b'x') => {
            let byte = number(text.get(2..4)?, 16)?;
            Some((Meaning::Byte(u8::try_from(byte).ok()?), 4))
        }
        Some(byte) if byte.is_ascii() => Some((Meaning::Byte(*byte), 2)),
        Some(_) => Some((Meaning::Nothing, 1)),
    }
}

/// `uXXXX` behind a backslash or a percent sign, and the second half of a character that needs two.
fn unit(text: &[u8]) -> Option<(Meaning, usize)> {
    let first = number(text.get(2..6)?, 16)?;
    if !(0xd800..0xdc00).contains(&first) {
        return Some((char_of(first)?, 6));
    }
    let second = text.get(6..12)?;
    (second[..2].eq_ignore_ascii_case(&text[..2])).then_some(())?;
    let low = number(&second[2..], 16)?.checked_sub(0xdc00)?;
    let character = 0x10000 + ((first - 0xd800) << 10) + low;
    Some((char_of(character)?, 12))
}

fn entity(text: &[u8]) -> Option<(Meaning, usize)> {
    let (start, radix) = match text {
        [_, b'#', b'x' | b'X', ..] => (3, 16),
        [_, b'#', ..] => (2, 10),
        _ => return named(text),
    };
    let digits = text[start..].iter().take(7);
    let digits = digits.take_while(|byte| char::from(**byte).is_digit(radix));
    let end = start + digits.count();
    let meaning = char_of(number(&text[start..end], radix)?)?;
    // Readers of HTML do without the end.
    Some((meaning, end + usize::from(text.get(end) == Some(&b';'))))
}

fn named(text: &[u8]) -> Option<(Meaning, usize)> {
    let long = &text[..text.len().min(12)];
    let end = long.iter().position(|byte| *byte == b';')?;
    let is_named = |(name, _): &&(&str, char)| name.as_bytes() == &text[1..end];
    let (_, character) = ENTITIES.iter().find(is_named)?;
    Some((Meaning::Char(*character), end + 1))
}

fn char_of(number: u32) -> Option<Meaning> {
    char::from_u32(number).map(Meaning::Char)
}

/// A number of digits alone.
fn number(digits: &[u8], radix: u32) -> Option<u32> {
    let digits = std::str::from_utf8(digits).ok()?;
    let plain = digits.bytes().all(|byte| byte.is_ascii_alphanumeric());
    plain.then(|| u32::from_str_radix(digits, radix).ok())?
}

/// The entities of XML, and what HTML calls other characters of ASCII.
const ENTITIES: [(&str, char); 42] = [
    ("amp", '&'),
    ("lt", '<'),
    ("gt", '>'),
    ("quot", '"'),
    ("apos", '\''),
    ("AMP", '&'),
    ("LT", '<'),
    ("GT", '>'),
    ("QUOT", '"'),
    ("nbsp", ' '),
    ("Tab", '\t'),
    ("NewLine", '\n'),
    ("excl", '!'),
    ("num", '#'),
    ("dollar", '$'),
    ("percnt", '%'),
    ("lpar", '('),
    ("rpar", ')'),
    ("ast", '*'),
    ("midast", '*'),
    ("plus", '+'),
    ("comma", ','),
    ("period", '.'),
    ("sol", '/'),
    ("colon", ':'),
    ("semi", ';'),
    ("equals", '='),
    ("quest", '?'),
    ("commat", '@'),
    ("lsqb", '['),
    ("lbrack", '['),
    ("bsol", '\\'),
    ("rsqb", ']'),
    ("rbrack", ']'),
    ("Hat", '^'),
    ("lowbar", '_'),
    ("grave", '`'),
    ("lcub", '{'),
    ("lbrace", '{'),
    ("verbar", '|'),
    ("rcub", '}'),
    ("rbrace", '}'),
];
