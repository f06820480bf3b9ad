//! A call under way.

use std::future::Future;
use std::marker::PhantomData;
use std::pin::Pin;
use std::sync::Arc;
use std::task::{Context, Poll, ready};

use super::execute::{self, decode, execute};
use super::{Call, ServiceClient};
use crate::decode::Answer;
use crate::error::Error;
use crate::response::Response;

/// A call under way: await it for the typed answer. Dropping it abandons the call.
#[must_use = "a call is sent only when it is awaited"]
pub struct Sending<T> {
    call: Arc<Call<ServiceClient>>,
    exchange: Pin<Box<dyn Future<Output = Result<execute::Answer, Error>> + Send>>,
    answer: PhantomData<fn() -> T>,
}

impl<T> Sending<T> {
    pub(super) fn new(call: Arc<Call<ServiceClient>>) -> Self {
        let exchange = Box::pin(execute(Arc::clone(&call)));
        Self {
            call,
            exchange,
            answer: PhantomData,
        }
    }
}

impl<T: Answer> Future for Sending<T> {
    type Output = Result<Response<T>, Error>;

    fn poll(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Self::Output> {
        let answer = ready!(self.exchange.as_mut().poll(context));
        Poll::Ready(answer.and_then(|answer| decode(&self.call, answer)))
    }
}
