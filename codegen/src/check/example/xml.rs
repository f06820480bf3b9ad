//! XML answers with the place of every element.
//!
//! An element with child elements is an object, one without is text, an empty one is null. Repeated siblings are the items of
//! one list. Attributes and the name of the root carry nothing.

use std::collections::HashMap;
use std::ops::Range;

use quick_xml::Reader;
use quick_xml::escape::unescape;
use quick_xml::events::Event;

use super::Malformed;
use super::answer::{Answer, Member, Value};

/// How deep elements may nest.
const MAX_DEPTH: usize = 128;

/// Reads an XML document.
pub(super) fn parse(text: &str) -> Result<Answer, Malformed> {
    let mut document = Document {
        text,
        open: Vec::new(),
        root: None,
    };
    let mut reader = Reader::from_str(text);
    loop {
        let start = position(reader.buffer_position());
        let event = match reader.read_event() {
            Ok(event) => event,
            Err(error) => {
                let at = position(reader.error_position());
                return Err(Malformed {
                    at,
                    message: explain(&error),
                });
            }
        };
        let range = start..position(reader.buffer_position());
        if event == Event::Eof {
            return document.end();
        }
        document.event(&event, range)?;
    }
}

/// The parser's message without the kind of error it starts with.
fn explain(error: &quick_xml::Error) -> String {
    let message = error.to_string();
    let told = message
        .split_once(": ")
        .map_or(message.as_str(), |(_, told)| told);
    told.replace('`', "\"")
}

fn position(offset: u64) -> usize {
    usize::try_from(offset).unwrap_or(usize::MAX)
}

/// An element whose end tag is still to come.
struct Element {
    name: String,
    /// Where the name stands.
    at: Range<usize>,
    text: String,
    children: Vec<Member>,
}

struct Document<'t> {
    text: &'t str,
    open: Vec<Element>,
    root: Option<Answer>,
}

impl Document<'_> {
    fn event(&mut self, event: &Event<'_>, range: Range<usize>) -> Result<(), Malformed> {
        match event {
            Event::Start(tag) => self.start(tag.name().as_ref().len(), &range),
            Event::Empty(tag) => {
                self.start(tag.name().as_ref().len(), &range)?;
                self.close(range);
                Ok(())
            }
            Event::End(_) => {
                self.close(range);
                Ok(())
            }
            Event::Text(_) | Event::GeneralRef(_) => {
                let raw = self.text.get(range.clone()).unwrap_or_default();
                match unescape(raw) {
                    Ok(text) => self.append(&text, &range),
                    Err(_) => Err(at(&range, "an entity that is not defined")),
                }
            }
            Event::CData(data) => self.append(&String::from_utf8_lossy(data), &range),
            Event::DocType(_) => Err(at(&range, "a document type; remove it")),
            _ => Ok(()),
        }
    }

    fn start(&mut self, length: usize, tag: &Range<usize>) -> Result<(), Malformed> {
        if self.root.is_some() {
            return Err(at(tag, "a second root element"));
        }
        if self.open.len() == MAX_DEPTH {
            return Err(at(tag, "elements nested too deeply"));
        }
        // The name follows the angle bracket.
        let at = tag.start + 1..tag.start + 1 + length;
        self.open.push(Element {
            name: self.text.get(at.clone()).unwrap_or_default().to_owned(),
            at,
            text: String::new(),
            children: Vec::new(),
        });
        Ok(())
    }

    fn close(&mut self, tag: Range<usize>) {
        let Some(element) = self.open.pop() else {
            return;
        };
        let answer = Answer {
            range: element.at.start.saturating_sub(1)..tag.end,
            value: value(element.text, element.children),
        };
        match self.open.last_mut() {
            None => self.root = Some(answer),
            Some(parent) => parent.children.push(Member {
                name: element.name,
                at: element.at,
                answer,
            }),
        }
    }

    fn append(&mut self, text: &str, range: &Range<usize>) -> Result<(), Malformed> {
        match self.open.last_mut() {
            Some(element) => element.text.push_str(text),
            None if text.trim().is_empty() => {}
            None => return Err(at(range, "text outside the root element")),
        }
        Ok(())
    }

    fn end(mut self) -> Result<Answer, Malformed> {
        if let Some(element) = self.open.pop() {
            let tag = element.at.start.saturating_sub(1)..element.at.end;
            return Err(at(&tag, &format!("<{}> is not closed", element.name)));
        }
        self.root.ok_or_else(|| at(&(0..0), "there is no element"))
    }
}

fn at(range: &Range<usize>, message: &str) -> Malformed {
    Malformed {
        at: range.start,
        message: message.to_owned(),
    }
}

/// What an element holds. White space between child elements is layout.
fn value(text: String, children: Vec<Member>) -> Value {
    if !children.is_empty() {
        return Value::Object(grouped(children));
    }
    match text.trim().is_empty() {
        true => Value::Null,
        false => Value::Scalar(text),
    }
}

/// The children with those of one name made into one list.
fn grouped(children: Vec<Member>) -> Vec<Member> {
    let mut positions: HashMap<String, usize> = HashMap::new();
    let mut members: Vec<Member> = Vec::new();
    for child in children {
        let known = positions
            .get(&child.name)
            .and_then(|at| members.get_mut(*at));
        let Some(first) = known else {
            positions.insert(child.name.clone(), members.len());
            members.push(child);
            continue;
        };
        match &mut first.answer.value {
            Value::List(items) => items.push(child.answer),
            single => {
                let range = first.answer.range.clone();
                let value = std::mem::replace(single, Value::Null);
                *single = Value::List(vec![Answer { range, value }, child.answer]);
            }
        }
    }
    members
}
