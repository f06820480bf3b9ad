//! Scripted answers: what a test wants the next calls of an operation to get instead of the usual answer.

use std::collections::{HashMap, VecDeque};
use std::fmt;
use std::sync::{Mutex, PoisonError};
use std::time::Duration;

use bytes::Bytes;

use crate::answer::{Caller, Delivery, JSON, Reply, XML};
use crate::refusal::Refusal;
use crate::sample::Samples;

/// An answer for one call. A call whose signature is wrong does not get it, and does not use it up, unless it is
/// [`unverified`](Answer::unverified). Parameters are not checked: the script has the last word.
#[derive(Clone)]
pub struct Answer {
    body: Body,
    status: Option<u16>,
    content_type: Option<String>,
    headers: Vec<(String, String)>,
    delay: Duration,
    unverified: bool,
    hang_up: bool,
}

#[derive(Clone)]
enum Body {
    Usual,
    Error(Refusal),
    Bytes(Bytes),
}

impl Answer {
    /// The usual good answer, for what only is to be late or to have another status or more headers.
    #[must_use]
    pub fn usual() -> Self {
        Self::of(Body::Usual)
    }

    /// The service's error document for a status, code and message, in the format the caller asked for.
    pub fn error(status: u16, code: impl Into<String>, message: impl Into<String>) -> Self {
        Self::of(Body::Error(Refusal::new(status, code, message)))
    }

    /// JSON text.
    pub fn json(text: impl Into<String>) -> Self {
        Self::body(JSON, text.into())
    }

    /// XML text.
    pub fn xml(text: impl Into<String>) -> Self {
        Self::body(XML, text.into())
    }

    /// Any body at all.
    pub fn body(content_type: impl Into<String>, body: impl Into<Bytes>) -> Self {
        Self::of(Body::Bytes(body.into())).content_type(content_type)
    }

    /// No answer: the connection is closed once the request has been read, so the caller cannot know its outcome.
    #[must_use]
    pub fn hang_up() -> Self {
        Self {
            hang_up: true,
            ..Self::of(Body::Usual)
        }
    }

    fn of(body: Body) -> Self {
        Self {
            body,
            status: None,
            content_type: None,
            headers: Vec::new(),
            delay: Duration::ZERO,
            unverified: false,
            hang_up: false,
        }
    }

    /// Sets the HTTP status.
    #[must_use]
    pub fn status(mut self, status: u16) -> Self {
        self.status = Some(status);
        self
    }

    /// Sets the content type.
    #[must_use]
    pub fn content_type(mut self, content_type: impl Into<String>) -> Self {
        self.content_type = Some(content_type.into());
        self
    }

    /// Adds a header, in place of one of the same name the answer has anyway.
    #[must_use]
    pub fn header(mut self, name: impl Into<String>, value: impl Into<String>) -> Self {
        self.headers.push((name.into(), value.into()));
        self
    }

    /// Lets the caller wait.
    #[must_use]
    pub fn delay(mut self, delay: Duration) -> Self {
        self.delay = delay;
        self
    }

    /// Whether the answer goes to any call, whatever its signature.
    #[must_use]
    pub fn unverified(mut self, unverified: bool) -> Self {
        self.unverified = unverified;
        self
    }

    pub(crate) fn reply(self, caller: &Caller<'_>, samples: Option<&Samples>) -> Reply {
        let mut reply = match &self.body {
            Body::Usual => caller.success(samples),
            Body::Error(refusal) => caller.refuse(refusal),
            Body::Bytes(body) => caller.reply(200, JSON, body.clone()),
        };
        reply.status = self.status.unwrap_or(reply.status);
        reply.delay = self.delay;
        if self.hang_up {
            reply.delivery = Delivery::HangUp;
        }
        let content_type = self
            .content_type
            .map(|value| ("content-type".into(), value));
        let own: Vec<_> = self.headers.into_iter().chain(content_type).collect();
        let replaced = |name: &str| own.iter().any(|(own, _)| own.eq_ignore_ascii_case(name));
        reply.headers.retain(|(name, _)| !replaced(name));
        reply.headers.extend(own);
        reply
    }
}

impl fmt::Debug for Answer {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Answer")
            .field("status", &self.status)
            .field("delay", &self.delay)
            .field("unverified", &self.unverified)
            .field("hang_up", &self.hang_up)
            .finish_non_exhaustive()
    }
}

/// The answers that wait, by operation and in order.
#[derive(Debug, Default)]
pub(crate) struct Scripts(Mutex<HashMap<String, VecDeque<Answer>>>);

impl Scripts {
    pub(crate) fn push(&self, operation: &str, answer: Answer) {
        let mut waiting = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        waiting
            .entry(operation.to_owned())
            .or_default()
            .push_back(answer);
    }

    /// Whether any answer waits for an operation.
    pub(crate) fn wait_for(&self, operation: &str) -> bool {
        let waiting = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        waiting
            .get(operation)
            .is_some_and(|queue| !queue.is_empty())
    }

    /// Uses up the next answer for an operation; for a call that is not verified, only one that goes to any.
    pub(crate) fn take(&self, operation: &str, verified: bool) -> Option<Answer> {
        let mut waiting = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let queue = waiting.get_mut(operation)?;
        queue.pop_front_if(|answer| verified || answer.unverified)
    }
}
