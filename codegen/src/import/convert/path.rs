//! Paths and the parameters that fill their holes, which the metadata does not always spell alike.

use super::super::draft::{Member, Parameter, Schema, Shape};
use super::super::report::Kind;
use super::Converter;
use crate::spec::{Location, Primitive, Requirement};

/// The path of an operation, its holes named as their parameters are. Parameters that no hole takes are left out.
pub(super) fn fit(
    converter: &mut Converter<'_>,
    path: Option<&str>,
    parameters: &mut Vec<Parameter>,
) -> String {
    let path = path.unwrap_or("/");
    if converter.by_name() && path != "/" {
        converter.notes.note(Kind::IgnoredPath, path);
    }
    let path = if converter.by_name() { "/" } else { path };
    if path.contains('?') {
        converter.notes.note(Kind::PathQuery, path);
    }
    let mut fitted = String::with_capacity(path.len() + 1);
    if !path.starts_with('/') {
        fitted.push('/');
    }
    let mut filled = Vec::new();
    let mut rest = path;
    while let Some((before, hole, after)) = next_hole(rest) {
        let name = fill(converter, hole, parameters, &mut filled);
        fitted.push_str(&format!("{before}{{{name}}}"));
        rest = after;
    }
    fitted.push_str(rest);
    parameters.retain(|parameter| {
        let sent = parameter.location != Location::Path || filled.contains(&parameter.member.wire);
        if !sent {
            converter.notes.at(
                Kind::DroppedParameter,
                &parameter.member.wire,
                "the path has no place for it",
            );
        }
        sent
    });
    fitted
}

/// The text before the next hole, the hole, and the text after it.
fn next_hole(path: &str) -> Option<(&str, &str, &str)> {
    let (before, rest) = path.split_once('{')?;
    let (hole, after) = rest.split_once('}')?;
    Some((before, hole, after))
}

/// The name of the parameter that fills a hole: one that is spelt alike, or a new one.
fn fill(
    converter: &mut Converter<'_>,
    hole: &str,
    parameters: &mut Vec<Parameter>,
    filled: &mut Vec<String>,
) -> String {
    let found = parameters
        .iter()
        .position(|parameter| parameter.member.wire == hole)
        .or_else(|| {
            let alike = |parameter: &Parameter| {
                parameter.location == Location::Path
                    && !filled.contains(&parameter.member.wire)
                    && bare(&parameter.member.wire) == bare(hole)
            };
            parameters.iter().position(alike)
        });
    let name = match found.and_then(|at| parameters.get_mut(at)) {
        Some(parameter) => {
            if parameter.location != Location::Path {
                converter.notes.at(
                    Kind::MovedParameter,
                    &parameter.member.wire,
                    "to the path, which has a hole for it",
                );
            }
            parameter.location = Location::Path;
            // A hole has to be filled, whatever the metadata says.
            parameter.member.schema.required = Requirement::Required;
            parameter.member.wire.clone()
        }
        None => invent(converter, hole, parameters),
    };
    filled.push(name.clone());
    name
}

/// Adds a parameter for a hole that nothing fills.
fn invent(converter: &mut Converter<'_>, hole: &str, parameters: &mut Vec<Parameter>) -> String {
    let name = if hole.trim().is_empty() { "path" } else { hole };
    converter.notes.at(
        Kind::PathHole,
        name,
        "no parameter fills the hole; a text was added",
    );
    if !parameters
        .iter()
        .any(|parameter| parameter.member.wire == name)
    {
        let mut schema = Schema::of(Shape::Primitive(Primitive::String));
        schema.required = Requirement::Required;
        let member = Member {
            wire: name.to_owned(),
            schema,
        };
        parameters.push(Parameter {
            member,
            location: Location::Path,
            style: None,
        });
    }
    name.to_owned()
}

/// A name without what spellings differ in.
fn bare(name: &str) -> String {
    name.chars()
        .filter(|c| c.is_alphanumeric())
        .flat_map(char::to_lowercase)
        .collect()
}
