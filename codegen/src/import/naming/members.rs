//! Setters and fields: names that collide among siblings.
//!
//! `name` names the setter or field of a scalar, list, map or reference. On an object or an enum it names the type
//! instead, so of two that collide the one that can be renamed is; where neither can, an enum is given up, or an object
//! becomes free JSON.

use std::collections::HashSet;

use super::super::draft::{Member, Operation, Schema, Shape};
use super::super::notes::Notes;
use super::super::report::Kind;
use super::spelled;
use crate::model::names::{Place, is_usable, json_twin, rust_name};
use crate::spec::{Primitive, Style};

/// Settles the members of everything in an operation.
pub(super) fn of_operation(operation: &mut Operation, notes: &mut Notes) {
    let json: HashSet<String> = operation
        .parameters
        .iter()
        .filter(|parameter| parameter.style == Some(Style::Json))
        .map(|parameter| parameter.member.wire.clone())
        .collect();
    let parameters = operation
        .parameters
        .iter_mut()
        .map(|parameter| &mut parameter.member);
    siblings(parameters.collect(), "parameter", &json, notes);
    for parameter in &mut operation.parameters {
        let Member { wire, schema } = &mut parameter.member;
        inside(schema, wire, notes);
    }
    if let Some(response) = &mut operation.response {
        inside(response, "answer", notes);
    }
    siblings(
        operation.response_headers.iter_mut().collect(),
        "header",
        &HashSet::new(),
        notes,
    );
}

/// Settles the members of every object in a schema. `parent` is what the schema is called.
pub(super) fn inside(schema: &mut Schema, parent: &str, notes: &mut Notes) {
    match &mut schema.shape {
        Shape::Primitive(_) | Shape::Ref(_) => {}
        Shape::List(inner) | Shape::Map(inner) => inside(inner, parent, notes),
        Shape::Object(members) => {
            siblings(members.iter_mut().collect(), parent, &HashSet::new(), notes);
            for Member { wire, schema } in members {
                notes.push(wire);
                inside(schema, wire, notes);
                notes.pop();
            }
        }
    }
}

/// The names taken among siblings.
struct Taken {
    names: HashSet<String>,
}

impl Taken {
    /// Takes the names of something, unless one of them is taken. With `json` there is a second setter, for JSON text.
    fn take(&mut self, name: &str, json: bool) -> bool {
        let second = json_twin(name);
        if self.names.contains(name) || json && self.names.contains(&second) {
            return false;
        }
        self.names.insert(name.to_owned());
        if json {
            self.names.insert(second);
        }
        true
    }
}

/// Gives a name to members that need one. Those that cannot be renamed choose first.
fn siblings(members: Vec<&mut Member>, parent: &str, json: &HashSet<String>, notes: &mut Notes) {
    let (fixed, free): (Vec<_>, Vec<_>) = members
        .into_iter()
        .partition(|member| names_a_type(&member.schema));
    let mut taken = Taken {
        names: HashSet::new(),
    };
    let mut later = Vec::new();
    for member in fixed {
        let plain = plain(&member.wire);
        if !plain.is_some_and(|plain| taken.take(&plain, json.contains(&member.wire))) {
            notes.at(
                Kind::NoRustName,
                &member.wire,
                "an object or enum whose name is taken",
            );
            give_up(&mut member.schema);
            later.push(member);
        }
    }
    for member in free.into_iter().chain(later) {
        let has_json =
            json.contains(&member.wire) && !matches!(member.schema.shape, Shape::Primitive(_));
        let plain = plain(&member.wire);
        if plain.is_some_and(|plain| taken.take(&plain, has_json)) {
            continue;
        }
        let free = candidates(&member.wire, parent)
            .find(|name| is_free(name) && taken.take(name, has_json));
        member.schema.name = free;
    }
}

/// The name a member has of itself, when it is the same on both sides.
fn plain(wire: &str) -> Option<String> {
    let setter = rust_name(wire, Place::Setter)?;
    // Shared objects are used on both sides, where the names differ only in what is reserved.
    Some(if rust_name(wire, Place::Field).as_ref() == Some(&setter) {
        setter
    } else {
        rust_name(wire, Place::Setter)?
    })
}

fn is_free(name: &str) -> bool {
    is_usable(name, Place::Setter) && is_usable(name, Place::Field)
}

/// Names to try: with the parent in front, or spelled out where there is no name at all; then numbered.
fn candidates(wire: &str, parent: &str) -> impl Iterator<Item = String> {
    let own = snake(&spelled(wire));
    let own = if own.is_empty() {
        String::from("value")
    } else {
        own
    };
    let plain = rust_name(wire, Place::Field);
    let first = if plain.is_none() {
        Some(own.clone())
    } else {
        None
    };
    let long = format!(
        "{}_{}",
        snake(&spelled(parent)),
        plain.as_ref().unwrap_or(&own).trim_matches('_')
    );
    let last = long.clone();
    first
        .into_iter()
        .chain([long, own])
        .chain((2..).map(move |number: u32| format!("{last}_{number}")))
}

fn snake(text: &str) -> String {
    rust_name(text, Place::Field).unwrap_or_default()
}

/// Whether `name` would name the type of a member instead of its setter.
fn names_a_type(schema: &Schema) -> bool {
    match &schema.shape {
        Shape::Object(_) => true,
        Shape::Primitive(_) => !schema.values.is_empty(),
        _ => false,
    }
}

/// Makes something of a member that can be renamed.
fn give_up(schema: &mut Schema) {
    schema.values.clear();
    if matches!(schema.shape, Shape::Object(_)) {
        schema.shape = Shape::Primitive(Primitive::Any);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn candidates_say_what_something_is() {
        let first = |wire: &str, parent: &str| candidates(wire, parent).take(3).collect::<Vec<_>>();
        assert_eq!(first("key", "Tag"), ["tag_key", "key", "tag_key_2"]);
        assert_eq!(first("$", "Filter"), ["dollar", "filter_dollar", "dollar"]);
        assert_eq!(
            first("a-b", "Open"),
            ["open_a_b", "a_minus_b", "open_a_b_2"]
        );
    }
}
