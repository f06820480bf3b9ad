//! Errors: what went wrong with a call, in one type whose `Display` says it all.
//!
//! The kinds tell what is certain. Nothing was sent, or nothing can be known about what became of it, or the service
//! answered with an error, or it answered 200 and failed all the same. Codes stay open strings: compare them with the
//! constants of a product's `error_code` module.

mod attempt;
mod display;
pub(crate) mod predicates;
mod shown;

pub use attempt::Attempt;

use std::fmt;

use bytes::Bytes;

use crate::config::InvalidConfig;
use crate::credentials::CredentialsError;
use crate::decode::ErrorBody;
use crate::operation::{Effect, ErrorCode, Operation, Service, Violation};
use crate::redact::Redactor;
use crate::request::Unsendable;
use crate::transport::{Headers, HttpResponse, TransportError};

/// What is certain about a call that did not succeed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum ErrorKind {
    /// The request breaks rules of its spec, cannot be put on the wire, or an interceptor refused it. Nothing was sent, or
    /// only attempts that the service refused before they ran.
    InvalidRequest,
    /// There were no credentials to sign with. Nothing was sent, or only attempts that the service refused before they ran.
    Credentials,
    /// The service was not reached. Nothing was sent, or only attempts that the service refused before they ran.
    NotSent,
    /// The request was sent, wholly or in part, and no answer came: it may or may not have been carried out. So it stays
    /// when a later attempt was not sent, for whatever reason.
    OutcomeUnknown,
    /// The service answered with an error status.
    Service,
    /// The service answered with a good status, and the answer says that the call failed.
    Business,
    /// The service answered with a good status, and the answer cannot be read. The call was most likely carried out.
    Undecodable,
}

/// Why a call did not succeed.
pub struct Error {
    inner: Box<Inner>,
}

pub(crate) struct Inner {
    kind: ErrorKind,
    operation: String,
    /// Whether the call may run twice.
    repeatable: bool,
    documentation: String,
    /// Whether an attempt to reach the service was made.
    attempted: bool,
    /// The host of the last attempt, with its port; empty when it is not known.
    host: String,
    /// Whether the name of that host has no address.
    unresolved: bool,
    /// What the caller can do, as far as the call tells.
    advice: Option<String>,
    /// Whether credentials may be there later.
    transient: bool,
    /// Whether the outcome is unknown for an earlier attempt, and the last one was not sent.
    last_unsent: bool,
    /// Every attempt, this one last.
    history: Vec<Attempt>,
    timed_out: bool,
    violations: Vec<Violation>,
    http: Option<HttpResponse>,
    /// The headers of the answer, for a reader.
    headers: Headers,
    /// The beginning of the answer's body, for a reader.
    excerpt: String,
    body: ErrorBody,
    documented: Option<ErrorCode>,
    source: Option<Box<dyn std::error::Error + Send + Sync>>,
}

impl Error {
    #[cold]
    fn new(kind: ErrorKind, operation: &Operation) -> Self {
        Self {
            inner: Box::new(Inner {
                kind,
                operation: operation.name.to_string(),
                repeatable: operation.effect == Effect::Read,
                documentation: operation.documentation.to_string(),
                attempted: false,
                host: String::new(),
                unresolved: false,
                advice: None,
                transient: false,
                last_unsent: false,
                history: Vec::new(),
                timed_out: false,
                violations: Vec::new(),
                http: None,
                headers: Headers::new(),
                excerpt: String::new(),
                body: ErrorBody::default(),
                documented: None,
                source: None,
            }),
        }
    }

    pub(crate) fn because(
        mut self,
        source: impl Into<Box<dyn std::error::Error + Send + Sync>>,
    ) -> Self {
        self.inner.source = Some(source.into());
        self
    }

    pub(crate) fn invalid(operation: &Operation, violations: Vec<Violation>) -> Self {
        let mut error = Self::new(ErrorKind::InvalidRequest, operation);
        error.inner.violations = violations;
        error
    }

    /// A request that must not be sent, for a reason that is no rule of its spec.
    pub(crate) fn invalid_because(
        operation: &Operation,
        why: impl Into<Box<dyn std::error::Error + Send + Sync>>,
    ) -> Self {
        Self::new(ErrorKind::InvalidRequest, operation).because(why)
    }

    pub(crate) fn unsendable(operation: &Operation, why: Unsendable) -> Self {
        Self::new(ErrorKind::InvalidRequest, operation).because(why)
    }

    pub(crate) fn credentials(operation: &Operation, why: CredentialsError) -> Self {
        let transient = why.is_transient();
        let mut error = Self::new(ErrorKind::Credentials, operation).because(why);
        error.inner.transient = transient;
        error
    }

    /// Credentials that did not come within the time of the call.
    pub(crate) fn credentials_late(operation: &Operation) -> Self {
        let why = "the credentials provider did not answer within the time of the call";
        let mut error = Self::credentials(operation, CredentialsError::transient(why));
        error.inner.timed_out = true;
        error
    }

    pub(crate) fn not_sent(
        operation: &Operation,
        why: impl Into<Box<dyn std::error::Error + Send + Sync>>,
    ) -> Self {
        Self::new(ErrorKind::NotSent, operation).because(why)
    }

    pub(crate) fn transport(operation: &Operation, why: TransportError) -> Self {
        let kind = match &why.answer {
            _ if why.invalid => ErrorKind::InvalidRequest,
            _ if why.not_sent => ErrorKind::NotSent,
            // All that there will ever be of the answer is there.
            Some(_) if why.too_large || why.unreadable => ErrorKind::Undecodable,
            _ => ErrorKind::OutcomeUnknown,
        };
        let mut error = Self::new(kind, operation).because(why.source);
        error.inner.attempted = true;
        error.inner.unresolved = why.unresolved;
        error.inner.timed_out = why.timed_out;
        error.inner.http = why.answer.map(|answer| *answer);
        error
    }

    /// Whether the name of the host has no address.
    pub(crate) fn is_unresolved(&self) -> bool {
        self.inner.unresolved
    }

    pub(crate) fn with_advice(mut self, advice: String) -> Self {
        self.inner.advice = Some(advice);
        self
    }

    /// Tells what came before: every attempt, this one last, and whether the call may run twice.
    pub(crate) fn after(mut self, history: Vec<Attempt>, repeatable: bool) -> Self {
        // A call that may have run in an earlier attempt is not undone by a later one that was not sent.
        if self.is_unsent() && history.iter().any(|attempt| attempt.may_have_run) {
            self.inner.kind = ErrorKind::OutcomeUnknown;
            self.inner.last_unsent = true;
        }
        self.inner.history = history;
        self.inner.repeatable = repeatable;
        self
    }

    /// Tells where the attempt went, if one was made.
    pub(crate) fn at(mut self, host: String) -> Self {
        if self.inner.attempted {
            self.inner.host = host;
        }
        self
    }

    /// Whether an attempt to reach the service was made, however it ended.
    pub(crate) fn attempted(&self) -> bool {
        self.inner.attempted
    }

    pub(crate) fn undecodable(
        operation: &Operation,
        http: HttpResponse,
        request_id: Option<String>,
        why: impl Into<Box<dyn std::error::Error + Send + Sync>>,
    ) -> Self {
        let mut error = Self::new(ErrorKind::Undecodable, operation).because(why);
        error.inner.attempted = true;
        error.inner.http = Some(http);
        error.inner.body.request_id = request_id;
        error
    }

    pub(crate) fn answered(
        kind: ErrorKind,
        service: &Service,
        operation: &Operation,
        http: HttpResponse,
        body: ErrorBody,
    ) -> Self {
        let mut error = Self::new(kind, operation);
        error.inner.attempted = true;
        error.inner.documented = body
            .code
            .as_deref()
            .and_then(|code| documented(service, operation, code))
            .cloned();
        error.inner.http = Some(http);
        error.inner.body = body;
        error
    }

    /// What is certain.
    #[must_use]
    pub fn kind(&self) -> ErrorKind {
        self.inner.kind
    }

    /// The operation that was called.
    #[must_use]
    pub fn operation(&self) -> &str {
        &self.inner.operation
    }

    /// The host of the last attempt, with its port when that is not the scheme's own.
    #[must_use]
    pub fn host(&self) -> Option<&str> {
        Some(self.inner.host.as_str()).filter(|host| !host.is_empty())
    }

    /// The HTTP status, when there was an answer.
    #[must_use]
    pub fn status(&self) -> Option<u16> {
        self.inner.http.as_ref().map(|http| http.status)
    }

    /// The error code. Compare it with the constants of the product's `error_code` module.
    #[must_use]
    pub fn code(&self) -> Option<&str> {
        self.inner.body.code.as_deref()
    }

    /// The message of the service, with `%s` filled in.
    #[must_use]
    pub fn message(&self) -> Option<&str> {
        self.inner.body.message.as_deref()
    }

    /// The ID of the request, when there was an answer that has one; of several attempts, the last that has one. Support asks
    /// for it.
    #[must_use]
    pub fn request_id(&self) -> Option<&str> {
        let header = || self.header("x-acs-request-id");
        let before = || {
            let mut before = self.history().iter().rev();
            before.find_map(|attempt| attempt.request_id.as_deref())
        };
        let own = self.inner.body.request_id.as_deref();
        own.or_else(header).or_else(before)
    }

    /// The page with advice the service names.
    #[must_use]
    pub fn recommend(&self) -> Option<&str> {
        self.inner.body.recommend.as_deref()
    }

    /// Which permission was missing, as the service tells it.
    #[must_use]
    pub fn access_denied_detail(&self) -> Option<&crate::Value> {
        self.inner.body.access_denied_detail.as_ref()
    }

    /// What the spec says of the error code: meaning and retry advice.
    #[must_use]
    pub fn documented(&self) -> Option<&ErrorCode> {
        self.inner.documented.as_ref()
    }

    /// Every rule a request breaks, for [`ErrorKind::InvalidRequest`].
    #[must_use]
    pub fn violations(&self) -> &[Violation] {
        &self.inner.violations
    }

    /// Every attempt to reach the service, in order: what became of it, and how long the client waited before it.
    #[must_use]
    pub fn history(&self) -> &[Attempt] {
        &self.inner.history
    }

    /// How many attempts to reach the service were made.
    #[must_use]
    pub fn attempts(&self) -> usize {
        self.inner.history.len()
    }

    /// A header of the answer, by its lower-case name, without what the call holds secret.
    #[must_use]
    pub fn header(&self, name: &str) -> Option<&str> {
        let mut headers = self.inner.headers.iter();
        let found = headers.find(|(known, _)| known == name);
        found.map(|(_, value)| value.as_ref())
    }

    /// A header of the answer as it came, for decisions and not for readers.
    pub(crate) fn raw_header(&self, name: &str) -> Option<&str> {
        self.inner.http.as_ref()?.header(name)
    }

    /// The answer's body as it came. Counts as secret: it may repeat what was sent.
    #[must_use]
    pub fn raw_body(&self) -> Option<&Bytes> {
        self.inner.http.as_ref().map(|http| &http.body)
    }
}

/// The entry of an error code: the operation's own before the product's.
fn documented<'a>(
    service: &'a Service,
    operation: &'a Operation,
    code: &str,
) -> Option<&'a ErrorCode> {
    operation
        .errors
        .iter()
        .chain(service.errors.iter())
        .find(|entry| entry.code == code)
}

/// The same as `Display`: it is what a program shows whose `main` returns the error.
impl fmt::Debug for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

impl std::error::Error for Error {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        self.inner
            .source
            .as_deref()
            .map(|source| source as &(dyn std::error::Error + 'static))
    }
}

impl From<InvalidConfig> for Error {
    /// So that `?` carries a bad configuration out of the function that makes a call.
    fn from(why: InvalidConfig) -> Self {
        let error = Self::new(ErrorKind::InvalidRequest, &Operation::EMPTY).because(why);
        error.shown(&Redactor::new())
    }
}

#[cfg(test)]
mod tests;
