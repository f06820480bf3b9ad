//! The spec language as data: what `load` makes of the YAML files and every later stage reads.
//!
//! A [`Service`] is one product version, a folder `api-specs/<product>/<version>/`; an [`Operation`] is one file in it.
//! Everything a diagnostic may have to point at carries a [`Span`]. Nothing here knows Rust: names are the service's own,
//! and turning them into Rust is the business of `model`.

mod operation;
mod rule;
mod schema;
mod scope;
mod service;
mod source;
mod style;
mod waiter;

pub use operation::{
    Asynchronous, Effect, ErrorRef, Example, Location, Method, Operation, PageStyle, Pagination,
    Parameter, Requirement, Style,
};
pub use rule::{Condition, Rule, RuleKind};
pub use schema::{EnumUse, EnumValue, Field, Kind, Primitive, Provenance, Schema, Sensitivity};
pub use scope::Scope;
pub use service::{
    Endpoints, ErrorCode, NamedEnum, RegionHosts, RetryAdvice, Service, SuccessRule,
};
pub use source::{FileId, SourceFile, SourceMap, Span, Spanned, file_stem};
pub use waiter::{USUAL_DEADLINE, USUAL_INTERVAL, Waiter};
