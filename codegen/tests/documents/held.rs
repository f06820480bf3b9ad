//! The real pages against the specs: every fact of a page, as it is read, is in the spec of its operation.

use std::fs;
use std::path::Path;

use alicloud_codegen::diagnostic::Diagnostics;
use alicloud_codegen::document::{Document, parse};
use alicloud_codegen::load::{Loaded, Selection, load};

use crate::missing::missing;

fn specs() -> Loaded {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../api-specs");
    let mut diagnostics = Diagnostics::default();
    let loaded = load(
        &root,
        Path::new("api-specs"),
        &Selection::default(),
        &mut diagnostics,
    );
    assert!(diagnostics.is_empty());
    loaded.unwrap()
}

/// Reads the real pages, if they are there.
pub(crate) fn real_pages() -> Vec<(String, Document)> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../shared/seeds");
    let Ok(entries) = fs::read_dir(folder) else {
        println!("skipped: no official documents beside the repository");
        return Vec::new();
    };
    let paths = entries.map(|entry| entry.unwrap().path());
    let texts = paths.filter(|path| path.extension().is_some_and(|ending| ending == "txt"));
    texts
        .map(|path| {
            (
                path.display().to_string(),
                parse(&fs::read_to_string(&path).unwrap()).unwrap(),
            )
        })
        .collect()
}

#[test]
fn every_fact_of_the_real_pages_is_in_the_specs() {
    let loaded = specs();
    let mut differences = Vec::new();
    for (path, page) in real_pages() {
        let name = page
            .operation
            .clone()
            .unwrap_or_else(|| panic!("{path} names no operation"));
        let found = loaded.services.iter().find_map(|service| {
            let mut operations = service.operations.iter();
            Some((
                service,
                operations.find(|operation| operation.name.value == name)?,
            ))
        });
        let (service, operation) = found.unwrap_or_else(|| panic!("{name} has no spec"));
        assert!(
            page.parameters.len() > 1 && page.response.len() > 3,
            "{name}"
        );
        differences.extend(
            missing(service, operation, &page)
                .into_iter()
                .map(|fact| format!("{name}: {fact}")),
        );
    }
    assert!(differences.is_empty(), "{differences:#?}");
}
