//! DTS against the facts its documents state in prose: value lists are enums, stated conditions are rules, JSON and comma
//! lists are typed, defaults are told. The facts lie beside the repository; where they do not, there is nothing to compare.
//!
//! What is deliberately different is in `exceptions`, each with its reason; one that is no longer needed fails the test.

#![allow(
    clippy::panic,
    clippy::unwrap_used,
    clippy::print_stdout,
    reason = "a test that cannot go on fails, and says what it skips"
)]

mod condition;
mod exceptions;
mod lookup;

use std::fs;
use std::path::Path;

use alicloud_codegen::diagnostic::Diagnostics;
use alicloud_codegen::load::{Selection, load};
use alicloud_codegen::spec::{Kind, Operation, Primitive, Requirement, Schema, Service, Style};
use serde_json::Value;

use crate::exceptions::Exceptions;
use crate::lookup::{Found, find, values};

/// DTS as it is specified here.
fn dts() -> Service {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../api-specs");
    let selection = Selection::parse(&["dts/2020-01-01".to_owned()]).unwrap();
    let mut diagnostics = Diagnostics::default();
    let mut loaded = load(&root, Path::new("api-specs"), &selection, &mut diagnostics).unwrap();
    assert!(diagnostics.is_empty());
    loaded.services.remove(0)
}

/// Calls for every fact. False where no facts are beside the repository, so that nothing was compared.
fn each(check: &mut dyn FnMut(&Service, &Operation, &str, &Value, Found<'_>)) -> bool {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../shared/openmeta/dts_facts.json");
    let Ok(text) = fs::read_to_string(path) else {
        println!("skipped: no facts beside the repository");
        return false;
    };
    let facts: Value = serde_json::from_str(&text).unwrap();
    let service = dts();
    for (name, parameters) in facts.as_object().unwrap() {
        let mut operations = service.operations.iter();
        let operation = operations.find(|operation| operation.name.value == *name);
        let operation = operation.unwrap_or_else(|| panic!("{name} has no spec"));
        for (parameter, fact) in parameters.as_object().unwrap() {
            let found = find(operation, parameter);
            let found = found.unwrap_or_else(|| panic!("{name} has no {parameter}"));
            check(&service, operation, parameter, fact, found);
        }
    }
    true
}

/// The texts of a list; empty when there is none.
fn texts<'v>(fact: &'v Value, key: &str) -> Vec<&'v str> {
    let list = fact[key].as_array().into_iter().flatten();
    list.filter_map(Value::as_str).collect()
}

/// Whether a value is told without an enum: a boolean has its two, and numbers, which are no enum, are in the description.
fn told_otherwise(schema: &Schema, value: &str) -> bool {
    let described = || {
        let words = schema.description.as_deref().unwrap_or_default();
        words
            .split(|c: char| !c.is_ascii_digit())
            .any(|word| word == value)
    };
    match schema.kind {
        Kind::Primitive(Primitive::Boolean) => matches!(value, "true" | "false"),
        Kind::Primitive(Primitive::Int32 | Primitive::Int64 | Primitive::Double) => described(),
        _ => false,
    }
}

#[test]
fn lists_of_values_are_open_enums() {
    let mut exceptions = Exceptions::new(exceptions::ENUMS);
    let compared = each(&mut |service, operation, parameter, fact, found| {
        let known = values(service, found.schema);
        let mut wanted = texts(fact, "enum");
        wanted.retain(|value| !known.contains(value) && !told_otherwise(found.schema, value));
        if !wanted.is_empty() {
            exceptions.differs(operation, parameter, &format!("the enum lacks {wanted:?}"));
        }
    });
    exceptions.finish(compared);
}

#[test]
fn stated_conditions_are_rules() {
    let mut exceptions = Exceptions::new(exceptions::CONDITIONS);
    let compared = each(&mut |service, operation, parameter, fact, found| {
        let stated = fact["required_when"].as_str().unwrap_or("never");
        if stated.starts_with("never") {
            return;
        }
        if stated.starts_with("always") {
            if found.required == Requirement::Optional {
                exceptions.differs(operation, parameter, stated);
            }
            return;
        }
        for wanted in condition::conditions(service, operation, parameter, stated) {
            if !operation
                .rules
                .iter()
                .any(|rule| wanted.is_met_by(rule, parameter))
            {
                exceptions.differs(operation, parameter, &format!("{stated} ({wanted:?})"));
                return;
            }
        }
    });
    exceptions.finish(compared);
}

#[test]
fn json_in_strings_is_typed() {
    let mut exceptions = Exceptions::new(exceptions::JSON);
    let compared = each(&mut |_, operation, parameter, fact, found| {
        let typed = matches!(
            found.schema.kind,
            Kind::List(_) | Kind::Map(_) | Kind::Object(_) | Kind::Ref(_)
        );
        if fact["json_string"] == true && !(typed && found.style == Some(Style::Json)) {
            exceptions.differs(operation, parameter, "JSON in a string, not typed");
        }
    });
    exceptions.finish(compared);
}

#[test]
fn lists_with_commas_are_lists() {
    let mut exceptions = Exceptions::new(exceptions::COMMAS);
    let compared = each(&mut |_, operation, parameter, fact, found| {
        if fact["comma_list"] == true && found.style != Some(Style::Comma) {
            exceptions.differs(operation, parameter, "a list with commas, not typed as one");
        }
    });
    exceptions.finish(compared);
}

#[test]
fn documented_defaults_are_told() {
    let mut exceptions = Exceptions::new(exceptions::DEFAULTS);
    let compared = each(&mut |_, operation, parameter, fact, found| {
        let Some(stated) = fact["default"].as_str() else {
            return;
        };
        let told = found
            .schema
            .default
            .as_ref()
            .map(|told| told.value.as_str());
        if told != Some(stated) {
            exceptions.differs(
                operation,
                parameter,
                &format!("default {stated}, not {told:?}"),
            );
        }
    });
    exceptions.finish(compared);
}

#[test]
fn documented_limits_are_told() {
    let mut exceptions = Exceptions::new(exceptions::LIMITS);
    let compared = each(&mut |_, operation, parameter, fact, found| {
        let list = matches!(found.schema.kind, Kind::List(_));
        let text = matches!(found.schema.kind, Kind::Primitive(Primitive::String));
        let key = if list { "max_items" } else { "max_len" };
        let Some(stated) = fact[key].as_u64().filter(|_| list || text) else {
            return;
        };
        let described = found.schema.description.as_deref().unwrap_or_default();
        if found.schema.max_length != Some(stated) && !described.contains(&stated.to_string()) {
            exceptions.differs(operation, parameter, &format!("at most {stated}"));
        }
    });
    exceptions.finish(compared);
}

#[test]
fn units_and_codes_are_told() {
    each(&mut |service, operation, parameter, fact, found| {
        let described = found.schema.description.as_deref().unwrap_or_default();
        let known = values(service, found.schema);
        let unit = fact["unit"].as_str().unwrap_or_default();
        let units = ["milliseconds", "seconds", "minutes", "percent"];
        let stated = units.iter().find(|known| unit.contains(*known));
        let codes = fact["values"].as_object().into_iter().flatten();
        for word in codes.map(|(code, _)| code.as_str()).chain(stated.copied()) {
            let name = &operation.name.value;
            assert!(
                described.contains(word) || known.contains(&word),
                "{name} {parameter}: {word} is not in {described:?}"
            );
        }
    });
}

#[test]
fn exceptions_nobody_needs_fail_only_where_facts_were_compared() {
    Exceptions::new(exceptions::CONDITIONS).finish(false);
    let unused = std::panic::catch_unwind(|| Exceptions::new(exceptions::CONDITIONS).finish(true));
    assert!(unused.is_err());
}
