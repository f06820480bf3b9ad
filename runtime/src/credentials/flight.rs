//! One piece of work that many callers wait for.
//!
//! The work belongs to all who wait: whichever of them is awake drives it, and its outcome goes to each. So nobody depends
//! on the caller who began it, who may go away or fall asleep. When the last one goes, the work goes, too.
//!
//! Callers in different runtimes do not share: the network of one stands still while its thread waits for the other.

use std::collections::BTreeMap;
use std::future::Future;
use std::pin::Pin;
use std::sync::atomic::{AtomicBool, Ordering, fence};
use std::sync::{Arc, Mutex, OnceLock, TryLockError, Weak};
use std::task::{Context, Poll, Wake, Waker};

use super::lock;

/// The runtime whose network a piece of work uses.
#[cfg(any(feature = "reqwest", feature = "blocking"))]
type Home = tokio::runtime::Id;
#[cfg(not(any(feature = "reqwest", feature = "blocking")))]
type Home = std::convert::Infallible;

fn home() -> Option<Home> {
    #[cfg(any(feature = "reqwest", feature = "blocking"))]
    return tokio::runtime::Handle::try_current()
        .ok()
        .map(|handle| handle.id());
    #[cfg(not(any(feature = "reqwest", feature = "blocking")))]
    None
}

/// What is to be done.
pub(super) type Work<T> = Pin<Box<dyn Future<Output = T> + Send>>;

/// Work under way. Whoever starts it keeps a [`Weak`] of it, so that it lives as long as somebody waits.
pub(super) struct Flight<T> {
    /// The work; nothing once it is done.
    work: Mutex<Option<Work<T>>>,
    /// The outcome; `None` when the work panicked.
    done: OnceLock<Option<T>>,
    home: Option<Home>,
    waiters: Arc<Waiters>,
}

impl<T: Clone> Flight<T> {
    /// Waits for the work under way in `slot`, or begins it.
    pub(super) fn join(slot: &mut Weak<Self>, begin: impl FnOnce() -> Work<T>) -> Waiting<T> {
        let home = home();
        let under_way = slot
            .upgrade()
            .filter(|flight| flight.done.get().is_none() && flight.home == home);
        let flight = under_way.unwrap_or_else(|| {
            let flight = Arc::new(Self {
                work: Mutex::new(Some(begin())),
                done: OnceLock::new(),
                home,
                waiters: Arc::default(),
            });
            *slot = Arc::downgrade(&flight);
            flight
        });
        let id = flight.waiters.enter();
        Waiting { flight, id }
    }

    /// Whether somebody waits for work that is not done.
    pub(super) fn is_under_way(slot: &Weak<Self>) -> bool {
        slot.upgrade()
            .is_some_and(|flight| flight.done.get().is_none())
    }

    /// Drives the work a step further. `false` when another thread is at it.
    fn advance(&self) -> bool {
        let mut work = match self.work.try_lock() {
            Ok(work) => work,
            Err(TryLockError::WouldBlock) => return false,
            Err(TryLockError::Poisoned(_)) => {
                let _ = self.done.set(None);
                self.waiters.wake_all();
                return true;
            }
        };
        let Some(future) = work.as_mut() else {
            return true;
        };
        let waker = Waker::from(Arc::clone(&self.waiters));
        let step = future.as_mut().poll(&mut Context::from_waker(&waker));
        if let Poll::Ready(outcome) = step {
            *work = None;
            let _ = self.done.set(Some(outcome));
            drop(work);
            self.waiters.wake_all();
        } else {
            drop(work);
            fence(Ordering::SeqCst);
            // Somebody was woken meanwhile and found us at it: that call to wake must not be lost.
            if self.waiters.bounced.swap(false, Ordering::SeqCst) {
                self.waiters.wake_all();
            }
        }
        true
    }
}

/// One caller's wait. Gives `None` when the work panicked.
pub(super) struct Waiting<T> {
    flight: Arc<Flight<T>>,
    id: u64,
}

impl<T: Clone> Future for Waiting<T> {
    type Output = Option<T>;

    fn poll(self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Self::Output> {
        let flight = &self.flight;
        flight.waiters.register(self.id, context.waker());
        if flight.done.get().is_none() && !flight.advance() {
            flight.waiters.bounced.store(true, Ordering::SeqCst);
            fence(Ordering::SeqCst);
            // Whoever is at it looks at the mark when it stops; if it has stopped already, it is our turn.
            flight.advance();
        }
        match flight.done.get() {
            Some(outcome) => Poll::Ready(outcome.clone()),
            None => Poll::Pending,
        }
    }
}

impl<T> Drop for Waiting<T> {
    fn drop(&mut self) {
        lock(&self.flight.waiters.registry).wakers.remove(&self.id);
        if std::thread::panicking() {
            self.flight.waiters.wake_all();
        }
    }
}

/// Who is to be woken when the work can go on.
#[derive(Default)]
struct Waiters {
    registry: Mutex<Registry>,
    /// Whether somebody could not drive the work because another thread was at it.
    bounced: AtomicBool,
}

#[derive(Default)]
struct Registry {
    last: u64,
    wakers: BTreeMap<u64, Waker>,
}

impl Waiters {
    fn enter(&self) -> u64 {
        let mut registry = lock(&self.registry);
        registry.last += 1;
        registry.last
    }

    fn register(&self, id: u64, waker: &Waker) {
        let mut registry = lock(&self.registry);
        match registry.wakers.get_mut(&id) {
            Some(known) => known.clone_from(waker),
            None => {
                registry.wakers.insert(id, waker.clone());
            }
        }
    }

    fn wake_all(&self) {
        let wakers = std::mem::take(&mut lock(&self.registry).wakers);
        wakers.into_values().for_each(Waker::wake);
    }
}

impl Wake for Waiters {
    fn wake(self: Arc<Self>) {
        self.wake_all();
    }

    fn wake_by_ref(self: &Arc<Self>) {
        self.wake_all();
    }
}

#[cfg(test)]
mod tests;
