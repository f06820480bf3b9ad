//! Types: objects and enums that are nested somewhere, named after where they stand.
//!
//! An object is named after its own key, an enum after its operation and its key. The same key occurs at several places, so
//! all but the first are named by more of their path: `Status` of `Data.Items` becomes `ItemsStatus`. Request and answer
//! share one scope; what is nested in shared schemas shares the scope of the whole version.

use std::collections::HashSet;

use super::super::draft::{Member, Operation, Schema, Shape};
use super::{numbered, request_name};
use crate::model::names::{Place, is_usable, rust_name};
use crate::spec::Primitive;

/// Something that becomes a type.
struct Slot<'s> {
    /// From the side it is on to its own key.
    path: Vec<String>,
    /// What an enum is named after besides its key; `None` for an object.
    prefix: Option<String>,
    name: &'s mut Option<String>,
}

/// Settles the types of an operation. `shared` are the names of shared schemas, which a type's own name would hide.
pub(super) fn of_operation(operation: &mut Operation, shared: &HashSet<String>) {
    let request = request_name(operation);
    let base = request.trim_end_matches('_').to_owned();
    let mut taken = HashSet::from([request, format!("{base}Response")]);
    let mut slots = Vec::new();
    for parameter in &mut operation.parameters {
        let Member { wire, schema } = &mut parameter.member;
        collect(
            schema,
            vec!["Request".into(), wire.clone()],
            &base,
            &mut slots,
        );
    }
    if let Some(response) = &mut operation.response {
        let path = vec![String::from("Answer")];
        // The answer itself, if it is an object, is named after the operation.
        if let Schema {
            shape: Shape::Object(members),
            ..
        } = response
        {
            collect_members(members, &path, &base, &mut slots);
        } else {
            collect(response, path, &base, &mut slots);
        }
    }
    settle(slots, &mut taken, shared);
}

/// Settles the types nested in shared schemas.
pub(super) fn of_service(schemas: &mut [Member]) {
    let shared: HashSet<String> = schemas.iter().map(|member| member.wire.clone()).collect();
    let mut taken: HashSet<String> = shared
        .iter()
        .filter_map(|name| rust_name(name, Place::Type))
        .collect();
    let mut slots = Vec::new();
    for Member { wire, schema } in schemas {
        let base = rust_name(wire, Place::Type).unwrap_or_default();
        if let Shape::Object(members) = &mut schema.shape {
            collect_members(members, std::slice::from_ref(wire), &base, &mut slots);
        }
    }
    settle(slots, &mut taken, &shared);
}

fn collect_members<'s>(
    members: &'s mut [Member],
    path: &[String],
    prefix: &str,
    slots: &mut Vec<Slot<'s>>,
) {
    for Member { wire, schema } in members {
        collect(
            schema,
            [path, std::slice::from_ref(wire)].concat(),
            prefix,
            slots,
        );
    }
}

fn collect<'s>(schema: &'s mut Schema, path: Vec<String>, prefix: &str, slots: &mut Vec<Slot<'s>>) {
    let Schema {
        shape,
        name,
        values,
        ..
    } = schema;
    match shape {
        Shape::List(inner) | Shape::Map(inner) => collect(inner, path, prefix, slots),
        Shape::Object(members) => {
            collect_members(members, &path, prefix, slots);
            slots.push(Slot {
                path,
                prefix: None,
                name,
            });
        }
        Shape::Primitive(Primitive::String) if !values.is_empty() => {
            slots.push(Slot {
                path,
                prefix: Some(prefix.to_owned()),
                name,
            });
        }
        Shape::Primitive(_) | Shape::Ref(_) => {}
    }
}

/// Names the types, the outermost first.
fn settle(mut slots: Vec<Slot<'_>>, taken: &mut HashSet<String>, shared: &HashSet<String>) {
    slots.sort_by_key(|slot| slot.path.len());
    for slot in slots {
        let usual = slot.usual();
        if usual
            .as_ref()
            .is_some_and(|usual| taken.insert(usual.clone()))
        {
            continue;
        }
        let mut free = slot.candidates();
        let found = free.find(|name| {
            is_usable(name, Place::Type) && !shared.contains(name) && taken.insert(name.clone())
        });
        *slot.name = found;
    }
}

impl Slot<'_> {
    /// What the model would call it.
    fn usual(&self) -> Option<String> {
        let own = rust_name(self.path.last()?, Place::Type);
        match &self.prefix {
            Some(prefix) => Some(format!(
                "{prefix}{}",
                own.as_deref().unwrap_or("Nameless").trim_end_matches('_')
            )),
            None => own,
        }
    }

    /// Names made of more and more of the path, and, should that not be enough, numbers.
    fn candidates(&self) -> impl Iterator<Item = String> + use<> {
        let parts: Vec<String> = self.path.iter().map(|part| pascal(part)).collect();
        let prefix = self.prefix.clone().unwrap_or_default();
        let joined: Vec<String> = (0..parts.len())
            .rev()
            .map(|start| {
                format!(
                    "{prefix}{}",
                    parts.get(start..).unwrap_or_default().concat()
                )
            })
            .collect();
        let last = joined.last().cloned().unwrap_or_default();
        let numbers: Vec<String> = numbered(&last).skip(1).take(1_000).collect();
        joined.into_iter().chain(numbers)
    }
}

fn pascal(part: &str) -> String {
    let name = rust_name(part, Place::Type).unwrap_or_default();
    name.trim_end_matches('_').to_owned()
}
