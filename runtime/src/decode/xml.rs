//! XML, read into a small tree first: telling a list from a single element takes a look ahead.
//!
//! An element with child elements is an object, one without is text, an empty one is null. Repeated siblings are the items
//! of one list. Attributes and the root's name carry no data in these answers.

use std::borrow::Cow;

use quick_xml::escape::unescape;
use quick_xml::events::Event;

use super::{Malformed, Read, Shape, Source};

/// How deep elements may nest.
const MAX_DEPTH: usize = 128;

struct Node<'a> {
    name: &'a str,
    text: Cow<'a, str>,
    /// The element in the document, tags included.
    span: (usize, usize),
    first_child: Option<usize>,
    next_sibling: Option<usize>,
    last_child: Option<usize>,
}

/// Where the reading of an element's children stands.
enum Frame {
    /// The children are members; the next one to look at.
    Object { next: Option<usize> },
    /// The siblings of this name are items; the next one to look at.
    List { next: Option<usize> },
}

/// An XML document.
pub struct XmlSource<'a> {
    document: &'a str,
    nodes: Vec<Node<'a>>,
    /// Elements that were read as items of a list and are no members any more.
    consumed: Vec<bool>,
    current: usize,
    frames: Vec<Frame>,
}

impl<'a> XmlSource<'a> {
    /// Parses a document and stands on its root.
    ///
    /// # Errors
    ///
    /// When it is not well formed.
    pub fn new(document: &'a str) -> Result<Self, Malformed> {
        let nodes = parse(document)?;
        Ok(Self {
            document,
            consumed: vec![false; nodes.len()],
            nodes,
            current: 0,
            frames: Vec::new(),
        })
    }

    /// The name of the root.
    #[must_use]
    pub fn root(&self) -> &'a str {
        self.nodes.first().map_or("", |root| root.name)
    }

    fn malformed(&self, what: &'static str) -> Malformed {
        Malformed {
            what,
            offset: self.nodes.get(self.current).map_or(0, |node| node.span.0),
        }
    }

    fn node(&self) -> Result<&Node<'a>, Malformed> {
        self.nodes.get(self.current).ok_or(Malformed {
            what: "XML without an element",
            offset: 0,
        })
    }

    fn next_same(&self, from: usize, name: &str) -> Option<usize> {
        let mut next = self.nodes[from].next_sibling;
        while let Some(at) = next {
            if self.nodes[at].name == name && !self.consumed[at] {
                return Some(at);
            }
            next = self.nodes[at].next_sibling;
        }
        None
    }
}

impl<'a> Source<'a> for XmlSource<'a> {
    fn shape(&mut self) -> Result<Shape, Malformed> {
        let node = self.node()?;
        Ok(match (node.first_child, node.text.is_empty()) {
            (Some(_), _) => Shape::Object,
            (None, true) => Shape::Null,
            (None, false) => Shape::Text,
        })
    }

    fn scalar(&mut self) -> Result<Cow<'a, str>, Malformed> {
        let node = self.node()?;
        if node.first_child.is_some() {
            return Err(self.malformed("expected an XML element without children"));
        }
        Ok(node.text.clone())
    }

    fn skip(&mut self) -> Result<&'a str, Malformed> {
        let (start, end) = self.node()?.span;
        Ok(self.document.get(start..end).unwrap_or_default())
    }

    fn begin_object(&mut self) -> Read {
        let next = self.node()?.first_child;
        self.frames.push(Frame::Object { next });
        Ok(())
    }

    fn next_member(&mut self) -> Result<Option<Cow<'a, str>>, Malformed> {
        let Some(Frame::Object { next }) = self.frames.last_mut() else {
            return Err(self.malformed("no XML element is open"));
        };
        while next.is_some_and(|at| self.consumed[at]) {
            *next = next.and_then(|at| self.nodes[at].next_sibling);
        }
        let Some(at) = *next else {
            self.frames.pop();
            return Ok(None);
        };
        *next = self.nodes[at].next_sibling;
        self.current = at;
        Ok(Some(Cow::Borrowed(self.nodes[at].name)))
    }

    fn begin_list(&mut self) -> Read {
        self.node()?;
        self.frames.push(Frame::List {
            next: Some(self.current),
        });
        Ok(())
    }

    fn next_item(&mut self) -> Result<bool, Malformed> {
        let Some(Frame::List { next }) = self.frames.last() else {
            return Err(self.malformed("no XML list is open"));
        };
        let Some(at) = *next else {
            self.frames.pop();
            return Ok(false);
        };
        self.consumed[at] = true;
        self.current = at;
        let following = self.next_same(at, self.nodes[at].name);
        if let Some(Frame::List { next }) = self.frames.last_mut() {
            *next = following;
        }
        Ok(true)
    }

    fn repeats(&self) -> bool {
        true
    }

    fn mark(&self) -> usize {
        self.current
    }

    fn rewind(&mut self, mark: usize) {
        self.current = mark;
    }
}

fn parse(document: &str) -> Result<Vec<Node<'_>>, Malformed> {
    let mut reader = quick_xml::Reader::from_str(document);
    let mut nodes: Vec<Node<'_>> = Vec::new();
    let mut open: Vec<usize> = Vec::new();
    loop {
        let start = position(&reader);
        let malformed = |what| Malformed {
            what,
            offset: start,
        };
        match reader
            .read_event()
            .map_err(|_| malformed("XML that is not well formed"))?
        {
            Event::Start(tag) => {
                let name = slice(document, start + 1, tag.name().as_ref().len());
                add(&mut nodes, &open, name, start).ok_or(malformed("more than one XML root"))?;
                open.push(nodes.len() - 1);
                if open.len() > MAX_DEPTH {
                    return Err(malformed("XML nested too deeply"));
                }
            }
            Event::Empty(tag) => {
                let name = slice(document, start + 1, tag.name().as_ref().len());
                add(&mut nodes, &open, name, start).ok_or(malformed("more than one XML root"))?;
                close(&mut nodes, position(&reader));
            }
            Event::End(_) => {
                let at = open.pop().ok_or(malformed("XML end tag without a start"))?;
                nodes[at].span.1 = position(&reader);
            }
            Event::Text(_) => {
                let raw = &document[start..position(&reader)];
                let text = unescape(raw).map_err(|_| malformed("unknown entity in XML"))?;
                append(&mut nodes, &open, &text).ok_or(malformed("text outside the XML root"))?;
            }
            Event::GeneralRef(_) => {
                let raw = &document[start..position(&reader)];
                let text = unescape(raw).map_err(|_| malformed("unknown entity in XML"))?;
                append(&mut nodes, &open, &text).ok_or(malformed("text outside the XML root"))?;
            }
            Event::CData(data) => {
                let text = String::from_utf8_lossy(&data);
                append(&mut nodes, &open, &text).ok_or(malformed("text outside the XML root"))?;
            }
            Event::DocType(_) => return Err(malformed("XML with a document type")),
            Event::Comment(_) | Event::Decl(_) | Event::PI(_) => {}
            Event::Eof => break,
        }
    }
    if nodes.is_empty() || !open.is_empty() {
        return Err(Malformed {
            what: "XML that ends too early",
            offset: document.len(),
        });
    }
    for node in &mut nodes {
        tidy(node);
    }
    Ok(nodes)
}

fn position(reader: &quick_xml::Reader<&[u8]>) -> usize {
    usize::try_from(reader.buffer_position()).unwrap_or(usize::MAX)
}

fn slice(document: &str, start: usize, length: usize) -> &str {
    document.get(start..start + length).unwrap_or_default()
}

/// Adds an element under the innermost open one; `None` for a second root.
fn add<'a>(nodes: &mut Vec<Node<'a>>, open: &[usize], name: &'a str, start: usize) -> Option<()> {
    let at = nodes.len();
    match open.last() {
        Some(parent) => match nodes[*parent].last_child.replace(at) {
            Some(before) => nodes[before].next_sibling = Some(at),
            None => nodes[*parent].first_child = Some(at),
        },
        None if at > 0 => return None,
        None => {}
    }
    nodes.push(Node {
        name,
        text: Cow::Borrowed(""),
        span: (start, start),
        first_child: None,
        next_sibling: None,
        last_child: None,
    });
    Some(())
}

fn close(nodes: &mut [Node<'_>], end: usize) {
    if let Some(node) = nodes.last_mut() {
        node.span.1 = end;
    }
}

/// Appends text to the innermost open element. Outside the root only white space may stand.
fn append(nodes: &mut [Node<'_>], open: &[usize], text: &str) -> Option<()> {
    match open.last() {
        Some(at) => nodes[*at].text.to_mut().push_str(text),
        None if text.trim_matches('\u{feff}').trim().is_empty() => {}
        None => return None,
    }
    Some(())
}

/// White space between child elements is layout, not text.
fn tidy(node: &mut Node<'_>) {
    if node.first_child.is_some() || node.text.trim().is_empty() {
        node.text = Cow::Borrowed("");
    }
}
