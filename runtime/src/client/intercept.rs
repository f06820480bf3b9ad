//! Interceptors: a caller's own code on the way out and on the way back.

use std::borrow::Cow;
use std::fmt;

use super::course::Course;
use super::secrets::redactor;
use super::{Call, ServiceClient};
use crate::operation::Operation;
use crate::params::{Params, Value};
use crate::redact::Redactor;
use crate::transport::{Headers, HttpResponse};

/// Code that sees every attempt before it is signed and every answer before it is judged. Give it to
/// [`ConfigBuilder::interceptor`](crate::ConfigBuilder::interceptor); several run in the order given.
pub trait Intercept: fmt::Debug + Send + Sync {
    /// Sees a request before it is signed, and may add headers and parameters to it.
    ///
    /// # Errors
    ///
    /// An error keeps the request from being sent; the call fails with
    /// [`ErrorKind::InvalidRequest`](crate::ErrorKind::InvalidRequest).
    fn before_sign(
        &self,
        _request: &mut Outgoing<'_>,
    ) -> Result<(), Box<dyn std::error::Error + Send + Sync>> {
        Ok(())
    }

    /// Sees an answer as it came, whatever its status. A stream of events has no body yet.
    fn after_answer(&self, _answer: &Answered<'_>) {}
}

/// A request that is about to be signed.
pub struct Outgoing<'a> {
    pub(super) call: &'a Call<ServiceClient>,
    pub(super) course: &'a Course,
    pub(super) headers: Headers,
    pub(super) extra: Params,
}

impl Outgoing<'_> {
    /// The operation.
    #[must_use]
    pub fn operation(&self) -> &Operation {
        &self.call.operation
    }

    /// The parameters the caller set.
    #[must_use]
    pub fn params(&self) -> &Params {
        &self.call.params
    }

    /// Which attempt this is, counted from 1.
    #[must_use]
    pub fn attempt(&self) -> u32 {
        self.course.attempt()
    }

    /// Takes out of texts what the call holds secret, for interceptors that write something down. It is made anew each time.
    #[must_use]
    pub fn redactor(&self) -> Redactor {
        redactor(self.call, self.course)
    }

    /// Sets a header. Those that start with `x-acs-` are signed.
    pub fn set_header(&mut self, name: impl AsRef<str>, value: impl Into<String>) {
        let name = name.as_ref().to_ascii_lowercase();
        self.headers.retain(|(known, _)| *known != name);
        self.headers
            .push((Cow::Owned(name), Cow::Owned(value.into())));
    }

    /// Sets a parameter the spec does not know. It travels in the query.
    pub fn set_parameter(&mut self, name: impl Into<String>, value: impl Into<Value>) {
        self.extra.set(name.into(), value.into());
    }
}

impl fmt::Debug for Outgoing<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Outgoing")
            .field("operation", &self.operation().name)
            .field("params", self.params())
            .field("attempt", &self.attempt())
            .finish_non_exhaustive()
    }
}

/// An answer as it came.
pub struct Answered<'a> {
    pub(super) call: &'a Call<ServiceClient>,
    pub(super) course: &'a Course,
    pub(super) response: &'a HttpResponse,
}

impl Answered<'_> {
    /// The operation.
    #[must_use]
    pub fn operation(&self) -> &Operation {
        &self.call.operation
    }

    /// Which attempt it answers, counted from 1.
    #[must_use]
    pub fn attempt(&self) -> u32 {
        self.course.attempt()
    }

    /// Takes out of texts what the call holds secret, which an answer may repeat. It is made anew each time.
    #[must_use]
    pub fn redactor(&self) -> Redactor {
        redactor(self.call, self.course)
    }

    /// The answer.
    #[must_use]
    pub fn response(&self) -> &HttpResponse {
        self.response
    }
}

impl fmt::Debug for Answered<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Answered")
            .field("operation", &self.operation().name)
            .field("attempt", &self.attempt())
            .field("response", self.response)
            .finish()
    }
}
