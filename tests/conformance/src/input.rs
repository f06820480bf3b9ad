//! Recorded input in API terms: what the older client flattened is nested again, as far as a spec knows the names.

use std::collections::BTreeMap;

use alicloud_codegen::model::{Argument, Home, Operation, Version};
use alicloud_codegen::spec::{Location, Style};
use serde_json::{Map, Value as Json};

use crate::recorded::template;
use crate::vector::Vector;

/// The input of a vector, for an operation of a model.
pub(crate) fn input(
    vector: &Vector,
    version: &Version,
    operation: &Operation,
) -> Result<Json, String> {
    let recorded = vector.object("/input");
    if recorded.contains_key("query") && recorded.contains_key("form") {
        let mut flat = vector.object("/input/query").clone();
        flat.extend(vector.object("/input/form").clone());
        return Ok(Json::Object(nest(&flat, version, operation)));
    }
    let parameters = || operation.parameters.iter();
    let body = parameters().find(|known| known.location == Location::Body);
    let knows = |name: &str| parameters().any(|known| known.wire == name);
    let body = body.map(|body| body.wire.as_str());
    by_parameter(vector, &operation.path, knows, body).map(Json::Object)
}

/// The members of a request object by parameter. The recorded client calls path parameters by names of its own, in the
/// order of the path; members that are no parameters are those of the body as a whole, where there is one.
pub(crate) fn by_parameter(
    vector: &Vector,
    path: &str,
    knows: impl Fn(&str) -> bool,
    body: Option<&str>,
) -> Result<Map<String, Json>, String> {
    let mut parameters = Map::new();
    let args = vector.object("/input_path_args");
    if !args.is_empty() {
        let template = template(vector).ok_or("path parameters, but no template of the path")?;
        let (theirs, ours) = (holes(&template), holes(path));
        if theirs.len() != ours.len() {
            return Err(format!("the path {path} is not {template}"));
        }
        for (theirs, ours) in theirs.into_iter().zip(ours) {
            parameters.extend(
                args.get(theirs)
                    .map(|value| (ours.to_owned(), value.clone())),
            );
        }
    }
    let mut members = Map::new();
    for (name, value) in vector.object("/input") {
        let place = if knows(name) || body.is_none() {
            &mut parameters
        } else {
            &mut members
        };
        place.insert(name.clone(), value.clone());
    }
    if let (Some(body), false) = (body, members.is_empty()) {
        // The recorded client calls a body that is a parameter by itself "body".
        let whole = match members.get("body") {
            Some(whole) if members.len() == 1 => whole.clone(),
            _ => Json::Object(members),
        };
        parameters.insert(body.to_owned(), whole);
    }
    Ok(parameters)
}

/// The names in the braces of a path.
fn holes(path: &str) -> Vec<&str> {
    let holes = path.split('{').skip(1);
    let names = holes.filter_map(|rest| rest.split_once('}'));
    names.map(|(name, _)| name).collect()
}

/// The input with the recorded text of everything that is JSON, whose members may come in another order in ours.
pub(crate) fn with_recorded_texts(mut input: Json, vector: &Vector, operation: &Operation) -> Json {
    let recorded = vector.all_pairs();
    for parameter in &operation.parameters {
        let Some(value) = input.get_mut(&parameter.wire) else {
            continue;
        };
        let text = match (parameter.location, parameter.style) {
            (Location::Body, _) if parameter.argument != Argument::Binary => {
                vector.optional("/expected/body")
            }
            (Location::Query | Location::Form, Some(Style::Json)) => {
                let found = recorded.iter().find(|(known, _)| *known == parameter.wire);
                found.map(|(_, value)| value.as_str())
            }
            _ => None,
        };
        if let Some(text) = text {
            *value = text.into();
        }
    }
    input
}

fn nest(flat: &Map<String, Json>, version: &Version, operation: &Operation) -> Map<String, Json> {
    let mut nested = Map::new();
    let mut parts: BTreeMap<&str, BTreeMap<&str, &Json>> = BTreeMap::new();
    for (name, value) in flat {
        let known = |wire: &str| operation.parameters.iter().any(|known| known.wire == wire);
        match name
            .split_once('.')
            .filter(|(parent, _)| !known(name) && known(parent))
        {
            Some((parent, rest)) => drop(parts.entry(parent).or_default().insert(rest, value)),
            None => drop(nested.insert(name.clone(), value.clone())),
        }
    }
    for (parent, parts) in parts {
        let parameter = operation
            .parameters
            .iter()
            .find(|known| known.wire == parent);
        let whole =
            parameter.and_then(|it| Shapes { version, operation }.value(&it.argument, &parts));
        match whole {
            Some(whole) => drop(nested.insert(parent.to_owned(), whole)),
            // What makes no such value is sent as it was given.
            None => nested.extend(
                (parts.into_iter())
                    .map(|(rest, value)| (format!("{parent}.{rest}"), value.clone())),
            ),
        }
    }
    nested
}

struct Shapes<'a> {
    version: &'a Version,
    operation: &'a Operation,
}

impl Shapes<'_> {
    /// A value put together from its flattened parts; the part of a scalar has an empty name.
    fn value(&self, argument: &Argument, parts: &BTreeMap<&str, &Json>) -> Option<Json> {
        if let Some(whole) = parts.get("") {
            return (parts.len() == 1).then(|| (*whole).clone());
        }
        let mut children: BTreeMap<&str, BTreeMap<&str, &Json>> = BTreeMap::new();
        for (name, value) in parts {
            let (child, rest) = name.split_once('.').unwrap_or((name, ""));
            children.entry(child).or_default().insert(rest, *value);
        }
        match argument {
            Argument::List(inner) => {
                let items = (1..=children.len()).map(|at| {
                    let parts = children.get(at.to_string().as_str())?;
                    self.value(inner, parts)
                });
                items.collect::<Option<Vec<_>>>().map(Json::Array)
            }
            Argument::Map(inner) => self.members(&children, |_| Some(inner)),
            Argument::Face(path) => {
                let faces = if path.home == Home::Operation {
                    &self.operation.faces
                } else {
                    &self.version.faces
                };
                let face = faces.iter().find(|face| face.name == path.name)?;
                self.members(&children, |wire| {
                    let field = face.fields.iter().find(|field| field.wire == wire)?;
                    Some(&field.argument)
                })
            }
            _ => None,
        }
    }

    fn members<'s>(
        &'s self,
        children: &BTreeMap<&str, BTreeMap<&str, &Json>>,
        argument: impl Fn(&str) -> Option<&'s Argument>,
    ) -> Option<Json> {
        let members = children.iter().map(|(name, parts)| {
            let value = self.value(argument(name)?, parts)?;
            Some(((*name).to_owned(), value))
        });
        members.collect::<Option<Map<_, _>>>().map(Json::Object)
    }
}
