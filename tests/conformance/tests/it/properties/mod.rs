//! Whatever names and values are given, they arrive as given or the request is refused. Requests are read back with parsers
//! of others: `url`, `form_urlencoded`, `httparse`, `percent-encoding`, `serde_json`.

mod encoding;
mod headers;
mod parameters;
mod places;

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::time::Duration;

use alicloud::operation::{Kind, Location, Operation, Parameter, Service};
use alicloud::request::{SignedRequest, SigningInput, Unsendable, sign};
use alicloud::{Credentials, Endpoint, Format, Params, Placement, Signature};
use proptest::prelude::*;
use proptest::sample::select;
use url::Url;

/// Names and values.
type Texts = BTreeMap<String, String>;

const HOST: &str = "dts.aliyuncs.com";

/// Pieces that mean something to somebody between the caller and the service.
const PIECES: [&str; 40] = [
    "\r",
    "\n",
    "\r\n",
    "\0",
    "\t",
    "&",
    "=",
    "%",
    "+",
    ";",
    ",",
    ".",
    "..",
    "/",
    "//",
    "\\",
    "?",
    "#",
    ":",
    "@",
    "~",
    "*",
    " ",
    "\"",
    "'",
    "{",
    "}",
    "[",
    "]",
    "%2e",
    "%0A",
    "\u{7f}",
    "\u{85}",
    "\u{2028}",
    "\u{e9}",
    "\u{4e2d}",
    "\u{1f680}",
    "Signature",
    "host",
    "https://evil.example/",
];

/// Text made to break out of its place.
fn hostile() -> impl Strategy<Value = String> {
    let piece = prop_oneof![
        3 => select(&PIECES[..]).prop_map(str::to_owned),
        2 => "[A-Za-z0-9_-]{1,4}",
        1 => any::<char>().prop_map(String::from),
    ];
    prop::collection::vec(piece, 0..6).prop_map(|pieces| pieces.concat())
}

fn hostile_texts() -> impl Strategy<Value = Texts> {
    prop::collection::btree_map(hostile(), hostile(), 0..6)
}

fn cases() -> ProptestConfig {
    ProptestConfig {
        cases: 400,
        failure_persistence: None,
        ..ProptestConfig::default()
    }
}

/// A request to be signed; what is not of interest is as usual.
struct Given<'a> {
    roa: bool,
    path: &'a str,
    parameters: Vec<Parameter>,
    params: Texts,
    extra_params: Texts,
    extra_headers: Vec<(String, String)>,
    signature: Signature,
    placement: Placement,
    endpoint: Endpoint,
    credentials: Credentials,
}

impl Default for Given<'_> {
    fn default() -> Self {
        Self {
            roa: false,
            path: "/",
            parameters: Vec::new(),
            params: Texts::new(),
            extra_params: Texts::new(),
            extra_headers: Vec::new(),
            signature: Signature::V3,
            placement: Placement::Body,
            endpoint: HOST.parse().unwrap(),
            credentials: Credentials::new("id", "secret"),
        }
    }
}

impl Given<'_> {
    fn sign(&self) -> Result<SignedRequest, Unsendable> {
        let service = Service {
            version: Cow::Borrowed("2020-01-01"),
            roa: self.roa,
            ..Service::EMPTY
        };
        let operation = Operation {
            name: Cow::Borrowed("Do"),
            path: self.path.to_owned().into(),
            parameters: self.parameters.clone().into(),
            ..Operation::EMPTY
        };
        let headers = self.extra_headers.iter().cloned();
        let headers: Vec<_> = headers
            .map(|(name, value)| (name.into(), value.into()))
            .collect();
        let params: Params = self.params.clone().into_iter().collect();
        let extra_params: Params = self.extra_params.clone().into_iter().collect();
        sign(&SigningInput {
            service: &service,
            operation: &operation,
            params: &params,
            extra_params: &extra_params,
            extra_headers: &headers,
            endpoint: &self.endpoint,
            method: None,
            signature: self.signature,
            format: Format::Json,
            placement: self.placement,
            credentials: Some(&self.credentials),
            timestamp: "2024-07-11T03:11:53Z",
            nonce: "n",
            user_agent: "test",
            timeout: Duration::from_secs(1),
            retry: None,
        })
    }
}

fn parameter(name: &str, location: Location) -> Parameter {
    Parameter {
        name: name.to_owned().into(),
        location,
        kind: Kind::String,
        ..Parameter::EMPTY
    }
}

/// The URL as an HTTP client sends it, which is the one that was signed.
fn parsed(request: &SignedRequest) -> Url {
    let url = Url::parse(&request.http.url).unwrap();
    assert_eq!(url.as_str(), request.http.url, "an HTTP client changes it");
    assert_eq!(url.scheme(), "https");
    assert!(url.username().is_empty() && url.password().is_none());
    assert_eq!(url.port(), None);
    assert_eq!(url.fragment(), None);
    url
}

/// Name and value pairs, sorted.
fn sorted<'a>(pairs: impl Iterator<Item = (Cow<'a, str>, Cow<'a, str>)>) -> Vec<(String, String)> {
    let mut pairs: Vec<_> = pairs
        .map(|(name, value)| (name.into_owned(), value.into_owned()))
        .collect();
    pairs.sort();
    pairs
}

/// The parameters that arrive in the query.
fn in_query(request: &SignedRequest) -> Vec<(String, String)> {
    sorted(parsed(request).query_pairs())
}

/// The parameters that arrive in a form.
fn in_form(request: &SignedRequest) -> Vec<(String, String)> {
    sorted(url::form_urlencoded::parse(&request.http.body))
}

/// The headers that arrive, as another parser reads what a client writes. Values without blanks around them.
fn headers_on_the_wire(request: &SignedRequest) -> Vec<(String, String)> {
    let mut text = String::from("POST / HTTP/1.1\r\n");
    for (name, value) in &request.http.headers {
        text.push_str(&format!("{name}: {value}\r\n"));
    }
    text.push_str("\r\n");
    let mut headers = [httparse::EMPTY_HEADER; 32];
    let mut parser = httparse::Request::new(&mut headers);
    let end = parser.parse(text.as_bytes()).unwrap();
    assert_eq!(end, httparse::Status::Complete(text.len()));
    let read = parser.headers.iter().map(|header| {
        let value = std::str::from_utf8(header.value).unwrap();
        (
            header.name.to_owned(),
            value.trim_matches([' ', '\t']).to_owned(),
        )
    });
    read.collect()
}
