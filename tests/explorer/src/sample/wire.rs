//! What goes over the wire, by place: names and texts, not encoded yet.

use alicloud_runtime::encode::{flatten, join, json_text, percent};
use alicloud_runtime::operation::{Location, Operation, Parameter, Style};
use alicloud_runtime::{Params, Value};

/// Parameters by place.
#[derive(Debug, Default)]
pub(crate) struct Wire {
    pub(crate) query: Vec<(String, String)>,
    pub(crate) form: Vec<(String, String)>,
    pub(crate) headers: Vec<(String, String)>,
    /// The path, its holes filled.
    pub(crate) path: String,
    /// The body as a whole, as JSON or text.
    pub(crate) body: Option<String>,
}

/// Puts parameters where they travel.
pub(crate) fn wire(operation: &Operation, roa: bool, params: &Params) -> Wire {
    let mut wire = Wire {
        path: if roa {
            operation.path.to_string()
        } else {
            "/".to_owned()
        },
        ..Wire::default()
    };
    for (name, value) in params.iter() {
        let known = operation.parameter(name);
        match known.map(|parameter| parameter.location) {
            Some(Location::Form) => pairs(known, name, value, &mut wire.form),
            Some(Location::Body) => wire.body = Some(body(value)),
            Some(Location::Path) => {
                let text = value.scalar_text().unwrap_or_default();
                let hole = format!("{{{name}}}");
                wire.path = wire.path.replace(&hole, &percent(&text));
            }
            Some(Location::Header) => {
                let text = value.scalar_text().unwrap_or_default();
                wire.headers.push((name.to_owned(), text.into_owned()));
            }
            _ => pairs(known, name, value, &mut wire.query),
        }
    }
    wire
}

fn body(value: &Value) -> String {
    match value.exposed() {
        Value::Text(text) | Value::Json(text) => text.clone(),
        other => json_text(other),
    }
}

fn pairs(
    parameter: Option<&Parameter>,
    name: &str,
    value: &Value,
    out: &mut Vec<(String, String)>,
) {
    let text = match (parameter.map(|it| it.style), value.exposed()) {
        (_, Value::Null) => None,
        (Some(_), Value::Text(text) | Value::Json(text)) => Some(text.clone()),
        (Some(Style::Json), value) => Some(json_text(value)),
        (Some(Style::Joined(separator)), value) => join(value, separator).map(Into::into),
        (_, value) => {
            let mut pairs = Vec::new();
            flatten(name.into(), value, &mut pairs);
            let pairs = pairs.into_iter();
            out.extend(pairs.map(|(name, value)| (name.into_owned(), value.into_owned())));
            return;
        }
    };
    out.extend(text.map(|text| (name.to_owned(), text)));
}
