//! "Run": a call through the client's own path, and its outcome in words.

use alicloud_codegen::spec::Effect;
use alicloud_gateway::descriptor;
use alicloud_runtime::client::{Call, Request as _, ServiceClient};
use alicloud_runtime::error::ErrorKind;
use alicloud_runtime::operation::RetryAdvice;
use alicloud_runtime::redact::{REDACTED, Redactor};
use alicloud_runtime::{Error, Response, Signature, Value};
use quick_xml::events::Event;
use quick_xml::{Reader, Writer};
use serde_json::{Value as Json, json};

use crate::answer::decode;
use crate::catalog::Entry;
use crate::input::{Input, MASK, Secrets};
use crate::signing::{format, with_params};
use crate::target::Target;

/// Makes the call and tells what became of it.
pub(crate) async fn run(entry: &Entry<'_>, input: &Input, given: &Json, target: &Target) -> Json {
    let confirmed = given["confirmed"].as_bool().unwrap_or_default();
    if target.real && entry.spec.effect != Effect::Read && !confirmed {
        let why = format!(
            "{} may change something at {}: confirm it first",
            entry.spec.name.value, target.endpoint
        );
        return json!({ "refused": why });
    }
    let signature = match given["signature"].as_str() {
        Some("v1") => Signature::V1,
        _ => Signature::V3,
    };
    let config = target.config(signature, format(given));
    let client = ServiceClient::new(config, descriptor::service(entry.service));
    let operation = descriptor::operation(entry.service, entry.spec);
    let params = input.params(entry, Secrets::Kept);
    let call = with_params(client.call(operation), &params)
        .with_checks(given["checks"].as_bool().unwrap_or(true));
    let redactor = redactor(&call, target).await;
    let (mut outcome, redactor) = match call.send::<Value>().await {
        Ok(response) => success(entry, &response, redactor),
        Err(error) => (failure(&error), redactor),
    };
    mask(&mut outcome, &redactor);
    outcome
}

/// Takes out of texts what the call holds secret, and at a real service whose key it is.
async fn redactor(call: &Call<ServiceClient>, target: &Target) -> Redactor {
    let Ok(prepared) = call.clone().prepare().await else {
        return Redactor::new();
    };
    let mut redactor = prepared.redactor().clone();
    if target.real {
        redactor.hold(prepared.access_key_id());
    }
    redactor
}

/// What came back, and what nothing of it may show. It may repeat what was sent in any place.
fn success(entry: &Entry<'_>, response: &Response<Value>, mut known: Redactor) -> (Json, Redactor) {
    let decoded = decode(entry, response);
    decoded.secrets.iter().for_each(|secret| known.hold(secret));
    let outcome = json!({
        "status": response.status(),
        "request_id": response.request_id(),
        "attempts": response.attempts(),
        "misfits": response.misfits(),
        "headers": response.headers(),
        "decoded": decoded.tree,
        "raw": raw(response.raw_body()),
    });
    (outcome, known)
}

fn failure(error: &Error) -> Json {
    let violations = error.violations().iter();
    let violations =
        violations.map(|it| json!({"parameter": it.parameter, "message": it.to_string()}));
    let documented = error.documented();
    json!({
        "error": {
            "certain": certain(error.kind()),
            "text": error.to_string(),
            "code": error.code(),
            "message": error.message(),
            "meaning": documented.map(|known| &known.meaning).filter(|text| !text.is_empty()),
            "advice": documented.and_then(|known| known.retry).map(advice),
            "retryable": error.is_retryable(),
            "recommend": error.recommend(),
            "violations": violations.collect::<Vec<_>>(),
        },
        "status": error.status(),
        "request_id": error.request_id(),
        "attempts": error.attempts(),
        "raw": error.raw_body().map(|body| raw(body)),
    })
}

/// What is certain after an error of a kind.
fn certain(kind: ErrorKind) -> &'static str {
    match kind {
        ErrorKind::InvalidRequest => "Nothing was sent: the request breaks rules of its spec.",
        ErrorKind::Credentials => "Nothing was sent: there are no credentials to sign with.",
        ErrorKind::NotSent => "Nothing was sent: the service was not reached.",
        ErrorKind::OutcomeUnknown => "No answer came: the call may have been carried out.",
        ErrorKind::Service => "The service answered with an error.",
        ErrorKind::Business => {
            "The service answered 200, and the answer says that the call failed."
        }
        ErrorKind::Undecodable => {
            "The answer cannot be read. The call was most likely carried out."
        }
        _ => "The call did not succeed.",
    }
}

fn advice(advice: RetryAdvice) -> &'static str {
    use alicloud_codegen::spec;
    crate::render::data::advice(match advice {
        RetryAdvice::Later => spec::RetryAdvice::Later,
        RetryAdvice::NewCredentials => spec::RetryAdvice::NewCredentials,
        _ => spec::RetryAdvice::Never,
    })
}

/// Takes secrets out of everything that is to be shown.
fn mask(shown: &mut Json, redactor: &Redactor) {
    match shown {
        Json::String(text) => *text = redactor.hide(text).replace(REDACTED, MASK),
        Json::Array(items) => items.iter_mut().for_each(|item| mask(item, redactor)),
        Json::Object(members) => {
            // What the spec says of a field is no answer.
            let known = members.contains_key("type");
            let of_spec = |name: &str| known && ["name", "type", "description"].contains(&name);
            let members = members.iter_mut().filter(|(name, _)| !of_spec(name));
            members.for_each(|(_, member)| mask(member, redactor));
        }
        _ => {}
    }
}

/// A body as text, indented.
fn raw(body: &[u8]) -> String {
    let text = String::from_utf8_lossy(body);
    pretty_json(&text)
        .or_else(|| pretty_xml(&text))
        .unwrap_or_else(|| text.into_owned())
}

fn pretty_json(text: &str) -> Option<String> {
    let value: Json = serde_json::from_str(text).ok()?;
    serde_json::to_string_pretty(&value).ok()
}

fn pretty_xml(text: &str) -> Option<String> {
    let mut reader = Reader::from_str(text.trim_start().strip_prefix('<').map(|_| text)?);
    reader.config_mut().trim_text(true);
    let mut writer = Writer::new_with_indent(Vec::new(), b' ', 2);
    loop {
        match reader.read_event().ok()? {
            Event::Eof => break,
            event => writer.write_event(event).ok()?,
        }
    }
    String::from_utf8(writer.into_inner()).ok()
}
