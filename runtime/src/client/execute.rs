//! From a call to its answer: check, sign, send, sort out what came back.

use std::borrow::Cow;
use std::sync::Arc;

use super::{Call, ServiceClient};
use crate::credentials::{Credentials, CredentialsError};
use crate::decode::{self, Decode as _, ErrorBody, Observed, Reader};
use crate::endpoint::Endpoint;
use crate::error::Error;
use crate::operation::{SuccessRule, check};
use crate::request::{SignedRequest, SigningInput, sign};
use crate::response::Response;
use crate::time::timestamp;
use crate::transport::{HttpResponse, TransportError, TransportFuture};

/// An answer with a good status, not decoded yet.
pub(super) struct Answer(HttpResponse);

/// Where every request ID may stand in an answer.
const REQUEST_ID: [&str; 3] = ["RequestId", "requestId", "request_id"];

/// Runs a call up to the answer's bytes. What is awaited is kept small: the future lives on the heap.
pub(super) async fn execute(call: Arc<Call<ServiceClient>>) -> Result<Answer, Error> {
    check(&call)?;
    let settings = call.client.config.settings();
    let credentials = if call.operation.anonymous {
        None
    } else {
        Some(settings.credentials.credentials(&settings.context).await)
    };
    let exchange = start(&call, credentials.transpose())?;
    judge_status(&call, exchange.await)
}

fn check(call: &Call<ServiceClient>) -> Result<(), Error> {
    if !call
        .options
        .checks
        .unwrap_or(call.client.config.settings().checks)
    {
        return Ok(());
    }
    let violations = check::check(call.operation, &call.params);
    if violations.is_empty() {
        Ok(())
    } else {
        Err(Error::invalid(call.operation, violations))
    }
}

/// Signs the call and hands it to the transport.
fn start(
    call: &Call<ServiceClient>,
    credentials: Result<Option<Credentials>, CredentialsError>,
) -> Result<TransportFuture, Error> {
    let credentials = credentials.map_err(|why| Error::credentials(call.operation, why))?;
    let signed = prepare(call, credentials.as_ref())?;
    Ok(call
        .client
        .config
        .settings()
        .context
        .transport
        .send(signed.http))
}

fn prepare(
    call: &Call<ServiceClient>,
    credentials: Option<&Credentials>,
) -> Result<SignedRequest, Error> {
    let (service, operation, options) = (call.client.service, call.operation, &call.options);
    let settings = call.client.config.settings();
    let endpoint = match options.endpoint.as_ref().or(settings.endpoint.as_ref()) {
        Some(set) => Cow::Borrowed(set),
        None => Endpoint::of(service, settings.region.as_deref(), settings.vpc)
            .map(Cow::Owned)
            .ok_or_else(|| {
                Error::not_sent(
                    operation,
                    "no endpoint is known: set a region or an endpoint",
                )
            })?,
    };
    let nonce = settings
        .context
        .nonces
        .nonce()
        .map_err(|why| Error::not_sent(operation, format!("no nonce: {why}")))?;
    let input = SigningInput {
        service,
        operation,
        params: &call.params,
        extra_params: &options.params,
        extra_headers: &options.headers,
        endpoint: &endpoint,
        method: options.method,
        signature: settings.signature,
        format: settings.format,
        placement: settings.placement,
        credentials,
        timestamp: &timestamp(settings.context.clock.now()),
        nonce: &nonce,
        user_agent: &settings.user_agent,
        timeout: options.timeout.unwrap_or(settings.timeout),
        retry: None,
    };
    sign(&input).map_err(|why| Error::unsendable(operation, why))
}

/// Sorts answers by status.
fn judge_status(
    call: &Call<ServiceClient>,
    answered: Result<HttpResponse, TransportError>,
) -> Result<Answer, Error> {
    let http = answered.map_err(|why| Error::transport(call.operation, why))?;
    if (200..300).contains(&http.status) {
        return Ok(Answer(http));
    }
    let body = error_body(&http);
    Err(Error::service(
        call.client.service,
        call.operation,
        http,
        body,
    ))
}

/// What an error answer says; nothing, when its body is no error document.
fn error_body(http: &HttpResponse) -> ErrorBody {
    let read = decode::with_body(&http.body, |source| {
        ErrorBody::decode(&mut Reader::new(source))
    });
    let mut body = read.ok().flatten().flatten().unwrap_or_default();
    body.message = body.message.map(without_parameters);
    body
}

/// What stands before the text a signature error was computed over.
const STRING_TO_SIGN: &str = "string to sign is:";

/// A V1 string to sign holds every parameter, passwords included; the V3 one holds a hash and may stay. The whole message
/// is in the raw body.
fn without_parameters(message: String) -> String {
    match message.split_once(STRING_TO_SIGN) {
        Some((before, text)) if !text.trim_start().starts_with("ACS3-") => {
            format!("{before}{STRING_TO_SIGN} [redacted]")
        }
        _ => message,
    }
}

/// Decodes an answer and asks the success rules whether it is one.
pub(super) fn decode<T: decode::Answer>(
    call: &Call<ServiceClient>,
    answer: Answer,
) -> Result<Response<T>, Error> {
    let mut observed = watch(&call.operation.success);
    let read = T::read(&answer.0.body, &mut observed);
    let request_id = REQUEST_ID
        .into_iter()
        .find_map(|name| observed.get(name))
        .map(str::to_owned);
    match read {
        Ok((typed, misfits)) => {
            let http = judge(call, answer, &observed, request_id.as_deref())?;
            Ok(Response::decoded(typed, http, request_id, misfits))
        }
        Err(why) => Err(Error::undecodable(
            call.operation,
            answer.0,
            request_id,
            why,
        )),
    }
}

/// Watches for the request ID and for all that the success rules name.
fn watch(rules: &[SuccessRule]) -> Observed {
    let mut observed = Observed::with_capacity(REQUEST_ID.len() + rules.len() * 4);
    REQUEST_ID
        .into_iter()
        .for_each(|path| observed.watch(Cow::Borrowed(path)));
    for rule in rules {
        let named = [
            Some(&rule.field),
            rule.code.as_ref(),
            rule.message.as_ref(),
            rule.fill.as_ref(),
        ];
        named
            .into_iter()
            .flatten()
            .for_each(|path| observed.watch(path.clone()));
    }
    observed
}

/// Asks the success rules. The part of decoding that does not depend on the type of the answer.
fn judge(
    call: &Call<ServiceClient>,
    Answer(http): Answer,
    observed: &Observed,
    request_id: Option<&str>,
) -> Result<HttpResponse, Error> {
    match call
        .operation
        .success
        .iter()
        .find(|rule| fails(rule, observed))
    {
        None => Ok(http),
        Some(rule) => {
            let body = failure(rule, observed, request_id.map(str::to_owned));
            Err(Error::business(
                call.client.service,
                call.operation,
                http,
                body,
            ))
        }
    }
}

fn fails(rule: &SuccessRule, observed: &Observed) -> bool {
    let value = observed.get(&rule.field).map(str::trim);
    value.is_some_and(|value| {
        rule.failed
            .iter()
            .any(|failed| value.eq_ignore_ascii_case(failed))
    })
}

/// The error document of a business failure, put together from the fields the rule names.
fn failure(rule: &SuccessRule, observed: &Observed, request_id: Option<String>) -> ErrorBody {
    let get = |field: &Option<Cow<'static, str>>| {
        let value = observed.get(field.as_ref()?)?;
        Some(value.to_owned()).filter(|value| !value.is_empty())
    };
    let fill = get(&rule.fill);
    let message = get(&rule.message).map(|message| match &fill {
        Some(fill) => message.replace("%s", fill),
        None => message,
    });
    ErrorBody {
        code: get(&rule.code),
        message,
        request_id,
        ..ErrorBody::default()
    }
}
