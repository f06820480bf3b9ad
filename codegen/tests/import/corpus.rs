//! Real metadata: every product version there is a copy of imports, loads and checks, and its names can be settled.

use std::fs;
use std::path::{Path, PathBuf};

use alicloud_codegen::import::{Options, import, read};
use alicloud_codegen::regenerate::{Failure, model};

/// The metadata beside the repository; none where there is no copy.
fn metadata() -> Vec<PathBuf> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../shared/openmeta");
    let mut files = Vec::new();
    for product in fs::read_dir(root).into_iter().flatten().flatten() {
        for file in fs::read_dir(product.path()).into_iter().flatten().flatten() {
            files.push(file.path());
        }
    }
    files.sort();
    files
}

#[test]
fn imports_loads_checks_and_lowers() {
    let files = metadata();
    if files.is_empty() {
        println!("skipped: no metadata beside the repository");
        return;
    }
    let specs = tempfile::tempdir().unwrap();
    let options = Options {
        specs: specs.path().to_owned(),
        display: "specs".into(),
        ..Options::default()
    };
    let started = std::time::Instant::now();
    let sources = read(&files).unwrap();
    let first = import(&sources, &options).unwrap();
    println!("imported, loaded and checked in {:?}", started.elapsed());
    assert!(first.failures.is_empty(), "{:?}", first.failures);
    let problems: Vec<&String> = first
        .versions
        .iter()
        .flat_map(|version| &version.problems)
        .collect();
    assert!(
        problems.is_empty(),
        "{} problems\n{}",
        problems.len(),
        shown(&problems)
    );
    let started = std::time::Instant::now();
    match model(specs.path(), Path::new("specs")) {
        Ok(_) => {}
        Err(Failure::Specs(problems)) => {
            panic!(
                "{} problems\n{}",
                problems.len(),
                shown(&problems.iter().collect::<Vec<_>>())
            )
        }
        Err(other) => panic!("{other}"),
    }
    println!("loaded, checked and lowered in {:?}", started.elapsed());
    let second = import(&sources, &options).unwrap();
    assert!(
        second
            .versions
            .iter()
            .all(|version| version.changes.is_empty())
    );
}

fn shown(problems: &[&String]) -> String {
    problems
        .iter()
        .take(40)
        .map(|problem| problem.as_str())
        .collect::<Vec<_>>()
        .join("\n")
}
