//! Dotted names: `SourceEndpoint.InstanceId` and its siblings are one object `SourceEndpoint`, written flat.
//!
//! On the wire nothing changes: flattening the object gives the literal names again. So names are grouped only where that
//! is certain to be so: they travel in the same place, no parameter bears the common part as its own name, and no part is
//! a number, which would mean a list.

use std::collections::{HashMap, HashSet};

use super::super::draft::{Member, Parameter, Schema, Shape};
use super::parameter::strictest;
use crate::spec::{Location, Primitive, Requirement};

/// Groups parameters. A group stands where its first member stood.
pub(super) fn group(parameters: Vec<Parameter>) -> Vec<Parameter> {
    let heads = heads(&parameters);
    let mut places: HashMap<String, usize> = HashMap::new();
    let mut grouped: Vec<Parameter> = Vec::new();
    for mut parameter in parameters {
        let head = head(&parameter.member.wire)
            .filter(|head| heads.contains(*head))
            .map(str::to_owned);
        let Some(head) = head.filter(|_| is_flat(&parameter)) else {
            grouped.push(parameter);
            continue;
        };
        parameter.member.wire.drain(..=head.len());
        let place = *places.entry(head.clone()).or_insert_with(|| {
            grouped.push(empty(head, parameter.location));
            grouped.len() - 1
        });
        if let Some(Parameter { member, .. }) = grouped.get_mut(place) {
            join(member, parameter.member);
        }
    }
    for parameter in &mut grouped {
        if places.contains_key(&parameter.member.wire) {
            nest(&mut parameter.member.schema);
        }
    }
    grouped
}

/// The part of a name before its first dot.
fn head(wire: &str) -> Option<&str> {
    let (head, rest) = wire.split_once('.')?;
    (!head.is_empty() && !rest.is_empty()).then_some(head)
}

/// The names of groups.
fn heads(parameters: &[Parameter]) -> HashSet<String> {
    let own: HashSet<&str> = parameters
        .iter()
        .map(|parameter| parameter.member.wire.as_str())
        .collect();
    let mut places: HashMap<&str, Option<Location>> = HashMap::new();
    for parameter in parameters {
        let wire = parameter.member.wire.as_str();
        let Some(head) = head(wire) else {
            continue;
        };
        let usable =
            matches!(parameter.location, Location::Query | Location::Form) && is_grouping(wire);
        let location = usable.then_some(parameter.location);
        places
            .entry(head)
            .and_modify(|known| *known = known.filter(|_| *known == location))
            .or_insert(location);
    }
    let usable = places
        .into_iter()
        .filter(|(head, location)| location.is_some() && !own.contains(head));
    usable.map(|(head, _)| head.to_owned()).collect()
}

/// Whether every part of a name is one that an object could have for a field.
fn is_grouping(wire: &str) -> bool {
    wire.split('.')
        .all(|part| !part.is_empty() && !part.bytes().all(|c| c.is_ascii_digit()))
}

/// Whether a parameter is written the same way inside a flat object.
fn is_flat(parameter: &Parameter) -> bool {
    parameter.style.is_none()
        && !matches!(
            parameter.member.schema.shape,
            Shape::Primitive(Primitive::Any)
        )
}

fn empty(head: String, location: Location) -> Parameter {
    Parameter {
        member: Member {
            wire: head,
            schema: Schema::of(Shape::Object(Vec::new())),
        },
        location,
        style: None,
    }
}

/// Adds a member to a group, which is required as soon as one of its members is.
fn join(group: &mut Member, member: Member) {
    let required: &mut Requirement = &mut group.schema.required;
    *required = strictest(*required, member.schema.required);
    if let Shape::Object(members) = &mut group.schema.shape {
        members.push(member);
    }
}

/// Groups the members of a group that have dots in their names still.
fn nest(schema: &mut Schema) {
    let Shape::Object(members) = &mut schema.shape else {
        return;
    };
    let as_parameters = std::mem::take(members).into_iter().map(|member| Parameter {
        member,
        location: Location::Query,
        style: None,
    });
    let grouped = group(as_parameters.collect());
    *members = grouped
        .into_iter()
        .map(|parameter| parameter.member)
        .collect();
}
