//! Parameters: what an operation was given, and whether the service would take it.
//!
//! The service insists on what is `required: true` and has no default, and on scalars that read as their type. Everything else that can be
//! known of a parameter (documented demands, enums, ranges) is advice, and unknown parameters are welcome. A parameter
//! may come in the query or in a form, whatever its spec says: clients differ.

use std::collections::BTreeMap;

use alicloud_codegen::spec::{Kind, Location, Parameter, Primitive, Requirement, Style};

use crate::http::Request;
use crate::refusal::Refusal;
use crate::route::Route;
use crate::shape::Shapes;
use crate::verify::Scheme;

/// Parameters of the V1 signature rather than of an operation.
const COMMON: [&str; 12] = [
    "AccessKeyId",
    "Action",
    "BearerToken",
    "Format",
    "SecurityToken",
    "Signature",
    "SignatureMethod",
    "SignatureNonce",
    "SignatureType",
    "SignatureVersion",
    "Timestamp",
    "Version",
];

/// Whether a name is that of a parameter of the V1 signature.
pub(crate) fn is_common(name: &str) -> bool {
    COMMON.contains(&name)
}

/// Names and values, from wherever they came.
pub(crate) type Given = BTreeMap<String, String>;

/// Everything in the query and the form; without the common parameters when they are no parameters of the operation.
pub(crate) fn own(request: &Request, scheme: Scheme) -> Given {
    let all = request.parameters().into_iter();
    let apart = matches!(scheme, Scheme::V3 | Scheme::Roa);
    all.filter(|(name, _)| apart || !is_common(name))
        .map(|(name, value)| (name.to_owned(), value.to_owned()))
        .collect()
}

/// Everything an operation was given: as [`own`], and what its path and headers hold.
pub(crate) fn given(request: &Request, scheme: Scheme, route: &Route<'_>) -> Given {
    let mut given = own(request, scheme);
    let path = route.path_parameters.iter();
    given.extend(path.map(|(name, value)| ((*name).to_owned(), value.clone())));
    for parameter in &route.served.spec.parameters {
        let name = &parameter.field.name.value;
        if parameter.location == Location::Header {
            let header = request.header(&name.to_ascii_lowercase());
            given.extend(header.map(|value| (name.clone(), value.to_owned())));
        }
    }
    given
}

/// Refuses what the service refuses: a required parameter that is missing first, a value of the wrong type after.
pub(crate) fn check(
    request: &Request,
    route: &Route<'_>,
    shapes: &Shapes<'_>,
    given: &Given,
) -> Result<(), Refusal> {
    for parameter in &route.served.spec.parameters {
        let name = &parameter.field.name.value;
        // Where a default is documented, the service fills it in.
        let default = parameter.field.schema.default.is_some();
        let required = parameter.required == Requirement::Required && !default;
        // With V1 a parameter of the operation may have the name of a common one, and the request has it then.
        let found = is_given(request, parameter, given) || request.parameter(name).is_some();
        if required && !found {
            return Err(Refusal::missing_parameter(name));
        }
    }
    for (name, value) in given {
        check_type(shapes, name, value)?;
    }
    Ok(())
}

/// An object counts as given when any name below it is.
fn is_given(request: &Request, parameter: &Parameter, given: &Given) -> bool {
    let name = &parameter.field.name.value;
    match parameter.location {
        Location::Body => !request.body().is_empty(),
        // The path was matched, so its holes are filled; a host name on loopback has none.
        Location::Path | Location::Host => true,
        _ => {
            let below = format!("{name}.");
            let mut after = given.range(below.clone()..);
            given.contains_key(name)
                || after
                    .next()
                    .is_some_and(|(first, _)| first.starts_with(&below))
        }
    }
}

fn check_type(shapes: &Shapes<'_>, name: &str, value: &str) -> Result<(), Refusal> {
    let Some(found) = shapes.find(name) else {
        return Ok(());
    };
    let wanted = match (&found.schema.kind, found.style.and_then(separator)) {
        (Kind::Primitive(primitive), _) => (!reads_as(*primitive, value)).then_some(*primitive),
        (Kind::List(items), Some(separator)) => match items.kind {
            Kind::Primitive(primitive) => {
                let mut items = value.split(separator).filter(|item| !item.is_empty());
                let fit = items.all(|item| reads_as(primitive, item));
                (!fit).then_some(primitive)
            }
            _ => None,
        },
        // Lists and objects under their own name are JSON, which genuine clients send in any shape.
        _ => None,
    };
    match wanted {
        Some(primitive) => Err(Refusal::invalid_parameter(name, type_name(primitive))),
        None => Ok(()),
    }
}

fn separator(style: Style) -> Option<char> {
    match style {
        Style::Comma => Some(','),
        Style::Space => Some(' '),
        Style::Pipe => Some('|'),
        Style::Repeated | Style::Flat | Style::Json => None,
    }
}

fn reads_as(primitive: Primitive, text: &str) -> bool {
    match primitive {
        Primitive::Int32 => text.parse::<i32>().is_ok(),
        Primitive::Int64 => text.parse::<i64>().is_ok(),
        Primitive::Float | Primitive::Double => text.parse::<f64>().is_ok_and(f64::is_finite),
        Primitive::Boolean => matches!(text, "true" | "false" | "True" | "False"),
        Primitive::String | Primitive::Binary | Primitive::Any => true,
    }
}

fn type_name(primitive: Primitive) -> &'static str {
    match primitive {
        Primitive::Int32 => "a whole number of 32 bits",
        Primitive::Int64 => "a whole number of 64 bits",
        Primitive::Float | Primitive::Double => "a number",
        Primitive::Boolean => "true or false",
        Primitive::String | Primitive::Binary | Primitive::Any => "text",
    }
}

#[cfg(test)]
mod tests;
