//! Importing official metadata.

#![allow(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

mod corpus;
mod damage;
mod files;
mod quirks;
mod secrets;

use std::path::Path;

use alicloud_codegen::import::{Options, Report, Source, import};
use alicloud_codegen::regenerate::{Failure, model};

const CALLS: &str = include_str!("fixtures/calls.json");
const RESOURCES: &str = include_str!("fixtures/resources.json");

/// A metadata file of that content.
fn source(text: &str) -> Source {
    Source {
        name: "api-docs.json".into(),
        text: text.into(),
    }
}

/// Imports all of a metadata file.
fn import_into(specs: &Path, text: &str) -> Report {
    let options = Options {
        specs: specs.to_owned(),
        display: "specs".into(),
        ..Options::default()
    };
    import(&[source(text)], &options).unwrap()
}

/// What is wrong with a spec folder, the names in Rust included.
fn problems(specs: &Path) -> String {
    match model(specs, Path::new("specs")) {
        Ok(_) => String::new(),
        Err(Failure::Specs(problems)) => problems.join("\n"),
        Err(other) => other.to_string(),
    }
}
