//! What the runtime is given to make a recorded request again.

use std::time::Duration;

use alicloud::operation::{Kind, Location, Method, Operation, Parameter, Service, Style};
use alicloud::request::{SignedRequest, SigningInput, sign};
use alicloud::transport::Headers;
use alicloud::{Bytes, Format, Params, Placement, Signature, Value};
use base64::Engine as _;
use serde_json::Value as Json;

use super::{generated, raw};
use crate::vector::Vector;

/// Which texts of JSON parameters and bodies go in.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Texts {
    /// Those the runtime writes.
    Ours,
    /// Those that were recorded, whose members may come in another order.
    Recorded,
}

/// How a call is signed.
#[derive(Clone, Copy)]
pub(crate) struct Scheme {
    pub(crate) signature: Signature,
    pub(crate) format: Format,
    pub(crate) placement: Placement,
}

impl Scheme {
    pub(crate) const V3: Self = Self {
        signature: Signature::V3,
        format: Format::Json,
        placement: Placement::Body,
    };
}

/// A call that makes the request of a vector.
pub(crate) struct Call {
    pub(crate) operation: Operation,
    pub(crate) params: Params,
    pub(crate) extra_params: Params,
    pub(crate) headers: Headers,
    /// Whether the descriptor is the generated one.
    pub(crate) generated: bool,
}

impl Call {
    /// The call of a vector whose request the generated crate or a descriptor of our own can make.
    pub(crate) fn new(vector: &Vector, texts: Texts) -> Self {
        let mut call = raw::call(vector);
        let known = vector
            .optional("/version")
            .and_then(|version| generated::descriptor(version, vector.text("/operation")));
        if let Some(known) = known.filter(|known| knows_all(known, &call)) {
            call.operation = known.clone();
            call.generated = true;
        }
        if texts == Texts::Recorded {
            call.put_recorded_texts_in(vector);
        }
        call
    }

    fn put_recorded_texts_in(&mut self, vector: &Vector) {
        let recorded = [
            vector.pairs("/expected/query"),
            vector.pairs("/expected/form"),
        ]
        .concat();
        for parameter in self.operation.parameters.iter() {
            let name = parameter.name.as_ref();
            let text = match (parameter.location, parameter.style) {
                (Location::Body, _) if parameter.kind != Kind::Binary => {
                    vector.optional("/expected/body")
                }
                (Location::Query | Location::Form, Style::Json) => recorded
                    .iter()
                    .find(|(known, _)| known == name)
                    .map(|(_, value)| value.as_str()),
                _ => None,
            };
            if let (Some(text), Some(_)) = (text, self.params.get(name)) {
                self.params.set(name.to_owned(), text);
            }
        }
    }

    /// Signs the call as it was signed then; where the recording is of parameters alone, any signature will do.
    pub(crate) fn sign(&self, vector: &Vector, scheme: Scheme) -> Result<SignedRequest, String> {
        let nonce = (vector.optional("/fixed/nonce"))
            .or_else(|| vector.optional("/expected/headers/x-acs-signature-nonce"));
        let timestamp = (vector.optional("/fixed/timestamp"))
            .or_else(|| vector.optional("/expected/headers/x-acs-date"));
        let endpoint =
            (vector.optional("/endpoint")).or_else(|| vector.optional("/expected/headers/host"));
        let service = Service {
            version: vector.text("/version").to_owned().into(),
            roa: vector.optional("/style") == Some("ROA"),
            ..Service::EMPTY
        };
        sign(&SigningInput {
            service: &service,
            operation: &self.operation,
            params: &self.params,
            extra_params: &self.extra_params,
            extra_headers: &self.headers,
            endpoint: &endpoint.unwrap_or("localhost").parse().unwrap(),
            method: Some(method(vector.text("/expected/method"))),
            signature: scheme.signature,
            format: scheme.format,
            placement: scheme.placement,
            credentials: Some(&vector.credentials()),
            timestamp: timestamp.unwrap_or("2024-07-11T03:11:53Z"),
            nonce: nonce.unwrap_or("n"),
            user_agent: vector
                .optional("/expected/headers/user-agent")
                .unwrap_or("test"),
            timeout: Duration::from_secs(1),
            retry: None,
        })
        .map_err(|refused| format!("refused: {refused}"))
    }
}

/// Whether a spec knows every parameter of a recorded call: the clients that were recorded are newer than some specs.
fn knows_all(known: &Operation, call: &Call) -> bool {
    let knows = |name: &str| known.parameter(name).is_some();
    call.params.iter().all(|(name, _)| knows(name))
}

fn method(name: &str) -> Method {
    match name {
        "GET" => Method::Get,
        "POST" => Method::Post,
        "PUT" => Method::Put,
        "PATCH" => Method::Patch,
        "DELETE" => Method::Delete,
        "HEAD" => Method::Head,
        other => panic!("{other}"),
    }
}

/// A parameter that goes to one place, in one style.
pub(crate) fn parameter(name: &str, location: Location, style: Style) -> Parameter {
    Parameter {
        name: name.to_owned().into(),
        location,
        style,
        kind: Kind::Any,
        ..Parameter::EMPTY
    }
}

/// Recorded input as a parameter tree.
pub(crate) fn tree(json: &Json) -> Value {
    match json {
        Json::Null => Value::Null,
        Json::Bool(flag) => Value::Bool(*flag),
        Json::Number(number) => number
            .as_i64()
            .map_or_else(|| Value::Float(number.as_f64().unwrap()), Value::Int),
        Json::String(text) => Value::Text(text.clone()),
        Json::Array(items) => Value::List(items.iter().map(tree).collect()),
        Json::Object(members) => match members.get("$base64") {
            Some(text) => Value::Bytes(bytes(text.as_str().unwrap())),
            None => members
                .iter()
                .map(|(name, value)| (name.clone(), tree(value)))
                .collect::<Params>()
                .into(),
        },
    }
}

/// Bytes a vector holds in base64.
pub(crate) fn bytes(base64: &str) -> Bytes {
    let decoded = base64::engine::general_purpose::STANDARD.decode(base64);
    decoded.unwrap().into()
}
