//! A clock that a test moves.

use std::future::ready;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, SystemTime};

use crate::time::{Clock, Sleep, SleepFuture};

/// A clock that stands still until it is moved, or until somebody sleeps by it: sleeping takes no time and moves the clock.
/// Clones are the same clock. Give it to the configuration as its clock and as its sleep.
#[derive(Clone, Debug)]
pub struct ManualClock(Arc<Mutex<State>>);

#[derive(Debug)]
struct State {
    now: SystemTime,
    passed: Duration,
    sleeps: Vec<Duration>,
}

impl ManualClock {
    /// A clock that shows that time.
    #[must_use]
    pub fn new(now: SystemTime) -> Self {
        Self(Arc::new(Mutex::new(State {
            now,
            passed: Duration::ZERO,
            sleeps: Vec::new(),
        })))
    }

    fn state(&self) -> MutexGuard<'_, State> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Lets time pass; what people see stands still where there is no later time.
    pub fn advance(&self, duration: Duration) {
        let mut state = self.state();
        state.now = state.now.checked_add(duration).unwrap_or(state.now);
        state.passed = state.passed.saturating_add(duration);
    }

    /// Sets the time people see, as an administrator does; what measures durations does not notice.
    pub fn set(&self, now: SystemTime) {
        self.state().now = now;
    }

    /// How long everybody slept, in order.
    #[must_use]
    pub fn sleeps(&self) -> Vec<Duration> {
        self.state().sleeps.clone()
    }
}

impl Clock for ManualClock {
    fn now(&self) -> SystemTime {
        self.state().now
    }

    fn monotonic(&self) -> Duration {
        self.state().passed
    }
}

impl Sleep for ManualClock {
    fn sleep(&self, duration: Duration) -> SleepFuture {
        self.advance(duration);
        self.state().sleeps.push(duration);
        Box::pin(ready(()))
    }
}
