//! A large answer of `DescribeDtsJobs`, made from its spec: every field of every job set, in JSON and in XML.

use std::error::Error;
use std::path::Path;

use alicloud_codegen::diagnostic::Diagnostics;
use alicloud_codegen::load::{Selection, load};
use alicloud_codegen::spec::{Kind, Primitive, Schema, Scope};
use serde_json::{Map, Value, json};

/// The same answer in both formats.
pub(crate) struct Document {
    pub(crate) json: String,
    pub(crate) xml: String,
}

/// An answer with that many jobs.
pub(crate) fn jobs(count: usize) -> Result<Document, Box<dyn Error>> {
    let specs = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../api-specs");
    let selection = Selection::parse(&["dts/2020-01-01".to_owned()])?;
    let mut diagnostics = Diagnostics::default();
    let loaded = load(&specs, &specs, &selection, &mut diagnostics)?;
    let service = loaded.services.first().ok_or("no DTS")?;
    let mut operations = service.operations.iter();
    let operation = operations
        .find(|operation| operation.name.value == "DescribeDtsJobs")
        .ok_or("no DescribeDtsJobs")?;
    let shared = Scope::of_service(&service.schemas);
    let scope = Scope::of_operation(operation, &shared);
    let schema = operation.response.as_ref().ok_or("no answer")?;
    let mut answer = value(&scope, schema, 0).ok_or("an answer without an end")?;
    let list = answer.get_mut("DtsJobList").and_then(Value::as_array_mut);
    let list = list.ok_or("no list of jobs")?;
    let job = list.first().ok_or("no job")?.clone();
    *list = (0..count).map(|number| numbered(&job, number)).collect();
    let mut xml = r#"<?xml version="1.0" encoding="UTF-8"?>"#.to_owned();
    push_xml(&mut xml, "DescribeDtsJobsResponse", &answer);
    let json = answer.to_string();
    Ok(Document { json, xml })
}

/// A value with every field set to its example; lists hold one item.
fn value(scope: &Scope<'_>, schema: &Schema, depth: usize) -> Option<Value> {
    let schema = scope.resolve(schema).filter(|_| depth < 16)?;
    let example = schema.example.as_deref().unwrap_or("text");
    Some(match &schema.kind {
        Kind::Object(fields) => {
            let members = fields.iter().filter_map(|field| {
                let member = value(scope, &field.schema, depth + 1)?;
                Some((field.name.value.clone(), member))
            });
            Value::Object(members.collect::<Map<_, _>>())
        }
        Kind::List(items) => Value::Array(value(scope, items, depth + 1).into_iter().collect()),
        Kind::Primitive(Primitive::Int32 | Primitive::Int64) => {
            json!(example.parse().unwrap_or(43_200))
        }
        Kind::Primitive(Primitive::Float | Primitive::Double) => {
            json!(example.parse().unwrap_or(99.5))
        }
        Kind::Primitive(Primitive::Boolean) => json!(example == "true"),
        Kind::Primitive(_) | Kind::Map(_) | Kind::Ref(_) => json!(example),
    })
}

/// A copy of a job whose IDs and names are its own.
fn numbered(value: &Value, number: usize) -> Value {
    let Value::Object(members) = value else {
        return value.clone();
    };
    let members = members.iter().map(|(name, member)| {
        let own = ["Id", "ID", "Name"].iter().any(|end| name.ends_with(end));
        let member = match member {
            Value::String(text) if own => json!(format!("{text}-{number}")),
            other => numbered(other, number),
        };
        (name.clone(), member)
    });
    Value::Object(members.collect())
}

/// Lists are the repeated element of their name.
fn push_xml(out: &mut String, name: &str, value: &Value) {
    if let Value::Array(items) = value {
        items.iter().for_each(|item| push_xml(out, name, item));
        return;
    }
    out.push_str(&format!("<{name}>"));
    match value {
        Value::Object(members) => members
            .iter()
            .for_each(|(name, member)| push_xml(out, name, member)),
        Value::String(text) => {
            let text = text
                .replace('&', "&amp;")
                .replace('<', "&lt;")
                .replace('>', "&gt;");
            out.push_str(&text.replace('"', "&quot;"));
        }
        other => out.push_str(&other.to_string()),
    }
    out.push_str(&format!("</{name}>"));
}
