//! An answer with events, while it is read.

use std::task::{Context, Poll, ready};

use super::StreamEvent;
use crate::client::course::Course;
use crate::client::execute::Answer;
use crate::client::judge::decode;
use crate::client::secrets::redactor;
use crate::client::{Call, ServiceClient};
use crate::decode::{Decode, Document, Event, EventPieces, Observed};
use crate::error::Error;
use crate::redact::Redactor;
use crate::response::Response;
use crate::transport::{Body, HttpResponse, TransportError};

/// An answer that has begun.
pub(super) struct Reading {
    head: HttpResponse,
    course: Course,
    /// What is still to come.
    body: Option<Body>,
    pieces: EventPieces,
    /// What ended the stream before its end. Events that were complete come first.
    broken: Option<Error>,
    /// Whether the caller has seen an event.
    has_given: bool,
}

impl Reading {
    pub(super) fn new(call: &Call<ServiceClient>, answer: Answer) -> Self {
        Self {
            head: answer.http,
            course: answer.course,
            body: answer.body,
            pieces: EventPieces::with_limit(call.client.config.settings().max_answer),
            broken: None,
            has_given: false,
        }
    }

    pub(super) fn head(&self) -> &HttpResponse {
        &self.head
    }

    pub(super) fn has_given(&self) -> bool {
        self.has_given
    }

    pub(super) fn into_course(self) -> Course {
        self.course
    }

    /// The answer as far as it is known before any event.
    pub(super) fn begun(&self) -> Response<()> {
        Response::decoded((), self.head.clone(), None, 0, self.course.attempt())
    }

    /// Takes out of texts what the call holds secret.
    pub(super) fn redactor(&self, call: &Call<ServiceClient>) -> Redactor {
        redactor(call, &self.course)
    }

    /// The next event, decoded and judged.
    pub(super) fn poll_event<T: Decode>(
        &mut self,
        call: &Call<ServiceClient>,
        context: &mut Context<'_>,
    ) -> Poll<Option<Result<StreamEvent<T>, Error>>> {
        loop {
            let Some(came) = ready!(self.poll_raw(call, context)) else {
                self.succeed(call);
                return Poll::Ready(None);
            };
            let Event { id, name, data } = match came {
                Ok(event) => event,
                Err(error) => return Poll::Ready(Some(Err(error))),
            };
            let http = HttpResponse {
                body: data.into(),
                ..self.head.clone()
            };
            let attempt = self.course.attempt();
            match decode::<Document<T>>(call, http, &Observed::default(), attempt) {
                Ok((response, _)) => {
                    // An event without data is none.
                    let Some(response) = response.transpose(|document| document.0) else {
                        continue;
                    };
                    self.succeed(call);
                    let event = StreamEvent { id, name, response };
                    return Poll::Ready(Some(Ok(event)));
                }
                Err(error) => return Poll::Ready(Some(Err(error))),
            }
        }
    }

    /// Settles the account of the call, once.
    fn succeed(&mut self, call: &Call<ServiceClient>) {
        if !std::mem::replace(&mut self.has_given, true) {
            self.course.succeed(call.client.config.settings());
        }
    }

    /// The next event as it came.
    fn poll_raw(
        &mut self,
        call: &Call<ServiceClient>,
        context: &mut Context<'_>,
    ) -> Poll<Option<Result<Event, Error>>> {
        loop {
            if let Some(event) = self.pieces.next_event() {
                return Poll::Ready(Some(Ok(event)));
            }
            if let Some(error) = self.broken.take() {
                return Poll::Ready(Some(Err(error)));
            }
            let Some(body) = &mut self.body else {
                return Poll::Ready(None);
            };
            let taken = match ready!(body.as_mut().poll_next(context)) {
                Some(Ok(piece)) => self.pieces.push(&piece),
                Some(Err(error)) => {
                    self.end(Some(self.broken_off(call, error)));
                    continue;
                }
                None => {
                    self.end(None);
                    self.pieces.finish()
                }
            };
            if let Err(why) = taken {
                let head = self.head.clone();
                self.end(Some(Error::undecodable(&call.operation, head, None, why)));
            }
        }
    }

    fn end(&mut self, broken: Option<Error>) {
        self.body = None;
        self.broken = broken;
    }

    fn broken_off(&self, call: &Call<ServiceClient>, error: TransportError) -> Error {
        Error::transport(&call.operation, error.after(self.head.clone()))
    }
}
