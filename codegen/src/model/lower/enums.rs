//! Enums: shared ones by name, inline ones named after where they stand.

use std::collections::BTreeSet;

use super::super::docs::{code, sanitize};
use super::super::names::{Place, rust_name};
use super::super::scope::Scope;
use super::super::{AnswerType, Enum, FieldType, Home, Operation, Struct, TypePath, Variant};
use crate::diagnostic::Diagnostics;
use crate::spec::{EnumValue, Service, Span};

/// The enums of `service.yaml`. Their names share a module with shared objects of answers, whose scope checks them.
pub(super) fn shared(service: &Service, diagnostics: &mut Diagnostics) -> Vec<Enum> {
    let lower = |named: &crate::spec::NamedEnum, diagnostics: &mut Diagnostics| Enum {
        name: shared_name(&named.name.value),
        description: sanitize(named.description.as_deref().unwrap_or_default()),
        variants: variants(&named.values, diagnostics),
        answered: false,
    };
    service
        .enums
        .iter()
        .map(|named| lower(named, diagnostics))
        .collect()
}

/// The Rust name of a shared enum. A name no letter is left of is reported by the scope that claims it.
pub(super) fn shared_name(wire: &str) -> String {
    rust_name(wire, Place::Type).unwrap_or_else(|| "Nameless".into())
}

/// What an enum is called that is listed on the spot: `<Operation><Parameter>`.
pub(super) fn inline_name(prefix: &str, wire: &str) -> String {
    format!("{prefix}{}", shared_name(wire).trim_end_matches('_'))
}

/// Where such an enum lives: with its operation, or, for a shared object on either side, in `types`.
pub(super) fn home(home: Home) -> Home {
    if home == Home::Operation {
        Home::Operation
    } else {
        Home::Types
    }
}

/// An enum that a parameter or field lists on the spot.
pub(super) fn inline(
    name: String,
    about: &str,
    values: &[EnumValue],
    diagnostics: &mut Diagnostics,
) -> Enum {
    Enum {
        name,
        description: format!("The values of {}.", code(about)),
        variants: variants(values, diagnostics),
        answered: false,
    }
}

/// Finds out which enums answers hold: only those need to be read from a document.
pub(super) fn settle_answered(
    shared: &mut [Enum],
    structs: &[Struct],
    operations: &mut [Operation],
) {
    let mut of_types: BTreeSet<&str> = enums_in(structs).map(|path| path.name.as_str()).collect();
    for operation in &mut *operations {
        let whole = match &operation.answer {
            AnswerType::Plain(ty) => enum_of(ty),
            _ => None,
        };
        for path in enums_in(&operation.structs).chain(whole) {
            if path.home == Home::Types {
                of_types.insert(&path.name);
            }
            for item in &mut operation.enums {
                item.answered |= path.home == Home::Operation && path.name == item.name;
            }
        }
    }
    for item in shared {
        item.answered = of_types.contains(item.name.as_str());
    }
}

fn enums_in(structs: &[Struct]) -> impl Iterator<Item = &TypePath> {
    structs
        .iter()
        .flat_map(|item| &item.fields)
        .filter_map(|field| enum_of(&field.ty))
}

fn enum_of(ty: &FieldType) -> Option<&TypePath> {
    match ty {
        FieldType::Enum(path) => Some(path),
        FieldType::List(inner) | FieldType::Map(inner) => enum_of(inner),
        _ => None,
    }
}

fn variants(values: &[EnumValue], diagnostics: &mut Diagnostics) -> Vec<Variant> {
    let mut scope = Scope::new(Place::Variant);
    values
        .iter()
        .map(|value| variant(value, value.value.span, &mut scope, diagnostics))
        .collect()
}

fn variant(
    value: &EnumValue,
    span: Span,
    scope: &mut Scope,
    diagnostics: &mut Diagnostics,
) -> Variant {
    Variant {
        wire: value.value.value.clone(),
        name: scope.settle(&value.value.value, value.name.as_ref(), span, diagnostics),
        description: value.description.as_deref().map(sanitize),
    }
}
