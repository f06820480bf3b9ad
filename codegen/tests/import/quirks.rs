//! What becomes of each quirk of the format.

use std::fmt::Write as _;

use alicloud_codegen::import::translate;

use crate::{CALLS, RESOURCES, import_into, problems, source};

/// The files a metadata file becomes, one after the other, and what could not be said.
fn translated(text: &str) -> String {
    let translation = translate(&source(text), true).unwrap();
    let mut out = String::new();
    for (path, text) in &translation.files {
        let _ = writeln!(out, "=== {}\n{text}", path.display());
    }
    for finding in &translation.findings {
        let _ = writeln!(out, "{:?}: {finding}", finding.kind);
    }
    out
}

/// Compares with the snapshot of the test it is used in.
macro_rules! snapshot {
    ($text:expr) => {
        insta::with_settings!({ snapshot_path => "../snapshots", omit_expression => true }, {
            insta::assert_snapshot!($text)
        })
    };
}

#[test]
fn of_operations_called_by_name() {
    snapshot!(translated(CALLS));
}

#[test]
fn of_resources() {
    snapshot!(translated(RESOURCES));
}

#[test]
fn leave_specs_without_problems() {
    let specs = tempfile::tempdir().unwrap();
    for text in [CALLS, RESOURCES] {
        let report = import_into(specs.path(), text);
        assert_eq!(report.versions[0].problems.join("\n"), "");
    }
    assert_eq!(problems(specs.path()), "");
}

#[test]
fn of_size_are_no_quirks() {
    let parameters: Vec<String> = (0..150)
        .map(|n| format!(r#"{{"name": "P{n}", "in": "query", "schema": {{"type": "string"}}}}"#))
        .collect();
    let deep = |depth: usize| {
        let open = r#"{"type": "object", "properties": {"a": "#.repeat(depth);
        format!("{open}{{\"type\": \"string\"}}{}", "}}".repeat(depth))
    };
    let text = format!(
        r#"{{"info": {{"style": "RPC", "product": "big", "version": "1"}}, "apis": {{
            "Wide": {{"parameters": [{}]}},
            "Deep": {{"responses": {{"200": {{"schema": {}}}}}}}
        }}}}"#,
        parameters.join(","),
        deep(55)
    );
    let specs = tempfile::tempdir().unwrap();
    let report = import_into(specs.path(), &text);
    assert_eq!(
        report.versions[0].findings.len(),
        1,
        "{:?}",
        report.versions[0].findings
    );
    assert_eq!(problems(specs.path()), "");
}

#[test]
fn an_empty_product_is_none() {
    let specs = tempfile::tempdir().unwrap();
    let text = r#"{"info": {"style": "RPC", "product": "Empty", "version": "x_1"}, "apis": {}}"#;
    let report = import_into(specs.path(), text);
    assert_eq!(report.versions[0].operations, 0);
    assert_eq!(report.versions[0].changes.added.len(), 1);
    assert_eq!(problems(specs.path()), "");
}

#[test]
fn that_nobody_can_handle_are_refused() {
    let refusal = |text: &str| translate(&source(text), false).unwrap_err().to_string();
    let styled = |style: &str| {
        refusal(&format!(
            r#"{{"info": {{"style": "{style}", "product": "p", "version": "1"}}}}"#
        ))
    };
    let unspoken =
        "a protocol of its own, with its own signature, which this client does not speak";
    for style in ["OSS", "PDS", "AliGenie"] {
        assert_eq!(
            styled(style),
            format!("api-docs.json: the style {style:?} is {unspoken}")
        );
    }
    let old =
        refusal(r#"{"info": {"style": "FC", "product": "fc-open", "version": "2021-04-06"}}"#);
    assert!(old.contains("before version 2023-03-30"), "{old}");
    let named = |product: &str| {
        refusal(&format!(
            r#"{{"info": {{"style": "RPC", "product": "{product}", "version": "1"}}}}"#
        ))
    };
    assert_eq!(
        named("../up"),
        "api-docs.json: the product \"../up\" cannot be the name of a folder"
    );
    assert!(refusal("{}").starts_with("api-docs.json: no \"info\""));
    assert!(refusal("[1]").starts_with("api-docs.json: no \"info\""));
    assert_eq!(
        refusal("{\n  \"info\": {,\n"),
        "api-docs.json:2:12: not JSON: key must be a string"
    );
}
