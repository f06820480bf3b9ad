//! Enum values: names for those without letters, and for those that differ in case or punctuation only.

use std::collections::HashSet;

use super::super::draft::{Schema, Shape, Value};
use super::{numbered, spelled};
use crate::model::names::{Place, is_usable, rust_name};

/// Settles the values of every enum in a schema.
pub(super) fn inside(schema: &mut Schema) {
    settle(&mut schema.values);
    match &mut schema.shape {
        Shape::List(inner) | Shape::Map(inner) => inside(inner),
        Shape::Object(members) => members
            .iter_mut()
            .for_each(|member| inside(&mut member.schema)),
        Shape::Primitive(_) | Shape::Ref(_) => {}
    }
}

fn settle(values: &mut [Value]) {
    // Plain names first, so that a made one never takes the plain name of a later value.
    let plain: Vec<Option<String>> = values
        .iter()
        .map(|value| rust_name(&value.wire, Place::Variant))
        .collect();
    let mut taken = HashSet::new();
    let mut nameless = Vec::new();
    for (value, plain) in values.iter_mut().zip(plain) {
        if !plain.is_some_and(|plain| taken.insert(plain)) {
            nameless.push(value);
        }
    }
    for value in nameless {
        let free = candidates(&value.wire)
            .find(|name| is_usable(name, Place::Variant) && taken.insert(name.clone()));
        value.name = free;
    }
}

/// Names to try: spelled out, then with the case said, then numbered.
fn candidates(wire: &str) -> impl Iterator<Item = String> {
    let pascal = |text: &str| rust_name(text, Place::Variant).unwrap_or_default();
    let spelled = pascal(&spelled(wire));
    let base = if spelled.is_empty() {
        String::from("Other")
    } else {
        spelled.trim_end_matches('_').to_owned()
    };
    let case = match (
        wire.chars().any(char::is_uppercase),
        wire.chars().any(char::is_lowercase),
    ) {
        (true, false) => "Uppercase",
        (false, true) => "Lowercase",
        _ => "MixedCase",
    };
    let cased = format!("{base}{case}");
    let numbers: Vec<String> = numbered(&cased).take(1_000).collect();
    std::iter::once(base).chain(numbers)
}
