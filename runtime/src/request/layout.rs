//! Where parameters travel: query, form, body, path, header, host.
//!
//! A parameter the descriptor does not know goes into the query; so do form parameters of a request without a body. What a
//! caller adds under the name of a known parameter, or of a part of one, travels where that one does.

use std::borrow::Cow;

use bytes::Bytes;

use super::{SigningInput, Unsendable, path};
use crate::encode::{Pair, flatten, form_pairs, join, json_text};
use crate::endpoint::Endpoint;
use crate::operation::{Kind, Location, Operation, Parameter, Style};
use crate::params::{Params, Value};
use crate::transport::Headers;

/// The content type of a form.
pub(super) const FORM: &str = "application/x-www-form-urlencoded";

/// The body of a request, before form pairs are written out.
pub(super) enum Body {
    /// None, and no content type either.
    None,
    /// A form; its pairs are in [`Layout::form`], perhaps none.
    Form,
    /// JSON text.
    Json(String),
    /// Bytes as they are.
    Binary(Bytes),
}

/// Parameters by place.
pub(super) struct Layout<'a> {
    pub(super) query: Vec<Pair<'a>>,
    pub(super) form: Vec<Pair<'a>>,
    pub(super) headers: Headers,
    pub(super) path: Cow<'a, str>,
    /// Names in the path's own query that have no value.
    pub(super) bare: Vec<&'a str>,
    pub(super) host_prefix: String,
    pub(super) body: Body,
}

impl<'a> Layout<'a> {
    pub(super) fn new(input: &SigningInput<'a>) -> Result<Self, Unsendable> {
        let operation = input.operation;
        let with_body = input.method().has_body();
        let has_form = operation
            .parameters
            .iter()
            .any(|parameter| parameter.location == Location::Form);
        let (path, own_query) = match operation.path.split_once('?') {
            Some((path, query)) => (path, query),
            None => (operation.path.as_ref(), ""),
        };
        let mut layout = Self {
            query: Vec::with_capacity(input.params.len() + input.extra_params.len()),
            bare: Vec::new(),
            form: Vec::new(),
            headers: Headers::new(),
            path: Cow::Borrowed(if input.service.roa && !path.is_empty() {
                path
            } else {
                "/"
            }),
            host_prefix: String::new(),
            body: if has_form && with_body {
                Body::Form
            } else {
                unset_body(&operation.parameters)
            },
        };
        for part in own_query.split('&').filter(|part| !part.is_empty()) {
            match part.split_once('=') {
                Some((name, value)) => layout.query.push((name.into(), value.into())),
                None => layout.bare.push(part),
            }
        }
        // Setters are mostly called in the order of the spec: the search goes on where the last one ended.
        let mut next = 0;
        for (name, value) in input.params.iter() {
            let found = position(&operation.parameters, name, next);
            next = found.map_or(next, |at| at + 1);
            if found.is_some() && input.extra_params.get(name).is_some() {
                continue;
            }
            layout.place(
                found.and_then(|at| operation.parameters.get(at)),
                name,
                value,
                with_body,
            )?;
        }
        layout.place_extra(operation, input.extra_params, with_body)?;
        if input.service.roa {
            path::check(&layout.path, path)?;
        }
        Ok(layout)
    }

    fn place(
        &mut self,
        parameter: Option<&'a Parameter>,
        name: &'a str,
        value: &'a Value,
        with_body: bool,
    ) -> Result<(), Unsendable> {
        let Some(parameter) = parameter else {
            flatten(Cow::Borrowed(name), value, &mut self.query);
            return Ok(());
        };
        match parameter.location {
            Location::Form if with_body => push_pairs(parameter, name, value, &mut self.form),
            Location::Query | Location::Form => push_pairs(parameter, name, value, &mut self.query),
            Location::Body => self.body = body(parameter, value),
            Location::Path => {
                if let Some(text) = value.scalar_text() {
                    self.path = Cow::Owned(path::fill(&self.path, name, &text));
                }
            }
            Location::Host => self.host_prefix = host_label(name, value)?,
            Location::Header => {
                if let Some(text) = value.scalar_text() {
                    let name = Cow::Owned(name.to_owned());
                    self.headers.push((name, Cow::Owned(text.into_owned())));
                }
            }
        }
        Ok(())
    }

    /// Parameters of the caller's own take the place of those of the same name, and otherwise travel in the query. Under the
    /// name of a known parameter they travel as that one does, which was left out for them.
    fn place_extra(
        &mut self,
        operation: &'a Operation,
        extra: &'a Params,
        with_body: bool,
    ) -> Result<(), Unsendable> {
        for (name, value) in extra.iter() {
            if let Some(parameter) = operation.parameter(name) {
                self.place(Some(parameter), name, value, with_body)?;
                continue;
            }
            let mut pairs = Vec::new();
            flatten(Cow::Borrowed(name), value, &mut pairs);
            for (name, value) in pairs {
                let in_form = self.form.iter().any(|(known, _)| *known == name);
                self.query.retain(|(known, _)| *known != name);
                self.form.retain(|(known, _)| *known != name);
                if in_form || with_body && is_part_of_form(operation, &name) {
                    self.form.push((name, value));
                } else {
                    self.query.push((name, value));
                }
            }
        }
        Ok(())
    }

    /// The host a request goes to, with what a parameter puts before it: lower-case, as HTTP clients send it.
    pub(super) fn host<'h>(&self, endpoint: &'h Endpoint) -> Result<Cow<'h, str>, Unsendable> {
        let host = endpoint.host();
        if !endpoint.is_valid() {
            return Err(Unsendable(format!(
                "{host:?} is no host name: check the region and the endpoint"
            )));
        }
        if self.host_prefix.is_empty() {
            return Ok(Cow::Borrowed(host));
        }
        let prefix = self.host_prefix.to_ascii_lowercase();
        Ok(Cow::Owned(prefix + host))
    }

    /// The content type and the bytes of the body. The pairs of a form come sorted, as official clients send them.
    pub(super) fn take_body(&mut self) -> (Option<&'static str>, Bytes) {
        match std::mem::replace(&mut self.body, Body::None) {
            Body::None => (None, Bytes::new()),
            Body::Form => {
                self.form.sort_unstable();
                (Some(FORM), form_pairs(&self.form).into())
            }
            Body::Json(text) => (Some("application/json; charset=utf-8"), text.into()),
            Body::Binary(bytes) => (Some("application/octet-stream"), bytes),
        }
    }
}

/// The body while no parameter has set it: an empty object or list, where the operation takes one as a whole.
fn unset_body(parameters: &[Parameter]) -> Body {
    match parameters
        .iter()
        .find(|parameter| parameter.location == Location::Body)
        .map(|parameter| parameter.kind)
    {
        Some(Kind::List) => Body::Json("[]".to_owned()),
        Some(Kind::Object | Kind::Map) => Body::Json("{}".to_owned()),
        _ => Body::None,
    }
}

/// Where the parameter of that name is, looked for from a place on and then before it.
fn position(parameters: &[Parameter], name: &str, from: usize) -> Option<usize> {
    let (before, after) = parameters.split_at(from.min(parameters.len()));
    let found = after
        .iter()
        .position(|parameter| parameter.name == name)
        .map(|at| at + before.len());
    found.or_else(|| before.iter().position(|parameter| parameter.name == name))
}

/// Whether a pair is of that parameter, flattened or not.
fn is_part(pair: &str, parameter: &str) -> bool {
    let rest = pair.strip_prefix(parameter);
    rest.is_some_and(|rest| rest.is_empty() || rest.starts_with('.'))
}

/// Whether a pair is part of a parameter that travels in the form.
fn is_part_of_form(operation: &Operation, pair: &str) -> bool {
    let mut parameters = operation.parameters.iter();
    parameters.any(|known| known.location == Location::Form && is_part(pair, &known.name))
}

fn push_pairs<'a>(parameter: &Parameter, name: &'a str, value: &'a Value, out: &mut Vec<Pair<'a>>) {
    match (parameter.style, value.exposed()) {
        (_, Value::Null) => {}
        // Text given for a parameter with parts is taken to be what travels already.
        (_, Value::Text(text) | Value::Json(text)) => {
            out.push((Cow::Borrowed(name), Cow::Borrowed(text)))
        }
        (Style::Flat, value) => flatten(Cow::Borrowed(name), value, out),
        (Style::Json, value) => out.push((Cow::Borrowed(name), Cow::Owned(json_text(value)))),
        (Style::Joined(separator), value) => {
            out.extend(join(value, separator).map(|text| (Cow::Borrowed(name), text)));
        }
    }
}

fn body(parameter: &Parameter, value: &Value) -> Body {
    match value.exposed() {
        Value::Null => Body::None,
        Value::Bytes(bytes) => Body::Binary(bytes.clone()),
        Value::Text(text) | Value::Json(text) if parameter.kind == Kind::Binary => {
            Body::Binary(text.clone().into())
        }
        Value::Text(text) => Body::Json(text.clone()),
        other => Body::Json(json_text(other)),
    }
}

fn host_label(name: &str, value: &Value) -> Result<String, Unsendable> {
    let text = value.scalar_text().unwrap_or_default();
    let plain = !text.is_empty()
        && text
            .bytes()
            .all(|byte| byte.is_ascii_alphanumeric() || byte == b'-');
    if plain {
        Ok(format!("{text}."))
    } else {
        Err(Unsendable(format!(
            "{name} is part of the host name: {value:?} cannot be"
        )))
    }
}
