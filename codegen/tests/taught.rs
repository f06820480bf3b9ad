//! The page that teaches the spec language: every block in it belongs to a product that is right, and is generated.

#![allow(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use alicloud_codegen::emit::Dependency;
use alicloud_codegen::examine::examine;
use alicloud_codegen::load::Selection;
use alicloud_codegen::regenerate::{Options, regenerate};

/// The files of the page: blocks of one name, one after the other.
fn files() -> BTreeMap<String, String> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../api-specs/README.md");
    let page = fs::read_to_string(path).unwrap();
    let mut files: BTreeMap<String, String> = BTreeMap::new();
    for block in page.split("```yaml\n").skip(1) {
        let (block, _) = block.split_once("\n```").unwrap();
        let (name, text) = block.split_once('\n').unwrap();
        let name = name.strip_prefix("# ").unwrap();
        assert!(name.ends_with(".yaml"), "{name} is no file");
        let file = files.entry(name.to_owned()).or_default();
        file.push_str(text);
        file.push('\n');
    }
    // Nothing is shown that is not in a block of YAML.
    assert_eq!(
        page.matches("```").count(),
        2 * page.matches("```yaml\n").count()
    );
    files
}

#[test]
fn every_construct_is_right() {
    let root = tempfile::tempdir().unwrap();
    let folder = root.path().join("demo/2024-01-01");
    fs::create_dir_all(&folder).unwrap();
    let files = files();
    for (name, text) in &files {
        fs::write(folder.join(name), text).unwrap();
    }
    let display = Path::new("api-specs");
    let found = examine(root.path(), display, &Selection::default()).unwrap();
    let sources = &found.loaded.sources;
    let shown = found
        .diagnostics
        .iter()
        .map(|problem| problem.render(sources));
    assert_eq!(shown.collect::<Vec<_>>(), [""; 0]);
    assert_eq!(found.loaded.services[0].operations.len(), files.len() - 2);
    let out = tempfile::tempdir().unwrap();
    let changes = regenerate(&Options {
        specs: root.path().to_owned(),
        display: display.to_owned(),
        out: out.path().to_owned(),
        runtime: Dependency {
            path: "../runtime".into(),
            in_workspace: false,
        },
        selection: Selection::default(),
        check: false,
        cache: None,
    })
    .unwrap();
    assert!(changes.added.len() > files.len());
    let generated =
        |name: &str| fs::read_to_string(out.path().join("src/demo/v20240101").join(name)).unwrap();
    let operation = generated("begin_copy.rs");
    for part in ["fn thread_count", "fn tables_json", "fn copy_id"] {
        assert!(operation.contains(part), "{part}");
    }
    assert!(generated("types.rs").contains("Backwards"));
}
