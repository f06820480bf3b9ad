//! Waiters: asking again and again until something has reached a state.
//!
//! What to ask, which field tells the state and which states end the waiting are in the spec. Asking is an ordinary call,
//! with its retries; an answer without the field, or with a state nobody lists, means that it is not over yet.

use std::future::{Future, IntoFuture};
use std::marker::PhantomData;
use std::pin::Pin;
use std::time::Duration;

use super::course::Course;
use super::secrets::redactor;
use super::sending::Sending;
use super::{Call, ServiceClient};
use crate::decode::{Answer, Observed};
use crate::error::Error;
use crate::operation::Waiter;
use crate::response::Response;
use crate::retry::{random, times};

/// How much longer each pause is than the one before.
const GROWTH: f64 = 1.5;
/// How many times the first pause the longest one is.
const LONGEST: u32 = 6;

/// A wait that has not begun: await it for the answer that ended it.
#[must_use = "nothing is asked before this is awaited"]
pub struct Wait<T> {
    call: Call<ServiceClient>,
    waiter: &'static Waiter,
    interval: Duration,
    deadline: Duration,
    answer: PhantomData<fn() -> T>,
}

impl<T> Wait<T> {
    pub(super) fn new(call: Call<ServiceClient>, waiter: &'static Waiter) -> Self {
        Self {
            call,
            waiter,
            interval: waiter.interval,
            deadline: waiter.deadline,
            answer: PhantomData,
        }
    }

    /// How long to pause after the first question. Later pauses grow up to six times that; each is a little off at random.
    pub fn with_interval(mut self, interval: Duration) -> Self {
        self.interval = interval;
        self
    }

    /// How long to go on asking.
    pub fn with_deadline(mut self, deadline: Duration) -> Self {
        self.deadline = deadline;
        self
    }
}

/// Why a wait ended without the state that was wanted.
#[derive(Debug)]
#[non_exhaustive]
pub enum WaitError<T> {
    /// The state is one after which the wanted ones cannot come any more.
    Failed {
        /// The waiter's name.
        waiter: &'static Waiter,
        /// The state.
        state: String,
        /// The whole answer.
        answer: Box<Response<T>>,
    },
    /// The deadline passed.
    TimedOut {
        /// The waiter's name.
        waiter: &'static Waiter,
        /// The last state that was seen.
        state: Option<String>,
        /// How long it took.
        waited: Duration,
    },
    /// Asking failed.
    Call(Error),
}

impl<T> WaitError<T> {
    /// The last state that was seen, if one was.
    #[must_use]
    pub fn state(&self) -> Option<&str> {
        match self {
            Self::Failed { state, .. } => Some(state),
            Self::TimedOut { state, .. } => state.as_deref(),
            Self::Call(_) => None,
        }
    }
}

impl<T> std::fmt::Display for WaitError<T> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Failed {
                waiter,
                state,
                answer,
            } => {
                write!(
                    f,
                    "waiting for {} failed: {} is \"{state}\"",
                    waiter.name, waiter.field
                )?;
                match answer.request_id() {
                    Some(id) => write!(f, " (request ID {id})"),
                    None => Ok(()),
                }
            }
            Self::TimedOut {
                waiter,
                state,
                waited,
            } => write!(
                f,
                "waiting for {} took longer than {waited:?}: {} was \"{}\" at last",
                waiter.name,
                waiter.field,
                state.as_deref().unwrap_or("unknown")
            ),
            Self::Call(error) => error.fmt(f),
        }
    }
}

impl<T: std::fmt::Debug> std::error::Error for WaitError<T> {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        match self {
            Self::Call(error) => std::error::Error::source(error),
            _ => None,
        }
    }
}

impl<T> From<Error> for WaitError<T> {
    fn from(error: Error) -> Self {
        Self::Call(error)
    }
}

impl<T: Answer + Send + 'static> IntoFuture for Wait<T> {
    type Output = Result<Response<T>, WaitError<T>>;
    type IntoFuture = Pin<Box<dyn Future<Output = Self::Output> + Send>>;

    fn into_future(self) -> Self::IntoFuture {
        Box::pin(run(self))
    }
}

async fn run<T: Answer>(wait: Wait<T>) -> Result<Response<T>, WaitError<T>> {
    let config = wait.call.client.config.clone();
    let settings = config.settings();
    let started = settings.context.clock.monotonic();
    let mut pause = wait.interval;
    loop {
        let (mut response, state, course) = ask(wait.call.clone(), wait.waiter).await?;
        let is = |listed: &[std::borrow::Cow<'static, str>]| {
            let state = state.as_deref().map(str::trim);
            state.is_some_and(|state| listed.iter().any(|value| value.eq_ignore_ascii_case(state)))
        };
        if is(&wait.waiter.wanted) {
            return Ok(response);
        }
        if is(&wait.waiter.failed) {
            let redactor = redactor(&wait.call, &course);
            response.show_request_id(&redactor);
            return Err(WaitError::Failed {
                waiter: wait.waiter,
                state: redactor.show(&state.unwrap_or_default()),
                answer: Box::new(response),
            });
        }
        let waited = settings.context.clock.monotonic().saturating_sub(started);
        let left = wait.deadline.saturating_sub(waited);
        if left.is_zero() {
            return Err(WaitError::TimedOut {
                waiter: wait.waiter,
                state: state.map(|state| redactor(&wait.call, &course).show(&state)),
                waited,
            });
        }
        // The last question is asked when the time is over.
        settings.sleep.sleep(jittered(pause).min(left)).await;
        pause = times(pause, GROWTH).min(wait.interval.saturating_mul(LONGEST));
    }
}

/// Asks once: the answer, and the state it tells.
async fn ask<T: Answer>(
    call: Call<ServiceClient>,
    waiter: &'static Waiter,
) -> Result<(Response<T>, Option<String>, Course), Error> {
    let mut observed = Observed::default();
    observed.watch(waiter.field.clone());
    let mut sending = Sending::<T>::observing(call, observed);
    let (response, observed, course) =
        std::future::poll_fn(|context| sending.poll_observed(context)).await?;
    let state = observed.get(&waiter.field).map(ToOwned::to_owned);
    Ok((response, state, course))
}

/// A pause that is up to a tenth shorter or longer, so that many waiters do not ask at once.
fn jittered(pause: Duration) -> Duration {
    times(pause, 0.9 + 0.2 * random())
}
