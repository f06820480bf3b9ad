//! Parameters: where each travels, in what style, and which of them cannot be sent at all.

use serde_json::Value;

use super::super::draft::{Parameter, Schema, Shape};
use super::super::metadata::value::{items, member, text};
use super::super::report::Kind;
use super::{Converter, dotted, path};
use crate::spec::{Location, Method, Primitive, Requirement, Style};

/// Keys that say something which is used, or which means nothing to a client.
const KNOWN: &[&str] = &[
    "allowEmptyValue",
    "deprecated",
    "description",
    "docRequired",
    "example",
    "examples",
    "in",
    "name",
    "required",
    "schema",
    "style",
];

impl<'d> Converter<'d> {
    /// Converts the parameters of an operation, and its path, which has to fit them.
    pub(super) fn parameters(
        &mut self,
        node: &'d Value,
        method: Method,
    ) -> (String, Vec<Parameter>) {
        let mut parameters: Vec<Parameter> = Vec::new();
        for node in items(node, "parameters") {
            let Some(name) = member(node, "name")
                .and_then(Value::as_str)
                .filter(|name| !name.is_empty())
            else {
                self.notes
                    .note(Kind::Unreadable, "a parameter without a name");
                continue;
            };
            let parameter = self.parameter(name, node);
            for key in node.as_object().into_iter().flat_map(serde_json::Map::keys) {
                if !KNOWN.contains(&key.as_str()) {
                    self.notes.at(Kind::UnknownKey, name, key);
                }
            }
            match parameters
                .iter_mut()
                .find(|known| known.member.wire == name)
            {
                None => parameters.push(parameter),
                Some(known) => {
                    let required = &mut known.member.schema.required;
                    *required = strictest(*required, parameter.member.schema.required);
                    self.notes.at(Kind::RepeatedParameter, name, "");
                }
            }
        }
        self.bodies(&mut parameters, method);
        let path = path::fit(self, text(node, "path"), &mut parameters);
        (path, dotted::group(parameters))
    }

    fn parameter(&mut self, name: &str, node: &'d Value) -> Parameter {
        let location = self.location(name, node);
        let schema = member(node, "schema").unwrap_or(&Value::Null);
        // Only a body can be bytes: other parameters are never the whole of anything.
        self.depth = usize::from(location != Location::Body);
        let mut member = self.member(name, schema);
        self.depth = 0;
        // Some documents say it of the parameter instead of its schema.
        member.schema.required =
            strictest(member.schema.required, super::schema::requirement(node));
        if member.schema.description.is_none() {
            member.schema.description = text(node, "description").map(str::to_owned);
        }
        let style = self.style(name, text(node, "style"), location, &member.schema);
        Parameter {
            member,
            location,
            style,
        }
    }

    fn location(&mut self, name: &str, node: &Value) -> Location {
        let word = text(node, "in").unwrap_or_default();
        match word {
            "query" => Location::Query,
            "formData" => Location::Form,
            "body" => Location::Body,
            "path" => Location::Path,
            "header" => Location::Header,
            "host" => Location::Host,
            _ => {
                self.notes.at(
                    Kind::MovedParameter,
                    name,
                    format!("from {word:?} to the query"),
                );
                Location::Query
            }
        }
    }

    /// The style, unless it is the usual one of the shape.
    fn style(
        &mut self,
        name: &str,
        word: Option<&str>,
        location: Location,
        schema: &Schema,
    ) -> Option<Style> {
        if location == Location::Body {
            if word == Some("xml") {
                self.notes.at(Kind::Xml, name, "an XML body");
            }
            return None;
        }
        let wanted = match (word, &schema.shape) {
            (_, Shape::Primitive(primitive)) if *primitive != Primitive::Any => return None,
            (Some("flat" | "repeatList"), Shape::Primitive(_)) => Some(Style::Flat),
            (Some("json") | None, Shape::Primitive(_)) => return None,
            (Some("json"), _) => Some(Style::Json),
            (Some("simple"), Shape::List(items)) if is_joinable(items) => Some(Style::Comma),
            (Some("spaceDelimited"), Shape::List(items)) if is_joinable(items) => {
                Some(Style::Space)
            }
            (Some("pipeDelimited"), Shape::List(items)) if is_joinable(items) => Some(Style::Pipe),
            (Some("flat" | "repeatList") | None, _) => None,
            (Some(other), _) => {
                self.notes
                    .at(Kind::ChangedStyle, name, format!("from {other:?} to json"));
                Some(Style::Json)
            }
        };
        if wanted.is_some() || matches!(location, Location::Query | Location::Form) {
            return wanted;
        }
        // A header or a part of the path is one text.
        let joined = matches!(&schema.shape, Shape::List(items) if is_joinable(items));
        Some(if joined { Style::Comma } else { Style::Json })
    }

    /// Sees to it that there is one body at most, and no form beside it or in a GET request.
    fn bodies(&mut self, parameters: &mut Vec<Parameter>, method: Method) {
        let bodiless = matches!(method, Method::Get | Method::Head);
        let whole = parameters
            .iter()
            .any(|parameter| parameter.location == Location::Body);
        let mut first = true;
        parameters.retain_mut(|parameter| match parameter.location {
            Location::Body if !std::mem::take(&mut first) => {
                self.notes.at(
                    Kind::DroppedParameter,
                    &parameter.member.wire,
                    "a second body",
                );
                false
            }
            Location::Form if bodiless || whole => {
                let why = if bodiless {
                    "the method has no form"
                } else {
                    "there is a body beside the form"
                };
                self.notes.at(
                    Kind::MovedParameter,
                    &parameter.member.wire,
                    format!("to the query: {why}"),
                );
                parameter.location = Location::Query;
                true
            }
            _ => true,
        });
    }
}

/// The stricter of two requirements.
pub(super) fn strictest(one: Requirement, other: Requirement) -> Requirement {
    use Requirement::{Documented, Optional, Required};
    match (one, other) {
        (Required, _) | (_, Required) => Required,
        (Documented, _) | (_, Documented) => Documented,
        (Optional, Optional) => Optional,
    }
}

/// Whether items can stand in one text with separators between them.
fn is_joinable(items: &Schema) -> bool {
    matches!(items.shape, Shape::Primitive(primitive) if !matches!(primitive, Primitive::Any | Primitive::Binary))
}
