//! Example answers of the official metadata: each decodes into the type of its operation, nothing in it fits nothing, and
//! nothing of it is lost on the way. What is lost, and why, is listed.
//!
//! The metadata beside the repository has all of them; a few are kept here.

#![allow(
    clippy::unwrap_used,
    clippy::panic,
    clippy::print_stdout,
    reason = "a test that cannot go on fails, and says what it skips"
)]

#[path = "example_answers/deviations.rs"]
mod deviations;
#[path = "example_answers/leaves.rs"]
mod leaves;

use std::collections::BTreeMap;
use std::path::Path;

use alicloud::Bytes;
use alicloud_operations::{Entry, OPERATIONS, find};
use serde_json::Value;

use crate::leaves::{counted, of_json, of_xml};

/// How many operations are generated.
const COUNT: usize = 697;
/// How many examples the metadata has of their answers.
const IN_JSON: usize = 697;
const IN_XML: usize = 367;
/// How many of those in XML lack the element around the whole; they are read with one.
const FRAGMENTS: usize = 57;

/// An example: its format, and its text.
type Example = (String, String);

/// Whether an XML sample lacks the element around the whole: it has several roots then, or one that holds no elements.
fn is_fragment((format, text): &Example) -> bool {
    format == "xml" && !leaves::is_whole(text)
}

/// What an example loses when it is read: values that fit nothing, and texts that are in no field.
fn lost(entry: &Entry, example: &Example) -> Vec<String> {
    let (format, text) = example;
    let body = if is_fragment(example) {
        Bytes::from(format!("<Response>{text}</Response>"))
    } else {
        Bytes::from(text.clone())
    };
    let (answer, misfits) = match (entry.read)(&body) {
        Ok(read) => read,
        Err(error) => return vec![error.to_string()],
    };
    let mut there = counted(of_json(&answer));
    let wanted = match format.as_str() {
        "xml" => of_xml(text),
        _ => of_json(&serde_json::from_str(text).unwrap()),
    };
    let mut lost: Vec<String> = wanted
        .into_iter()
        .filter(|leaf| !leaves::take(&mut there, leaf))
        .collect();
    if misfits > 0 {
        lost.push(format!("{misfits} misfits"));
    }
    lost
}

/// The examples of a metadata file, by operation.
fn examples(metadata: &Value) -> BTreeMap<String, Vec<Example>> {
    let operations = metadata["apis"].as_object().unwrap();
    let of = |operation: &Value| -> Vec<Example> {
        let text = operation["responseDemo"].as_str().unwrap_or("[]");
        let demos: Vec<Value> = serde_json::from_str(text).unwrap();
        let field = |demo: &Value, name: &str| demo[name].as_str().unwrap_or_default().to_owned();
        demos
            .iter()
            .map(|demo| (field(demo, "type"), field(demo, "example")))
            .collect()
    };
    operations
        .iter()
        .map(|(name, operation)| (name.clone(), of(operation)))
        .collect()
}

/// The metadata of the product version an operation belongs to.
fn metadata(entry: &Entry) -> Option<Value> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../shared/openmeta");
    let product = entry.service.product.to_lowercase();
    let file = folder
        .join(product)
        .join(format!("{}.json", entry.service.version));
    let text = std::fs::read_to_string(file).ok()?;
    Some(serde_json::from_str(&text).unwrap())
}

#[test]
fn every_operation_is_in_the_table() {
    assert_eq!(OPERATIONS.len(), COUNT);
    assert!(find("dts::v20200101", "StartDtsJob").is_some());
}

#[test]
fn every_example_answer_of_the_metadata_decodes_or_is_listed() {
    let mut known: BTreeMap<&str, BTreeMap<String, Vec<Example>>> = BTreeMap::new();
    for entry in OPERATIONS {
        if known.contains_key(entry.module) {
            continue;
        }
        match metadata(entry) {
            Some(metadata) => drop(known.insert(entry.module, examples(&metadata))),
            None => return println!("skipped: no metadata beside the repository"),
        }
    }
    let (mut json, mut xml, mut fragments) = (0, 0, 0);
    let mut found = BTreeMap::new();
    for entry in OPERATIONS {
        for example in &known[entry.module][&*entry.operation.name] {
            fragments += usize::from(is_fragment(example));
            match example.0.as_str() {
                "json" => json += 1,
                "xml" => xml += 1,
                other => panic!("{}: an example in {other}", entry.operation.name),
            }
            let lost = lost(entry, example);
            if !lost.is_empty() {
                let name = format!("{} {} {}", entry.module, entry.operation.name, example.0);
                found.insert(name, lost);
            }
        }
    }
    assert_eq!((json, xml, fragments), (IN_JSON, IN_XML, FRAGMENTS));
    let listed: BTreeMap<String, &str> = deviations::all().collect();
    assert_eq!(listed.len(), deviations::COUNT);
    let unlisted: BTreeMap<_, _> = found
        .iter()
        .filter(|(name, _)| !listed.contains_key(*name))
        .collect();
    assert!(
        unlisted.is_empty(),
        "{} lose something: {unlisted:#?}",
        unlisted.len()
    );
    let cured: BTreeMap<_, _> = listed
        .iter()
        .filter(|(name, _)| !found.contains_key(*name))
        .collect();
    assert!(cured.is_empty(), "listed, and nothing is lost: {cured:#?}");
}

/// The examples that are kept here: of each, the operation's module and name, the format and the text.
#[test]
fn kept_example_answers_decode() {
    let kept: Vec<[String; 4]> =
        serde_json::from_str(include_str!("../data/example_answers.json")).unwrap();
    assert_eq!(kept.len(), 20);
    for [module, operation, format, text] in kept {
        let entry = find(&module, &operation).unwrap();
        assert_eq!(lost(entry, &(format, text)), [""; 0], "{operation}");
    }
}
