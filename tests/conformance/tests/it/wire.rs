//! A transport that keeps what it is given, and a decoder for what it was given.

use std::sync::{Arc, Mutex};

use alicloud::transport::{HttpRequest, HttpResponse, Transport, TransportFuture};

/// A transport that keeps the request and answers with an empty object.
#[derive(Clone, Debug, Default)]
pub(crate) struct Capture(Arc<Mutex<Option<HttpRequest>>>);

impl Capture {
    /// The request it was given.
    pub(crate) fn take(&self) -> HttpRequest {
        self.0.lock().unwrap().take().expect("a request was sent")
    }
}

impl Transport for Capture {
    fn send(&self, request: HttpRequest) -> TransportFuture {
        *self.0.lock().unwrap() = Some(request);
        Box::pin(std::future::ready(Ok(HttpResponse {
            status: 200,
            body: "{}".into(),
            ..HttpResponse::default()
        })))
    }
}

/// Names and values.
pub(crate) type Pairs = Vec<(String, String)>;

/// The pairs of a query or form body, decoded.
pub(crate) fn decode_pairs(text: &str) -> Pairs {
    text.split('&')
        .filter(|pair| !pair.is_empty())
        .map(|pair| {
            let (name, value) = pair.split_once('=').unwrap();
            (decode(name), decode(value))
        })
        .collect()
}

/// A name or value, decoded.
pub(crate) fn decode(text: &str) -> String {
    let mut bytes = Vec::new();
    let mut rest = text.bytes();
    while let Some(byte) = rest.next() {
        bytes.push(match byte {
            b'+' => b' ',
            b'%' => {
                let digits: String = rest.by_ref().take(2).map(char::from).collect();
                u8::from_str_radix(&digits, 16).unwrap()
            }
            plain => plain,
        });
    }
    String::from_utf8(bytes).unwrap()
}
