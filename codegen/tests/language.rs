//! The JSON Schema of the spec language: it is what the grammar says, every spec satisfies it, and mistakes do not.

#![allow(
    clippy::unwrap_used,
    clippy::panic,
    reason = "a test that cannot go on has failed"
)]

use std::fs;
use std::path::{Path, PathBuf};

use alicloud_codegen::diagnostic::catalogue;
use alicloud_codegen::language::{FileKind, keys, schemas, stale, write};
use alicloud_codegen::load::{spec_files, versions};
use jsonschema::Validator;
use serde_json::{Map, Value};
use serde_yaml::Value as Yaml;

fn specs() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../api-specs")
}

/// The validator for files of a kind.
fn validator(kind: FileKind) -> Validator {
    let schemas = schemas();
    let text = &schemas[&Path::new("schema").join(kind.schema())];
    let schema: Value = serde_json::from_str(text).unwrap();
    jsonschema::validator_for(&schema).unwrap()
}

/// YAML as an editor sees it: as JSON, with every key a text.
fn json(yaml: &Yaml) -> Value {
    match yaml {
        Yaml::Null => Value::Null,
        Yaml::Bool(flag) => Value::Bool(*flag),
        Yaml::Number(number) => serde_json::to_value(number).unwrap(),
        Yaml::String(text) => Value::String(text.clone()),
        Yaml::Sequence(items) => items.iter().map(json).collect(),
        Yaml::Mapping(entries) => {
            let entries = entries.iter().map(|(key, value)| {
                let key = match json(key) {
                    Value::String(text) => text,
                    other => other.to_string(),
                };
                (key, json(value))
            });
            Value::Object(entries.collect::<Map<_, _>>())
        }
        Yaml::Tagged(_) => panic!("a tag"),
    }
}

fn problems(validator: &Validator, text: &str) -> Vec<String> {
    let yaml: Yaml = serde_yaml::from_str(text).unwrap();
    let json = json(&yaml);
    let errors = validator.iter_errors(&json);
    errors
        .map(|error| format!("{}: {error}", error.instance_path()))
        .collect()
}

/// The committed schemas are those of the grammar, and every spec names its own.
#[test]
fn schemas_and_the_lines_that_name_them_are_up_to_date() {
    let stale: Vec<PathBuf> = stale(&specs())
        .unwrap()
        .into_iter()
        .map(|(path, _)| path)
        .collect();
    assert!(stale.is_empty(), "run `cargo xtask schema`: {stale:?}");
}

#[test]
fn schemas_are_valid_schemas() {
    for text in schemas().values() {
        let schema: Value = serde_json::from_str(text).unwrap();
        assert!(jsonschema::meta::is_valid(&schema));
    }
}

#[test]
fn every_spec_satisfies_its_schema() {
    let all = [
        FileKind::Service,
        FileKind::ServiceOverlay,
        FileKind::Operation,
        FileKind::OperationOverlay,
    ];
    let validators = all.map(|kind| (kind, validator(kind)));
    let mut seen = 0;
    for (product, version) in versions(&specs()).unwrap() {
        let folder = specs().join(product).join(version);
        for name in spec_files(&folder).unwrap() {
            let kind = FileKind::of(name.strip_suffix(".yaml").unwrap());
            let (_, validator) = validators.iter().find(|(known, _)| *known == kind).unwrap();
            let text = fs::read_to_string(folder.join(&name)).unwrap();
            let problems = problems(validator, &text);
            assert!(problems.is_empty(), "{name}: {problems:#?}");
            seen += 1;
        }
    }
    assert!(seen > 700, "{seen}");
}

/// What the compiler says of keys, words and shapes, an editor says as well.
#[test]
fn mistakes_do_not_satisfy_it() {
    for id in ["S010", "S011", "S012", "S013", "S014", "S016"] {
        let [(name, content)] = catalogue::find(id).unwrap().example else {
            panic!("{id}");
        };
        let kind = FileKind::of(name.strip_suffix(".yaml").unwrap());
        let text = std::str::from_utf8(content).unwrap();
        assert!(!problems(&validator(kind), text).is_empty(), "{id}");
    }
}

#[test]
fn rules_have_one_kind_and_values_a_shape() {
    let operation = validator(FileKind::Operation);
    let with = |text: &str| problems(&operation, &format!("operation: A\neffect: read\n{text}"));
    assert!(with("rules:\n  - {at_least_one_of: [A, B]}\n").is_empty());
    assert!(!with("rules:\n  - {at_least_one_of: [A, B], exactly_one_of: [A, B]}\n").is_empty());
    assert!(!with("rules:\n  - {parameters: [A]}\n").is_empty());
    assert!(!with("parameters: {A: {description: What.}}\n").is_empty());
    assert!(with("response: {description: Nothing but words.}\n").is_empty());
    assert!(with("errors: {400: [A], 403: {B: ~, C: {retry: later}}}\n").is_empty());
    assert!(with("other_responses: {5XX: none, 404: {type: string}}\n").is_empty());
    // An overlay says as little as it likes.
    let overlay = validator(FileKind::OperationOverlay);
    assert!(problems(&overlay, "parameters: {A.B: {description: What.}}\n").is_empty());
    assert!(!problems(&overlay, "parameter: {A: {description: What.}}\n").is_empty());
}

#[test]
fn what_is_out_of_date_is_found_and_mended() {
    let root = tempfile::tempdir().unwrap();
    let folder = root.path().join("demo/1");
    fs::create_dir_all(&folder).unwrap();
    fs::write(folder.join("Start.yaml"), "operation: Start\n").unwrap();
    let found = stale(root.path()).unwrap();
    assert_eq!(found.len(), 5);
    write(root.path(), &found).unwrap();
    assert!(stale(root.path()).unwrap().is_empty());
    let text = fs::read_to_string(folder.join("Start.yaml")).unwrap();
    assert!(text.ends_with("\noperation: Start\n"), "{text}");
    let line = text.lines().next().unwrap();
    let (_, path) = line.split_once("$schema=").unwrap();
    // The path leads from the spec to the schema.
    assert!(folder.join(path).exists(), "{path}");
}

/// The page that teaches the language has every key in it.
#[test]
fn every_key_is_taught() {
    let page = fs::read_to_string(specs().join("README.md")).unwrap();
    let is_part = |c: char| c.is_ascii_alphanumeric() || c == '_';
    let words: std::collections::HashSet<&str> = page.split(|c| !is_part(c)).collect();
    for (map, key) in keys() {
        assert!(words.contains(key), "{map}: {key}");
    }
}
