//! From a call to its answer: check, sign, send, sort out what came back.

use std::borrow::Cow;
use std::sync::Arc;

use super::{Call, ServiceClient};
use crate::decode::{
    Decode, ErrorBody, JsonSource, Malformed, Observed, Reader, Source, XmlSource,
};
use crate::endpoint::Endpoint;
use crate::error::Error;
use crate::operation::{SuccessRule, check};
use crate::request::{SignedRequest, SigningInput, sign};
use crate::response::Response;
use crate::time::timestamp;
use crate::transport::HttpResponse;

/// An answer with a good status, not decoded yet.
pub(super) struct Answer(HttpResponse);

/// Where every request ID may stand in an answer.
const REQUEST_ID: [&str; 3] = ["RequestId", "requestId", "request_id"];

/// Runs a call up to the answer's bytes.
pub(super) async fn execute(call: Arc<Call<ServiceClient>>) -> Result<Answer, Error> {
    let signed = prepare(&call).await?;
    let (service, operation) = (call.client.service, call.operation);
    let transport = &call.client.config.settings().transport;
    let http = transport
        .send(signed.http)
        .await
        .map_err(|why| Error::transport(operation, why))?;
    if (200..300).contains(&http.status) {
        return Ok(Answer(http));
    }
    let body = error_body(&http);
    Err(Error::service(service, operation, http, body))
}

/// Checks and signs a call.
async fn prepare(call: &Call<ServiceClient>) -> Result<SignedRequest, Error> {
    let (service, operation, options) = (call.client.service, call.operation, &call.options);
    let settings = call.client.config.settings();
    if options.checks.unwrap_or(settings.checks) {
        let violations = check::check(operation, &call.params);
        if !violations.is_empty() {
            return Err(Error::invalid(operation, violations));
        }
    }
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
    let provider = &settings.credentials;
    let credentials = provider
        .credentials()
        .await
        .map_err(|why| Error::credentials(operation, why))?;
    let nonce = settings
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
        credentials: &credentials,
        timestamp: &timestamp(settings.clock.now()),
        nonce: &nonce,
        user_agent: &settings.user_agent,
        timeout: options.timeout.unwrap_or(settings.timeout),
    };
    sign(&input).map_err(|why| Error::unsendable(operation, why))
}

/// What an error answer says; nothing, when its body is no error document.
fn error_body(http: &HttpResponse) -> ErrorBody {
    let read = with_source(http, |source| ErrorBody::decode(&mut Reader::new(source)));
    read.ok().flatten().unwrap_or_default()
}

/// Decodes an answer and asks the success rules whether it is one.
pub(super) fn decode<T: Decode + Default>(
    call: &Call<ServiceClient>,
    answer: Answer,
) -> Result<Response<T>, Error> {
    let (mut typed, mut misfits) = (None, 0);
    let mut observed = watch(&call.operation.success);
    let read = with_source(&answer.0, |source| {
        let mut reader = Reader::observing(source, &mut observed);
        typed = T::decode(&mut reader)?;
        misfits = reader.misfits();
        Ok(())
    });
    let (http, request_id) = judge(call, answer, &observed, read)?;
    Ok(Response::decoded(
        typed.unwrap_or_default(),
        http,
        request_id,
        misfits,
    ))
}

/// Watches for the request ID and for all that the success rules name.
fn watch(rules: &[SuccessRule]) -> Observed {
    let named = rules.iter().flat_map(|rule| {
        [
            Some(&rule.field),
            rule.code.as_ref(),
            rule.message.as_ref(),
            rule.fill.as_ref(),
        ]
        .into_iter()
        .flatten()
    });
    Observed::new(
        REQUEST_ID
            .into_iter()
            .map(Cow::Borrowed)
            .chain(named.cloned()),
    )
}

/// Turns what was read into a verdict. The part of decoding that does not depend on the type of the answer.
fn judge(
    call: &Call<ServiceClient>,
    Answer(http): Answer,
    observed: &Observed,
    read: Result<(), Malformed>,
) -> Result<(HttpResponse, Option<String>), Error> {
    let request_id = REQUEST_ID
        .into_iter()
        .find_map(|name| observed.get(name))
        .map(str::to_owned);
    if let Err(why) = read {
        return Err(Error::undecodable(call.operation, http, request_id, why));
    }
    match call
        .operation
        .success
        .iter()
        .find(|rule| fails(rule, observed))
    {
        None => Ok((http, request_id)),
        Some(rule) => {
            let body = failure(rule, observed, request_id);
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

/// Reads a body as what it looks like: XML starts with `<`, anything else is JSON. An empty body is an absent value.
fn with_source<T: Default>(
    http: &HttpResponse,
    read: impl FnOnce(&mut dyn Source<'_>) -> Result<T, Malformed>,
) -> Result<T, Malformed> {
    let text = std::str::from_utf8(&http.body).map_err(|error| Malformed {
        what: "text that is not UTF-8",
        offset: error.valid_up_to(),
    })?;
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    if text.trim_start().is_empty() {
        return Ok(T::default());
    }
    if text.trim_start().starts_with('<') {
        return read(&mut XmlSource::new(text.trim_start())?);
    }
    let mut source = JsonSource::new(text);
    let value = read(&mut source)?;
    source.finish()?;
    Ok(value)
}
