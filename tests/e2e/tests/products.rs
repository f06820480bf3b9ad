//! Whole products nobody here has written a line for: official metadata is imported, generated and compiled.
//!
//! The metadata beside the repository, where there is a copy, covers real products; fixtures of our own cover what it lacks.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::print_stdout,
    reason = "a test that cannot go on fails, and says what it skips"
)]

mod support;

use std::fs;
use std::path::{Path, PathBuf};

use alicloud_codegen::import::{Options, Report, import, read};

/// All metadata files below a folder, in order.
fn metadata(folder: &Path) -> Vec<PathBuf> {
    let mut files = Vec::new();
    for entry in fs::read_dir(folder).into_iter().flatten().flatten() {
        let path = entry.path();
        if path.is_dir() {
            files.extend(metadata(&path));
        } else if path.extension().is_some_and(|ending| ending == "json") {
            files.push(path);
        }
    }
    files.sort();
    files
}

/// Imports into an empty folder.
fn imported(files: &[PathBuf], specs: &Path) -> Report {
    let options = Options {
        specs: specs.to_owned(),
        display: "specs".into(),
        ..Options::default()
    };
    import(&read(files).unwrap(), &options).unwrap()
}

/// Generates by the command people use, and compiles what came out.
fn generated(specs: &Path, out: &Path) {
    let mut command = support::cargo(
        out,
        &["run", "--quiet", "--package", "xtask", "--", "regenerate"],
    );
    command
        .current_dir(support::root())
        .arg("--specs")
        .arg(specs)
        .arg("--out")
        .arg(out);
    support::run(command);
    let mut check = support::cargo(out, &["check", "--quiet", "--all-features"]);
    // What is compiled once need not be remembered.
    check.env("CARGO_INCREMENTAL", "0");
    support::run(check);
}

#[test]
fn every_product_with_metadata_compiles() {
    let folder = support::root().join("../shared/openmeta");
    // Beside the product versions there are lists of facts.
    let files: Vec<_> = metadata(&folder)
        .into_iter()
        .filter(|file| file.parent() != Some(folder.as_path()))
        .collect();
    if files.is_empty() {
        println!("skipped: no metadata beside the repository");
        return;
    }
    let (specs, out) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
    let report = imported(&files, specs.path());
    assert!(report.failures.is_empty(), "{:?}", report.failures);
    assert_eq!(report.versions.len(), files.len());
    let operations: usize = report
        .versions
        .iter()
        .map(|version| version.operations)
        .sum();
    println!("{} product versions, {operations} operations", files.len());
    generated(specs.path(), out.path());
}

#[test]
fn products_full_of_oddities_compile() {
    let files = metadata(&support::root().join("codegen/tests/import/fixtures"));
    let (specs, out) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
    let report = imported(&files, specs.path());
    assert!(report.failures.is_empty(), "{:?}", report.failures);
    assert_eq!(report.versions.len(), files.len());
    generated(specs.path(), out.path());
}
