//! Responses: the typed answer of a call, with everything else the service said.

use std::fmt;
use std::ops::Deref;

use bytes::Bytes;

use crate::redact::Redactor;
use crate::transport::{Headers, HttpResponse};

/// The answer of a call that succeeded. It derefs to the typed answer.
#[derive(Clone)]
pub struct Response<T> {
    answer: T,
    http: HttpResponse,
    request_id: Option<String>,
    misfits: usize,
    attempts: u32,
}

impl<T> Response<T> {
    /// Puts a response together, for tests of code that takes one.
    pub fn new(answer: T, http: HttpResponse) -> Self {
        Self {
            answer,
            http,
            request_id: None,
            misfits: 0,
            attempts: 1,
        }
    }

    pub(crate) fn decoded(
        answer: T,
        http: HttpResponse,
        request_id: Option<String>,
        misfits: usize,
        attempts: u32,
    ) -> Self {
        Self {
            answer,
            http,
            request_id,
            misfits,
            attempts,
        }
    }

    /// The ID of the request, from the answer or its headers. Support asks for it.
    #[must_use]
    pub fn request_id(&self) -> Option<&str> {
        self.request_id
            .as_deref()
            .or_else(|| self.http.header("x-acs-request-id"))
    }

    /// Makes the ID of the request fit for an error.
    pub(crate) fn show_request_id(&mut self, redactor: &Redactor) {
        self.request_id = self.request_id().map(|id| redactor.show(id));
    }

    /// The HTTP status.
    #[must_use]
    pub fn status(&self) -> u16 {
        self.http.status
    }

    /// The headers, names in lower case.
    #[must_use]
    pub fn headers(&self) -> &Headers {
        &self.http.headers
    }

    /// The body as it came.
    #[must_use]
    pub fn raw_body(&self) -> &Bytes {
        &self.http.body
    }

    /// How many values of the answer fitted the declared types in no way and were left out. They are in the raw body.
    #[must_use]
    pub fn misfits(&self) -> usize {
        self.misfits
    }

    /// How many attempts the call took.
    #[must_use]
    pub fn attempts(&self) -> u32 {
        self.attempts
    }

    /// The same response with what `take` finds in its answer, if it finds anything.
    pub(crate) fn transpose<U>(self, take: impl FnOnce(T) -> Option<U>) -> Option<Response<U>> {
        Some(Response {
            answer: take(self.answer)?,
            http: self.http,
            request_id: self.request_id,
            misfits: self.misfits,
            attempts: self.attempts,
        })
    }

    /// Everything but the typed answer.
    pub(crate) fn into_http(self) -> HttpResponse {
        self.http
    }

    /// The typed answer alone.
    pub fn into_inner(self) -> T {
        self.answer
    }
}

impl<T> Deref for Response<T> {
    type Target = T;

    fn deref(&self) -> &T {
        &self.answer
    }
}

impl<T: fmt::Debug> fmt::Debug for Response<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Response")
            .field("status", &self.http.status)
            .field("request_id", &self.request_id())
            .field("answer", &self.answer)
            .finish_non_exhaustive()
    }
}
