//! Streams of events: each is decoded and judged as it comes, while the service is still at work on the next.
//!
//! Until the first event the call is like any other: it is signed, retried and given up by the same rules. From then on
//! nothing is repeated, since the caller has seen a part of the answer. A stream may last as long as it will; what is
//! limited is its silence.

mod reading;

use std::fmt;
use std::future::poll_fn;
use std::marker::PhantomData;
use std::ops::Deref;
use std::pin::Pin;
use std::sync::Arc;
use std::task::{Context, Poll, ready};

use futures_core::Stream;

use self::reading::Reading;
use super::course::Course;
use super::execute::{Exchange, again, exchange, note};
use super::observe::Span;
use super::{Call, ServiceClient};
use crate::decode::Decode;
use crate::error::Error;
use crate::response::Response;
use crate::transport::HttpResponse;

/// The events of an answer, as a stream that gives each as soon as it is there. Nothing is sent before it is polled;
/// dropping it ends the exchange.
///
/// The time limit of an attempt holds up to the headers of the answer, and then for each silence within it; that of the call
/// says until when there may be another attempt, which there is only before the first event. After an error the stream is
/// over.
#[must_use = "events are asked for only when the stream is polled"]
pub struct EventStream<T> {
    call: Arc<Call<ServiceClient>>,
    span: Span,
    state: State,
    answer: PhantomData<fn() -> T>,
}

enum State {
    /// No answer has begun.
    Opening(Exchange),
    Reading(Box<Reading>),
    Over,
}

impl<T> EventStream<T> {
    /// The events of an answer to a call that has its token.
    pub(super) fn new(call: Arc<Call<ServiceClient>>, span: Span) -> Self {
        let course = Course::of_stream(&call);
        Self {
            state: State::Opening(exchange(&call, course)),
            call,
            span,
            answer: PhantomData,
        }
    }

    /// The status and the headers of the answer, once it has begun and until it is over.
    #[must_use]
    pub fn head(&self) -> Option<&HttpResponse> {
        match &self.state {
            State::Reading(reading) => Some(reading.head()),
            State::Opening(_) | State::Over => None,
        }
    }
}

impl<T: Decode> EventStream<T> {
    /// The next event; `None` at the end.
    pub async fn next(&mut self) -> Option<Result<StreamEvent<T>, Error>> {
        poll_fn(|context| self.poll_event(context)).await
    }

    fn poll_event(
        &mut self,
        context: &mut Context<'_>,
    ) -> Poll<Option<Result<StreamEvent<T>, Error>>> {
        let span = self.span.clone();
        span.within(|| {
            loop {
                let event = match &mut self.state {
                    State::Over => return Poll::Ready(None),
                    State::Opening(exchange) => match ready!(exchange.as_mut().poll(context)) {
                        Ok(answer) => {
                            let reading = Reading::new(&self.call, answer);
                            let redactor = || reading.redactor(&self.call);
                            self.span.succeeded(&reading.begun(), redactor);
                            self.state = State::Reading(Box::new(reading));
                            continue;
                        }
                        Err(error) => return Poll::Ready(Some(Err(self.end(error)))),
                    },
                    State::Reading(reading) => ready!(reading.poll_event(&self.call, context)),
                };
                match event {
                    Some(Ok(event)) => return Poll::Ready(Some(Ok(event))),
                    Some(Err(error)) => {
                        if let Err(error) = self.failed(error) {
                            return Poll::Ready(Some(Err(self.end(error))));
                        }
                    }
                    None => self.state = State::Over,
                }
            }
        })
    }

    /// Asks again after a failure, where that can help and nobody has seen anything yet.
    fn failed(&mut self, error: Error) -> Result<(), Error> {
        let State::Reading(reading) = std::mem::replace(&mut self.state, State::Over) else {
            return Err(error);
        };
        let has_given = reading.has_given();
        let mut course = reading.into_course();
        if has_given {
            let error = note(&self.call, &course, error);
            return Err(course.end(error));
        }
        self.state = State::Opening(again(&self.call, course, error)?);
        Ok(())
    }

    fn end(&mut self, error: Error) -> Error {
        self.state = State::Over;
        self.span.failed(&error);
        error
    }
}

impl<T: Decode> Stream for EventStream<T> {
    type Item = Result<StreamEvent<T>, Error>;

    fn poll_next(self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        self.get_mut().poll_event(context)
    }
}

impl<T> fmt::Debug for EventStream<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("EventStream")
            .field("call", &self.call)
            .field("head", &self.head())
            .finish_non_exhaustive()
    }
}

/// An event of a stream. It derefs to the response it is by itself, and so to its typed data.
#[derive(Clone)]
pub struct StreamEvent<T> {
    id: Option<String>,
    name: Option<String>,
    response: Response<T>,
}

impl<T> StreamEvent<T> {
    /// The last ID the stream gave: this event's, or else that of one before.
    #[must_use]
    pub fn id(&self) -> Option<&str> {
        self.id.as_deref()
    }

    /// What kind of event it is, when the stream says so.
    #[must_use]
    pub fn name(&self) -> Option<&str> {
        self.name.as_deref()
    }

    /// The typed data alone.
    pub fn into_inner(self) -> T {
        self.response.into_inner()
    }
}

impl<T> Deref for StreamEvent<T> {
    type Target = Response<T>;

    fn deref(&self) -> &Response<T> {
        &self.response
    }
}

impl<T: fmt::Debug> fmt::Debug for StreamEvent<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("StreamEvent")
            .field("id", &self.id)
            .field("name", &self.name)
            .field("response", &self.response)
            .finish()
    }
}
