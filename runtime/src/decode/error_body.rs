//! Error documents: what an error response says of itself, whatever it calls the parts of it.
//!
//! The gateway writes `Code`, `Message` and `RequestId`; services behind it, token endpoints and proxies have spellings of
//! their own. One table lists them in the order of preference.

use bytes::Bytes;

use super::{Decode as _, Object, Read, Reader, Shape, trimmed, with_body};
use crate::params::Value;

/// What an error document says.
#[derive(Clone, Debug, Default)]
#[non_exhaustive]
pub struct ErrorBody {
    /// The error code. A number counts as its text.
    pub code: Option<String>,
    /// The message.
    pub message: Option<String>,
    /// The ID of the request.
    pub request_id: Option<String>,
    /// The host that answered.
    pub host_id: Option<String>,
    /// A page with advice.
    pub recommend: Option<String>,
    /// Which permission was missing, as free JSON.
    pub access_denied_detail: Option<Value>,
}

/// The parts of an error document that are text.
#[derive(Clone, Copy)]
enum Part {
    Code,
    Message,
    RequestId,
    HostId,
    Recommend,
}

/// The spellings of each part, the best first; case, `_` and `-` do not count.
const SPELLINGS: [(Part, &[&str]); 5] = [
    (Part::Code, &["code", "errorcode", "errcode", "error"]),
    (
        Part::Message,
        &[
            "message",
            "errormessage",
            "errmessage",
            "errormsg",
            "errmsg",
            "msg",
            "errordescription",
            "errorsummary",
        ],
    ),
    (Part::RequestId, &["requestid", "xacsrequestid", "traceid"]),
    (Part::HostId, &["hostid"]),
    (Part::Recommend, &["recommend"]),
];

/// Objects and lists that only wrap an error document.
const WRAPPERS: [&str; 5] = ["error", "errors", "errorresponse", "errorinfo", "response"];

/// How deep a document may be wrapped.
const WRAPPED: u32 = 3;

impl ErrorBody {
    /// Reads the body of an error answer. `None` when it is no error document, such as a page of HTML.
    ///
    /// Of a document that breaks off, what came before counts: an error answer has nothing better to say.
    #[must_use]
    pub fn read(body: &Bytes) -> Option<Self> {
        let mut found = Found::default();
        let read = with_body(body, |source| found.object(&mut Reader::new(source)));
        drop(read);
        let error = found.finish();
        let says = [&error.code, &error.message, &error.request_id];
        says.iter().any(|text| text.is_some()).then_some(error)
    }
}

/// What was found so far, and how good each finding is: smaller is better.
#[derive(Default)]
struct Found {
    texts: [Option<(u32, String)>; 5],
    access_denied_detail: Option<Value>,
    /// How deep the object being read is wrapped.
    depth: u32,
}

impl Found {
    fn object(&mut self, reader: &mut Reader<'_, '_>) -> Read {
        reader.object(self).map(drop)
    }

    fn wrapped(&mut self, shape: Shape, reader: &mut Reader<'_, '_>) -> Read {
        if self.depth >= WRAPPED {
            return reader.skip();
        }
        self.depth += 1;
        let read = match shape {
            Shape::List => reader.items(&mut |item| self.object(item)),
            _ => self.object(reader),
        };
        self.depth -= 1;
        read
    }

    /// Takes a text for a part, unless there is a better one. Whatever stands further out is better than what is wrapped.
    fn take(&mut self, part: Part, rank: u32, text: &str) {
        let text = trimmed(text);
        if text.is_empty() || text == "null" {
            return;
        }
        // A number is more often a status than a code.
        let number = u32::from(text.bytes().all(|byte| byte.is_ascii_digit()));
        let rank = self.depth * 1000 + number * 100 + rank;
        let place = &mut self.texts[part as usize];
        if place.as_ref().is_none_or(|(best, _)| rank < *best) {
            *place = Some((rank, text.to_owned()));
        }
    }

    fn finish(self) -> ErrorBody {
        let [code, message, request_id, host_id, recommend] =
            self.texts.map(|found| found.map(|(_, text)| text));
        ErrorBody {
            code,
            message,
            request_id,
            host_id,
            recommend,
            access_denied_detail: self.access_denied_detail,
        }
    }
}

impl Object for Found {
    fn field(&mut self, name: &str, value: &mut Reader<'_, '_>) -> Read {
        let plain = plain(name);
        let shape = value.shape()?;
        if matches!(shape, Shape::Object | Shape::List) {
            if plain == "accessdenieddetail" && self.access_denied_detail.is_none() {
                self.access_denied_detail = Value::decode(value)?;
                return Ok(());
            }
            if WRAPPERS.contains(&plain.as_str()) {
                return self.wrapped(shape, value);
            }
        }
        let part = SPELLINGS.iter().find_map(|(part, spellings)| {
            let rank = spellings.iter().position(|spelling| *spelling == plain)?;
            Some((*part, rank))
        });
        match (part, value.text()?) {
            (Some((part, rank)), Some(text)) => {
                // Of two spellings that differ in case alone the usual one is better.
                let usual = name.starts_with(|first: char| first.is_ascii_uppercase());
                let rank = u32::try_from(rank * 2).unwrap_or(u32::MAX) + u32::from(!usual);
                self.take(part, rank, &text);
            }
            (None, Some(text)) if plain == "accessdenieddetail" => {
                self.access_denied_detail = Some(Value::from(&*text));
            }
            _ => {}
        }
        Ok(())
    }
}

/// A name without case, `_` and `-`.
fn plain(name: &str) -> String {
    let letters = name.chars().filter(|letter| !matches!(letter, '_' | '-'));
    letters.map(|letter| letter.to_ascii_lowercase()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> [Option<String>; 3] {
        let read = ErrorBody::read(&Bytes::copy_from_slice(text.as_bytes())).unwrap_or_default();
        [read.code, read.message, read.request_id]
    }

    #[test]
    fn every_spelling_is_read() {
        for (text, code, message, id) in [
            (
                r#"{"Code":"C","Message":"M","RequestId":"R"}"#,
                "C",
                "M",
                "R",
            ),
            (
                r#"{"code":"C","message":"M","requestId":"R"}"#,
                "C",
                "M",
                "R",
            ),
            (
                r#"{"ErrorCode":"C","ErrorMessage":"M","RequestID":"R"}"#,
                "C",
                "M",
                "R",
            ),
            (
                r#"{"errorCode":"C","errorMsg":"M","request_id":"R"}"#,
                "C",
                "M",
                "R",
            ),
            (
                r#"{"ErrCode":"C","ErrMessage":"M","requestID":"R"}"#,
                "C",
                "M",
                "R",
            ),
            (
                r#"{"error":{"code":"C","message":"M"},"RequestId":"R"}"#,
                "C",
                "M",
                "R",
            ),
            (
                r#"{"Error":{"Code":"C","Message":"M","RequestId":"R"}}"#,
                "C",
                "M",
                "R",
            ),
            (
                r#"{"errors":[{"code":"C","message":"M","requestId":"R"},{"code":"D"}]}"#,
                "C",
                "M",
                "R",
            ),
            (
                r#"{"error":"C","error_description":"M","request-id":"R"}"#,
                "C",
                "M",
                "R",
            ),
            (r#"{"code":"C","msg":"M","requestid":"R"}"#, "C", "M", "R"),
            (
                r#"{"code":403,"message":"M","requestId":"R"}"#,
                "403",
                "M",
                "R",
            ),
            (
                "<ErrorResponse><Error><Code>C</Code><Message>M</Message></Error><RequestId>R</RequestId></ErrorResponse>",
                "C",
                "M",
                "R",
            ),
        ] {
            let expected = [code, message, id].map(|text| Some(text.to_owned()));
            assert_eq!(read(text), expected, "{text}");
        }
    }

    #[test]
    fn the_best_spelling_counts_wherever_it_stands() {
        let code = |text| read(text)[0].clone().unwrap_or_default();
        assert_eq!(code(r#"{"errorCode":"B","Code":"A"}"#), "A");
        assert_eq!(code(r#"{"Code":"","ErrorCode":"B"}"#), "B");
        assert_eq!(code(r#"{"code":400,"errorCode":"B"}"#), "B");
        assert_eq!(code(r#"{"code":"b","Code":"A"}"#), "A");
        assert_eq!(code(r#"{"error":{"code":"B"},"code":"A"}"#), "A");
        assert_eq!(code(r#"{"Code":null,"error":"B"}"#), "B");
        assert_eq!(code(r#"{"data":{"code":"B"},"message":"M"}"#), "");
    }

    #[test]
    fn what_is_no_error_document_is_none() {
        for text in [
            "",
            "<html><body>404</body></html>",
            "busy",
            "[]",
            "{}",
            "null",
            "\"x\"",
            "7",
        ] {
            assert!(
                ErrorBody::read(&Bytes::from_static(text.as_bytes())).is_none(),
                "{text}"
            );
        }
    }
}
