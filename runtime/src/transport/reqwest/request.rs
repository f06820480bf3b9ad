//! A request as reqwest wants it.

use std::borrow::Cow;

use bytes::Bytes;
use reqwest::Request;
use reqwest::header::{HeaderMap, HeaderName, HeaderValue};

use super::address::LastAddress;
use crate::operation::Method;
use crate::transport::HttpRequest;

type Failure = Box<dyn std::error::Error + Send + Sync>;

/// Builds a request without reqwest's builder, which parses every header name anew.
pub(super) fn build(request: HttpRequest, last: &LastAddress) -> Result<Request, Failure> {
    let mut headers = HeaderMap::with_capacity(request.headers.len() + 2);
    for (name, value) in request.headers {
        headers.append(header_name(name)?, header_value(value)?);
    }
    #[cfg(feature = "gzip")]
    headers
        .entry(reqwest::header::ACCEPT_ENCODING)
        .or_insert(HeaderValue::from_static("gzip"));
    let mut built = Request::new(method(request.method), last.parse(&request.url)?);
    *built.headers_mut() = headers;
    *built.body_mut() = Some(request.body.into());
    *built.timeout_mut() = Some(request.timeout);
    Ok(built)
}

/// The name of a header. One that is borrowed and plainly good is neither parsed nor copied.
fn header_name(name: Cow<'static, str>) -> Result<HeaderName, Failure> {
    Ok(match name {
        Cow::Borrowed(name) if is_plain(name) => HeaderName::from_static(name),
        name => HeaderName::try_from(name.as_ref())?,
    })
}

/// Whether a name is made of what the names of headers are usually made of. All bytes are looked at, whatever the first
/// ones say: that is what compilers make fast code of.
fn is_plain(name: &str) -> bool {
    let plain = |byte: u8| byte.is_ascii_lowercase() | byte.is_ascii_digit() | (byte == b'-');
    (1..128).contains(&name.len()) && name.bytes().fold(true, |all, byte| all & plain(byte))
}

fn header_value(value: Cow<'static, str>) -> Result<HeaderValue, Failure> {
    Ok(match value {
        Cow::Borrowed(value) => {
            HeaderValue::from_maybe_shared(Bytes::from_static(value.as_bytes()))?
        }
        Cow::Owned(value) => HeaderValue::try_from(value)?,
    })
}

fn method(method: Method) -> reqwest::Method {
    match method {
        Method::Get => reqwest::Method::GET,
        Method::Post => reqwest::Method::POST,
        Method::Put => reqwest::Method::PUT,
        Method::Patch => reqwest::Method::PATCH,
        Method::Delete => reqwest::Method::DELETE,
        Method::Head => reqwest::Method::HEAD,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A transport in between can pass on any text as a name, borrowed or not: it is sent as it is, or refused.
    #[test]
    fn no_name_and_no_value_of_a_header_panics() {
        let long: &'static str = Box::leak("a".repeat(70_000).into_boxed_str());
        for (name, expected) in [
            ("x-acs-date", Some("x-acs-date")),
            ("X-Acs-Date", Some("x-acs-date")),
            ("accept", Some("accept")),
            ("x_y.z~1", Some("x_y.z~1")),
            ("", None),
            ("a b", None),
            ("a:b", None),
            ("a\r\nb", None),
            ("\u{e9}t\u{e9}", None),
            (long, None),
        ] {
            for name in [Cow::Borrowed(name), Cow::Owned(name.to_owned())] {
                let parsed = header_name(name).ok();
                assert_eq!(parsed.as_ref().map(HeaderName::as_str), expected);
            }
        }
        for (value, good) in [
            ("a b", true),
            ("\u{4e2d}", true),
            ("", true),
            ("a\nb", false),
        ] {
            for value in [Cow::Borrowed(value), Cow::Owned(value.to_owned())] {
                assert_eq!(header_value(value).is_ok(), good);
            }
        }
    }
}
