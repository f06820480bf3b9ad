//! The generated Rust of the five operations, and of one with a list in parts and one with a state to wait for, as snapshots
//! to be read line by line when they change.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    reason = "a test that cannot go on fails"
)]

mod support;

use std::path::Path;

use alicloud_codegen::emit;
use alicloud_codegen::regenerate::model;

fn generated(product: &str, files: &[&str]) -> Vec<(String, String)> {
    let (_, model) = model(&support::root().join("api-specs"), Path::new("api-specs")).unwrap();
    let version = model
        .versions
        .iter()
        .find(|version| version.folder == product)
        .unwrap();
    let emitted = emit::version(version).unwrap();
    let folder = Path::new("src")
        .join(&version.product_module)
        .join(&version.module);
    files
        .iter()
        .map(|file| {
            (
                (*file).to_owned(),
                emitted[&folder.join(format!("{file}.rs"))].clone(),
            )
        })
        .collect()
}

#[test]
fn operations_of_dts() {
    let files = [
        "start_synchronization_job",
        "start_dts_job",
        "start_dts_jobs",
        "configure_synchronization_job",
        "describe_tag_keys",
        "describe_endpoint_switch_status",
        "types",
    ];
    for (name, text) in generated("dts/2020-01-01", &files) {
        insta::assert_snapshot!(name, text);
    }
}

#[test]
fn operations_of_dataworks() {
    for (name, text) in generated("dataworks-public/2020-05-18", &["start_di_sync_instance"]) {
        insta::assert_snapshot!(name, text);
    }
}
