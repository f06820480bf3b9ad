//! The first pass over an XML document: where its elements are, and whether it is well formed.
//!
//! Document types are refused, so there are no entities but the five of the language itself and nothing ever expands.

use super::text::character;
use super::{Element, Kind};
use crate::decode::blank::is_blank;
use crate::decode::{Malformed, Read, scan};

/// How deep elements may nest.
const MAX_DEPTH: usize = 128;

/// The elements of a document, of which there is at least one, and how many references in it stand for nothing known.
pub(super) fn parse(document: &str) -> Result<(Vec<Element>, usize), Malformed> {
    let mut parser = Parser {
        document,
        bytes: document.as_bytes(),
        // A guess that holds for short values and wastes little.
        elements: Vec::with_capacity(document.len() / 48),
        open: Vec::new(),
        unknown: 0,
    };
    if u32::try_from(document.len()).is_err() {
        return Err(malformed("XML that is too large", 0));
    }
    let mut at = 0;
    while at < document.len() {
        at = parser.step(at)?;
    }
    if parser.elements.is_empty() || !parser.open.is_empty() {
        return Err(parser.early_end());
    }
    Ok((parser.elements, parser.unknown))
}

#[cold]
fn malformed(what: &'static str, offset: usize) -> Malformed {
    Malformed::new(what, offset)
}

/// Positions fit: longer documents were refused.
fn position(at: usize) -> u32 {
    u32::try_from(at).unwrap_or(u32::MAX)
}

struct Parser<'a> {
    document: &'a str,
    bytes: &'a [u8],
    elements: Vec<Element>,
    /// The indices of the open elements, innermost last.
    open: Vec<u32>,
    /// How many ampersands start no reference that is known, and stand for themselves.
    unknown: usize,
}

impl Parser<'_> {
    /// Reads text, a reference or what starts with a `<`; returns where it ends.
    fn step(&mut self, at: usize) -> Result<usize, Malformed> {
        let end = at + scan::either(&self.bytes[at..], b'<', b'&');
        if end > at {
            self.text(at, end, is_blank(&self.document[at..end]), false)?;
        }
        match (self.bytes.get(end), self.bytes.get(end + 1)) {
            (None, _) => Ok(end),
            (Some(b'&'), _) => self.reference(end),
            (_, Some(b'/')) => self.end_tag(end),
            (_, Some(b'!')) => self.marked(end),
            (_, Some(b'?')) if self.bytes.get(end + 2) != Some(&b'>') => {
                self.passed(end, end + 2, "?>")
            }
            _ => self.start_tag(end),
        }
    }

    /// Notes text of the innermost open element. Outside the root only white space may stand.
    fn text(&mut self, start: usize, end: usize, blank: bool, marked: bool) -> Read {
        let Some(open) = self.open.last() else {
            let layout = self.document[start..end]
                .trim_matches('\u{feff}')
                .trim()
                .is_empty();
            return if layout && !marked {
                Ok(())
            } else {
                Err(malformed("text outside the XML root", start))
            };
        };
        let element = &mut self.elements[*open as usize];
        let first = element.content.0 as usize == start;
        element.kind = match element.kind {
            Kind::Blank if blank => Kind::Blank,
            Kind::Blank if first && !marked => Kind::Plain,
            Kind::Blank | Kind::Plain => Kind::Marked,
            other => other,
        };
        Ok(())
    }

    fn reference(&mut self, start: usize) -> Result<usize, Malformed> {
        let Some((character, length)) = character(&self.bytes[start..]) else {
            self.unknown += 1;
            self.text(start, start + 1, false, true)?;
            return Ok(start + 1);
        };
        self.text(start, start + length, character.is_whitespace(), true)?;
        Ok(start + length)
    }

    /// A comment or a CDATA section.
    fn marked(&mut self, start: usize) -> Result<usize, Malformed> {
        let rest = &self.bytes[start..];
        if rest.starts_with(b"<!--") {
            return self.passed(start, start + 4, "-->");
        }
        if !rest.starts_with(b"<![CDATA[") {
            return Err(malformed("XML with a document type", start));
        }
        let end = self.find(start + 9, "]]>")?;
        let blank = is_blank(&self.document[start + 9..end - 3]);
        self.text(start, end, blank, true)?;
        Ok(end)
    }

    /// A comment or a processing instruction, which may stand anywhere.
    fn passed(&mut self, start: usize, from: usize, close: &str) -> Result<usize, Malformed> {
        let end = self.find(from, close)?;
        if !self.open.is_empty() {
            self.text(start, end, true, true)?;
        }
        Ok(end)
    }

    /// Where the next `close` ends.
    fn find(&self, from: usize, close: &str) -> Result<usize, Malformed> {
        let rest = self.document.get(from..);
        let found = rest.and_then(|rest| rest.find(close));
        found.map_or_else(|| Err(self.early_end()), |at| Ok(from + at + close.len()))
    }

    fn start_tag(&mut self, start: usize) -> Result<usize, Malformed> {
        let name_end = start + 1 + scan::name_end(&self.bytes[start + 1..]);
        let first = self.bytes.get(start + 1).copied().unwrap_or_default();
        let nameless = first.is_ascii_punctuation() && !matches!(first, b'_' | b':');
        if name_end == start + 1 || nameless || self.quote(name_end) {
            return Err(malformed("XML tag without a name", start));
        }
        let (empty, end) = self.tag_end(name_end)?;
        let index = position(self.elements.len());
        let parent = self.open.last().copied();
        match parent {
            Some(parent) => self.elements[parent as usize].kind = Kind::Parent,
            None if index > 0 => return Err(malformed("more than one XML root", start)),
            None => {}
        }
        self.elements.push(Element {
            start: position(start),
            name_end: position(name_end),
            content: (position(end), position(end)),
            end: position(end),
            parent: parent.unwrap_or(0),
            after: index + 1,
            searched: 0,
            same: 0,
            linked: false,
            kind: Kind::Blank,
            consumed: false,
            counted: false,
        });
        if !empty {
            self.open.push(index);
            if self.open.len() > MAX_DEPTH {
                return Err(malformed("XML nested too deeply", start));
            }
        }
        Ok(end)
    }

    fn quote(&self, at: usize) -> bool {
        matches!(self.bytes.get(at), Some(b'"' | b'\''))
    }

    /// Passes over attributes; returns whether the tag is that of an empty element, and where it ends.
    fn tag_end(&self, mut at: usize) -> Result<(bool, usize), Malformed> {
        loop {
            match self.bytes.get(at) {
                Some(b'>') => return Ok((false, at + 1)),
                Some(b'/') if self.bytes.get(at + 1) == Some(&b'>') => return Ok((true, at + 2)),
                Some(quote) if self.quote(at) => {
                    let rest = &self.bytes[at + 1..];
                    at += 2 + scan::either(rest, *quote, *quote);
                }
                Some(b'<' | b'/') => return Err(malformed("XML that is not well formed", at)),
                Some(_) => at += 1,
                None => return Err(self.early_end()),
            }
        }
    }

    fn end_tag(&mut self, start: usize) -> Result<usize, Malformed> {
        let open = self.open.pop();
        let index = open.ok_or_else(|| malformed("XML end tag without a start", start))?;
        let after = position(self.elements.len());
        let element = &mut self.elements[index as usize];
        let name = &self.bytes[element.start as usize + 1..element.name_end as usize];
        let rest = self.bytes[start + 2..].strip_prefix(name);
        let rest = rest.ok_or_else(|| malformed("XML end tag that does not match", start))?;
        let blank = rest.iter().take_while(|byte| byte.is_ascii_whitespace());
        let blank = blank.count();
        if rest.get(blank) != Some(&b'>') {
            return Err(malformed("XML end tag that does not match", start));
        }
        let end = start + 2 + name.len() + blank + 1;
        element.content.1 = position(start);
        element.end = position(end);
        element.after = after;
        Ok(end)
    }

    #[cold]
    fn early_end(&self) -> Malformed {
        malformed("XML that ends too early", self.document.len())
    }
}
