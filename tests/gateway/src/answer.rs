//! Answers: from a verdict to the status, headers and body that go back.
//!
//! Every answer has a request ID of its own, in the body and in the header `x-acs-request-id`. Good answers are the
//! samples of the spec; refusals are the error documents of the service. XML goes only to those who asked for it with a
//! V1 signature.

use std::fmt::Write as _;
use std::time::Duration;

use alicloud_runtime::encode::{json_text, percent};
use alicloud_runtime::time::{NonceSource as _, RandomNonce};
use alicloud_runtime::{Params, Value};
use bytes::Bytes;
use http_body_util::Full;
use quick_xml::escape::escape;

use crate::http::Request;
use crate::refusal::Refusal;
use crate::route::Target;
use crate::sample::{Sample, Samples};
use crate::synthesize::xml_text;
use crate::verify::Scheme;

pub(crate) const JSON: &str = "application/json;charset=utf-8";
pub(crate) const XML: &str = "text/xml;charset=utf-8";
const EVENTS: &str = "text/event-stream;charset=utf-8";

/// What goes back to the caller.
#[derive(Clone)]
pub(crate) struct Reply {
    pub(crate) status: u16,
    pub(crate) headers: Vec<(String, String)>,
    pub(crate) body: Bytes,
    /// How long to wait before anything goes back.
    pub(crate) delay: Duration,
    /// How it is written.
    pub(crate) delivery: Delivery,
    /// The error code, when the gateway knows it to be an error.
    pub(crate) code: Option<String>,
}

/// How an answer is written; every way but the first ends the connection.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Delivery {
    /// As it should be.
    Whole,
    /// Not at all: the connection is closed.
    HangUp,
    /// Not at all: the connection is reset.
    Reset,
    /// The head taking that long.
    SlowHead(Duration),
    /// The body taking that long.
    SlowBody(Duration),
    /// Half of the body.
    Truncated,
    /// More body than the head says.
    Short,
    /// With a body of that many bytes in place of its own.
    Huge(u64),
    /// As it should be, on a connection that promises to stay open and is closed all the same.
    ThenClosed,
}

/// What an answer depends on besides the verdict.
pub(crate) struct Caller<'a> {
    request_id: String,
    host: &'a str,
    xml: bool,
}

impl<'a> Caller<'a> {
    pub(crate) fn of(request: &'a Request, target: &Target<'_>) -> Self {
        let format = request.parameter("Format").unwrap_or_default();
        Self {
            request_id: request_id(),
            host: request.header("host").unwrap_or("127.0.0.1"),
            xml: target.scheme == Scheme::V1 && format.eq_ignore_ascii_case("XML"),
        }
    }

    /// The answer of an operation that did what it was asked to. One without a spec has nothing but a request ID to say.
    pub(crate) fn success(&self, samples: Option<&Samples>) -> Reply {
        if let Some(samples) = samples.filter(|samples| !samples.events.is_empty()) {
            return self.reply(200, EVENTS, self.events(&samples.events));
        }
        let sample = samples.map(|samples| match self.xml {
            true => &samples.xml,
            false => &samples.json,
        });
        let body = match sample {
            Some(sample) => self.render(sample),
            None => format!(r#"{{"RequestId":"{}"}}"#, self.request_id),
        };
        let xml = self.xml && sample.is_some();
        self.reply(200, if xml { XML } else { JSON }, body)
    }

    /// A stream of events, numbered from 1.
    fn events(&self, events: &[Sample]) -> String {
        let mut stream = String::new();
        for (number, event) in (1..).zip(events) {
            let _ = writeln!(stream, "id: {number}");
            for line in self.render(event).lines() {
                let _ = writeln!(stream, "data: {line}");
            }
            stream.push('\n');
        }
        stream
    }

    /// A sample as the answer to this request.
    pub(crate) fn render(&self, sample: &Sample) -> String {
        sample.render(&self.request_id)
    }

    /// The ID of this request.
    pub(crate) fn request_id(&self) -> &str {
        &self.request_id
    }

    /// A good answer of an operation that has something to say; none for one that answers with nothing.
    pub(crate) fn document(&self, operation: &str, document: Option<&serde_json::Value>) -> Reply {
        let content_type = if self.xml { XML } else { JSON };
        let body = document.map(|document| match self.xml {
            true => xml_text(&format!("{operation}Response"), document),
            false => document.to_string(),
        });
        self.reply(200, content_type, body.unwrap_or_default())
    }

    /// The error document of a refusal.
    pub(crate) fn refuse(&self, refusal: &Refusal) -> Reply {
        let code = percent(&refusal.code);
        let recommend = format!(
            "https://api.alibabacloud.com/troubleshoot?q={code}&requestId={}",
            self.request_id
        );
        let members = [
            ("RequestId", self.request_id.as_str()),
            ("HostId", self.host),
            ("Code", &refusal.code),
            ("Message", &refusal.message),
            ("Recommend", &recommend),
        ];
        let (content_type, body) = match self.xml {
            true => (XML, xml_error(&members)),
            false => (JSON, json_error(members)),
        };
        Reply {
            code: Some(refusal.code.clone()),
            ..self.reply(refusal.status, content_type, body)
        }
    }

    /// An answer with that content, and the request ID in its header.
    pub(crate) fn reply(&self, status: u16, content_type: &str, body: impl Into<Bytes>) -> Reply {
        let header = |name: &str, value: &str| (name.to_owned(), value.to_owned());
        Reply {
            status,
            headers: vec![
                header("content-type", content_type),
                header("x-acs-request-id", &self.request_id),
            ],
            body: body.into(),
            delay: Duration::ZERO,
            delivery: Delivery::Whole,
            code: None,
        }
    }
}

fn json_error(members: [(&'static str, &str); 5]) -> String {
    let members = members.map(|(name, value)| (name, Value::from(value)));
    json_text(&members.into_iter().collect::<Params>().into())
}

fn xml_error(members: &[(&str, &str)]) -> String {
    let members = members
        .iter()
        .map(|(name, value)| format!("<{name}>{}</{name}>", escape(*value)));
    let members: String = members.collect();
    format!("<?xml version='1.0' encoding='UTF-8'?><Error>{members}</Error>")
}

/// An identifier no other request has, as the service writes them: a random UUID in upper case.
fn request_id() -> String {
    let digits = RandomNonce.nonce().unwrap_or_else(|_| "0".repeat(32));
    let mut id = String::with_capacity(36);
    for (at, digit) in digits.to_ascii_uppercase().char_indices() {
        if matches!(at, 8 | 12 | 16 | 20) {
            id.push('-');
        }
        // A UUID says of itself that it is random.
        id.push(match at {
            12 => '4',
            16 => 'A',
            _ => digit,
        });
    }
    id
}

impl Reply {
    /// The answer as the server writes it. A scripted one that cannot be written makes a server error.
    pub(crate) fn into_response(self) -> hyper::Response<Full<Bytes>> {
        let mut response = hyper::Response::builder().status(self.status);
        for (name, value) in &self.headers {
            response = response.header(name, value);
        }
        response.body(Full::new(self.body)).unwrap_or_else(|_| {
            let mut response = hyper::Response::new(Full::default());
            *response.status_mut() = hyper::StatusCode::INTERNAL_SERVER_ERROR;
            response
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn request_ids_are_uuids_in_upper_case() {
        let id = request_id();
        let parts: Vec<_> = id.split('-').map(str::len).collect();
        assert_eq!(parts, [8, 4, 4, 4, 12]);
        assert!(!id.contains(|c: char| c.is_ascii_lowercase()), "{id}");
        assert_ne!(id, request_id());
    }

    #[test]
    fn error_documents_survive_any_text() {
        let request = Request::new(
            "GET",
            "/?Format=xml&Signature=x",
            [("host", "<&\"h\">")],
            "",
        );
        let refusal = Refusal::new(400, "A&B", "<\"\n\u{1}>");
        let xml = Caller::of(&request, &Target::of(&request)).refuse(&refusal);
        let text = std::str::from_utf8(&xml.body).unwrap();
        assert!(
            text.contains("<HostId>&lt;&amp;&quot;h&quot;&gt;</HostId><Code>A&amp;B</Code>"),
            "{text}"
        );
        let request = Request::new("GET", "/?Format=xml", [("host", "<&\"h\">")], "");
        let json = Caller::of(&request, &Target::of(&request)).refuse(&refusal);
        let parsed: serde_json::Value = serde_json::from_slice(&json.body).unwrap();
        assert_eq!(parsed["Message"], "<\"\n\u{1}>");
        assert_eq!(parsed["HostId"], "<&\"h\">");
    }
}
