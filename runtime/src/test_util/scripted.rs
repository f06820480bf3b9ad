//! A transport that answers with what it was told.

use std::collections::VecDeque;
use std::future::ready;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use bytes::Bytes;

use crate::transport::{HttpRequest, HttpResponse, Transport, TransportError, TransportFuture};

/// Answers requests in the order of its script, without a network, and remembers them. A request beyond the script fails
/// as one that was not sent. Clones share the script.
#[derive(Clone, Debug, Default)]
pub struct ScriptedTransport(Arc<Mutex<State>>);

#[derive(Debug, Default)]
struct State {
    script: VecDeque<Result<HttpResponse, TransportError>>,
    requests: Vec<HttpRequest>,
}

impl ScriptedTransport {
    /// An empty script.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    fn state(&self) -> MutexGuard<'_, State> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Adds an answer with that status and body.
    #[must_use]
    pub fn answer(self, status: u16, body: impl Into<Bytes>) -> Self {
        self.respond(HttpResponse {
            status,
            headers: Vec::new(),
            body: body.into(),
        })
    }

    /// Adds an answer.
    #[must_use]
    pub fn respond(self, response: HttpResponse) -> Self {
        self.state().script.push_back(Ok(response));
        self
    }

    /// Adds a failure.
    #[must_use]
    pub fn fail(self, error: TransportError) -> Self {
        self.state().script.push_back(Err(error));
        self
    }

    /// Every request so far. They hold signatures and parameters.
    #[must_use]
    pub fn requests(&self) -> Vec<HttpRequest> {
        self.state().requests.clone()
    }

    /// How many answers are left.
    #[must_use]
    pub fn left(&self) -> usize {
        self.state().script.len()
    }
}

impl Transport for ScriptedTransport {
    fn send(&self, request: HttpRequest) -> TransportFuture {
        let mut state = self.state();
        state.requests.push(request);
        let next = state.script.pop_front();
        let beyond = || Err(TransportError::not_sent("the script has no answer left"));
        Box::pin(ready(next.unwrap_or_else(beyond)))
    }
}
