//! The catalogue of codes: each is unique and explained, and its example has exactly the problem it stands for.

#![allow(
    clippy::unwrap_used,
    clippy::panic,
    reason = "a test that cannot go on has failed"
)]

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

use alicloud_codegen::diagnostic::export::{json, sarif};
use alicloud_codegen::diagnostic::{Code, SERVICE, Severity, catalogue};
use alicloud_codegen::examine::{Examined, examine};
use alicloud_codegen::load::Selection;
use serde_json::Value;

/// Writes a file into a folder.
fn write(root: &Path, path: &str, content: &[u8]) {
    let path = root.join(path);
    fs::create_dir_all(path.parent().unwrap()).unwrap();
    fs::write(path, content).unwrap();
}

/// What is found in the example of a code.
fn examined(code: &Code) -> Examined {
    let root = tempfile::tempdir().unwrap();
    // Where the folder itself is the problem there is nothing else.
    let elsewhere = code.example.iter().all(|(name, _)| name.starts_with("../"));
    if !elsewhere {
        write(
            root.path(),
            "demo/2024-01-01/service.yaml",
            SERVICE.as_bytes(),
        );
    }
    for (name, content) in code.example {
        let path = format!("demo/2024-01-01/{name}").replace("2024-01-01/../", "");
        write(root.path(), &path, content);
    }
    examine(root.path(), Path::new("api-specs"), &Selection::default()).unwrap()
}

#[test]
fn every_example_has_the_problem_it_is_about() {
    for code in catalogue::all() {
        let found = examined(code);
        let mut codes: Vec<&str> = found
            .diagnostics
            .iter()
            // Examples of errors are short, so they lack descriptions.
            .filter(|problem| problem.code.severity <= code.severity)
            .map(|problem| problem.code.id)
            .collect();
        codes.dedup();
        assert_eq!(codes, [code.id], "{}", code.title);
    }
}

#[test]
fn every_code_is_unique_and_explained() {
    let ids: Vec<&str> = catalogue::all().map(|code| code.id).collect();
    assert!(ids.is_sorted(), "{ids:?}");
    assert_eq!(ids.iter().collect::<BTreeSet<_>>().len(), ids.len());
    let titles: BTreeSet<&str> = catalogue::all().map(|code| code.title).collect();
    assert_eq!(titles.len(), ids.len());
    for code in catalogue::all() {
        assert!(
            code.id.len() == 4 && code.id.starts_with('S') && code.id[1..].parse::<u16>().is_ok(),
            "{}",
            code.id
        );
        assert!(
            code.explanation.ends_with('.') && code.explanation.len() > 40,
            "{}",
            code.id
        );
        assert!(code.remedy.ends_with('.'), "{}", code.id);
        let text = code.explain();
        for part in [code.id, code.title, code.explanation, code.remedy] {
            assert!(text.contains(part), "{}: {part}", code.id);
        }
    }
}

#[test]
fn codes_are_found_by_their_name() {
    assert_eq!(catalogue::find("s012").unwrap().title, "unknown word");
    assert!(catalogue::find("S999").is_none());
}

/// Every constructor of a diagnostic names a code, so a code that nothing names cannot be met.
#[test]
fn every_code_is_used_by_the_compiler() {
    let used = sources(&Path::new(env!("CARGO_MANIFEST_DIR")).join("src"));
    let catalogue_text =
        sources(&Path::new(env!("CARGO_MANIFEST_DIR")).join("src/diagnostic/catalogue"));
    for code in catalogue::all() {
        let mark = format!(" = \"{}\" ", code.id);
        let line = catalogue_text
            .lines()
            .find(|line| line.contains(&mark))
            .unwrap();
        let name = line.trim().split(' ').next().unwrap();
        assert!(used.contains(&format!("catalogue::{name}")), "{name}");
    }
}

fn sources(folder: &Path) -> String {
    let mut text = String::new();
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            text += &sources(&path);
        } else {
            text += &fs::read_to_string(path).unwrap();
        }
    }
    text
}

#[test]
fn json_says_what_the_text_says() {
    let found = examined(catalogue::find("S012").unwrap());
    let shown = json(&found.diagnostics, &found.loaded.sources).to_string();
    let parsed: Value = serde_json::from_str(&shown).unwrap();
    let problems = parsed["problems"].as_array().unwrap();
    assert!(
        problems
            .iter()
            .any(|problem| problem["severity"] == "warning")
    );
    let wrong = problems.iter().find(|problem| problem["code"] == "S012");
    let problem = wrong.unwrap();
    assert_eq!(problem["severity"], "error");
    assert_eq!(problem["file"], "api-specs/demo/2024-01-01/Start.yaml");
    assert_eq!(
        (&problem["line"], &problem["column"]),
        (&4.into(), &17.into())
    );
    assert_eq!(
        (&problem["end_line"], &problem["end_column"]),
        (&4.into(), &22.into())
    );
    assert_eq!(
        problem["message"],
        "unknown type \"strng\"; did you mean \"string\"?"
    );
    assert_eq!(parsed["errors"], 1);
    assert_eq!(parsed["warnings"], problems.len() - 1);
}

/// The members that SARIF 2.1.0 requires, and those that code hosts do.
#[test]
fn sarif_has_what_its_readers_need() {
    let found = examined(catalogue::find("S012").unwrap());
    let shown = sarif(&found.diagnostics, &found.loaded.sources).to_string();
    let log: Value = serde_json::from_str(&shown).unwrap();
    assert_eq!(log["version"], "2.1.0");
    assert!(log["$schema"].as_str().unwrap().contains("sarif-2.1.0"));
    let run = &log["runs"][0];
    let driver = &run["tool"]["driver"];
    assert!(driver["name"].is_string());
    let rules = driver["rules"].as_array().unwrap();
    assert_eq!(rules.len(), catalogue::all().count());
    let results = run["results"].as_array().unwrap();
    assert_eq!(results.len(), found.diagnostics.len());
    for (result, problem) in results.iter().zip(&found.diagnostics) {
        assert_eq!(result["ruleId"], problem.code.id);
        let rule = usize::try_from(result["ruleIndex"].as_u64().unwrap()).unwrap();
        assert_eq!(rules[rule]["id"], problem.code.id);
        assert_eq!(result["message"]["text"], problem.message);
        let level = match problem.code.severity {
            Severity::Error => "error",
            Severity::Warning => "warning",
        };
        assert_eq!(result["level"], level);
        let place = &result["locations"][0]["physicalLocation"];
        assert_eq!(
            place["artifactLocation"]["uri"],
            "api-specs/demo/2024-01-01/Start.yaml"
        );
        assert!(place["region"]["startLine"].as_u64().unwrap() > 0);
    }
}
