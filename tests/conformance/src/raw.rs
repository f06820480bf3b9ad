//! Raw calls: a descriptor made at run time, and parameters under their wire names.

use alicloud::client::{Request as _, ServiceClient};
use alicloud::operation::{Kind, Location, Operation, Parameter, Requirement, Service, Style};
use alicloud::{Bytes, Params, Value};
use base64::Engine as _;
use serde_json::{Value as Json, json};

use crate::harness;
use crate::made::Made;
use crate::vector::Vector;

/// A call that no generated code makes.
#[derive(Clone, Debug)]
pub(crate) struct RawCall {
    pub(crate) service: Service,
    pub(crate) operation: Operation,
    pub(crate) params: Params,
}

impl RawCall {
    /// The request, prepared.
    pub(crate) fn prepare(&self, settings: &Json) -> Result<Made, String> {
        let made = harness::prepare(settings, &|config| {
            let client = ServiceClient::new(config, self.service.clone());
            let mut call = client.call(self.operation.clone());
            for (name, value) in self.params.iter() {
                call = call.with_parameter(name, value.clone());
            }
            call
        });
        Made::read(&made)
    }

    /// Puts in the recorded text of everything that is JSON, whose members may come in another order in ours.
    pub(crate) fn with_recorded_texts(mut self, vector: &Vector) -> Self {
        let recorded = vector.all_pairs();
        for parameter in self.operation.parameters.iter() {
            let name = parameter.name.as_ref();
            let text = match (parameter.location, parameter.style) {
                (Location::Body, _) if parameter.kind != Kind::Binary => {
                    vector.optional("/expected/body")
                }
                (Location::Query | Location::Form, Style::Json) => {
                    let found = recorded.iter().find(|(known, _)| known == name);
                    found.map(|(_, value)| value.as_str())
                }
                _ => None,
            };
            if let (Some(text), Some(_)) = (text, self.params.get(name)) {
                self.params.set(name.to_owned(), text);
            }
        }
        self
    }

    /// Whether the body as a whole is required and not given.
    pub(crate) fn lacks_body(&self) -> bool {
        let mut parameters = self.operation.parameters.iter();
        parameters.any(|known| {
            known.location == Location::Body
                && known.required == Requirement::Required
                && self.params.get(&known.name).is_none()
        })
    }

    /// The names of the parameters that are given.
    pub(crate) fn given(&self) -> Vec<String> {
        self.params
            .iter()
            .map(|(name, _)| name.to_owned())
            .collect()
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
pub(crate) fn tree(json: &Json) -> Result<Value, String> {
    Ok(match json {
        Json::Null => Value::Null,
        Json::Bool(flag) => Value::Bool(*flag),
        Json::Number(number) => match (number.as_i64(), number.as_f64()) {
            (Some(whole), _) => Value::Int(whole),
            (None, Some(float)) => Value::Float(float),
            (None, None) => Value::Json(number.to_string()),
        },
        Json::String(text) => Value::Text(text.clone()),
        Json::Array(items) => Value::List(items.iter().map(tree).collect::<Result<_, _>>()?),
        Json::Object(members) => match members.get("$base64") {
            Some(text) => Value::Bytes(bytes(text)?),
            None => {
                let members = members.iter();
                let tree = members.map(|(name, value)| Ok((name.clone(), tree(value)?)));
                Value::Object(
                    tree.collect::<Result<Vec<_>, String>>()?
                        .into_iter()
                        .collect(),
                )
            }
        },
    })
}

/// Bytes a vector holds in base64.
pub(crate) fn bytes(base64: &Json) -> Result<Bytes, String> {
    let text = base64.as_str().unwrap_or_default();
    let decoded = base64::engine::general_purpose::STANDARD.decode(text);
    let decoded = decoded.map_err(|error| format!("{}: {error}", json!(text)))?;
    Ok(decoded.into())
}
