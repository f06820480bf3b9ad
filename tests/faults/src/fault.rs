//! The faults of the matrix.

use std::time::Duration;

use alicloud_gateway::{Fault, Shape};

use crate::Kind;

/// What goes wrong.
#[derive(Clone, Copy, Debug)]
pub enum Injected {
    /// Nothing listens.
    Refused,
    /// The gateway's clock is an hour ahead.
    Skew,
    /// Something the gateway injects.
    Fault(Fault),
    /// Something the gateway injects into the first attempt; nothing listens where the later ones go.
    ThenRefused(Fault),
    /// The gateway has closed the connection that an earlier call left open.
    Stale,
    /// Something the gateway injects into the exchange that brings the credentials of the call.
    Exchange(Fault),
}

impl Injected {
    /// The calls that meet it: whose credentials do not come is the same for all.
    pub(crate) fn kinds(self) -> &'static [Kind] {
        match self {
            Self::Exchange(_) => &[Kind::Write],
            _ => &[Kind::Read, Kind::Write, Kind::ProtectedWrite],
        }
    }
}

/// Longer than the client waits for an answer.
const SLOW: Duration = Duration::from_secs(3);

/// Larger than the client takes.
const HUGE: u64 = 100 << 20;

/// Every fault, with its name in the table.
#[must_use]
pub fn all() -> Vec<(&'static str, Injected)> {
    let mut faults = vec![
        ("connection refused", Injected::Refused),
        ("clock skewed by an hour", Injected::Skew),
        ("stale connection", Injected::Stale),
        (
            "reset after executing, then refused",
            Injected::ThenRefused(Fault::ResetAfterExecution),
        ),
        (
            "503, then refused",
            Injected::ThenRefused(Fault::ServiceUnavailable),
        ),
    ];
    let injected = [
        ("reset before reading", Fault::ResetBeforeRead),
        ("reset after reading", Fault::ResetBeforeExecution),
        ("reset after executing", Fault::ResetAfterExecution),
        ("slow headers", Fault::SlowHeaders(SLOW)),
        ("slow body", Fault::SlowBody(SLOW)),
        ("truncated body", Fault::TruncatedBody),
        ("wrong content length", Fault::ShortContentLength),
        (
            "502 with HTML, not executed",
            Fault::BadGateway { executed: false },
        ),
        (
            "502 with HTML, executed",
            Fault::BadGateway { executed: true },
        ),
        ("200 with empty body", Fault::EmptyBody),
        ("200 with XML for JSON", Fault::Xml),
        ("200 with a login page", Fault::Shape(Shape::LoginPage)),
        ("200 with null", Fault::Shape(Shape::Null)),
        ("200 with a list", Fault::Shape(Shape::List)),
        ("200 with a text", Fault::Shape(Shape::Text)),
        ("200 with a number", Fault::Shape(Shape::Number)),
        ("404 that repeats the request", Fault::EchoPage),
        ("Throttling.User", throttling(None)),
        (
            "503 throttled by header, wait 50 ms",
            Fault::ThrottlingHeader(Duration::from_millis(50)),
        ),
        (
            "Throttling.User, wait 50 ms",
            throttling(Some(Duration::from_millis(50))),
        ),
        ("503 ServiceUnavailable", Fault::ServiceUnavailable),
        ("expired token", Fault::ExpiredToken),
        ("invalid JSON", Fault::InvalidJson),
        ("100 MB body", Fault::HugeBody(HUGE)),
        ("compressed body", Fault::Gzip),
        ("gzip bomb of 100 MB", Fault::GzipBomb(HUGE)),
    ];
    faults.extend(injected.map(|(name, fault)| (name, Injected::Fault(fault))));
    faults.extend(exchange().map(|(name, fault)| (name, Injected::Exchange(fault))));
    faults
}

/// A refusal for too many calls.
fn throttling(x_acs_retry_after: Option<Duration>) -> Fault {
    Fault::Throttling {
        x_acs_retry_after,
        retry_after: None,
    }
}

/// What goes wrong with the exchange that brings the credentials.
fn exchange() -> [(&'static str, Fault); 20] {
    [
        ("credentials: slow headers", Fault::SlowHeaders(SLOW)),
        ("credentials: slow body", Fault::SlowBody(SLOW)),
        (
            "credentials: wrong content length",
            Fault::ShortContentLength,
        ),
        ("credentials: 200 with XML for JSON", Fault::Xml),
        ("credentials: expired token", Fault::ExpiredToken),
        ("credentials: 100 MB body", Fault::HugeBody(HUGE)),
        ("credentials: compressed body", Fault::Gzip),
        ("credentials: gzip bomb of 100 MB", Fault::GzipBomb(HUGE)),
        ("credentials: reset before reading", Fault::ResetBeforeRead),
        (
            "credentials: reset after executing",
            Fault::ResetAfterExecution,
        ),
        ("credentials: truncated body", Fault::TruncatedBody),
        (
            "credentials: 502 with HTML",
            Fault::BadGateway { executed: true },
        ),
        ("credentials: 503", Fault::ServiceUnavailable),
        ("credentials: Throttling.User", throttling(None)),
        (
            "credentials: 503 throttled by header",
            Fault::ThrottlingHeader(Duration::from_millis(50)),
        ),
        (
            "credentials: 200 with a login page",
            Fault::Shape(Shape::LoginPage),
        ),
        ("credentials: 200 with null", Fault::Shape(Shape::Null)),
        ("credentials: 200 with empty body", Fault::EmptyBody),
        ("credentials: invalid JSON", Fault::InvalidJson),
        ("credentials: 404 that repeats it", Fault::EchoPage),
    ]
}
