//! XML, read into a flat index of its elements first: telling a list from a single element takes a look ahead.
//!
//! An element with child elements is an object, one without is text, an empty one is null. Repeated siblings are the items
//! of one list. Attributes and the root's name carry no data in these answers.

mod parse;
mod text;

use std::borrow::Cow;
use std::collections::HashMap;
use std::hash::Hasher as _;

use super::{ListSeen, Malformed, Read, Shape, Source, Token};

/// How many children are looked at one by one before an index is worth its while: searches for the namesakes of each of
/// many children must not take time by the square of their number.
const SEARCHES: u32 = 4096;

/// An element of a document. Elements lie in document order, so the descendants of one follow it.
#[derive(Debug)]
struct Element {
    /// Where its tag starts, `<` included.
    start: u32,
    /// Where its name ends, which starts behind the `<`.
    name_end: u32,
    /// What lies between its tags.
    content: (u32, u32),
    /// Where it ends, end tag included.
    end: u32,
    /// The index of the element it is in; the root is in itself.
    parent: u32,
    /// The index of the first element that is not in it.
    after: u32,
    /// How many of its children were looked at in search of namesakes of others.
    searched: u32,
    /// The index of the next sibling of the same name, once the children of its parent are linked; 0 when there is none.
    same: u32,
    kind: Kind,
    /// Whether its children know their next sibling of the same name.
    linked: bool,
    /// Whether it was read as an item of a list and is no member any more.
    consumed: bool,
    /// Whether it belongs to a list that was counted.
    counted: bool,
}

/// What an element holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Kind {
    /// Nothing but white space.
    Blank,
    /// Text that stands for itself.
    Plain,
    /// Text with references, CDATA sections or comments in it.
    Marked,
    /// Elements. Text between them is layout.
    Parent,
}

/// Where the reading of an element's children stands.
enum Frame {
    /// The children are members; the next one to look at, and the first index beyond them.
    Object { next: usize, end: usize },
    /// The siblings of this name are items; the next one to look at.
    List { next: Option<usize> },
}

/// An XML document.
pub struct XmlSource<'a> {
    document: &'a str,
    elements: Vec<Element>,
    /// How many references stand for nothing known.
    unknown: usize,
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
        let (elements, unknown) = parse::parse(document)?;
        Ok(Self {
            document,
            elements,
            unknown,
            current: 0,
            frames: Vec::new(),
        })
    }

    /// The name of the root.
    #[must_use]
    pub fn root(&self) -> &'a str {
        self.elements.first().map_or("", |root| self.name(root))
    }

    #[cold]
    fn malformed(&self, what: &'static str) -> Malformed {
        let element = self.elements.get(self.current);
        Malformed::new(what, element.map_or(0, |element| element.start as usize))
    }

    fn name(&self, element: &Element) -> &'a str {
        self.slice(element.start + 1, element.name_end)
    }

    fn slice(&self, start: u32, end: u32) -> &'a str {
        let text = self.document.get(start as usize..end as usize);
        text.unwrap_or_default()
    }

    /// The element the source stands on. There always is one: a document without a root is no document.
    fn element(&self) -> &Element {
        &self.elements[self.current]
    }

    fn text(&self, element: &Element) -> Cow<'a, str> {
        let raw = self.slice(element.content.0, element.content.1);
        if element.kind == Kind::Marked {
            Cow::Owned(text::plain(raw))
        } else {
            Cow::Borrowed(raw)
        }
    }

    /// The element after one and all that is in it, when it has the same parent.
    fn next_sibling(&self, at: usize) -> Option<usize> {
        let element = &self.elements[at];
        let parent = &self.elements[element.parent as usize];
        (element.after < parent.after).then_some(element.after as usize)
    }

    /// The next sibling of the same name that is still to be read.
    fn next_same(&mut self, at: usize) -> Option<usize> {
        let parent = self.elements[at].parent as usize;
        if self.elements[parent].searched > SEARCHES {
            return self.next_linked(at, parent);
        }
        let name = self.name(&self.elements[at]);
        let (mut next, mut searched) = (self.next_sibling(at), 0);
        while let Some(at) = next {
            let element = &self.elements[at];
            searched += 1;
            if !element.consumed && self.name(element) == name {
                break;
            }
            next = self.next_sibling(at);
        }
        let parent = &mut self.elements[parent].searched;
        *parent = parent.saturating_add(searched);
        next
    }

    fn next_linked(&mut self, at: usize, parent: usize) -> Option<usize> {
        if !self.elements[parent].linked {
            self.link(parent);
        }
        let mut next = self.elements[at].same as usize;
        while next > 0 && self.elements[next].consumed {
            next = self.elements[next].same as usize;
        }
        Some(next).filter(|next| *next > 0)
    }

    /// Links the children of an element with their namesakes, so that searching costs nothing any more.
    fn link(&mut self, parent: usize) {
        self.elements[parent].linked = true;
        let mut last: HashMap<&str, usize> = HashMap::new();
        let mut next = Some(parent + 1).filter(|_| self.elements[parent].kind == Kind::Parent);
        while let Some(at) = next {
            if let Some(before) = last.insert(self.name(&self.elements[at]), at) {
                self.elements[before].same = u32::try_from(at).unwrap_or_default();
            }
            next = self.next_sibling(at);
        }
    }

    /// How many items the only element of a list is: several, when it holds nothing but repetitions of one element.
    fn items_within(&self, at: usize) -> usize {
        let first = Some(at + 1).filter(|_| self.elements[at].kind == Kind::Parent);
        let children = std::iter::successors(first, |at| self.next_sibling(*at));
        let name = |at: usize| self.name(&self.elements[at]);
        if first.is_some_and(|first| children.clone().any(|at| name(at) != name(first))) {
            return 1;
        }
        children.count().max(1)
    }
}

impl<'a> Source<'a> for XmlSource<'a> {
    fn shape(&mut self) -> Result<Shape, Malformed> {
        Ok(match self.element().kind {
            Kind::Blank => Shape::Null,
            Kind::Plain | Kind::Marked => Shape::Text,
            Kind::Parent => Shape::Object,
        })
    }

    fn token(&mut self) -> Result<Token<'a>, Malformed> {
        let element = self.element();
        Ok(match element.kind {
            Kind::Blank => Token::Null,
            Kind::Plain | Kind::Marked => Token::Scalar(self.text(element)),
            Kind::Parent => Token::Object,
        })
    }

    fn skip(&mut self) -> Result<&'a str, Malformed> {
        let element = self.element();
        Ok(self.slice(element.start, element.end))
    }

    fn begin_object(&mut self) -> Read {
        let (next, end) = (self.current + 1, self.element().after as usize);
        self.frames.push(Frame::Object { next, end });
        Ok(())
    }

    fn next_member(&mut self) -> Result<Option<Cow<'a, str>>, Malformed> {
        let Some(Frame::Object { next, end }) = self.frames.last_mut() else {
            return Err(self.malformed("no XML element is open"));
        };
        while *next < *end && self.elements[*next].consumed {
            *next = self.elements[*next].after as usize;
        }
        if *next >= *end {
            self.frames.pop();
            return Ok(None);
        }
        self.current = *next;
        *next = self.elements[*next].after as usize;
        Ok(Some(Cow::Borrowed(self.name(self.element()))))
    }

    fn begin_list(&mut self) -> Read {
        let next = Some(self.current);
        self.frames.push(Frame::List { next });
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
        self.elements[at].consumed = true;
        self.current = at;
        let following = self.next_same(at);
        if let Some(Frame::List { next }) = self.frames.last_mut() {
            *next = following;
        }
        Ok(true)
    }

    fn list_seen(&mut self) -> Result<Option<ListSeen>, Malformed> {
        let first = self.element();
        if first.counted || first.kind == Kind::Blank {
            return Ok(None);
        }
        let (mut hasher, mut count) = (ListSeen::hasher(), 0);
        let mut next = Some(self.current);
        while let Some(at) = next {
            let element = &mut self.elements[at];
            element.counted = true;
            count += usize::from(element.kind != Kind::Blank);
            let (start, end) = (element.start, element.end);
            hasher.write(self.slice(start, end).as_bytes());
            next = self.next_same(at);
        }
        if count == 1 {
            count = self.items_within(self.current);
        }
        Ok(Some(ListSeen::new(count, &hasher)))
    }

    fn repeats(&self) -> bool {
        true
    }

    fn depth(&self) -> usize {
        self.frames.len()
    }

    fn repaired(&self) -> usize {
        self.unknown
    }

    fn mark(&self) -> usize {
        self.current
    }

    fn rewind(&mut self, mark: usize) {
        self.current = mark;
    }
}

#[cfg(test)]
mod tests;
