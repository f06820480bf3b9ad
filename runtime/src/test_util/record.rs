//! Recordings: what a client and a service said to each other, to look at and to play back.

use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use bytes::Bytes;

use super::scripted::ScriptedTransport;
use crate::client::{Answered, Intercept, Outgoing};
use crate::decode::{self, Decode as _, Reader};
use crate::encode::json_text;
use crate::operation::secrets;
use crate::params::{Params, Value};
use crate::redact::REDACTED;
use crate::transport::HttpResponse;

/// One request and its answer, without secrets.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub struct Exchange {
    /// The operation.
    pub operation: String,
    /// Which attempt of the call it was, counted from 1.
    pub attempt: u32,
    /// The parameters, secret values replaced.
    pub params: Params,
    /// The status of the answer; 0 when none came.
    pub status: u16,
    /// The JSON body of the answer, secret values replaced; empty for a body that is no JSON.
    pub body: String,
}

/// Writes exchanges down. Give a clone to
/// [`ConfigBuilder::interceptor`](crate::ConfigBuilder::interceptor) and keep another. Calls must be made one after the
/// other. Of a stream of events, which comes later, there is only the status.
#[derive(Clone, Debug, Default)]
pub struct Recorder(Arc<Mutex<Vec<Exchange>>>);

impl Recorder {
    /// An empty recording.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    fn locked(&self) -> MutexGuard<'_, Vec<Exchange>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// What was recorded so far.
    #[must_use]
    pub fn exchanges(&self) -> Vec<Exchange> {
        self.locked().clone()
    }

    /// The recording as a line of JSON per exchange.
    #[must_use]
    pub fn to_json_lines(&self) -> String {
        let line = |exchange: &Exchange| {
            let mut members = Params::new();
            members.set("operation", exchange.operation.as_str());
            members.set("attempt", exchange.attempt);
            members.set("params", exchange.params.clone());
            members.set("status", u32::from(exchange.status));
            members.set("body", exchange.body.as_str());
            json_text(&Value::Object(members)) + "\n"
        };
        self.locked().iter().map(line).collect()
    }

    /// A transport that answers as was recorded, in the same order. Lines are as [`Recorder::to_json_lines`] writes them.
    ///
    /// # Errors
    ///
    /// The number of the first line that is no recorded exchange, counted from 1.
    pub fn replay(lines: &str) -> Result<ScriptedTransport, usize> {
        let mut transport = ScriptedTransport::new();
        for (at, line) in lines.lines().enumerate() {
            let exchange = parse(line.as_bytes()).ok_or(at + 1)?;
            let status = match exchange.get("status") {
                Some(Value::Int(status)) => u16::try_from(*status).map_err(|_| at + 1)?,
                _ => return Err(at + 1),
            };
            let body = exchange.get("body").and_then(Value::as_str).ok_or(at + 1)?;
            if status > 0 {
                transport = transport.answer(status, body.to_owned());
            }
        }
        Ok(transport)
    }
}

/// A JSON document as a value.
fn parse(body: &[u8]) -> Option<Value> {
    if body.trim_ascii_start().starts_with(b"<") {
        return None;
    }
    let body = Bytes::copy_from_slice(body);
    let read = decode::with_body(&body, |source| Value::decode(&mut Reader::new(source)));
    read.ok()??
}

impl Intercept for Recorder {
    fn before_sign(
        &self,
        request: &mut Outgoing<'_>,
    ) -> Result<(), Box<dyn std::error::Error + Send + Sync>> {
        let redactor = request.redactor();
        let params = secrets::masked(&redactor, request.operation(), request.params(), REDACTED);
        let params = params.iter().map(|(name, value)| {
            let value = match value {
                Value::Bytes(bytes) => Value::from(format!("<{} bytes>", bytes.len())),
                value => value.clone(),
            };
            (name.to_owned(), value)
        });
        let params = params.collect();
        self.locked().push(Exchange {
            operation: request.operation().name.to_string(),
            attempt: request.attempt(),
            params,
            status: 0,
            body: String::new(),
        });
        Ok(())
    }

    fn after_answer(&self, answer: &Answered<'_>) {
        let HttpResponse { status, body, .. } = answer.response();
        if let Some(last) = self.locked().last_mut() {
            last.status = *status;
            let redactor = answer.redactor();
            let hide = |text: &str| redactor.hide(text).into_owned();
            let document = parse(body).map(|document| secrets::answer("", &document, &hide));
            last.body = document.map(|it| json_text(&it)).unwrap_or_default();
        }
    }
}
