//! Two names that become one in Rust are a problem of the specs, reported at the second with both sources named.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    reason = "a test that cannot go on fails"
)]

use std::fs;
use std::path::Path;

use alicloud_codegen::regenerate::{Failure, model};

const SERVICE: &str = "product: Course\nversion: \"2024-01-01\"\nstyle: rpc\n";

fn problems(files: &[(&str, &str)]) -> String {
    let folder = tempfile::tempdir().unwrap();
    let version = folder.path().join("course/2024-01-01");
    fs::create_dir_all(&version).unwrap();
    fs::write(version.join("service.yaml"), SERVICE).unwrap();
    for (name, text) in files {
        fs::write(version.join(name), text).unwrap();
    }
    match model(folder.path(), Path::new("specs")) {
        Err(Failure::Specs(problems)) => problems.join("\n"),
        Err(other) => panic!("{other}"),
        Ok(_) => String::from("no problem"),
    }
}

#[test]
fn parameters_that_collide() {
    let text = "operation: Get\neffect: read\nparameters:\n  DBInstanceId: {type: string}\n  DbInstanceId: {type: string}\n";
    insta::assert_snapshot!(problems(&[("Get.yaml", text)]));
}

#[test]
fn fields_enum_values_and_types_that_collide() {
    let text = "operation: Get
effect: read
parameters:
  Kind: {type: string, enum: [TCP, tcp]}
  Data: {type: object, fields: {x: {type: string}}}
response:
  fields:
    a.b: {type: string}
    a-b: {type: string}
    Data: {type: object, fields: {y: {type: string}}}
";
    insta::assert_snapshot!(problems(&[("Get.yaml", text)]));
}

#[test]
fn operations_that_collide() {
    let operation = |name: &str| format!("operation: {name}\neffect: read\n");
    insta::assert_snapshot!(problems(&[
        ("GetDBName.yaml", &operation("GetDBName")),
        ("GetDbName.yaml", &operation("GetDbName")),
    ]));
}

#[test]
fn names_that_cannot_be_made_or_used() {
    let text = "operation: Get
effect: read
parameters:
  $: {type: string}
  Good: {type: string, name: \"not good\"}
  Other: {type: string, name: send}
";
    insta::assert_snapshot!(problems(&[("Get.yaml", text)]));
}

#[test]
fn a_given_name_settles_a_collision() {
    let text = "operation: Get
effect: read
parameters:
  DBInstanceId: {type: string}
  DbInstanceId: {type: string, name: other_instance_id}
";
    assert_eq!(problems(&[("Get.yaml", text)]), "no problem");
}
