//! Names: wherever two things would become one in Rust, one of them is given a `name` here, so that an import never needs
//! a hand to compile.
//!
//! The scopes are those of `model`: what collides there is settled here, with the same rules of case. Names are made of the
//! path to a thing, never of its position alone, so that they say what it is and stay when something else is added. What is
//! met first, in the order of depth, keeps its plain name.

mod members;
mod types;
mod values;

use std::collections::{HashMap, HashSet};

use super::draft::{Member, Operation, Schema, Service, Shape};
use super::notes::Notes;
use super::report::Finding;
use crate::model::names::{Place, is_usable, rust_name, words};

/// Settles every name of a product version.
pub(super) fn settle(service: &mut Service) -> Vec<Finding> {
    let mut notes = Notes::default();
    schemas(service);
    let shared: HashSet<String> = service
        .schemas
        .iter()
        .map(|member| member.wire.clone())
        .collect();
    notes.enter(None);
    for member in &mut service.schemas {
        let parent = member.wire.clone();
        members::inside(&mut member.schema, &parent, &mut notes);
    }
    service
        .schemas
        .iter_mut()
        .for_each(|member| values::inside(&mut member.schema));
    types::of_service(&mut service.schemas);
    operations(&mut service.operations);
    for operation in &mut service.operations {
        notes.enter(Some(&operation.wire));
        members::of_operation(operation, &mut notes);
        schemas_of(operation).for_each(values::inside);
        types::of_operation(operation, &shared);
    }
    notes.finish()
}

/// What an operation is called in Rust.
fn request_name(operation: &Operation) -> String {
    match &operation.name {
        Some(name) => name.clone(),
        None => rust_name(&operation.wire, Place::Type).unwrap_or_default(),
    }
}

/// The schemas that types are made of.
fn schemas_of(operation: &mut Operation) -> impl Iterator<Item = &mut Schema> {
    let parameters = operation
        .parameters
        .iter_mut()
        .map(|parameter| &mut parameter.member.schema);
    let headers = operation
        .response_headers
        .iter_mut()
        .map(|header| &mut header.schema);
    parameters.chain(&mut operation.response).chain(headers)
}

/// Operations are types and modules. A name that is taken, or none, gets a word more.
fn operations(operations: &mut [Operation]) {
    let mut modules = HashSet::new();
    let mut requests = HashSet::from([String::from("Client")]);
    for operation in operations {
        let plain =
            rust_name(&operation.wire, Place::Type).zip(rust_name(&operation.wire, Place::Module));
        if let Some((request, module)) = plain
            && !requests.contains(&request)
            && !modules.contains(&module)
        {
            requests.insert(request);
            modules.insert(module);
            continue;
        }
        let base = format!(
            "{}Operation",
            rust_name(&spelled(&operation.wire), Place::Type).unwrap_or_default()
        );
        for name in numbered(&base) {
            let module = rust_name(&name, Place::Module).unwrap_or_default();
            if is_usable(&name, Place::Type)
                && !requests.contains(&name)
                && !modules.contains(&module)
            {
                requests.insert(name.clone());
                modules.insert(module);
                operation.name = Some(name);
                break;
            }
        }
    }
}

/// Shared schemas are known by their key alone; keys that collide are renamed, and with them every reference.
fn schemas(service: &mut Service) {
    let mut taken = HashSet::new();
    let mut renamed: HashMap<String, String> = HashMap::new();
    for member in &mut service.schemas {
        let plain = rust_name(&member.wire, Place::Type);
        if plain.is_some_and(|plain| taken.insert(plain)) {
            continue;
        }
        let base = format!(
            "{}Schema",
            rust_name(&spelled(&member.wire), Place::Type).unwrap_or_default()
        );
        let free =
            numbered(&base).find(|name| is_usable(name, Place::Type) && taken.insert(name.clone()));
        if let Some(name) = free {
            renamed.insert(std::mem::replace(&mut member.wire, name.clone()), name);
        }
    }
    if renamed.is_empty() {
        return;
    }
    for Member { schema, .. } in &mut service.schemas {
        follow(schema, &renamed);
    }
    for operation in &mut service.operations {
        for schema in schemas_of(operation) {
            follow(schema, &renamed);
        }
        for (_, schema) in &mut operation.other_responses {
            schema
                .iter_mut()
                .for_each(|schema| follow(schema, &renamed));
        }
    }
}

fn follow(schema: &mut Schema, renamed: &HashMap<String, String>) {
    match &mut schema.shape {
        Shape::Primitive(_) => {}
        Shape::List(inner) | Shape::Map(inner) => follow(inner, renamed),
        Shape::Object(members) => members
            .iter_mut()
            .for_each(|member| follow(&mut member.schema, renamed)),
        Shape::Ref(name) => {
            if let Some(new) = renamed.get(name) {
                name.clone_from(new);
            }
        }
    }
}

/// A name, and the same with numbers from 2 on: what is left when nothing else tells two things apart.
fn numbered(base: &str) -> impl Iterator<Item = String> + use<'_> {
    std::iter::once(base.to_owned()).chain((2..).map(move |number: u32| format!("{base}{number}")))
}

/// A name with its punctuation spelled out, so that `a.b` and `a-b` stay apart, and `>` and `<` have a name at all.
fn spelled(wire: &str) -> String {
    let mut out = String::with_capacity(wire.len() + 8);
    for c in wire.chars() {
        match SYMBOLS.iter().find(|(symbol, _)| *symbol == c) {
            Some((_, word)) => out.push_str(&format!(" {word} ")),
            None => out.push(c),
        }
    }
    words(&out).join(" ")
}

const SYMBOLS: &[(char, &str)] = &[
    ('!', "Not"),
    ('"', "Quote"),
    ('#', "Hash"),
    ('$', "Dollar"),
    ('%', "Percent"),
    ('&', "And"),
    ('\'', "Apostrophe"),
    ('(', "Open"),
    (')', "Close"),
    ('*', "Star"),
    ('+', "Plus"),
    (',', "Comma"),
    ('-', "Minus"),
    ('.', "Dot"),
    ('/', "Slash"),
    (':', "Colon"),
    (';', "Semicolon"),
    ('<', "Less"),
    ('=', "Equal"),
    ('>', "Greater"),
    ('?', "Question"),
    ('@', "At"),
    ('[', "Open"),
    ('\\', "Backslash"),
    (']', "Close"),
    ('^', "Caret"),
    ('_', "Underscore"),
    ('`', "Backtick"),
    ('{', "Open"),
    ('|', "Bar"),
    ('}', "Close"),
    ('~', "Tilde"),
];
