//! A face without async: `block()` runs what would be awaited and returns what it would give.
//!
//! One thread, started when it is first needed, runs a tokio runtime for all of it; the calling thread sleeps meanwhile. So
//! it works in programs without a runtime, and in programs with one it does no harm but that of blocking.

use std::future::{Future, IntoFuture};
use std::sync::OnceLock;
use std::sync::mpsc;

use super::{EventStream, Items, Pages, Sending, StreamEvent, Wait, WaitError};
use crate::decode::{Answer, Decode};
use crate::error::Error;
use crate::response::Response;

/// What the thread is given to run.
static RUNTIME: OnceLock<Result<tokio::runtime::Handle, String>> = OnceLock::new();

/// Starts the thread with the runtime.
fn start() -> Result<tokio::runtime::Handle, String> {
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()
        .map_err(|error| error.to_string())?;
    let handle = runtime.handle().clone();
    std::thread::Builder::new()
        .name("alicloud-blocking".into())
        .spawn(move || runtime.block_on(std::future::pending::<()>()))
        .map_err(|error| error.to_string())?;
    Ok(handle)
}

/// Runs a future to its end; the error is why it could not be run.
fn run<F>(future: F) -> Result<F::Output, String>
where
    F: Future + Send + 'static,
    F::Output: Send,
{
    let handle = RUNTIME.get_or_init(start).clone()?;
    let (sender, receiver) = mpsc::sync_channel(1);
    handle.spawn(async move {
        let _ = sender.send(future.await);
    });
    receiver.recv().map_err(|_| "the call panicked".to_owned())
}

fn unrunnable(why: String) -> Error {
    Error::not_sent(
        &crate::Operation::EMPTY,
        format!("no blocking runtime: {why}"),
    )
}

impl<T: Answer + Send + 'static> Sending<T> {
    /// Sends the call and waits for the answer. Do not use it in async code.
    ///
    /// # Errors
    ///
    /// As when it is awaited.
    pub fn block(self) -> Result<Response<T>, Error> {
        run(self).unwrap_or_else(|why| Err(unrunnable(why)))
    }
}

impl<T: Answer + Send + 'static> Wait<T> {
    /// Waits for the state. Do not use it in async code.
    ///
    /// # Errors
    ///
    /// As when it is awaited.
    pub fn block(self) -> Result<Response<T>, WaitError<T>> {
        run(self.into_future()).unwrap_or_else(|why| Err(WaitError::Call(unrunnable(why))))
    }
}

impl<T: Answer + Send + 'static> Pages<T> {
    /// The pages, one blocking call each. Do not use it in async code.
    pub fn block(self) -> impl Iterator<Item = Result<Response<T>, Error>> {
        each(self, |mut pages| async move { (pages.next().await, pages) })
    }
}

impl<T: Answer + Send + 'static, I: Send + 'static> Items<T, I> {
    /// The items, a blocking call a page. Do not use it in async code.
    pub fn block(self) -> impl Iterator<Item = Result<I, Error>> {
        let Self { pages, take, ready } = self;
        let of_page = move |page: Result<Response<T>, Error>| match page {
            Ok(page) => take(page.into_inner()).into_iter().map(Ok).collect(),
            Err(error) => vec![Err(error)],
        };
        let ready = ready.into_iter().map(Ok);
        ready.chain(pages.block().flat_map(of_page))
    }
}

impl<T: Decode + Send + 'static> EventStream<T> {
    /// The events, a blocking wait for each. Do not use it in async code.
    pub fn block(self) -> impl Iterator<Item = Result<StreamEvent<T>, Error>> {
        each(
            self,
            |mut events| async move { (events.next().await, events) },
        )
    }
}

/// What `next` takes from a stream, one blocking wait each.
fn each<S, T, F>(stream: S, next: impl Fn(S) -> F) -> impl Iterator<Item = Result<T, Error>>
where
    F: Future<Output = (Option<Result<T, Error>>, S)> + Send + 'static,
    S: Send,
    T: Send,
{
    let mut stream = Some(stream);
    std::iter::from_fn(move || {
        let (item, back) = run(next(stream.take()?)).map_or_else(
            |why| (Some(Err(unrunnable(why))), None),
            |(item, back)| (item, Some(back)),
        );
        stream = back;
        item
    })
}
