//! Answers for operations without an example: made from the schema of the answer and the examples of its fields.

use alicloud_codegen::spec::{Field, Kind, Operation, Primitive, Schema, Scope, Service};
use quick_xml::escape::escape;
use serde_json::{Map, Value, json};

use crate::descriptor;

/// Schemas that hold themselves are written this deep.
const MAX_DEPTH: usize = 6;

/// A good answer as JSON; empty for an operation that answers with nothing.
pub(crate) fn json(service: &Service, operation: &Operation) -> String {
    tree(service, operation).map_or_else(String::new, |answer| answer.to_string())
}

/// A good answer as XML, under the root the service usually gives it.
pub(crate) fn xml(service: &Service, operation: &Operation) -> String {
    let root = format!("{}Response", operation.name.value);
    let answer = tree(service, operation);
    answer.map_or_else(String::new, |answer| xml_text(&root, &answer))
}

/// A document as XML below a root of that name.
pub(crate) fn xml_text(root: &str, document: &Value) -> String {
    let mut out = String::new();
    write_xml(&mut out, root, document);
    out
}

fn tree(service: &Service, operation: &Operation) -> Option<Value> {
    let shared = Scope::of_service(&service.schemas);
    let rules = descriptor::operation(service, operation).success;
    let failure = rules.iter().flat_map(|rule| {
        let paths = [&rule.code, &rule.message, &rule.fill];
        paths
            .into_iter()
            .flatten()
            .map(|path| path.clone().into_owned())
    });
    let failed = rules.iter().map(|rule| {
        let values = rule.failed.iter().map(|value| value.clone().into_owned());
        (rule.field.clone().into_owned(), values.collect())
    });
    let maker = Maker {
        scope: Scope::of_operation(operation, &shared),
        failure: failure.collect(),
        failed: failed.collect(),
    };
    maker.value(operation.response.as_ref()?, "", 0)
}

/// Makes values for schemas, and sees to it that they do not say that the call failed.
struct Maker<'a> {
    scope: Scope<'a>,
    /// The paths of fields that only a failure fills.
    failure: Vec<String>,
    /// The paths of fields that tell, with the values that mean failure.
    failed: Vec<(String, Vec<String>)>,
}

impl<'a> Maker<'a> {
    fn value(&self, schema: &'a Schema, path: &str, depth: usize) -> Option<Value> {
        let resolved = self.scope.resolve(schema).filter(|_| depth <= MAX_DEPTH)?;
        let example = schema.example.as_deref().or(resolved.example.as_deref());
        match &resolved.kind {
            Kind::Primitive(primitive) => {
                let sent = resolved.sent_as.unwrap_or(*primitive);
                self.scalar(sent, example, path)
            }
            Kind::List(items) => {
                let item = self.value(items, path, depth + 1);
                Some(Value::Array(item.into_iter().collect()))
            }
            Kind::Map(values) => {
                let entry = self.value(values, path, depth + 1);
                let entry = entry.map(|value| ("key".to_owned(), value));
                Some(Value::Object(entry.into_iter().collect()))
            }
            Kind::Object(fields) => Some(self.object(fields, path, depth)),
            Kind::Ref(_) => None,
        }
    }

    fn object(&self, fields: &'a [Field], path: &str, depth: usize) -> Value {
        let mut members = Map::new();
        for field in fields {
            let name = &field.name.value;
            let path = if path.is_empty() {
                name.clone()
            } else {
                format!("{path}.{name}")
            };
            let value = self.value(&field.schema, &path, depth + 1);
            members.extend(value.map(|value| (name.clone(), value)));
        }
        Value::Object(members)
    }

    fn scalar(&self, primitive: Primitive, example: Option<&str>, path: &str) -> Option<Value> {
        if self.failure.iter().any(|only| only == path) {
            return None;
        }
        let value = typed(primitive, example);
        let text = value
            .as_str()
            .map_or_else(|| value.to_string(), str::to_owned);
        let mut rules = self.failed.iter();
        let tells = rules.any(|(field, failed)| field == path && failed.contains(&text));
        match (tells, primitive) {
            (false, _) => Some(value),
            (true, Primitive::Boolean) => Some(Value::Bool(text != "true")),
            (true, _) => None,
        }
    }
}

/// The example as the type it is of, or anything of that type.
fn typed(primitive: Primitive, example: Option<&str>) -> Value {
    let text = example.unwrap_or_default().trim();
    match primitive {
        Primitive::Int32 | Primitive::Int64 => json!(text.parse::<i64>().unwrap_or(1)),
        Primitive::Float | Primitive::Double => json!(text.parse::<f64>().unwrap_or(1.5)),
        Primitive::Boolean => json!(!text.eq_ignore_ascii_case("false")),
        Primitive::Any => serde_json::from_str(text).unwrap_or_else(|_| json!({})),
        Primitive::String | Primitive::Binary => json!(example.unwrap_or("text")),
    }
}

/// Lists are the repeated element of their name, as the service writes them.
fn write_xml(out: &mut String, name: &str, value: &Value) {
    let items = match value {
        Value::Array(items) => {
            for item in items {
                write_xml(out, name, item);
            }
            return;
        }
        Value::Object(members) if nameable(members) => Some(members),
        _ => None,
    };
    out.push_str(&format!("<{name}>"));
    for (name, member) in items.iter().copied().flatten() {
        write_xml(out, name, member);
    }
    match value {
        Value::String(text) => out.push_str(&escape(text.as_str())),
        Value::Bool(_) | Value::Number(_) => out.push_str(&value.to_string()),
        Value::Object(_) if items.is_none() => out.push_str(&escape(value.to_string())),
        _ => {}
    }
    out.push_str(&format!("</{name}>"));
}

/// Whether the names of an object's members can be those of elements. Where they cannot, it is written as JSON text.
fn nameable(members: &Map<String, Value>) -> bool {
    let is_name = |name: &str| {
        name.starts_with(|c: char| c.is_alphabetic() || c == '_')
            && name
                .chars()
                .all(|c| c.is_alphanumeric() || "_-.".contains(c))
    };
    members.keys().all(|name| is_name(name))
}

#[cfg(test)]
mod tests;
