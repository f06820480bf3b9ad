//! An explorer to ask, and HTTP by hand, so that any header can be sent.

use std::collections::HashMap;
use std::path::{Path, PathBuf};

use alicloud_explorer::Explorer;
use serde_json::Value;
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::TcpStream;

/// An answer.
#[derive(Debug)]
pub(crate) struct Answer {
    pub(crate) status: u16,
    pub(crate) headers: HashMap<String, String>,
    pub(crate) body: String,
}

impl Answer {
    pub(crate) fn json(&self) -> Value {
        assert_eq!(self.status, 200, "{}", self.body);
        serde_json::from_str(&self.body).unwrap()
    }
}

/// An explorer of the workspace's specs, with a gateway.
pub(crate) async fn explorer() -> Explorer {
    Explorer::builder().start().await.unwrap()
}

/// Host and port of a URL.
pub(crate) fn authority(url: &str) -> &str {
    url.trim_start_matches("http://").trim_end_matches('/')
}

/// Sends a request with just these headers.
pub(crate) async fn send(
    url: &str,
    method: &str,
    path: &str,
    headers: &[(&str, &str)],
    body: &str,
) -> Answer {
    let mut stream = TcpStream::connect(authority(url)).await.unwrap();
    let mut text = format!("{method} {path} HTTP/1.1\r\nconnection: close\r\n");
    for (name, value) in headers {
        text.push_str(&format!("{name}: {value}\r\n"));
    }
    text.push_str(&format!("content-length: {}\r\n\r\n{body}", body.len()));
    stream.write_all(text.as_bytes()).await.unwrap();
    let mut bytes = Vec::new();
    stream.read_to_end(&mut bytes).await.unwrap();
    let text = String::from_utf8(bytes).unwrap();
    let (head, body) = text.split_once("\r\n\r\n").unwrap();
    let mut lines = head.lines();
    let status = lines.next().unwrap().split(' ').nth(1).unwrap();
    let headers = lines.map(|line| line.split_once(':').unwrap());
    Answer {
        status: status.parse().unwrap(),
        headers: headers
            .map(|(name, value)| (name.to_ascii_lowercase(), value.trim().to_owned()))
            .collect(),
        body: body.to_owned(),
    }
}

/// Reads a page as a browser does that was told its address.
pub(crate) async fn get(url: &str, path: &str) -> Answer {
    send(url, "GET", path, &[("host", authority(url))], "").await
}

/// Sends what a script of the page sends.
pub(crate) async fn post(url: &str, path: &str, body: &Value) -> Answer {
    let origin = format!("http://{}", authority(url));
    let headers = [
        ("host", authority(url)),
        ("origin", origin.as_str()),
        ("content-type", "application/json"),
    ];
    send(url, "POST", path, &headers, &body.to_string()).await
}

/// The root of the workspace.
pub(crate) fn root() -> PathBuf {
    let own = Path::new(env!("CARGO_MANIFEST_DIR"));
    own.ancestors().nth(2).unwrap().to_owned()
}

/// A recorded V1 request.
pub(crate) struct Vector {
    pub(crate) operation: String,
    pub(crate) version: String,
    pub(crate) timestamp: String,
    pub(crate) nonce: String,
    /// The operation's parameters and what the recorded client added to them.
    pub(crate) pairs: Vec<(String, String)>,
    pub(crate) signature: String,
}

/// Parameters of V1 the client makes itself.
const COMMON: [&str; 8] = [
    "AccessKeyId",
    "Action",
    "Signature",
    "SignatureMethod",
    "SignatureNonce",
    "SignatureVersion",
    "Timestamp",
    "Version",
];

/// V1 requests of official clients for DTS, recorded with the key the gateway knows.
pub(crate) fn v1_vectors() -> Vec<Vector> {
    let path = root().join("tests/gateway/tests/data/vectors.json");
    let all: Value = serde_json::from_str(&std::fs::read_to_string(path).unwrap()).unwrap();
    let all = all
        .as_array()
        .or_else(|| all["vectors"].as_array())
        .unwrap();
    let of_dts = all.iter().filter(|vector| {
        let name = vector["name"].as_str().unwrap();
        let key = vector["access_key_id"] == "testAccessKeyId";
        name.starts_with("v1/") && name.contains("dts") && key
    });
    of_dts.map(vector).collect()
}

fn vector(recorded: &Value) -> Vector {
    let query = recorded["target"].as_str().unwrap().split_once('?');
    let query = query.map(|(_, query)| query).unwrap_or_default();
    let form = recorded["body"].as_str().unwrap_or_default();
    let pairs: Vec<(String, String)> = [query, form]
        .into_iter()
        .flat_map(|text| text.split('&'))
        .filter_map(|pair| pair.split_once('='))
        .map(|(name, value)| (decode(name), decode(value)))
        .collect();
    let get = |name: &str| {
        let found = pairs.iter().find(|(known, _)| known == name);
        found.map(|(_, value)| value.clone()).unwrap()
    };
    Vector {
        operation: get("Action"),
        version: get("Version"),
        timestamp: get("Timestamp"),
        nonce: get("SignatureNonce"),
        signature: get("Signature"),
        pairs: pairs
            .iter()
            .filter(|(name, _)| !COMMON.contains(&name.as_str()))
            .cloned()
            .collect(),
    }
}

fn decode(text: &str) -> String {
    let text = text.replace('+', " ");
    percent_encoding::percent_decode_str(&text)
        .decode_utf8()
        .unwrap()
        .into_owned()
}
