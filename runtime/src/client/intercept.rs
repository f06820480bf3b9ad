//! Interceptors: a caller's own code on the way out and on the way back.

use std::borrow::Cow;
use std::fmt;

use crate::operation::Operation;
use crate::params::{Params, Value};
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
#[derive(Debug)]
pub struct Outgoing<'a> {
    pub(super) operation: &'a Operation,
    pub(super) params: &'a Params,
    pub(super) attempt: u32,
    pub(super) headers: Headers,
    pub(super) extra: Params,
}

impl Outgoing<'_> {
    /// The operation.
    #[must_use]
    pub fn operation(&self) -> &Operation {
        self.operation
    }

    /// The parameters the caller set.
    #[must_use]
    pub fn params(&self) -> &Params {
        self.params
    }

    /// Which attempt this is, counted from 1.
    #[must_use]
    pub fn attempt(&self) -> u32 {
        self.attempt
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

/// An answer as it came.
#[derive(Debug)]
pub struct Answered<'a> {
    pub(super) operation: &'a Operation,
    pub(super) attempt: u32,
    pub(super) response: &'a HttpResponse,
}

impl Answered<'_> {
    /// The operation.
    #[must_use]
    pub fn operation(&self) -> &Operation {
        self.operation
    }

    /// Which attempt it answers, counted from 1.
    #[must_use]
    pub fn attempt(&self) -> u32 {
        self.attempt
    }

    /// The answer.
    #[must_use]
    pub fn response(&self) -> &HttpResponse {
        self.response
    }
}
