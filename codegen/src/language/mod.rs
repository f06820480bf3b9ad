//! The spec language for editors: its JSON Schema, made of the grammar the loader reads by, and the line in each spec that
//! names it.
//!
//! Editors with the YAML language server complete and check a file against the schema its first lines name. There is one
//! schema for each kind of file; those of overlays demand nothing, since an overlay only adds.

mod json_schema;
mod line;
mod refresh;

use std::collections::BTreeMap;
use std::path::PathBuf;

use self::json_schema::schema;
pub use self::line::{line, with_line};
pub use self::refresh::{stale, write};
use crate::load::lower::grammar::{OPERATION, SERVICE};

/// The kinds of spec files.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FileKind {
    /// `service.yaml`.
    Service,
    /// `service.overlay.yaml`.
    ServiceOverlay,
    /// `<Operation>.yaml`.
    Operation,
    /// `<Operation>.overlay.yaml`.
    OperationOverlay,
}

impl FileKind {
    const ALL: [Self; 4] = [
        Self::Service,
        Self::ServiceOverlay,
        Self::Operation,
        Self::OperationOverlay,
    ];

    /// The kind of a file, by its name without the ending.
    #[must_use]
    pub fn of(stem: &str) -> Self {
        match stem.strip_suffix(".overlay") {
            None if stem == "service" => Self::Service,
            None => Self::Operation,
            Some("service") => Self::ServiceOverlay,
            Some(_) => Self::OperationOverlay,
        }
    }

    /// The name of the schema of such files.
    #[must_use]
    pub fn schema(self) -> &'static str {
        match self {
            Self::Service => "service.json",
            Self::ServiceOverlay => "service-overlay.json",
            Self::Operation => "operation.json",
            Self::OperationOverlay => "operation-overlay.json",
        }
    }
}

/// Every schema, by its path below the spec folder.
#[must_use]
pub fn schemas() -> BTreeMap<PathBuf, String> {
    let text = |kind: FileKind| {
        let (map, complete) = match kind {
            FileKind::Service => (&SERVICE, true),
            FileKind::ServiceOverlay => (&SERVICE, false),
            FileKind::Operation => (&OPERATION, true),
            FileKind::OperationOverlay => (&OPERATION, false),
        };
        format!("{:#}\n", schema(map, complete))
    };
    FileKind::ALL
        .into_iter()
        .map(|kind| (PathBuf::from("schema").join(kind.schema()), text(kind)))
        .collect()
}

/// Every key of the language, with the mapping it belongs to.
#[must_use]
pub fn keys() -> Vec<(&'static str, &'static str)> {
    let mut keys = Vec::new();
    for map in json_schema::reachable(&[&SERVICE, &OPERATION]) {
        keys.extend(map.all().map(|key| (map.name, key.name)));
    }
    keys
}
