//! Checking: everything that is wrong with specs that could be read.
//!
//! Each module looks at one thing and reports every problem it finds; none of them changes anything, and none relies on
//! another having run. What the later stages may take for granted is what is checked here: refs and enums exist, paths lead
//! somewhere, defaults have the type they claim, and the examples are true. Names that collide only once they are Rust names
//! are the business of `model`.

mod error_code;
mod example;
mod field;
mod name;
mod paging;
mod parameter;
pub(crate) mod path;
pub(crate) mod primitive;
mod rule;
mod schema;
mod success;
mod text;
mod waiter;

use std::collections::{HashMap, HashSet};

use crate::diagnostic::{Diagnostics, did_you_mean};
use crate::load::Loaded;
use crate::spec::{Field, NamedEnum, Operation, Schema, Scope, Service, SourceMap};

/// Up to this many names are listed when none of them is close to what was written.
const FEW: usize = 8;

/// Reports every problem of every service and operation.
pub fn check(loaded: &Loaded, diagnostics: &mut Diagnostics) {
    for service in &loaded.services {
        let facts = Facts::new(&loaded.sources, service);
        name::check(&facts, diagnostics);
        text::check(&facts, diagnostics);
        schema::check_service(&facts, diagnostics);
        for operation in &service.operations {
            check_operation(&facts, operation, diagnostics);
        }
    }
}

fn check_operation(facts: &Facts<'_>, operation: &Operation, diagnostics: &mut Diagnostics) {
    let context = Context {
        facts,
        operation,
        scope: Scope::of_operation(operation, &facts.scope),
    };
    schema::check_operation(&context, diagnostics);
    parameter::check(&context, diagnostics);
    rule::check(&context, diagnostics);
    paging::check(&context, diagnostics);
    waiter::check(&context, diagnostics);
    success::check(&context, diagnostics);
    error_code::check(&context, diagnostics);
    example::check(&context, diagnostics);
}

/// The fields of an object, refs followed; none of anything else.
#[must_use]
pub fn fields_inside<'a>(scope: &Scope<'a>, schema: &'a Schema) -> &'a [Field] {
    path::inside(scope, schema)
}

/// A service, and its names in a form that is quick to look up.
struct Facts<'a> {
    sources: &'a SourceMap,
    service: &'a Service,
    scope: Scope<'a>,
    enums: HashMap<&'a str, &'a NamedEnum>,
    operations: HashSet<&'a str>,
    /// The statuses each error code is defined under.
    errors: HashMap<&'a str, Vec<u16>>,
}

impl<'a> Facts<'a> {
    fn new(sources: &'a SourceMap, service: &'a Service) -> Self {
        let enums = service
            .enums
            .iter()
            .map(|found| (found.name.value.as_str(), found));
        let operations = service
            .operations
            .iter()
            .map(|operation| operation.name.value.as_str());
        let mut errors: HashMap<&str, Vec<u16>> = HashMap::new();
        for error in &service.errors {
            errors
                .entry(&error.code.value)
                .or_default()
                .push(error.status);
        }
        Self {
            sources,
            service,
            scope: Scope::of_service(&service.schemas),
            enums: enums.collect(),
            operations: operations.collect(),
            errors,
        }
    }
}

/// An operation in its service.
struct Context<'a> {
    facts: &'a Facts<'a>,
    operation: &'a Operation,
    scope: Scope<'a>,
}

/// The remedy for a name that does not exist: the one that was meant, else `otherwise` and the names there are, if few.
fn remedy<'c>(
    written: &str,
    candidates: impl IntoIterator<Item = &'c str>,
    otherwise: &str,
) -> String {
    let mut candidates: Vec<&str> = candidates.into_iter().collect();
    // Sorted, so that of two names equally close always the same one is proposed.
    candidates.sort_unstable();
    let close = did_you_mean(written, candidates.iter().copied());
    if !close.is_empty() {
        return close;
    }
    if candidates.is_empty() || candidates.len() > FEW {
        return format!("; {otherwise}");
    }
    format!("; {otherwise} (known: \"{}\")", candidates.join("\", \""))
}
