//! A client that hides nothing: requests are built and signed step by step, so that each step can be done wrong.

use std::net::SocketAddr;
use std::time::{Duration, SystemTime};

use alicloud_gateway::Gateway;
use alicloud_runtime::encode::{Pair, form_pairs, query_pairs};
use alicloud_runtime::sign::{v1, v3};
use alicloud_runtime::time::{Clock as _, NonceSource as _, RandomNonce, SystemClock, timestamp};
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::TcpStream;

pub(crate) const STS_ID: &str = "STS.temporary";
pub(crate) const STS_SECRET: &str = "temporary-secret";
pub(crate) const TOKEN: &str = "token+/with=odd&chars==";

pub(crate) type Pairs<'a> = &'a [(&'a str, &'a str)];

pub(crate) async fn gateway() -> Gateway {
    let builder = Gateway::builder().sts(STS_ID, STS_SECRET, TOKEN);
    builder.start().await.unwrap()
}

/// Who signs, when and how: right by default.
#[derive(Clone)]
pub(crate) struct Signer {
    pub(crate) id: String,
    pub(crate) secret: String,
    pub(crate) token: Option<String>,
    pub(crate) timestamp: String,
    pub(crate) nonce: String,
}

impl Default for Signer {
    fn default() -> Self {
        Self {
            id: "testAccessKeyId".to_owned(),
            secret: "testAccessKeySecret".to_owned(),
            token: None,
            timestamp: timestamp(SystemClock.now()),
            nonce: RandomNonce.nonce().unwrap(),
        }
    }
}

impl Signer {
    pub(crate) fn sts() -> Self {
        Self {
            id: STS_ID.to_owned(),
            secret: STS_SECRET.to_owned(),
            token: Some(TOKEN.to_owned()),
            ..Self::default()
        }
    }

    pub(crate) fn at(self, time: SystemTime) -> Self {
        Self {
            timestamp: timestamp(time),
            ..self
        }
    }

    /// A V3 request.
    pub(crate) fn v3(
        &self,
        method: &str,
        action: (&str, &str),
        query: Pairs<'_>,
        form: Pairs<'_>,
    ) -> Wire {
        let body = form_pairs(&pairs(form));
        let mut wire = Wire::new(method, "/", body);
        if !form.is_empty() {
            wire.header("content-type", "application/x-www-form-urlencoded");
        }
        wire.header("host", "dts.aliyuncs.com");
        wire.header("x-acs-action", action.0);
        wire.header("x-acs-version", action.1);
        wire.header("x-acs-date", &self.timestamp);
        wire.header("x-acs-signature-nonce", &self.nonce);
        let hash = v3::payload_hash(wire.body.as_bytes()).to_string();
        wire.header("x-acs-content-sha256", &hash);
        if let Some(token) = &self.token {
            wire.header("x-acs-security-token", token);
        }
        let query = v3::canonical_query(&mut pairs(query));
        self.authorize(&mut wire, &query);
        if !query.is_empty() {
            wire.target = format!("/?{query}");
        }
        wire
    }

    /// Signs all headers a request has, over that canonical query.
    pub(crate) fn authorize(&self, wire: &mut Wire, query: &str) {
        wire.headers.retain(|(name, _)| name != "authorization");
        let mut headers: Vec<_> = wire
            .headers
            .iter()
            .map(|(name, value)| (name.as_str(), value.as_str()))
            .collect();
        headers.sort_unstable();
        let hash = v3::payload_hash(wire.body.as_bytes());
        let request = v3::canonical_request(&wire.method, "/", query, &headers, &hash);
        let signature = v3::signature(&self.secret, &v3::string_to_sign(&request));
        let authorization = v3::authorization(&self.id, &v3::signed_headers(&headers), &signature);
        wire.header("authorization", &authorization);
    }

    /// The parameters of a V1 request, `Signature` last.
    pub(crate) fn v1_pairs(
        &self,
        method: &str,
        action: (&str, &str),
        own: Pairs<'_>,
    ) -> Vec<(String, String)> {
        let common = [
            ("AccessKeyId", self.id.as_str()),
            ("Action", action.0),
            ("SignatureMethod", "HMAC-SHA1"),
            ("SignatureNonce", &self.nonce),
            ("SignatureVersion", "1.0"),
            ("Timestamp", &self.timestamp),
            ("Version", action.1),
        ];
        let token = self.token.as_deref().map(|token| ("SecurityToken", token));
        let all = common.into_iter().chain(token).chain(own.iter().copied());
        let all = all.map(|(name, value)| (name.to_owned(), value.to_owned()));
        self.sign_v1(method, all.collect())
    }

    /// Signs whatever the parameters are.
    pub(crate) fn sign_v1(
        &self,
        method: &str,
        mut all: Vec<(String, String)>,
    ) -> Vec<(String, String)> {
        let mut signed: Vec<Pair<'_>> = all
            .iter()
            .map(|(name, value)| (name.into(), value.into()))
            .collect();
        let signature = v1::signature(&self.secret, &v1::string_to_sign(method, &mut signed));
        all.push(("Signature".to_owned(), signature));
        all
    }

    /// A V1 request with everything in the query.
    pub(crate) fn v1(&self, method: &str, action: (&str, &str), own: Pairs<'_>) -> Wire {
        Wire::with_pairs(method, &self.v1_pairs(method, action, own), &[])
    }
}

fn pairs<'a>(list: Pairs<'a>) -> Vec<Pair<'a>> {
    list.iter()
        .map(|(name, value)| ((*name).into(), (*value).into()))
        .collect()
}

/// A request as it goes over the wire.
#[derive(Clone)]
pub(crate) struct Wire {
    pub(crate) method: String,
    pub(crate) target: String,
    pub(crate) headers: Vec<(String, String)>,
    pub(crate) body: String,
}

impl Wire {
    pub(crate) fn new(method: &str, target: &str, body: impl Into<String>) -> Self {
        Self {
            method: method.to_owned(),
            target: target.to_owned(),
            headers: Vec::new(),
            body: body.into(),
        }
    }

    /// A request with some pairs in the query and others in a form.
    pub(crate) fn with_pairs(
        method: &str,
        query: &[(String, String)],
        form: &[(String, String)],
    ) -> Self {
        let text = |list: &[(String, String)], write: fn(&[Pair<'_>]) -> String| {
            let pairs: Vec<Pair<'_>> = list
                .iter()
                .map(|(name, value)| (name.into(), value.into()))
                .collect();
            write(&pairs)
        };
        let mut wire = Self::new(
            method,
            &format!("/?{}", text(query, query_pairs)),
            text(form, form_pairs),
        );
        wire.header("host", "dts.aliyuncs.com");
        if !form.is_empty() {
            wire.header("content-type", "application/x-www-form-urlencoded");
        }
        wire
    }

    pub(crate) fn header(&mut self, name: &str, value: &str) {
        self.headers.push((name.to_owned(), value.to_owned()));
    }

    /// The same request with another value for a header; without it, when there is none.
    pub(crate) fn replaced(mut self, name: &str, value: Option<&str>) -> Self {
        self.headers.retain(|(known, _)| known != name);
        if let Some(value) = value {
            self.header(name, value);
        }
        self
    }

    pub(crate) fn bytes(&self) -> Vec<u8> {
        self.bytes_with("connection: close\r\n")
    }

    /// The bytes, with that line in their head.
    pub(crate) fn bytes_with(&self, line: &str) -> Vec<u8> {
        let mut head = format!("{} {} HTTP/1.1\r\n{line}", self.method, self.target);
        for (name, value) in &self.headers {
            head.push_str(&format!("{name}: {value}\r\n"));
        }
        head.push_str(&format!(
            "content-length: {}\r\n\r\n{}",
            self.body.len(),
            self.body
        ));
        head.into_bytes()
    }

    pub(crate) async fn send(&self, gateway: &Gateway) -> Reply {
        let answer = raw(gateway.address(), &self.bytes()).await;
        Reply::read(&answer)
            .unwrap_or_else(|| panic!("no answer: {:?}", String::from_utf8_lossy(&answer)))
    }
}

/// Sends bytes, says that there will be no more, and reads until the other side closes.
pub(crate) async fn raw(address: SocketAddr, bytes: &[u8]) -> Vec<u8> {
    let mut stream = TcpStream::connect(address).await.unwrap();
    // The gateway may have answered and closed before all was written.
    let _ = stream.write_all(bytes).await;
    let _ = stream.shutdown().await;
    let mut answer = Vec::new();
    let reading = stream.read_to_end(&mut answer);
    let _ = tokio::time::timeout(Duration::from_secs(20), reading)
        .await
        .expect("an end");
    answer
}

/// An answer as it came.
#[derive(Debug)]
pub(crate) struct Reply {
    pub(crate) status: u16,
    pub(crate) headers: Vec<(String, String)>,
    pub(crate) body: String,
}

impl Reply {
    pub(crate) fn read(answer: &[u8]) -> Option<Self> {
        let text = std::str::from_utf8(answer).ok()?;
        let (head, body) = text.split_once("\r\n\r\n")?;
        let mut lines = head.lines();
        let status = lines.next()?.split(' ').nth(1)?.parse().ok()?;
        let headers = lines.filter_map(|line| line.split_once(": "));
        let headers = headers.map(|(name, value)| (name.to_lowercase(), value.to_owned()));
        Some(Self {
            status,
            headers: headers.collect(),
            body: body.to_owned(),
        })
    }

    pub(crate) fn header(&self, name: &str) -> &str {
        let found = self.headers.iter().find(|(known, _)| known == name);
        found.map_or("", |(_, value)| value)
    }

    pub(crate) fn json(&self) -> serde_json::Value {
        serde_json::from_str(&self.body).unwrap()
    }

    /// Status and error code.
    pub(crate) fn error(&self) -> (u16, String) {
        (
            self.status,
            self.json()["Code"].as_str().unwrap_or_default().to_owned(),
        )
    }
}

/// What [`Reply::error`] is to be.
pub(crate) fn refusal(status: u16, code: &str) -> (u16, String) {
    (status, code.to_owned())
}

pub(crate) const START: (&str, &str) = ("StartDtsJob", "2020-01-01");
