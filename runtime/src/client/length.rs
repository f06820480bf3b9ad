//! Requests that are too long for a URL: which parameter makes them so, and what helps.

use std::borrow::Cow;

use super::{Call, ServiceClient};
use crate::encode::{flatten, json_text, percent};
use crate::operation::{Location, Style};
use crate::params::{Params, Value};
use crate::request::SignedRequest;

/// The longest URL that HTTP clients can express. Services and proxies take less, and say so by the status 414.
const LONGEST: usize = 65_534;

/// Why a request is too long to be sent, if it is.
pub(super) fn too_long(call: &Call<ServiceClient>, signed: &SignedRequest) -> Option<String> {
    let length = signed.http.url.len();
    (length > LONGEST).then(|| {
        format!(
            "the URL has {length} bytes, and no more than {LONGEST} can be sent; {}",
            advice(call)
        )
    })
}

/// What helps against a URL that is too long.
pub(super) fn advice(call: &Call<ServiceClient>) -> String {
    let all = [&call.params, &call.options().params];
    let longest = all
        .into_iter()
        .flat_map(Params::iter)
        .filter(|(name, _)| in_url(call, name))
        .map(|(name, value)| (length(call, name, value), name))
        .max();
    let name = match longest {
        Some((length, name)) => format!("the parameter {name} takes {length} of them"),
        None => "no parameter is in it".to_owned(),
    };
    let help = if call.client.service.roa {
        "shorten it or split it over several calls"
    } else {
        "shorten it, split it over several calls, or use Signature::V1, which sends all parameters in the body"
    };
    format!("{name}: {help}")
}

/// Whether a parameter may travel in the URL.
fn in_url(call: &Call<ServiceClient>, name: &str) -> bool {
    let parameter = call.operation.parameter(name);
    parameter.is_none_or(|parameter| {
        matches!(
            parameter.location,
            Location::Query | Location::Form | Location::Path | Location::Host
        )
    })
}

/// How many bytes a parameter takes in a URL, its names included.
fn length(call: &Call<ServiceClient>, name: &str, value: &Value) -> usize {
    let mut pairs = Vec::new();
    match call
        .operation
        .parameter(name)
        .map(|parameter| parameter.style)
    {
        Some(Style::Json) => pairs.push((Cow::Borrowed(name), Cow::Owned(json_text(value)))),
        _ => flatten(Cow::Borrowed(name), value, &mut pairs),
    }
    pairs
        .iter()
        .map(|(name, value)| percent(name).len() + percent(value).len() + 2)
        .sum()
}
