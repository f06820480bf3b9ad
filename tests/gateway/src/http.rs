//! HTTP as the gateway sees it: a request with its body read and its parameters decoded, and nothing of the server in it.
//!
//! Names and values are decoded from the query and, when the content type says so, from the form in the body. What is
//! not valid percent-encoding stays as it was sent: a bad request is to be refused with a reason, not to bring anything
//! down.

use std::collections::BTreeMap;
use std::fmt;

use bytes::Bytes;
use http_body_util::{BodyExt as _, LengthLimitError, Limited};
use hyper::body::{Body as _, Incoming};
use hyper::http::request::Parts;
use percent_encoding::percent_decode;

use crate::refusal::Refusal;

/// The largest body that is read.
pub const MAX_BODY: usize = 16 << 20;

const FORM: &str = "application/x-www-form-urlencoded";

/// A request that has arrived.
#[derive(Clone)]
pub struct Request {
    method: String,
    path: String,
    query: Vec<(String, String)>,
    /// Names in the query that came without `=`.
    bare: Vec<String>,
    form: Vec<(String, String)>,
    headers: Vec<(String, String)>,
    body: Bytes,
}

impl Request {
    /// A request as it came: `target` is path and query, header names may have any case.
    pub fn new<N: AsRef<str>, V: Into<String>>(
        method: &str,
        target: &str,
        headers: impl IntoIterator<Item = (N, V)>,
        body: impl Into<Bytes>,
    ) -> Self {
        let (path, query) = target.split_once('?').unwrap_or((target, ""));
        let headers = headers
            .into_iter()
            .map(|(name, value)| (name.as_ref().to_ascii_lowercase(), value.into()));
        let mut request = Self {
            method: method.to_owned(),
            path: path.to_owned(),
            query: pairs(query.as_bytes()),
            bare: bare(query),
            form: Vec::new(),
            headers: headers.collect(),
            body: body.into(),
        };
        if request.has_form() {
            request.form = pairs(&request.body);
        }
        request
    }

    fn has_form(&self) -> bool {
        self.header("content-type").is_some_and(|content_type| {
            let essence = content_type.split(';').next().unwrap_or_default();
            essence.trim().eq_ignore_ascii_case(FORM)
        })
    }

    /// The method, as sent.
    #[must_use]
    pub fn method(&self) -> &str {
        &self.method
    }

    /// The path, as sent.
    #[must_use]
    pub fn path(&self) -> &str {
        &self.path
    }

    /// The parameters of the query, decoded, in the order sent.
    #[must_use]
    pub fn query(&self) -> &[(String, String)] {
        &self.query
    }

    /// Whether a parameter of the query came as its name alone, without `=`.
    pub(crate) fn is_bare(&self, name: &str) -> bool {
        self.bare.iter().any(|bare| bare == name)
    }

    /// The parameters of the form in the body, decoded, in the order sent.
    #[must_use]
    pub fn form(&self) -> &[(String, String)] {
        &self.form
    }

    /// The headers, names in lower case.
    #[must_use]
    pub fn headers(&self) -> &[(String, String)] {
        &self.headers
    }

    /// The body, as sent.
    #[must_use]
    pub fn body(&self) -> &[u8] {
        &self.body
    }

    /// The first header of that lower-case name.
    #[must_use]
    pub fn header(&self, name: &str) -> Option<&str> {
        let found = self.headers.iter().find(|(known, _)| known == name);
        found.map(|(_, value)| value.as_str())
    }

    /// Query and form as one set. Of several values of a name the last one counts, and one in the form before any in the
    /// query.
    #[must_use]
    pub fn parameters(&self) -> BTreeMap<&str, &str> {
        let all = self.query.iter().chain(&self.form);
        all.map(|(name, value)| (name.as_str(), value.as_str()))
            .collect()
    }

    /// The parameter of that name in [`Request::parameters`].
    #[must_use]
    pub fn parameter(&self, name: &str) -> Option<&str> {
        let all = self.query.iter().chain(&self.form);
        let found = all.rev().find(|(known, _)| known == name);
        found.map(|(_, value)| value.as_str())
    }
}

/// Shows neither parameters nor headers: both may hold secrets.
impl fmt::Debug for Request {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Request")
            .field("method", &self.method)
            .field("body_length", &self.body.len())
            .finish_non_exhaustive()
    }
}

/// A request of that head and body.
pub(crate) fn request(parts: &Parts, body: Bytes) -> Request {
    let target = parts.uri.path_and_query();
    let target = target.map_or("/", |target| target.as_str());
    let headers = parts.headers.iter();
    let headers = headers.map(|(name, value)| (name.as_str(), text(value.as_bytes())));
    Request::new(parts.method.as_str(), target, headers, body)
}

/// Reads a request to its end. What cannot be read is refused; the request then has no body, but can still be recorded.
pub(crate) async fn read(parts: &Parts, body: Incoming) -> (Request, Result<(), Refusal>) {
    let (body, readable) = match read_body(body).await {
        Ok(body) => (body, Ok(())),
        Err(refusal) => (Bytes::new(), Err(refusal)),
    };
    (request(parts, body), readable)
}

async fn read_body(body: Incoming) -> Result<Bytes, Refusal> {
    // Who announces too much is told before all of it has been sent.
    if body.size_hint().lower() > MAX_BODY as u64 {
        return Err(too_large());
    }
    match Limited::new(body, MAX_BODY).collect().await {
        Ok(body) => Ok(body.to_bytes()),
        Err(error) if error.is::<LengthLimitError>() => Err(too_large()),
        Err(_) => Err(cut_short()),
    }
}

fn too_large() -> Refusal {
    let message = format!("The body is longer than {MAX_BODY} bytes.");
    Refusal::new(413, "RequestEntityTooLarge", message)
}

fn cut_short() -> Refusal {
    let message = "The body is malformed or ended before all of it had arrived.";
    Refusal::new(400, "InvalidRequestBody", message)
}

/// The names in a query that have no `=`, decoded.
fn bare(query: &str) -> Vec<String> {
    let parts = query
        .split('&')
        .filter(|part| !part.is_empty() && !part.contains('='));
    let decoded = parts.map(|part| pairs(part.as_bytes()));
    decoded.flatten().map(|(name, _)| name).collect()
}

/// The `name=value` pairs of a query or form.
fn pairs(text: &[u8]) -> Vec<(String, String)> {
    let parts = text.split(|byte| *byte == b'&');
    parts
        .filter(|part| !part.is_empty())
        .map(|part| {
            let mut sides = part.splitn(2, |byte| *byte == b'=');
            let mut side = || decode(sides.next().unwrap_or_default());
            (side(), side())
        })
        .collect()
}

fn decode(encoded: &[u8]) -> String {
    let spaced: Vec<u8> = encoded
        .iter()
        .map(|byte| if *byte == b'+' { b' ' } else { *byte })
        .collect();
    percent_text(&spaced)
}

/// Undoes percent-encoding alone: in a path, `+` is itself.
pub(crate) fn percent_text(encoded: &[u8]) -> String {
    percent_decode(encoded).decode_utf8_lossy().into_owned()
}

fn text(bytes: &[u8]) -> String {
    String::from_utf8_lossy(bytes).into_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn get(target: &str) -> Request {
        Request::new("GET", target, [("Host", "h")], "")
    }

    fn owned(pairs: &[(&str, &str)]) -> Vec<(String, String)> {
        let owned = |(name, value): &(&str, &str)| ((*name).to_owned(), (*value).to_owned());
        pairs.iter().map(owned).collect()
    }

    #[test]
    fn queries_are_decoded_and_what_is_no_encoding_stays() {
        let request = get("/p?a=1+2%2B&&b&%E4%B8%AD=%zz%4&c=d=e&%=%FF");
        let wanted = [
            ("a", "1 2+"),
            ("b", ""),
            ("中", "%zz%4"),
            ("c", "d=e"),
            ("%", "\u{fffd}"),
        ];
        assert_eq!(request.query(), owned(&wanted));
        assert_eq!(request.path(), "/p");
    }

    #[test]
    fn only_a_form_body_holds_parameters_and_they_win() {
        let form = [("Content-Type", "Application/X-WWW-Form-Urlencoded; x=y")];
        let request = Request::new("POST", "/?a=query&b=1&b=2", form, "a=form+1");
        assert_eq!(request.parameter("a"), Some("form 1"));
        assert_eq!(request.parameters()["b"], "2");
        let json = Request::new(
            "POST",
            "/",
            [("content-type", "application/json")],
            "a=form",
        );
        assert_eq!(json.parameter("a"), None);
    }

    #[test]
    fn debug_shows_no_parameter() {
        let printed = format!("{:?}", get("/?Password=hunter2"));
        assert!(!printed.contains("hunter2"), "{printed}");
    }
}
