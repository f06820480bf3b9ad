//! One request, prepared with everything pinned, and what came of it.
//!
//! This file is part of two programs: of the one that compares, for raw calls; and of the one that is made of emitted
//! Rust. Settings come in and requests go out as JSON.

use std::future::Future;
use std::pin::pin;
use std::task::{Context, Poll, Waker};

use alicloud::client::{Call, Prepared, Request as _, ServiceClient};
use alicloud::operation::Method;
use alicloud::time::{FixedClock, FixedNonce, parse_timestamp};
use alicloud::transport::Unsent;
use alicloud::{Config, Credentials, Format, Placement, Signature};
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use serde_json::{Value, json};

/// Makes a call with a client of that configuration.
pub(crate) type Make<'a> = &'a dyn Fn(&Config) -> Call<ServiceClient>;

/// Prepares a call as the settings have it. `{"refused": ".."}` when that cannot be done.
pub(crate) fn prepare(settings: &Value, make: Make<'_>) -> Value {
    match attempt(settings, make) {
        Ok(prepared) => described(&prepared),
        Err(why) => json!({ "refused": why }),
    }
}

fn attempt(settings: &Value, make: Make<'_>) -> Result<Prepared, String> {
    let config = config(settings)?;
    let mut call = make(&config);
    for (name, value) in pairs(settings, "parameters") {
        call = call.with_parameter(name, value);
    }
    for name in settings["unset"].as_array().into_iter().flatten() {
        call = call.with_parameter(name.as_str().unwrap_or_default(), alicloud::Value::Null);
    }
    for (name, value) in pairs(settings, "headers") {
        call = call.with_header(name, value);
    }
    if let Some(name) = settings["method"].as_str() {
        call = call.with_method(method(name)?);
    }
    ready(call.prepare())?.map_err(|error| error.to_string())
}

fn config(settings: &Value) -> Result<Config, String> {
    let text = |name: &str| settings[name].as_str().unwrap_or_default();
    let time = parse_timestamp(text("timestamp")).ok_or("the time stamp cannot be read")?;
    let key = &settings["credentials"];
    let part = |name: &str| key[name].as_str().unwrap_or_default();
    let credentials = match key["bearer_token"].as_str() {
        Some(token) => Credentials::bearer(token),
        None => Credentials::new(part("access_key_id"), part("access_key_secret"))
            .with_security_token(part("security_token")),
    };
    let signature = match text("signature") {
        "V1" => Signature::V1,
        _ => Signature::V3,
    };
    let placement = match text("placement") {
        "Query" => Placement::Query,
        "Split" => Placement::Split,
        _ => Placement::Body,
    };
    let format = match text("format") {
        "XML" => Format::Xml,
        _ => Format::Json,
    };
    Config::builder()
        .endpoint(text("endpoint"))
        .credentials(credentials)
        .clock(FixedClock(time))
        .nonces(FixedNonce(text("nonce").to_owned()))
        .signature(signature)
        .placement(placement)
        .format(format)
        .checks(false)
        .transport(Unsent)
        .sleep(Unsent)
        .build()
        .map_err(|error| error.to_string())
}

fn pairs<'a>(settings: &'a Value, name: &str) -> impl Iterator<Item = (&'a str, &'a str)> {
    let pairs = settings[name].as_array().into_iter().flatten();
    pairs.filter_map(|pair| Some((pair.get(0)?.as_str()?, pair.get(1)?.as_str()?)))
}

/// The method of that name.
pub(crate) fn method(name: &str) -> Result<Method, String> {
    let methods = [
        Method::Get,
        Method::Post,
        Method::Put,
        Method::Patch,
        Method::Delete,
        Method::Head,
    ];
    let known = methods.into_iter().find(|method| method.as_str() == name);
    known.ok_or_else(|| format!("the method {name} is not known"))
}

/// The outcome of a future that has nothing to wait for.
pub(crate) fn ready<T>(future: impl Future<Output = T>) -> Result<T, String> {
    let mut future = pin!(future);
    match future
        .as_mut()
        .poll(&mut Context::from_waker(Waker::noop()))
    {
        Poll::Ready(outcome) => Ok(outcome),
        Poll::Pending => Err("preparing a request waited for something".into()),
    }
}

fn described(prepared: &Prepared) -> Value {
    let (http, signed) = (prepared.http(), prepared.signed());
    let headers = http.headers.iter();
    let headers: Vec<_> = headers.map(|(name, value)| json!([name, value])).collect();
    json!({
        "method": http.method.as_str(),
        "url": http.url,
        "headers": headers,
        "body": STANDARD.encode(&http.body),
        "canonical_request": signed.canonical_request,
        "string_to_sign": signed.string_to_sign,
        "signature": signed.signature,
    })
}
