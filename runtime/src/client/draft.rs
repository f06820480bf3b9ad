//! A request before it is signed: where it goes, what is drawn anew for each attempt, what interceptors add.

use std::borrow::Cow;
use std::time::Duration;

use super::course::Course;
use super::intercept::Outgoing;
use super::{Call, ServiceClient, length};
use crate::credentials::Credentials;
use crate::endpoint::Endpoint;
use crate::error::Error;
use crate::params::Params;
use crate::request::{SignedRequest, SigningInput, sign};
use crate::time::timestamp;
use crate::transport::Headers;

/// What a request is made of besides what is sent.
pub(super) struct Draft<'c> {
    endpoint: Cow<'c, Endpoint>,
    timestamp: String,
    nonce: String,
    timeout: Duration,
}

/// What is sent, and on whose behalf.
pub(super) struct Sent<'s> {
    pub(super) credentials: Option<&'s Credentials>,
    pub(super) params: &'s Params,
    pub(super) extra_params: &'s Params,
    pub(super) extra_headers: &'s Headers,
}

impl<'s> Sent<'s> {
    /// What the caller gave, and what interceptors made of it.
    pub(super) fn of(call: &'s Call<ServiceClient>, course: &'s Course) -> Self {
        let (options, added) = (call.options(), course.added.as_ref());
        Self {
            credentials: course.credentials.as_ref(),
            params: &call.params,
            extra_params: added.map_or(&options.params, |(_, params)| params),
            extra_headers: added.map_or(&options.headers, |(headers, _)| headers),
        }
    }
}

/// Draws the parts of a request that are new for each attempt, and lets interceptors see it.
pub(super) fn draft<'c>(
    call: &'c Call<ServiceClient>,
    course: &mut Course,
) -> Result<Draft<'c>, Error> {
    let (operation, settings) = (&*call.operation, call.client.config.settings());
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
    course.added = intercept(call, course)?;
    Ok(Draft {
        endpoint,
        timestamp: timestamp(settings.context.now()),
        nonce,
        timeout: attempt_timeout(call).min(remaining),
    })
}

impl Draft<'_> {
    /// The request, laid out and signed.
    pub(super) fn signed(
        &self,
        call: &Call<ServiceClient>,
        course: &Course,
    ) -> Result<SignedRequest, Error> {
        let signed = self.sign(call, course, &Sent::of(call, course))?;
        match length::too_long(call, &signed) {
            Some(why) => Err(Error::invalid_because(&call.operation, why)),
            None => Ok(signed),
        }
    }

    /// The same for anything that might be sent.
    pub(super) fn sign(
        &self,
        call: &Call<ServiceClient>,
        course: &Course,
        sent: &Sent<'_>,
    ) -> Result<SignedRequest, Error> {
        let (operation, settings) = (&*call.operation, call.client.config.settings());
        let input = SigningInput {
            service: &call.client.service,
            operation,
            params: sent.params,
            extra_params: sent.extra_params,
            extra_headers: sent.extra_headers,
            endpoint: &self.endpoint,
            method: call.options().method,
            signature: settings.signature,
            format: settings.format,
            placement: settings.placement,
            credentials: sent.credentials,
            timestamp: &self.timestamp,
            nonce: &self.nonce,
            user_agent: &settings.user_agent,
            timeout: self.timeout,
            retry: course.retry(),
        };
        sign(&input).map_err(|why| Error::unsendable(operation, why))
    }
}

/// How long one attempt may take.
pub(super) fn attempt_timeout(call: &Call<ServiceClient>) -> Duration {
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
        call,
        course,
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
