//! The samples of a page as an example.

use serde_json::{Map, Value as Json};

use super::super::draft::{Parameter, Shape};
use super::super::yaml::Page;
use super::Samples;
use crate::document::Document;
use crate::spec::{Primitive, Requirement};

/// Writes the example, if there is anything to show.
pub(super) fn examples(
    page: &mut Page,
    document: &Document,
    parameters: &[Parameter],
    samples: Samples,
) {
    let request = request(document, parameters);
    let request = Some(request).filter(|request| samples.request && !request.is_empty());
    let json = document.json.as_deref().filter(|_| samples.json).map(tidy);
    let xml = document.xml.as_ref().filter(|_| samples.xml);
    if request.is_none() && json.is_none() && xml.is_none() {
        return;
    }
    page.gap();
    page.block("examples", |page| {
        page.item(|page| {
            if let Some(request) = &request {
                page.block("request", |page| members(page, request));
            }
            if let Some(json) = &json {
                page.entry("json", json);
            }
            if let Some(xml) = xml {
                page.entry("xml", &xml.replace('\t', "  "));
            }
        });
    });
}

/// JSON with even indentation, where it is JSON.
fn tidy(text: &str) -> String {
    let json: Result<Json, _> = serde_json::from_str(text);
    json.map_or_else(|_| text.to_owned(), |json| format!("{json:#}\n"))
}

/// The sample request; without one, the examples of what is required.
fn request(document: &Document, parameters: &[Parameter]) -> Map<String, Json> {
    let mut request = Map::new();
    for (name, text) in &document.request {
        let shape = shape(parameters, name);
        insert(&mut request, name, value(shape, text));
    }
    if request.is_empty() {
        for parameter in parameters {
            let schema = &parameter.member.schema;
            if let (Requirement::Documented, Some(example)) = (schema.required, &schema.example) {
                let value = value(Some(&schema.shape), example);
                request.insert(parameter.member.wire.clone(), value);
            }
        }
    }
    request
}

/// The shape of the parameter, or of the field of one, that a name leads to.
fn shape<'p>(parameters: &'p [Parameter], name: &str) -> Option<&'p Shape> {
    let mut names = name.split('.');
    let first = names.next()?;
    let outer = parameters.iter().find(|known| known.member.wire == first)?;
    let mut shape = &outer.member.schema.shape;
    for name in names {
        let Shape::Object(members) = shape else {
            return None;
        };
        let inner = members.iter().find(|member| member.wire == name)?;
        shape = &inner.schema.shape;
    }
    Some(shape)
}

fn value(shape: Option<&Shape>, text: &str) -> Json {
    let parsed = || serde_json::from_str(text).ok();
    let read = match shape {
        None | Some(Shape::Primitive(Primitive::String)) => None,
        Some(_) => parsed(),
    };
    read.unwrap_or_else(|| Json::String(text.to_owned()))
}

/// Puts a value under a name with dots in it.
fn insert(object: &mut Map<String, Json>, name: &str, value: Json) {
    let Some((first, rest)) = name.split_once('.') else {
        object.insert(name.to_owned(), value);
        return;
    };
    let inner = object
        .entry(first)
        .or_insert_with(|| Json::Object(Map::new()));
    match inner {
        Json::Object(inner) => insert(inner, rest, value),
        // What stands there already is not an object, so the name is one with a dot in it.
        _ => drop(object.insert(name.to_owned(), value)),
    }
}

/// Members one to a line; what is inside them as JSON, which is YAML too.
fn members(page: &mut Page, object: &Map<String, Json>) {
    for (name, value) in object {
        match value {
            Json::String(text) => page.entry(name, text),
            Json::Object(inner) if !inner.is_empty() => {
                page.block(name, |page| members(page, inner))
            }
            value => page.raw(name, &value.to_string()),
        }
    }
}
