//! The vectors that travel with this package, and all there are where the reference material is at hand.
//!
//! Everything is checked in one go, so that the emitted Rust is compiled once.

use std::collections::BTreeMap;

use alicloud_conformance::{
    FileReport, Means, Outcome, Vector, VectorFile, check, metadata, own_vectors, read, root,
};
use serde_json::Value;

/// A file, how many of its vectors pass, and by which means.
type Expected = (&'static str, usize, &'static [(Means, usize)]);

/// What becomes of the selection.
const OWN: [Expected; 9] = [
    ("credentials_files", 49, &[(Means::Functions, 49)]),
    ("encoding", 20, &[(Means::Functions, 20)]),
    ("endpoints", 26, &[(Means::Functions, 26)]),
    ("errors", 23, &[(Means::Functions, 23)]),
    (
        "serialization",
        65,
        &[
            (Means::Emitted, 12),
            (Means::Imported, 8),
            (Means::Recorded, 3),
            (Means::Functions, 42),
        ],
    ),
    ("v1_roa", 10, &[(Means::Recorded, 10)]),
    (
        "v1_rpc",
        19,
        &[
            (Means::Emitted, 9),
            (Means::Recorded, 7),
            (Means::Functions, 3),
        ],
    ),
    ("v3_roa", 17, &[(Means::Imported, 6), (Means::Recorded, 11)]),
    (
        "v3_rpc",
        23,
        &[
            (Means::Emitted, 15),
            (Means::Imported, 1),
            (Means::Recorded, 7),
        ],
    ),
];

/// Vectors that are changed, each where it must be noticed.
const CHANGED: [(&str, &str, &str); 14] = [
    (
        "v3_rpc",
        "v3/dts/TagResources/full",
        "/expected_subset_headers/signature",
    ),
    (
        "v3_rpc",
        "v3/dts/TagResources/full",
        "/expected/headers/x-acs-date",
    ),
    ("v3_rpc", "v3/dts/TagResources/full", "/expected/query/0/1"),
    (
        "v3_rpc",
        "v3/dataworks/UpdateConnection/put",
        "/expected/method",
    ),
    (
        "v3_rpc",
        "v3-generic-rpc/get-empty",
        "/expected/headers/x-acs-action",
    ),
    ("v3_roa", "v3roa/fc/UntagResources", "/expected/path"),
    ("v3_roa", "v3roa/cs/InstallClusterAddons", "/expected/body"),
    ("v1_rpc", "v1/old-sts/AssumeRole", "/expected/signature"),
    ("v1_roa", "v1roa/sts", "/expected/signature"),
    ("serialization", "flatten/deep", "/expected/form_body"),
    ("encoding", "encoding/000", "/expected/path_segment"),
    (
        "endpoints",
        "endpoint/ram20150501/cn-beijing/vpc",
        "/expected/endpoint",
    ),
    (
        "errors",
        "errors/requestid-all-lower",
        "/expected/new_client/code",
    ),
    (
        "credentials_files",
        "credentials/cli/AK",
        "/expected/credential/access_key_id",
    ),
];

#[test]
fn vectors_are_made_again_and_changed_ones_are_told_apart() {
    let own = read(&own_vectors()).unwrap();
    let mut files = own.clone();
    files.push(changed(&own));
    files.push(dropped(&own));
    let all = root().join("../shared/vectors");
    match read(&all) {
        Ok(all) => files.extend(all),
        Err(_) => println!("the other recordings are not at hand"),
    }
    let reports = check(&files, &metadata()).unwrap();
    for report in &reports {
        println!("{report}");
    }

    for ((file, passed, means), report) in OWN.iter().zip(&reports) {
        assert_eq!(report.file, *file);
        assert_no_failures(report);
        assert_eq!(report.passed(), *passed, "{file}");
        assert_eq!(
            report.by_means(),
            means.iter().copied().collect::<BTreeMap<_, _>>(),
            "{file}"
        );
    }
    let changed = &reports[own.len()];
    for (vector, outcome) in &changed.vectors {
        assert!(outcome.is_err(), "{vector}: a change was not noticed");
    }
    let dropped = &reports[own.len() + 1];
    assert_eq!(dropped.by_means(), [(Means::Emitted, 1)].into());
    assert!(matches!(&dropped.vectors[1].1, Err(why) if why.contains("of no kind")));
    assert_eq!(
        dropped.vectors[2].1,
        Ok(Outcome::NotApplicable("signed with an RSA key"))
    );
    for report in &reports[own.len() + 2..] {
        assert_no_failures(report);
        assert!(report.passed() > 0, "{}", report.file);
    }
}

fn assert_no_failures(report: &FileReport) {
    let failures: Vec<_> = report.failures().collect();
    assert!(failures.is_empty(), "{}: {failures:#?}", report.file);
}

fn find(files: &[VectorFile], file: &str, name: &str) -> Vector {
    let file = files.iter().find(|known| known.name == file).unwrap();
    let vector = file.vectors.iter().find(|vector| vector.name() == name);
    vector.unwrap_or_else(|| panic!("no vector {name}")).clone()
}

/// A check that cannot fail would be none.
fn changed(own: &[VectorFile]) -> VectorFile {
    let changed = CHANGED.map(|(file, name, pointer)| {
        let mut vector = find(own, file, name);
        let text = vector.0.pointer_mut(pointer).unwrap();
        *text = Value::String(format!("{}x", text.as_str().unwrap()));
        vector.0["name"] = format!("{name} {pointer}").into();
        vector
    });
    let tables = find(own, "endpoints", "endpoint-map/ram20150501");
    let mut table = tables;
    table.0["endpoint_map"]["cn-beijing"] = Value::Null;
    VectorFile {
        name: "changed".into(),
        vectors: changed.into_iter().chain([table]).collect(),
    }
}

/// What somebody drops into the folder, under another name.
fn dropped(own: &[VectorFile]) -> VectorFile {
    let mut key = find(own, "v3_rpc", "v3/dts/TagResources/full");
    key.0["signature_algorithm"] = "ACS3-RSA-SHA256".into();
    VectorFile {
        name: "dropped".into(),
        vectors: vec![
            find(own, "v3_rpc", "v3/dts/TagResources/full"),
            Vector(serde_json::json!({"name": "new"})),
            key,
        ],
    }
}
