//! Faults: what goes wrong between a client and a service, on request.
//!
//! A fault strikes at one of three moments (`Stage`): before the request is read, when it has been read and is about to
//! be executed, or while its answer goes back. What is done to the answer's bytes is in `wire`.

mod echo;
mod gzip;
mod parse;
mod queue;
mod wire;

pub(crate) use parse::injections;
pub(crate) use queue::{Faults, Times};
pub(crate) use wire::deliver;

use std::time::Duration;

use bytes::Bytes;

use crate::answer::{Caller, Delivery, JSON, Reply, XML};
use crate::http::Request;
use crate::refusal::Refusal;
use crate::sample::Samples;

/// Something that goes wrong with a call.
///
/// A call that is refused for its signature or its parameters neither meets nor uses up a fault, except
/// [`ResetBeforeRead`](Self::ResetBeforeRead), which strikes before anything is known.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Fault {
    /// The connection is reset before the request is read. Where only the body says which operation it is for, it is read
    /// all the same.
    ResetBeforeRead,
    /// The connection is reset when the request has been read; it is not executed.
    ResetBeforeExecution,
    /// The request is executed, and the connection is reset in place of an answer.
    ResetAfterExecution,
    /// The head of the answer takes that long, in small pieces.
    SlowHeaders(Duration),
    /// The body of the answer takes that long, in small pieces.
    SlowBody(Duration),
    /// The connection is closed after half of the body the head announces.
    TruncatedBody,
    /// The body is longer than the head announces.
    ShortContentLength,
    /// 502 and a page for people, from a proxy in between.
    BadGateway {
        /// Whether the request reached the service before that.
        executed: bool,
    },
    /// The request is executed, and the answer is a 200 with nothing in it.
    EmptyBody,
    /// The request is executed, and the answer is XML whatever was asked for.
    Xml,
    /// 400 `Throttling.User`; the request is not executed.
    Throttling {
        /// The header `x-acs-retry-after`, in milliseconds.
        x_acs_retry_after: Option<Duration>,
        /// The header `Retry-After`, in whole seconds.
        retry_after: Option<Duration>,
    },
    /// 503 `ServiceUnavailable`; the request is not executed.
    ServiceUnavailable,
    /// 403 `InvalidSecurityToken.Expired`, whatever it was signed with; the request is not executed.
    ExpiredToken,
    /// The request is executed, and the answer is JSON that breaks off.
    InvalidJson,
    /// The request is executed, and the answer is JSON of that many bytes.
    HugeBody(u64),
    /// The body of the answer is compressed, asked for or not.
    Gzip,
    /// The request is executed, and the answer is a small body that decompresses to JSON of that many bytes.
    GzipBomb(u64),
    /// The answer is good, and the connection, which is said to stay open, is closed after it.
    ClosedAfter,
    /// 503 without an error document, whose header `x-acs-retry-after` alone says that there were too many calls; the
    /// request is not executed.
    ThrottlingHeader(Duration),
    /// 404 and a page for people that repeats the request: its URL, its headers and its body, as they came and escaped.
    EchoPage,
    /// 200 and a body that is not what an operation answers with; the request is not executed.
    Shape(Shape),
}

/// A body that is not what an operation answers with.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Shape {
    /// A page with a login form.
    LoginPage,
    /// `null`.
    Null,
    /// An empty list.
    List,
    /// A text in quotes.
    Text,
    /// A number.
    Number,
}

impl Shape {
    fn reply(self, caller: &Caller<'_>) -> Reply {
        let (content_type, body) = match self {
            Self::LoginPage => (
                "text/html",
                "<!DOCTYPE html><html><body><form action=\"/login\"></form></body></html>",
            ),
            Self::Null => (JSON, "null"),
            Self::List => (JSON, "[]"),
            Self::Text => (JSON, "\"ok\""),
            Self::Number => (JSON, "0"),
        };
        caller.reply(200, content_type, body)
    }
}

/// When a fault strikes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Stage {
    /// Before the request is read.
    Head,
    /// When the request has been read and its signature is right.
    Read,
    /// When the request has been executed.
    Answer,
}

impl Fault {
    pub(crate) fn stage(self) -> Stage {
        match self {
            Self::ResetBeforeRead => Stage::Head,
            Self::ResetBeforeExecution
            | Self::BadGateway { executed: false }
            | Self::Throttling { .. }
            | Self::ServiceUnavailable
            | Self::ThrottlingHeader(_)
            | Self::EchoPage
            | Self::Shape(_)
            | Self::ExpiredToken => Stage::Read,
            _ => Stage::Answer,
        }
    }

    /// What goes back in place of the answer to a call that is not executed.
    pub(crate) fn prevent(self, caller: &Caller<'_>, request: &Request) -> Reply {
        match self {
            Self::EchoPage => caller.reply(404, "text/html", echo::page(request)),
            Self::Shape(shape) => shape.reply(caller),
            Self::ThrottlingHeader(after) => {
                let mut reply = caller.reply(503, "text/plain", "busy");
                let milliseconds = after.as_millis().to_string();
                let header = ("x-acs-retry-after".to_owned(), milliseconds);
                reply.headers.push(header);
                reply
            }
            Self::Throttling {
                x_acs_retry_after,
                retry_after,
            } => throttle(caller, x_acs_retry_after, retry_after),
            Self::ServiceUnavailable => {
                let message = "The service cannot answer for a short while.";
                caller.refuse(&Refusal::new(503, "ServiceUnavailable", message))
            }
            Self::ExpiredToken => caller.refuse(&crate::verify::expired()),
            Self::BadGateway { .. } => bad_gateway(caller),
            _ => Reply {
                delivery: Delivery::Reset,
                ..caller.reply(200, JSON, "")
            },
        }
    }

    /// What becomes of the answer to a call that was executed.
    pub(crate) fn distort(
        self,
        mut reply: Reply,
        caller: &Caller<'_>,
        samples: Option<&Samples>,
    ) -> Reply {
        match self {
            Self::ClosedAfter => reply.delivery = Delivery::ThenClosed,
            Self::SlowHeaders(time) => reply.delivery = Delivery::SlowHead(time),
            Self::SlowBody(time) => reply.delivery = Delivery::SlowBody(time),
            Self::TruncatedBody => reply.delivery = Delivery::Truncated,
            Self::ShortContentLength => reply.delivery = Delivery::Short,
            Self::HugeBody(size) => reply.delivery = Delivery::Huge(size),
            Self::BadGateway { .. } => return bad_gateway(caller),
            Self::EmptyBody => reply.body = Bytes::new(),
            Self::Xml => {
                let sample = samples.map(|samples| caller.render(&samples.xml));
                return caller.reply(200, XML, sample.unwrap_or_else(|| "<A/>".to_owned()));
            }
            Self::InvalidJson => {
                let body = r#"{"RequestId":"1A2B","Success":tr"#;
                return caller.reply(200, JSON, body);
            }
            Self::Gzip => compressed(&mut reply, gzip::compress),
            Self::GzipBomb(size) => compressed(&mut reply, |_| gzip::bomb(size)),
            _ => reply.delivery = Delivery::Reset,
        }
        reply
    }
}

fn throttle(
    caller: &Caller<'_>,
    x_acs_retry_after: Option<Duration>,
    retry_after: Option<Duration>,
) -> Reply {
    let message = "The account sends more requests than its flow control allows.";
    let mut reply = caller.refuse(&Refusal::new(400, "Throttling.User", message));
    let milliseconds = x_acs_retry_after.map(|after| after.as_millis().to_string());
    let seconds = retry_after.map(|after| after.as_secs().to_string());
    for (name, value) in [
        ("x-acs-retry-after", milliseconds),
        ("retry-after", seconds),
    ] {
        reply
            .headers
            .extend(value.map(|value| (name.to_owned(), value)));
    }
    reply
}

fn bad_gateway(caller: &Caller<'_>) -> Reply {
    let page = "<html>\r\n<head><title>502 Bad Gateway</title></head>\r\n<body>\r\n<center><h1>502 Bad Gateway</h1>\
                </center>\r\n</body>\r\n</html>\r\n";
    let mut reply = caller.reply(502, "text/html", page);
    // A proxy knows nothing of the IDs of requests.
    reply.headers.retain(|(name, _)| name != "x-acs-request-id");
    reply
}

fn compressed(reply: &mut Reply, compress: impl FnOnce(&[u8]) -> Vec<u8>) {
    reply.body = compress(&reply.body).into();
    let header = ("content-encoding".to_owned(), "gzip".to_owned());
    reply.headers.push(header);
}
