//! YAML into a tree that remembers where everything stands.
//!
//! The parser hands out events; this module builds a [`Node`] tree of them, in which every key and value has the [`Span`] it
//! was written at. Keys are kept in the order written and as often as written: that a key is given twice is for the reader
//! of the tree to report. Anchors and aliases work, within bounds: a file can neither expand without end nor nest so deeply
//! that walking it overflows the stack.

mod explain;
mod places;
#[cfg(test)]
mod tests;

use std::collections::HashMap;

use saphyr_parser::{Event, Parser, ScalarStyle, StrInput, Tag};

use self::places::Places;
use crate::diagnostic::{Diagnostic, catalogue};
use crate::spec::{FileId, Span, Spanned};

/// How many nodes a file may have once its aliases are expanded.
const MAX_NODES: usize = 200_000;

/// How deep nodes may nest.
const MAX_DEPTH: usize = 200;

/// A value and where it was written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Node {
    pub(crate) span: Span,
    pub(crate) value: Value,
}

/// What a node holds.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Value {
    /// One text. `plain` when it was written without quotes or a block mark, so that `true` means the boolean.
    Scalar { text: String, plain: bool },
    /// Values in order.
    Sequence(Vec<Node>),
    /// Values under keys, in the order written, repeated keys included.
    Mapping(Vec<(Spanned<String>, Node)>),
}

impl Node {
    /// What the node is, for messages.
    pub(crate) fn describe(&self) -> &'static str {
        match &self.value {
            Value::Scalar { .. } if self.is_empty() => "nothing",
            Value::Scalar { .. } => "text",
            Value::Sequence(_) => "a list",
            Value::Mapping(_) => "a mapping",
        }
    }

    /// Whether nothing was written, or `null`.
    pub(crate) fn is_empty(&self) -> bool {
        matches!(&self.value, Value::Scalar { text, plain: true } if matches!(text.as_str(), "" | "~" | "null"))
    }
}

/// Parses the one document of a file; `None` when there is nothing but comments in it.
pub(crate) fn parse(file: FileId, text: &str) -> Result<Option<Node>, Diagnostic> {
    let builder = Builder {
        events: Parser::new_from_str(text),
        places: Places::new(file, text),
        anchors: HashMap::new(),
        weight: 0,
    };
    builder.document()
}

/// A node that has an anchor, and what it costs to repeat it.
struct Anchored {
    node: Node,
    weight: usize,
    height: usize,
}

struct Builder<'t> {
    events: Parser<'t, StrInput<'t>>,
    places: Places<'t>,
    /// By the number the parser gives each anchor. An anchor is entered once its node is complete.
    anchors: HashMap<usize, Anchored>,
    /// What was built so far, copies included.
    weight: usize,
}

impl<'t> Builder<'t> {
    fn document(mut self) -> Result<Option<Node>, Diagnostic> {
        let mut root = None;
        loop {
            let (event, span) = self.next()?;
            match event {
                Event::StreamEnd => return Ok(root.filter(|node: &Node| !node.is_empty())),
                Event::DocumentStart(_) if root.is_some() => {
                    let message =
                        "a second document; a file holds one, so move this into a file of its own";
                    return Err(Diagnostic::new(catalogue::SECOND_DOCUMENT, span, message));
                }
                Event::DocumentStart(_) => {
                    let (event, span) = self.next()?;
                    root = Some(self.node(event, span, 1)?);
                }
                _ => {}
            }
        }
    }

    fn next(&mut self) -> Result<(Event<'t>, Span), Diagnostic> {
        match self.events.next_event() {
            Some(Ok((event, span))) => Ok((event, self.places.span(span))),
            Some(Err(error)) => Err(explain::explain(&self.places, &error)),
            // The parser ends with an event of its own, which stops the reading; this is for a parser that does not.
            None => Ok((Event::StreamEnd, self.places.end())),
        }
    }

    fn node(&mut self, event: Event<'t>, span: Span, depth: usize) -> Result<Node, Diagnostic> {
        if depth > MAX_DEPTH {
            return Err(too_deep(span));
        }
        spend(&mut self.weight, 1, span)?;
        let (node, anchor, tag) = match event {
            Event::Alias(id) => return self.alias(id, span, depth),
            Event::Scalar(text, style, anchor, tag) => {
                let plain = style == ScalarStyle::Plain;
                (scalar(text.into_owned(), plain, span, anchor), anchor, tag)
            }
            Event::SequenceStart(anchor, tag) => (self.sequence(span, depth)?, anchor, tag),
            Event::MappingStart(anchor, tag) => (self.mapping(span, depth)?, anchor, tag),
            _ => {
                return Err(Diagnostic::new(
                    catalogue::NOT_YAML,
                    span,
                    "not valid YAML: expected a value",
                ));
            }
        };
        refuse_tag(tag.as_deref(), span)?;
        if anchor > 0 {
            self.anchor(anchor, &node)?;
        }
        Ok(node)
    }

    fn sequence(&mut self, start: Span, depth: usize) -> Result<Node, Diagnostic> {
        let mut items = Vec::new();
        loop {
            let (event, span) = self.next()?;
            if event == Event::SequenceEnd {
                let last = items.last().map(|node: &Node| node.span);
                return Ok(Node {
                    span: whole(start, last, span),
                    value: Value::Sequence(items),
                });
            }
            items.push(self.node(event, span, depth + 1)?);
        }
    }

    fn mapping(&mut self, start: Span, depth: usize) -> Result<Node, Diagnostic> {
        let mut entries: Vec<(Spanned<String>, Node)> = Vec::new();
        loop {
            let (event, span) = self.next()?;
            if event == Event::MappingEnd {
                let last = entries.last().map(|(_, node)| node.span);
                return Ok(Node {
                    span: whole(start, last, span),
                    value: Value::Mapping(entries),
                });
            }
            let key = key(self.node(event, span, depth + 1)?)?;
            let (event, span) = self.next()?;
            entries.push((key, self.node(event, span, depth + 1)?));
        }
    }

    fn alias(&mut self, id: usize, span: Span, depth: usize) -> Result<Node, Diagnostic> {
        let Some(anchored) = self.anchors.get(&id) else {
            return Err(Diagnostic::new(
                catalogue::NOT_YAML,
                span,
                "an alias inside its own anchor",
            ));
        };
        if depth + anchored.height > MAX_DEPTH {
            return Err(too_deep(span));
        }
        spend(&mut self.weight, anchored.weight, span)?;
        Ok(anchored.node.clone())
    }

    fn anchor(&mut self, id: usize, node: &Node) -> Result<(), Diagnostic> {
        let (weight, height) = measure(node);
        spend(&mut self.weight, weight, node.span)?;
        let node = node.clone();
        self.anchors.insert(
            id,
            Anchored {
                node,
                weight,
                height,
            },
        );
        Ok(())
    }
}

/// Takes from the budget that keeps a file with aliases from growing without end.
fn spend(spent: &mut usize, weight: usize, span: Span) -> Result<(), Diagnostic> {
    *spent += weight;
    if *spent <= MAX_NODES {
        return Ok(());
    }
    let message = format!("more than {MAX_NODES} values, aliases included; split the file");
    Err(Diagnostic::new(catalogue::TOO_LARGE, span, message))
}

fn scalar(text: String, plain: bool, span: Span, anchor: usize) -> Node {
    // For a value that was not written the parser names the token after it, which is somebody else's.
    let absent = plain && text.is_empty() && anchor == 0;
    let end = if absent { span.start } else { span.end };
    Node {
        span: Span { end, ..span },
        value: Value::Scalar { text, plain },
    }
}

fn key(node: Node) -> Result<Spanned<String>, Diagnostic> {
    match node.value {
        Value::Scalar { text, .. } => Ok(Spanned::new(text, node.span)),
        _ => {
            let message = format!("a key must be text, not {}", node.describe());
            Err(Diagnostic::new(catalogue::KEY_NOT_TEXT, node.span, message))
        }
    }
}

/// The span of a collection. In flow style the closing bracket ends it; in block style the last value does, since the parser
/// notices the end only at the next thing written.
fn whole(start: Span, last: Option<Span>, end: Span) -> Span {
    let end = match last {
        Some(last) if end.start == end.end => last.end,
        _ => end.end,
    };
    Span {
        end: end.max(start.end),
        ..start
    }
}

/// What copying a node costs, and how many levels it has.
fn measure(node: &Node) -> (usize, usize) {
    let mut weight = 1;
    let mut height = 0;
    let mut add = |inner: &Node| {
        let (more, below) = measure(inner);
        weight += more;
        height = height.max(below);
    };
    match &node.value {
        // Long texts count for more, or a few nodes could still fill the memory.
        Value::Scalar { text, .. } => weight += text.len() / 32,
        Value::Sequence(items) => items.iter().for_each(&mut add),
        Value::Mapping(entries) => {
            entries.iter().for_each(|(_, inner)| add(inner));
            weight += entries
                .iter()
                .map(|(key, _)| 1 + key.value.len() / 32)
                .sum::<usize>();
        }
    }
    (weight, height + 1)
}

fn too_deep(span: Span) -> Diagnostic {
    Diagnostic::new(
        catalogue::TOO_LARGE,
        span,
        format!("nested more than {MAX_DEPTH} levels deep"),
    )
}

fn refuse_tag(tag: Option<&Tag>, span: Span) -> Result<(), Diagnostic> {
    match tag {
        None => Ok(()),
        Some(_) => Err(Diagnostic::new(
            catalogue::YAML_TAG,
            span,
            "tags have no meaning in a spec; remove the word that starts with \"!\"",
        )),
    }
}
