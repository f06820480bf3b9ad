//! Which files an import writes, which it removes, and which it leaves alone.

use std::fs;
use std::path::{Path, PathBuf};

use alicloud_codegen::import::{Kind, Options, Version, import};

use crate::{CALLS, import_into, problems, source};

const FOLDER: &str = "odd-calls/2024-13-41";

fn only(specs: &Path, text: &str) -> Version {
    import_into(specs, text).versions.remove(0)
}

fn names(paths: &[PathBuf]) -> Vec<String> {
    paths
        .iter()
        .map(|path| path.file_name().unwrap().to_string_lossy().into_owned())
        .collect()
}

#[test]
fn importing_twice_changes_nothing() {
    let specs = tempfile::tempdir().unwrap();
    let first = only(specs.path(), CALLS);
    assert_eq!(first.changes.added.len(), first.operations + 1);
    let second = only(specs.path(), CALLS);
    assert!(second.changes.is_empty());
    assert_eq!(first.findings, second.findings);
}

#[test]
fn what_the_metadata_lost_is_removed_and_what_changed_is_written() {
    let specs = tempfile::tempdir().unwrap();
    only(specs.path(), CALLS);
    let text = CALLS
        .replace("\"ListThings\": {", "\"FindThings\": {")
        .replace("Creates a thing", "Makes a thing");
    let version = only(specs.path(), &text);
    assert_eq!(names(&version.changes.added), ["FindThings.yaml"]);
    assert_eq!(names(&version.changes.changed), ["CreateThing.yaml"]);
    assert_eq!(names(&version.changes.removed), ["ListThings.yaml"]);
}

#[test]
fn single_operations_bring_the_service_and_remove_nothing() {
    let specs = tempfile::tempdir().unwrap();
    let options = |operations: &[&str]| Options {
        specs: specs.path().to_owned(),
        display: "specs".into(),
        operations: operations.iter().map(|name| (*name).to_owned()).collect(),
        ..Options::default()
    };
    let import = |operations: &[&str]| import(&[source(CALLS)], &options(operations));
    let first = import(&["CreateThing"]).unwrap();
    assert_eq!(
        names(&first.versions[0].changes.added),
        ["CreateThing.yaml", "service.yaml"]
    );
    assert_eq!(first.versions[0].problems.join("\n"), "");
    let second = import(&["ListThings"]).unwrap();
    assert_eq!(
        names(&second.versions[0].changes.added),
        ["ListThings.yaml"]
    );
    assert!(second.versions[0].changes.removed.is_empty());
    let unknown = import(&["CreateThings"]).unwrap_err().to_string();
    assert!(
        unknown.ends_with("did you mean \"CreateThing\"?"),
        "{unknown}"
    );
}

#[test]
fn files_written_by_hand_stay_and_are_compared() {
    let specs = tempfile::tempdir().unwrap();
    let folder = specs.path().join(FOLDER);
    fs::create_dir_all(&folder).unwrap();
    let by_hand = "operation: ListThings
effect: read
parameters:
  NextToken: {type: int32, in: form}
  MaxResults: {type: int32, required: true}
  Extra: {type: string}
response:
  fields:
    Success: {type: boolean}
";
    fs::write(folder.join("ListThings.yaml"), by_hand).unwrap();
    let overlay =
        "summary: Creates things.\nparameters:\n  Source.Auth.User: {description: The user.}\n";
    fs::write(folder.join("CreateThing.overlay.yaml"), overlay).unwrap();
    let version = only(specs.path(), CALLS);
    assert_eq!(names(&version.by_hand), ["ListThings.yaml"]);
    assert_eq!(
        fs::read_to_string(folder.join("ListThings.yaml")).unwrap(),
        by_hand
    );
    assert_eq!(
        fs::read_to_string(folder.join("CreateThing.overlay.yaml")).unwrap(),
        overlay
    );
    let kinds: Vec<(Kind, &str)> = version
        .disagreements
        .iter()
        .map(|finding| (finding.kind, finding.path.as_str()))
        .collect();
    let expected = [
        (Kind::ParameterMissing, "ClientToken"),
        (Kind::DifferentRequirement, "MaxResults"),
        (Kind::DifferentType, "NextToken"),
        (Kind::DifferentLocation, "NextToken"),
        (Kind::ParameterUnknown, "Extra"),
        (Kind::FieldMissing, "Data"),
    ];
    assert_eq!(kinds, expected);
    assert_eq!(problems(specs.path()), "");
}

#[test]
fn overlays_that_came_loose_are_reported() {
    let specs = tempfile::tempdir().unwrap();
    only(specs.path(), CALLS);
    let folder = specs.path().join(FOLDER);
    let overlay = "parameters:\n  MaxResults: {description: How many.}\n";
    fs::write(folder.join("ListThings.overlay.yaml"), overlay).unwrap();
    assert!(only(specs.path(), CALLS).problems.is_empty());
    let version = only(specs.path(), &CALLS.replace("MaxResults", "Limit"));
    assert_eq!(version.problems.len(), 1);
    assert!(version.problems[0].contains("overlay entry \"MaxResults\" no longer applies"));
    let version = only(
        specs.path(),
        &CALLS.replace("\"ListThings\": {", "\"FindThings\": {"),
    );
    assert!(
        version.problems[0].contains("overlay of nothing"),
        "{}",
        version.problems[0]
    );
}

#[test]
fn one_bad_file_keeps_no_other_from_being_imported() {
    let specs = tempfile::tempdir().unwrap();
    let options = Options {
        specs: specs.path().to_owned(),
        display: "specs".into(),
        ..Options::default()
    };
    let report = import(&[source("{"), source(CALLS), source(CALLS)], &options).unwrap();
    assert_eq!(report.versions.len(), 1);
    assert_eq!(report.failures.len(), 2);
}
