//! Work that blocks, on a thread of its own, awaited from anywhere.

use std::future::Future;
use std::pin::Pin;
use std::sync::{Arc, Mutex};
use std::task::{Context, Poll, Waker};

use super::lock;

/// Does the work on a new thread. The future gives `None` when the thread went without an outcome.
///
/// Dropping the future does not end the work, which must come to an end by itself.
pub(super) fn on_thread<T: Send + 'static>(
    name: &str,
    work: impl FnOnce() -> T + Send + 'static,
) -> std::io::Result<Outcome<T>> {
    let shared = Arc::new(Mutex::new(Shared {
        outcome: None,
        over: false,
        waker: None,
    }));
    let end = End(Arc::clone(&shared));
    std::thread::Builder::new()
        .name(name.to_owned())
        .spawn(move || {
            let outcome = work();
            lock(&end.0).outcome = Some(outcome);
        })?;
    Ok(Outcome(shared))
}

struct Shared<T> {
    outcome: Option<T>,
    /// Whether the thread has come to its end.
    over: bool,
    waker: Option<Waker>,
}

/// What the thread holds: whether the work returns or panics, dropping it wakes who waits.
struct End<T>(Arc<Mutex<Shared<T>>>);

impl<T> Drop for End<T> {
    fn drop(&mut self) {
        let mut shared = lock(&self.0);
        shared.over = true;
        let waker = shared.waker.take();
        drop(shared);
        if let Some(waker) = waker {
            waker.wake();
        }
    }
}

/// The outcome to come.
pub(super) struct Outcome<T>(Arc<Mutex<Shared<T>>>);

impl<T> Future for Outcome<T> {
    type Output = Option<T>;

    fn poll(self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Self::Output> {
        let mut shared = lock(&self.0);
        if shared.over {
            return Poll::Ready(shared.outcome.take());
        }
        shared.waker = Some(context.waker().clone());
        Poll::Pending
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::credentials::testing::block_on;

    #[test]
    fn the_outcome_arrives_whenever_it_is_there() {
        let outcome = on_thread("test", || 7).unwrap();
        assert_eq!(block_on(outcome), Some(7));
        let slow = on_thread("test", || {
            std::thread::sleep(std::time::Duration::from_millis(30));
            8
        });
        assert_eq!(block_on(slow.unwrap()), Some(8));
    }

    #[test]
    fn a_panic_is_an_end_without_an_outcome() {
        let outcome = on_thread("test", || -> i32 {
            std::panic::resume_unwind(Box::new("quietly"))
        });
        assert_eq!(block_on(outcome.unwrap()), None);
    }
}
