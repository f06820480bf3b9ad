//! Samples: the answers of the spec's examples, ready to be sent with a request ID of their own.
//!
//! Only the value of the request ID is replaced, in the text itself, so that a misspelt root or a boolean where the
//! document says string stays as the service sends it.

use std::ops::Range;

use alicloud_codegen::spec::{Kind, Operation, Primitive, Scope, Service};
use quick_xml::events::Event;

use crate::synthesize;

/// The answers an operation gives when all is well.
pub(crate) struct Samples {
    pub(crate) json: Sample,
    pub(crate) xml: Sample,
    /// The events of an operation that streams them; none of any other.
    pub(crate) events: Vec<Sample>,
}

/// An answer, and where in it the request ID is.
pub(crate) struct Sample {
    text: String,
    request_id: Option<Range<usize>>,
}

/// The first example of each format, else one made from the schema of the answer. Each example is an event of a stream.
pub(crate) fn samples(service: &Service, operation: &Operation) -> Samples {
    let examples = &operation.examples;
    let mut documents = examples.iter().filter_map(|example| example.json.as_ref());
    let json = documents.next();
    let xml = examples.iter().find_map(|example| example.xml.as_ref());
    let json = match json {
        Some(text) => text.value.clone(),
        None => synthesize::json(service, operation),
    };
    let xml = match xml {
        Some(text) => text.value.clone(),
        None => synthesize::xml(service, operation),
    };
    let events = gives_events(service, operation).then(|| {
        let others = documents.map(|text| text.value.clone());
        std::iter::once(json.clone()).chain(others)
    });
    Samples {
        events: events.into_iter().flatten().map(Sample::json).collect(),
        json: Sample::json(json),
        xml: Sample::xml(xml),
    }
}

/// Whether the answer is a stream of documents; bytes that come bit by bit are still bytes.
fn gives_events(service: &Service, operation: &Operation) -> bool {
    if !operation.streams {
        return false;
    }
    let shared = Scope::of_service(&service.schemas);
    let scope = Scope::of_operation(operation, &shared);
    let response = operation.response.as_ref();
    let kind = response.and_then(|schema| Some(&scope.resolve(schema)?.kind));
    !matches!(kind, Some(Kind::Primitive(Primitive::Binary)))
}

impl Sample {
    fn json(text: String) -> Self {
        let request_id = json_request_id(&text);
        Self { text, request_id }
    }

    fn xml(text: String) -> Self {
        let request_id = xml_request_id(&text);
        Self { text, request_id }
    }

    /// The answer to the request of that ID.
    pub(crate) fn render(&self, request_id: &str) -> String {
        let mut text = self.text.clone();
        if let Some(range) = self.request_id.clone() {
            text.replace_range(range, request_id);
        }
        text
    }
}

fn is_request_id(name: &str) -> bool {
    name.eq_ignore_ascii_case("RequestId") || name == "request_id"
}

/// Where the text of the top level's request ID is, without its quotes.
fn json_request_id(text: &str) -> Option<Range<usize>> {
    // Positions in text that is no JSON would mean nothing.
    serde_json::from_str::<serde_json::Value>(text).ok()?;
    let (mut depth, mut at, mut name_before) = (0, 0, false);
    while let Some(byte) = text.as_bytes().get(at) {
        match byte {
            // A request ID with parts is none.
            b'{' | b'[' => (depth, name_before) = (depth + 1, false),
            b'}' | b']' => depth -= 1,
            b'"' => {
                let end = end_of_string(text, at + 1)?;
                if name_before {
                    return Some(at + 1..end);
                }
                let named = depth == 1 && text[end + 1..].trim_start().starts_with(':');
                name_before = named && is_request_id(&text[at + 1..end]);
                at = end;
            }
            b':' => {}
            byte if byte.is_ascii_whitespace() => {}
            // The request ID is no string, so there is nothing to replace.
            _ => name_before = false,
        }
        at += 1;
    }
    None
}

/// Where the closing quote of a string is.
fn end_of_string(text: &str, start: usize) -> Option<usize> {
    let mut escaped = false;
    let end = text.as_bytes()[start..].iter().position(|byte| {
        let closing = *byte == b'"' && !escaped;
        escaped = *byte == b'\\' && !escaped;
        closing
    });
    end.map(|end| start + end)
}

/// Where the text of the root's child with the request ID is.
fn xml_request_id(text: &str) -> Option<Range<usize>> {
    let mut reader = quick_xml::Reader::from_str(text);
    let (mut depth, mut start) = (0, None);
    loop {
        let before = usize::try_from(reader.buffer_position()).ok()?;
        match reader.read_event().ok()? {
            Event::Start(tag) => {
                depth += 1;
                let named = std::str::from_utf8(tag.name().0).is_ok_and(is_request_id);
                if depth == 2 && named {
                    start = usize::try_from(reader.buffer_position()).ok();
                }
            }
            Event::End(_) => {
                if let Some(start) = start {
                    return Some(start..before);
                }
                depth -= 1;
            }
            Event::Eof => return None,
            _ => {}
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_the_request_id_of_the_top_level_is_replaced() {
        let text =
            r#"{"A": {"RequestId": "inner"}, "B": "RequestId", "RequestId" : "ou\"ter", "S":true}"#;
        let wanted =
            r#"{"A": {"RequestId": "inner"}, "B": "RequestId", "RequestId" : "new", "S":true}"#;
        assert_eq!(Sample::json(text.to_owned()).render("new"), wanted);
    }

    #[test]
    fn a_request_id_that_is_no_text_stays() {
        for text in [
            r#"{"RequestId": 1, "A": "x"}"#,
            r#"{"RequestId": {"A": "x"}}"#,
            r#"["RequestId"]"#,
            "",
            "{",
        ] {
            assert_eq!(Sample::json(text.to_owned()).render("new"), text);
        }
    }

    #[test]
    fn xml_keeps_its_odd_root() {
        let text = "<Oddresponse>\n <Data><RequestId>a</RequestId></Data><RequestId>b</RequestId>\n</Oddresponse>";
        let wanted = "<Oddresponse>\n <Data><RequestId>a</RequestId></Data><RequestId>new</RequestId>\n</Oddresponse>";
        assert_eq!(Sample::xml(text.to_owned()).render("new"), wanted);
        assert_eq!(
            Sample::xml("<A><B/></A>".to_owned()).render("new"),
            "<A><B/></A>"
        );
    }
}
