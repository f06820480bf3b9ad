//! From a call to its answer: check, sign, send, and again where that can help.

use std::future::{Future, poll_fn};
use std::pin::Pin;
use std::sync::Arc;
use std::task::Poll;
use std::time::Duration;

use super::course::Course;
use super::draft::{attempt_timeout, draft};
use super::intercept::Answered;
use super::judge::judge_status;
use super::open::open;
use super::secrets::redactor;
use super::{Call, ServiceClient, length, observe, region};
use crate::config::Settings;
use crate::credentials::Credentials;
use crate::error::Error;
use crate::operation::{Effect, check};
use crate::retry::RateGovernor;
use crate::time::SleepFuture;
use crate::transport::{Body, HttpResponse};

/// An answer with a good status, not decoded yet, and how it was come by.
pub(super) struct Answer {
    pub(super) http: HttpResponse,
    /// The body, where it is read while it comes.
    pub(super) body: Option<Body>,
    pub(super) course: Course,
}

/// A call under way, up to its answer.
pub(super) type Exchange = Pin<Box<dyn Future<Output = Result<Answer, Error>> + Send>>;

/// Starts a call, or goes on with one.
pub(super) fn exchange(call: &Arc<Call<ServiceClient>>, course: Course) -> Exchange {
    Box::pin(execute(Arc::clone(call), course))
}

/// Goes on with a call whose answer turned out to be a failure, or gives the final error.
pub(super) fn again(
    call: &Arc<Call<ServiceClient>>,
    mut course: Course,
    error: Error,
) -> Result<Exchange, Error> {
    let error = note(call, &course, error);
    course.fail(call, error)?;
    Ok(exchange(call, course))
}

/// Runs a call up to the answer's bytes. What is awaited is kept small: the future lives on the heap.
async fn execute(call: Arc<Call<ServiceClient>>, mut course: Course) -> Result<Answer, Error> {
    if course.is_fresh() {
        guard(&call)?;
    }
    loop {
        if !course.delay.is_zero() {
            call.client
                .config
                .settings()
                .sleep
                .sleep(course.delay)
                .await;
        }
        match attempt(&call, &mut course).await {
            Ok((http, body)) => return Ok(Answer { http, body, course }),
            Err(error) => {
                let error = note(&call, &course, error);
                course.fail(&call, error)?;
            }
        }
    }
}

/// Refuses what must not be sent at all.
pub(super) fn guard(call: &Call<ServiceClient>) -> Result<(), Error> {
    let settings = call.client.config.settings();
    if settings.read_only && call.operation.effect != Effect::Read {
        let why =
            "the configuration is read-only, and this operation is not known to change nothing";
        return Err(Error::invalid_because(&call.operation, why));
    }
    if !call.options().checks.unwrap_or(settings.checks) {
        return Ok(());
    }
    // What a caller adds by its name counts as given: it is sent.
    let added = &call.options().params;
    let violations = if added.is_empty() {
        check::check(&call.operation, &call.params)
    } else {
        let mut params = call.params.clone();
        for (name, value) in added.iter() {
            params.set(name.to_owned(), value.clone());
        }
        check::check(&call.operation, &params)
    };
    if violations.is_empty() {
        Ok(())
    } else {
        Err(Error::invalid(&call.operation, violations))
    }
}

/// Takes what the call holds secret out of the error of an attempt, and tells whoever listens that it failed.
pub(super) fn note(call: &Call<ServiceClient>, course: &Course, error: Error) -> Error {
    let error = error.shown(&redactor(call, course));
    observe::attempt_failed(course.attempt(), course.delay, &error);
    if let Some(governor) = call.client.config.settings().governor.as_deref() {
        let now = call.client.config.settings().context.clock.monotonic();
        if error.is_throttling() {
            governor.throttled(&call.operation.name, now);
        }
    }
    error
}

/// One attempt.
async fn attempt(
    call: &Call<ServiceClient>,
    course: &mut Course,
) -> Result<(HttpResponse, Option<Body>), Error> {
    queue(call, course).await?;
    course.sign_anew();
    let settings = call.client.config.settings();
    course.credentials = credentials(call, course).await?;
    let mut signed = draft(call, course)?.signed(call, course)?;
    course.signature = std::mem::take(&mut signed.signature);
    signed.http.fresh_connection = course.is_suspect();
    signed.http.host().clone_into(&mut course.host);
    let (answered, body) = if course.streams {
        Box::pin(open(settings, signed.http, attempt_timeout(call))).await
    } else {
        (settings.context.transport.send(signed.http).await, None)
    };
    if let Ok(http) = &answered {
        for interceptor in &settings.interceptors {
            interceptor.after_answer(&Answered {
                call,
                course,
                response: http,
            });
        }
    }
    let judged =
        judge_status(call, answered).map_err(|error| advised(call, &course.host, error))?;
    observe::attempt_answered(course.attempt(), course.delay, judged.status);
    if let Some(governor) = settings.governor.as_deref() {
        governor.served(&call.operation.name);
    }
    Ok((judged, body))
}

/// Adds what a caller can do about an error, where the call itself tells.
fn advised(call: &Call<ServiceClient>, host: &str, error: Error) -> Error {
    // The status says that the URL is too long.
    let advice = match error.status() {
        Some(414) => Some(format!(
            "the URL is too long for the service; {}",
            length::advice(call)
        )),
        _ if error.is_unresolved() => region::hint(call, host),
        _ => None,
    };
    match advice {
        Some(advice) => error.with_advice(advice),
        None => error,
    }
}

/// Who signs; nobody, for an anonymous operation.
pub(super) async fn credentials(
    call: &Call<ServiceClient>,
    course: &Course,
) -> Result<Option<Credentials>, Error> {
    if call.operation.anonymous {
        return Ok(None);
    }
    let settings = call.client.config.settings();
    let limit = course.remaining(settings);
    let found = settings.credentials.credentials(&settings.context);
    match within(settings, limit, found).await {
        Some(Ok(found)) => match found.checked() {
            Ok(found) => Ok(Some(found)),
            Err(why) => Err(Error::credentials(&call.operation, why)),
        },
        Some(Err(why)) => Err(Error::credentials(&call.operation, why)),
        None => Err(Error::credentials_late(&call.operation)),
    }
}

/// Waits for something, but no longer than that. What is there at once costs no timer.
async fn within<T>(
    settings: &Settings,
    limit: Duration,
    mut work: Pin<Box<dyn Future<Output = T> + Send + '_>>,
) -> Option<T> {
    let mut timer: Option<SleepFuture> = None;
    poll_fn(|context| {
        if let Poll::Ready(done) = work.as_mut().poll(context) {
            return Poll::Ready(Some(done));
        }
        let timer = timer.get_or_insert_with(|| settings.sleep.sleep(limit));
        timer.as_mut().poll(context).map(|()| None)
    })
    .await
}

/// Waits for the turn the rate governor gives.
async fn queue(call: &Call<ServiceClient>, course: &Course) -> Result<(), Error> {
    let settings = call.client.config.settings();
    let Some(governor) = settings.governor.as_deref() else {
        return Ok(());
    };
    let now = settings.context.clock.monotonic();
    match governor.book(&call.operation.name, now, course.remaining(settings)) {
        Ok(wait) if wait.is_zero() => Ok(()),
        Ok(wait) => {
            let booking = Booking {
                governor,
                operation: &call.operation.name,
                start: now.saturating_add(wait),
            };
            settings.sleep.sleep(wait).await;
            std::mem::forget(booking);
            Ok(())
        }
        Err(wait) => Err(Error::not_sent(
            &call.operation,
            format!(
                "the rate governor's turn comes in {wait:?}, which is later than the call's deadline"
            ),
        )),
    }
}

/// A start that was booked. A call that is dropped while it waits gives it back.
struct Booking<'c> {
    governor: &'c RateGovernor,
    operation: &'c str,
    start: Duration,
}

impl Drop for Booking<'_> {
    fn drop(&mut self) {
        self.governor.give_back(self.operation, self.start);
    }
}
