//! From a call to its answer: check, sign, send, and again where that can help.

use std::borrow::Cow;
use std::future::{Future, poll_fn};
use std::pin::Pin;
use std::sync::Arc;
use std::task::Poll;
use std::time::Duration;

use super::course::Course;
use super::intercept::{Answered, Outgoing};
use super::judge::judge_status;
use super::open::open;
use super::{Call, ServiceClient, length, observe, region};
use crate::config::Settings;
use crate::credentials::Credentials;
use crate::endpoint::Endpoint;
use crate::error::Error;
use crate::operation::{Effect, check};
use crate::params::Params;
use crate::request::{SignedRequest, SigningInput, sign};
use crate::retry::RateGovernor;
use crate::time::{SleepFuture, timestamp};
use crate::transport::{Body, Headers, HttpResponse};

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
    note(call, &course, &error);
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
                note(&call, &course, &error);
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

/// Tells whoever listens that an attempt failed.
pub(super) fn note(call: &Call<ServiceClient>, course: &Course, error: &Error) {
    observe::attempt_failed(course.attempt(), course.delay, error);
    if let Some(governor) = call.client.config.settings().governor.as_deref() {
        let now = call.client.config.settings().context.clock.monotonic();
        if error.is_throttling() {
            governor.throttled(&call.operation.name, now);
        }
    }
}

/// One attempt.
async fn attempt(
    call: &Call<ServiceClient>,
    course: &mut Course,
) -> Result<(HttpResponse, Option<Body>), Error> {
    queue(call, course).await?;
    let settings = call.client.config.settings();
    course.credentials = credentials(call, course).await?;
    let signed = prepare(call, course.credentials.as_ref(), course)?;
    signed.http.host().clone_into(&mut course.host);
    let (answered, body) = if course.streams {
        Box::pin(open(settings, signed.http, attempt_timeout(call))).await
    } else {
        (settings.context.transport.send(signed.http).await, None)
    };
    if let Ok(http) = &answered {
        for interceptor in &settings.interceptors {
            interceptor.after_answer(&Answered {
                operation: &call.operation,
                attempt: course.attempt(),
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
        Some(Ok(found)) => Ok(Some(found)),
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

/// Lays the request out and signs it.
pub(super) fn prepare(
    call: &Call<ServiceClient>,
    credentials: Option<&Credentials>,
    course: &Course,
) -> Result<SignedRequest, Error> {
    let (service, operation, options) = (&*call.client.service, &*call.operation, call.options());
    let settings = call.client.config.settings();
    let endpoint = endpoint(call)?;
    let nonce = settings
        .context
        .nonces
        .nonce()
        .map_err(|why| Error::not_sent(operation, format!("no nonce: {why}")))?;
    let remaining = course.remaining(settings);
    if remaining.is_zero() {
        return Err(Error::not_sent(operation, "the call's deadline has passed"));
    }
    let added = intercept(call, course)?;
    let (headers, params) = added
        .as_ref()
        .map_or((&options.headers, &options.params), |(headers, params)| {
            (headers, params)
        });
    let input = SigningInput {
        service,
        operation,
        params: &call.params,
        extra_params: params,
        extra_headers: headers,
        endpoint: &endpoint,
        method: options.method,
        signature: settings.signature,
        format: settings.format,
        placement: settings.placement,
        credentials,
        timestamp: &timestamp(settings.skew.correct(settings.context.clock.now())),
        nonce: &nonce,
        user_agent: &settings.user_agent,
        timeout: attempt_timeout(call).min(remaining),
        retry: course.retry(),
    };
    let signed = sign(&input).map_err(|why| Error::unsendable(operation, why))?;
    match length::too_long(call, &signed) {
        Some(why) => Err(Error::invalid_because(operation, why)),
        None => Ok(signed),
    }
}

/// How long one attempt may take.
fn attempt_timeout(call: &Call<ServiceClient>) -> Duration {
    let own = call.options().attempt_timeout;
    own.unwrap_or_else(|| call.client.config.settings().attempt_timeout)
}

/// Where the call goes: an endpoint set by hand, or what the spec says.
fn endpoint(call: &Call<ServiceClient>) -> Result<Cow<'_, Endpoint>, Error> {
    let (service, settings) = (&*call.client.service, call.client.config.settings());
    let set = call.options().endpoint.as_ref();
    let set = set.or_else(|| settings.endpoint(&service.product));
    let endpoint = match set {
        Some(set) => Cow::Borrowed(set),
        None => Endpoint::of(service, settings.region.as_deref(), settings.vpc)
            .map(Cow::Owned)
            .ok_or_else(|| {
                let why = "no endpoint is known: set a region or an endpoint";
                Error::not_sent(&call.operation, why)
            })?,
    };
    if endpoint.is_trusted() || settings.insecure {
        Ok(endpoint)
    } else {
        let why = format!(
            "{endpoint} is plain http to another machine: use https, or allow it in the configuration"
        );
        Err(Error::invalid_because(&call.operation, why))
    }
}

/// What interceptors add; `None` when there are none.
fn intercept(
    call: &Call<ServiceClient>,
    course: &Course,
) -> Result<Option<(Headers, Params)>, Error> {
    let interceptors = &call.client.config.settings().interceptors;
    if interceptors.is_empty() {
        return Ok(None);
    }
    let mut outgoing = Outgoing {
        operation: &call.operation,
        params: &call.params,
        attempt: course.attempt(),
        headers: call.options().headers.clone(),
        extra: call.options().params.clone(),
    };
    for interceptor in interceptors {
        interceptor
            .before_sign(&mut outgoing)
            .map_err(|why| Error::invalid_because(&call.operation, why))?;
    }
    Ok(Some((outgoing.headers, outgoing.extra)))
}
