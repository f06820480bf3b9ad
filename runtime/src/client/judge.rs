//! What an answer means: sorted by status, decoded, and asked by the success rules of the spec whether it is one.

use std::borrow::Cow;

use super::{Call, ServiceClient};
use crate::config::Format;
use crate::decode::{self, Answer as _, ErrorBody, Form, Malformed, Observed, trimmed};
use crate::error::{Error, ErrorKind};
use crate::operation::SuccessRule;
use crate::params::Value;
use crate::response::Response;
use crate::transport::{HttpResponse, TransportError, compressed};

/// Where every request ID may stand in an answer.
const REQUEST_ID: [&str; 3] = ["RequestId", "requestId", "request_id"];

/// Whether the status of an answer is a good one.
pub(super) fn is_good(status: u16) -> bool {
    (200..300).contains(&status)
}

/// Sorts answers by status.
pub(super) fn judge_status(
    call: &Call<ServiceClient>,
    answered: Result<HttpResponse, TransportError>,
) -> Result<HttpResponse, Error> {
    let (http, unreadable) = match answered {
        Ok(http) => (http, None),
        // An error status says enough, even when the rest of the answer did not come.
        Err(TransportError {
            answer: Some(answer),
            unreadable,
            source,
            ..
        }) if !is_good(answer.status) => (*answer, unreadable.then_some(source)),
        Err(why) => return Err(Error::transport(&call.operation, why)),
    };
    if is_good(http.status) {
        return Ok(http);
    }
    let body = error_body(call, &http);
    let unreadable = unreadable.or_else(|| {
        let says_nothing = body.code.is_none() && body.message.is_none();
        says_nothing
            .then(|| still_compressed(&http))?
            .map(Into::into)
    });
    let error = Error::answered(
        ErrorKind::Service,
        &call.client.service,
        &call.operation,
        http,
        body,
    );
    Err(match unreadable {
        Some(why) => error.because(why),
        None => error,
    })
}

/// What an error answer says; nothing, when its body is no error document. Where it has no code and no message under a
/// usual name, the fields count that say in a good answer why it failed.
fn error_body(call: &Call<ServiceClient>, http: &HttpResponse) -> ErrorBody {
    let mut body = ErrorBody::read(&http.body).unwrap_or_default();
    for rule in call.operation.success.iter() {
        if body.code.is_some() && body.message.is_some() {
            break;
        }
        let mut said = watch_message(rule);
        // Of a document that breaks off, what came before counts.
        let _ = Value::read(&http.body, &mut said);
        let (code, message) = say(rule, &said);
        body.code = body.code.or(code);
        body.message = body.message.or(message);
    }
    body
}

/// Decodes an answer and asks the success rules whether it is one. `watched` is what the caller wants to know besides.
pub(super) fn decode<T: decode::Answer>(
    call: &Call<ServiceClient>,
    http: HttpResponse,
    watched: &Observed,
    attempts: u32,
) -> Result<(Response<T>, Observed), Error> {
    let mut observed = watch(watched.again(), &call.operation.success);
    let read = read::<T>(call, &http, &mut observed);
    let request_id = REQUEST_ID
        .into_iter()
        .find_map(|name| observed.get(name))
        .map(str::to_owned);
    match read {
        Ok((typed, misfits)) => {
            if let Some(rule) = failed(call, &observed) {
                let mut said = watch_message(rule);
                // It was read to its end just now.
                let _ = T::read(&http.body, &mut said);
                return Err(failure(call, http, rule, &said, request_id));
            }
            let response = Response::decoded(typed, http, request_id, misfits, attempts);
            Ok((response, observed))
        }
        Err(why) => {
            let operation = &call.operation;
            Err(match still_compressed(&http) {
                Some(why) => Error::undecodable(operation, http, request_id, why),
                None => Error::undecodable(operation, http, request_id, why),
            })
        }
    }
}

/// Why a body cannot be read that a transport handed over as it came.
fn still_compressed(http: &HttpResponse) -> Option<String> {
    let codings = http.codings();
    let done = (!codings.is_empty()).then(|| compressed(&codings))?;
    Some(format!("it is {done}, which the transport has not undone"))
}

/// Reads a body. One in another format than asked for is no answer: XML or a page of HTML in place of JSON. JSON in place
/// of XML is read, since services may know no other format.
fn read<T: decode::Answer>(
    call: &Call<ServiceClient>,
    http: &HttpResponse,
    observed: &mut Observed,
) -> Result<(T, usize), Malformed> {
    let html = || {
        let content_type = http.header("content-type").unwrap_or_default();
        content_type
            .trim_start()
            .to_ascii_lowercase()
            .starts_with("text/html")
    };
    let markup = || {
        let body = http
            .body
            .strip_prefix(b"\xef\xbb\xbf")
            .unwrap_or(&http.body);
        body.trim_ascii_start().starts_with(b"<")
    };
    let json = call.client.config.settings().format == Format::Json;
    let unasked = match T::FORM {
        Form::Document | Form::Free => json && markup(),
        Form::Text => markup() && html(),
        Form::Bytes => false,
    };
    if unasked {
        return Err(Malformed::new("XML or HTML where JSON was asked for,", 0));
    }
    // The status says it all. Calls by name are never answered so.
    if http.status == 204 && http.body.is_empty() && call.client.service.roa {
        if let Some(empty) = T::empty() {
            return Ok((empty, 0));
        }
    }
    // Operations that are called by name answer with an object, whatever else is known of them.
    let object = || !markup() && http.body.trim_ascii_start().starts_with(b"{");
    if T::FORM == Form::Free && !call.client.service.roa && !markup() && !object() {
        return Err(Malformed::undeclared("something else", "an object"));
    }
    T::read(&http.body, observed)
}

/// Watches for the request ID and for the fields the success rules ask. What else a rule names matters only when it says
/// that the call failed.
fn watch(mut observed: Observed, rules: &[SuccessRule]) -> Observed {
    observed.reserve(REQUEST_ID.len() + rules.len());
    let fields = rules.iter().map(|rule| rule.field.clone());
    for path in REQUEST_ID.into_iter().map(Cow::Borrowed).chain(fields) {
        observed.watch(path);
    }
    observed
}

/// Watches for what a failed call says of itself.
fn watch_message(rule: &SuccessRule) -> Observed {
    let mut said = Observed::with_capacity(3);
    [&rule.code, &rule.message, &rule.fill]
        .into_iter()
        .flatten()
        .for_each(|path| said.watch(path.clone()));
    said
}

/// The success rule that takes an answer for a failure.
fn failed<'c>(call: &'c Call<ServiceClient>, observed: &Observed) -> Option<&'c SuccessRule> {
    let mut rules = call.operation.success.iter();
    rules.find(|rule| {
        let value = observed.get(&rule.field).map(trimmed);
        value.is_some_and(|value| rule.failed.iter().any(|failed| says(value, failed)))
    })
}

/// Other words than `true` and `false` that services write for them.
const TRUE: [&str; 4] = ["yes", "y", "on", "t"];
const FALSE: [&str; 4] = ["no", "n", "off", "f"];

/// Whether a value is the one of a rule: the same text in any case or, where the rule waits for a truth, anything that
/// reads as that.
fn says(value: &str, failed: &str) -> bool {
    let is = |words: &[&str]| words.iter().any(|word| value.eq_ignore_ascii_case(word));
    value.eq_ignore_ascii_case(failed)
        || match failed.to_ascii_lowercase().as_str() {
            "true" => decode::truth(value) == Some(true) || is(&TRUE),
            "false" => decode::truth(value) == Some(false) || is(&FALSE),
            _ => false,
        }
}

/// The code and the message in the fields that a rule names, `%s` filled in.
fn say(rule: &SuccessRule, said: &Observed) -> (Option<String>, Option<String>) {
    let get = |field: &Option<Cow<'static, str>>| {
        let value = said.get(field.as_ref()?)?;
        Some(value.to_owned()).filter(|value| !value.is_empty())
    };
    let fill = get(&rule.fill);
    let message = get(&rule.message).map(|message| match &fill {
        Some(fill) => message.replace("%s", fill),
        None => message,
    });
    (get(&rule.code), message)
}

/// The error of a business failure, put together from the fields the rule names.
fn failure(
    call: &Call<ServiceClient>,
    http: HttpResponse,
    rule: &SuccessRule,
    said: &Observed,
    request_id: Option<String>,
) -> Error {
    let (code, message) = say(rule, said);
    let body = ErrorBody {
        code,
        message,
        request_id,
        ..ErrorBody::default()
    };
    Error::answered(
        ErrorKind::Business,
        &call.client.service,
        &call.operation,
        http,
        body,
    )
}
