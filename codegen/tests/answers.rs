//! Answers that are no objects.

#![allow(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

mod support;

use crate::support::{report, write};

#[test]
fn may_be_anything() {
    for (name, response) in [
        ("List", "{type: list, items: {type: string}}"),
        ("Text", "{type: string}"),
        ("Map", "{type: map, values: {type: int64}}"),
        ("Any", "{type: any}"),
        ("Bytes", "{type: binary}"),
        ("Nothing", "none"),
        ("Shared", "{ref: Tags}"),
    ] {
        let root = tempfile::tempdir().unwrap();
        let operation = format!("operation: {name}\neffect: read\nresponse: {response}\n");
        let service = b"product: demo\nversion: '1'\nstyle: roa\nschemas:\n  Tags: {type: list, items: {type: string}}\n";
        let file = format!("demo/1/{name}.yaml");
        let files: [(&str, &[u8]); 2] = [
            ("demo/1/service.yaml", service),
            (&file, operation.as_bytes()),
        ];
        write(root.path(), &files);
        assert_eq!(report(root.path()), "", "{name}");
    }
}
