//! The compiler of `alicloud`: YAML specs of API operations in, a typed Rust client crate out.
//!
//! The stages run in one direction, each in its own module:
//!
//! `load` (files to `spec`, with source positions) -> `check` (every problem of every file, in one run) ->
//! `model` (every Rust name settled) -> `emit` (quote) -> `format` (prettyplease) -> `write` (atomic, only what
//! changed). `regenerate` runs them all.

pub mod author;
pub mod cache;
pub mod check;
pub mod diagnostic;
pub mod diff;
pub mod document;
pub mod emit;
pub mod examine;
pub mod format;
pub mod import;
pub mod language;
pub mod lint;
pub mod load;
pub mod model;
pub mod policy;
pub mod regenerate;
pub mod sample;
mod secret;
pub mod spec;
pub mod write;
