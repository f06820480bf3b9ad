//! Errors made for tests of code that handles them.

use std::borrow::Cow;
use std::time::Duration;

use bytes::Bytes;

use crate::decode::ErrorBody;
use crate::error::{Attempt, Error, ErrorKind};
use crate::operation::{Effect, Operation, Service};
use crate::redact::Redactor;
use crate::transport::{HttpResponse, TransportError};

/// Describes an error as a call would have ended with it; [`FakeError::build`] makes it.
#[derive(Clone, Debug)]
#[must_use]
pub struct FakeError {
    kind: ErrorKind,
    operation: String,
    status: u16,
    code: Option<String>,
    message: Option<String>,
    request_id: Option<String>,
    body: Bytes,
    reads: bool,
    timed_out: bool,
}

impl FakeError {
    /// An error of that kind. Its status is 400, or 200 for a failure inside a good answer.
    pub fn new(kind: ErrorKind) -> Self {
        let good = matches!(kind, ErrorKind::Business | ErrorKind::Undecodable);
        Self {
            kind,
            operation: "Operation".into(),
            status: if good { 200 } else { 400 },
            code: None,
            message: None,
            request_id: None,
            body: Bytes::new(),
            reads: false,
            timed_out: false,
        }
    }

    /// The operation.
    pub fn operation(mut self, name: impl Into<String>) -> Self {
        self.operation = name.into();
        self
    }

    /// The HTTP status.
    pub fn status(mut self, status: u16) -> Self {
        self.status = status;
        self
    }

    /// The error code.
    pub fn code(mut self, code: impl Into<String>) -> Self {
        self.code = Some(code.into());
        self
    }

    /// The message.
    pub fn message(mut self, message: impl Into<String>) -> Self {
        self.message = Some(message.into());
        self
    }

    /// The ID of the request.
    pub fn request_id(mut self, id: impl Into<String>) -> Self {
        self.request_id = Some(id.into());
        self
    }

    /// The raw body of the answer.
    pub fn body(mut self, body: impl Into<Bytes>) -> Self {
        self.body = body.into();
        self
    }

    /// Whether the operation only reads, so that it may be repeated.
    pub fn reads(mut self, reads: bool) -> Self {
        self.reads = reads;
        self
    }

    /// Whether the time ran out, for kinds without an answer.
    pub fn timed_out(mut self, timed_out: bool) -> Self {
        self.timed_out = timed_out;
        self
    }

    /// Makes the error.
    #[must_use]
    pub fn build(self) -> Error {
        let operation = Operation {
            name: Cow::Owned(self.operation.clone()),
            effect: if self.reads {
                Effect::Read
            } else {
                Effect::Other
            },
            ..Operation::EMPTY
        };
        let error = self.of(&operation).shown(&Redactor::new());
        let repeatable = operation.effect == Effect::Read;
        let history = if error.attempted() {
            vec![Attempt::of(&error, Duration::ZERO)]
        } else {
            Vec::new()
        };
        error.after(history, repeatable)
    }

    fn of(self, operation: &Operation) -> Error {
        let why = self.message.clone().unwrap_or_else(|| "made up".into());
        let http = HttpResponse {
            status: self.status,
            headers: Vec::new(),
            body: self.body,
        };
        let lost = |not_sent| TransportError {
            not_sent,
            timed_out: self.timed_out,
            ..TransportError::broken(why.clone())
        };
        match self.kind {
            ErrorKind::InvalidRequest => Error::invalid_because(operation, why),
            ErrorKind::Credentials => {
                Error::credentials(operation, crate::credentials::CredentialsError::new(why))
            }
            ErrorKind::NotSent => Error::transport(operation, lost(true)),
            ErrorKind::OutcomeUnknown => Error::transport(operation, lost(false)),
            ErrorKind::Undecodable => Error::undecodable(operation, http, self.request_id, why),
            kind @ (ErrorKind::Service | ErrorKind::Business) => {
                let body = ErrorBody {
                    code: self.code,
                    message: self.message,
                    request_id: self.request_id,
                    ..ErrorBody::default()
                };
                Error::answered(kind, &Service::EMPTY, operation, http, body)
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn errors_are_what_they_were_described_as() {
        let error = FakeError::new(ErrorKind::Service)
            .operation("StartDtsJob")
            .status(429)
            .code("Throttling.User")
            .request_id("2D3B")
            .build();
        assert!(error.is_throttling() && error.is_retryable());
        assert_eq!(error.status(), Some(429));
        assert_eq!(error.request_id(), Some("2D3B"));
        assert_eq!(error.attempts(), 1);
        let lost = FakeError::new(ErrorKind::OutcomeUnknown).timed_out(true);
        assert!(!lost.clone().build().is_retryable());
        assert!(lost.clone().reads(true).build().is_retryable());
        assert!(lost.build().is_timeout());
        assert_eq!(FakeError::new(ErrorKind::Credentials).build().attempts(), 0);
    }
}
