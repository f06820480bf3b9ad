//! A call under way.

use std::future::Future;
use std::marker::PhantomData;
use std::pin::Pin;
use std::sync::Arc;
use std::task::{Context, Poll, ready};

use super::course::{Course, give_token};
use super::execute::{self, Exchange, again, exchange};
use super::judge::decode;
use super::observe::Span;
use super::secrets::redactor;
use super::{Call, EventStream, ServiceClient};
use crate::decode::{Answer, Events, Observed};
use crate::error::Error;
use crate::response::Response;

/// A call under way: await it for the typed answer. Dropping it abandons the call.
#[must_use = "a call is sent only when it is awaited"]
pub struct Sending<T> {
    call: Arc<Call<ServiceClient>>,
    exchange: Exchange,
    observed: Observed,
    span: Span,
    answer: PhantomData<fn() -> T>,
}

/// What became of a call whose answer was watched.
type Outcome<T> = Result<(Response<T>, Observed, Course), Error>;

impl<T> Sending<T> {
    pub(super) fn new(call: Call<ServiceClient>) -> Self {
        Self::observing(call, Observed::default())
    }

    /// Also picks up from the answer what is watched for.
    pub(super) fn observing(mut call: Call<ServiceClient>, observed: Observed) -> Self {
        give_token(&mut call);
        let call = Arc::new(call);
        let course = Course::new(&call);
        Self {
            exchange: exchange(&call, course),
            observed,
            span: Span::of(&call),
            call,
            answer: PhantomData,
        }
    }
}

impl<T> Sending<Events<T>> {
    /// Sends the call and gives each event of the answer as it comes, where awaiting the call gives all of them at the end.
    pub fn events(self) -> EventStream<T> {
        EventStream::new(self.call, self.span)
    }
}

impl<T: Answer> Sending<T> {
    /// Polls for the answer together with what was watched for, and with the course the call took.
    pub(super) fn poll_observed(&mut self, context: &mut Context<'_>) -> Poll<Outcome<T>> {
        let span = self.span.clone();
        span.within(|| {
            loop {
                let answered = ready!(self.exchange.as_mut().poll(context));
                let (answer, course) = match answered {
                    Ok(execute::Answer { http, course, .. }) => (http, course),
                    Err(error) => {
                        self.span.failed(&error);
                        return Poll::Ready(Err(error));
                    }
                };
                let error = match decode(&self.call, answer, &self.observed, course.attempt()) {
                    Ok((response, observed)) => {
                        course.succeed(self.call.client.config.settings());
                        let redactor = || redactor(&self.call, &course);
                        self.span.succeeded(&response, redactor);
                        return Poll::Ready(Ok((response, observed, course)));
                    }
                    Err(error) => error,
                };
                // An answer that turned out to be a failure may be worth asking for again.
                match again(&self.call, course, error) {
                    Ok(exchange) => self.exchange = exchange,
                    Err(error) => {
                        self.span.failed(&error);
                        return Poll::Ready(Err(error));
                    }
                }
            }
        })
    }
}

impl<T: Answer> Future for Sending<T> {
    type Output = Result<Response<T>, Error>;

    fn poll(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Self::Output> {
        let answered = ready!(self.poll_observed(context));
        Poll::Ready(answered.map(|(response, ..)| response))
    }
}
