//! Rows of a page's tables as parameters and fields.
//!
//! Names with dots in them are the fields of objects, and `N` in a name stands for the number of a list's item.

use serde_json::Value as Json;

use super::super::draft::{Member, Parameter, Schema, Shape, Value};
use super::known::Known;
use crate::document::{Row, RowKind};
use crate::spec::{Location, Primitive, Requirement, Style};

/// The parameters, in the order of the table.
pub(super) fn parameters(rows: &[Row], known: &Known<'_>) -> Vec<Parameter> {
    let mut members = Vec::new();
    for row in rows {
        let mut schema = schema(row, known);
        if let Some(true) = row.required {
            // The service may do without: a document alone does not prove that it refuses.
            schema.required = Requirement::Documented;
        }
        place(&mut members, &row.name, schema);
    }
    members
        .into_iter()
        .map(|mut member| {
            let description = known.parameter(&member.wire);
            member.schema.description = member.schema.description.or(description);
            let row = rows.iter().find(|row| row.name == member.wire);
            let json =
                row.is_some_and(is_json) && !matches!(member.schema.shape, Shape::Primitive(_));
            Parameter {
                style: json.then_some(Style::Json),
                location: Location::Query,
                member,
            }
        })
        .collect()
}

/// The fields of the answer.
pub(super) fn response(rows: &[Row], known: &Known<'_>) -> Vec<Member> {
    let mut members = Vec::new();
    for row in rows {
        place(&mut members, &row.name, schema(row, known));
    }
    for member in &mut members {
        let description = known.field(&member.wire);
        member.schema.description = member.schema.description.take().or(description);
    }
    members
}

/// Puts a schema where its name says, into objects and lists that are made as they are met.
fn place(members: &mut Vec<Member>, name: &str, schema: Schema) {
    let (first, rest) = name.split_once('.').unwrap_or((name, ""));
    let at = members.iter().position(|member| member.wire == first);
    let at = at.unwrap_or_else(|| {
        members.push(Member {
            wire: first.to_owned(),
            schema: Schema::of(Shape::Object(Vec::new())),
        });
        members.len() - 1
    });
    let Some(member) = members.get_mut(at) else {
        return;
    };
    if rest.is_empty() {
        member.schema = schema;
    } else {
        enter(&mut member.schema, rest, schema);
    }
}

/// Puts a schema into an object or a list.
fn enter(outer: &mut Schema, rest: &str, schema: Schema) {
    let (first, deeper) = rest.split_once('.').unwrap_or((rest, ""));
    if matches!(first, "N" | "n") {
        if !matches!(outer.shape, Shape::List(_)) {
            outer.shape = Shape::List(Box::new(Schema::of(Shape::Object(Vec::new()))));
        }
        if let Shape::List(items) = &mut outer.shape {
            match deeper {
                "" => {
                    **items = Schema {
                        required: Requirement::Optional,
                        ..schema
                    }
                }
                deeper => enter(items, deeper, schema),
            }
        }
        return;
    }
    match &mut outer.shape {
        Shape::Object(members) => place(members, rest, schema),
        Shape::List(items) => enter(items, rest, schema),
        // The row of the outer one called it something without parts: its fields know better.
        shape => {
            let mut members = Vec::new();
            place(&mut members, rest, schema);
            *shape = Shape::Object(members);
        }
    }
}

fn schema(row: &Row, known: &Known<'_>) -> Schema {
    let shape = match row.kind {
        RowKind::Text if is_json(row) => row
            .example
            .as_deref()
            .and_then(parsed)
            .map_or_else(any, |json| inferred(&json)),
        RowKind::Text => Shape::Primitive(Primitive::String),
        RowKind::Int32 => Shape::Primitive(Primitive::Int32),
        RowKind::Int64 => Shape::Primitive(Primitive::Int64),
        RowKind::Float => Shape::Primitive(Primitive::Float),
        RowKind::Double => Shape::Primitive(Primitive::Double),
        RowKind::Boolean => Shape::Primitive(Primitive::Boolean),
        RowKind::Any => any(),
        RowKind::Object => Shape::Object(Vec::new()),
        RowKind::Map => Shape::Map(Box::new(Schema::any())),
        RowKind::Objects => Shape::List(Box::new(Schema::of(Shape::Object(Vec::new())))),
        RowKind::Texts => Shape::List(Box::new(Schema::of(Shape::Primitive(Primitive::String)))),
    };
    let deprecated = "The service will remove it and does not need it.";
    let text = matches!(shape, Shape::Primitive(Primitive::String));
    let shared = known
        .shared_enum(&row.values)
        .filter(|_| text && !row.values.is_empty());
    let values = row.values.iter().filter(|_| text && shared.is_none());
    Schema {
        example: row.example.clone(),
        default: row
            .default
            .clone()
            .filter(|_| matches!(shape, Shape::Primitive(_))),
        deprecated: row.deprecated.then(|| deprecated.to_owned()),
        shared_enum: shared.clone(),
        values: values
            .map(|value| Value {
                wire: value.clone(),
                meaning: None,
                name: None,
            })
            .collect(),
        ..Schema::of(shape)
    }
}

fn any() -> Shape {
    Shape::Primitive(Primitive::Any)
}

/// Whether the value is JSON in a string: the description says so, or the example is an object or a list.
fn is_json(row: &Row) -> bool {
    let example = row.example.as_deref().and_then(parsed);
    row.kind == RowKind::Text
        && (row.json || example.is_some_and(|json| json.is_object() || json.is_array()))
}

fn parsed(text: &str) -> Option<Json> {
    serde_json::from_str(text).ok()
}

/// What an example shows of the shape of a value.
fn inferred(json: &Json) -> Shape {
    match json {
        Json::Null => any(),
        Json::Bool(_) => Shape::Primitive(Primitive::Boolean),
        Json::Number(number) if number.is_f64() => Shape::Primitive(Primitive::Double),
        Json::Number(_) => Shape::Primitive(Primitive::Int64),
        Json::String(_) => Shape::Primitive(Primitive::String),
        Json::Array(items) => {
            let item = items.first().map_or_else(any, inferred);
            Shape::List(Box::new(Schema::of(item)))
        }
        Json::Object(members) => {
            let member = |(name, value): (&String, &Json)| Member {
                wire: name.clone(),
                schema: Schema::of(inferred(value)),
            };
            Shape::Object(members.iter().map(member).collect())
        }
    }
}
