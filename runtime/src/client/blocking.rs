//! A face without async: `block()` runs what would be awaited and returns what it would give.
//!
//! One thread, started when it is first needed, runs a tokio runtime for all of it; the calling thread sleeps meanwhile. The
//! default transport has connections of their own for each runtime, so nothing that the calling thread would have to drive
//! is waited for: `block()` works in programs without a runtime, and in one with a runtime it does no harm but that of
//! blocking.

use std::future::{Future, IntoFuture};
use std::io;
use std::sync::{Mutex, PoisonError, mpsc};
use std::thread;

use tokio::runtime::{Builder, Handle, Runtime};

use super::{EventStream, Items, Pages, Sending, StreamEvent, Wait, WaitError};
use crate::decode::{Answer, Decode};
use crate::error::Error;
use crate::response::Response;

/// The runtime of the thread, once that has started, and the process it belongs to.
static RUNTIME: Mutex<Option<(u32, Handle)>> = Mutex::new(None);

/// The runtime of the thread, which is started where none runs. That it could not be started before is no reason not to
/// try again; and a process that was forked off has none of the threads of its parent.
fn runtime() -> io::Result<Handle> {
    let mut running = RUNTIME.lock().unwrap_or_else(PoisonError::into_inner);
    let process = std::process::id();
    match &*running {
        Some((owner, handle)) if *owner == process => Ok(handle.clone()),
        _ => {
            let runtime = new_runtime()?;
            let handle = runtime.handle().clone();
            new_thread().spawn(move || runtime.block_on(std::future::pending::<()>()))?;
            *running = Some((process, handle.clone()));
            Ok(handle)
        }
    }
}

fn new_runtime() -> io::Result<Runtime> {
    Builder::new_current_thread().enable_all().build()
}

/// What the threads of this module are called.
const NAME: &str = "alicloud-blocking";

fn new_thread() -> thread::Builder {
    thread::Builder::new().name(NAME.into())
}

/// Runs a future to its end; the error is why it could not be run.
fn run<F>(future: F) -> Result<F::Output, String>
where
    F: Future + Send + 'static,
    F::Output: Send,
{
    let text = |error: io::Error| error.to_string();
    let panicked = || "the call panicked".to_owned();
    if thread::current().name() == Some(NAME) {
        // An interceptor or a provider makes a call of its own: the thread cannot wait for itself.
        let runtime = new_runtime().map_err(text)?;
        let nested = new_thread().spawn(move || runtime.block_on(future));
        return nested.map_err(text)?.join().map_err(|_| panicked());
    }
    let (sender, receiver) = mpsc::sync_channel(1);
    runtime().map_err(text)?.spawn(async move {
        let _ = sender.send(future.await);
    });
    receiver.recv().map_err(|_| panicked())
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
