//! What the generator reads: specs, and official metadata.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use alicloud_codegen::check::check;
use alicloud_codegen::diagnostic::Diagnostics;
use alicloud_codegen::emit;
use alicloud_codegen::import::{Source, translate};
use alicloud_codegen::load::{Loaded, texts};
use alicloud_codegen::model;

/// What stands between two files of an input.
const BETWEEN: &str = "=====\n";

const SERVICE: &str = "product: Fuzz\nversion: '1'\nstyle: roa\n";

/// Specs are good, and Rust comes of them, or every problem has a place that can be shown. The first file of the input is
/// an operation; `service.yaml` and an overlay may follow.
pub(super) fn spec(data: &[u8]) {
    let Ok(text) = std::str::from_utf8(data) else {
        return;
    };
    let mut parts = text.split(BETWEEN);
    let operation = parts.next().unwrap_or_default();
    let name = operation
        .lines()
        .find_map(|line| line.strip_prefix("operation: "))
        .filter(|name| !name.is_empty() && name.bytes().all(|byte| byte.is_ascii_alphanumeric()))
        .unwrap_or("Get");
    let folder = Path::new("fuzz/1");
    let mut files = BTreeMap::from([
        (folder.join(format!("{name}.yaml")), operation.to_owned()),
        (
            folder.join("service.yaml"),
            parts.next().unwrap_or(SERVICE).to_owned(),
        ),
    ]);
    if let Some(overlay) = parts.next() {
        files.insert(
            folder.join(format!("{name}.overlay.yaml")),
            overlay.to_owned(),
        );
    }
    if let Some(problems) = compile(&files) {
        assert!(problems.iter().all(|problem| !problem.is_empty()));
    }
}

/// Whatever the metadata says, what is imported of it are good specs.
pub(super) fn import(data: &[u8]) {
    let Ok(text) = String::from_utf8(data.to_vec()) else {
        return;
    };
    let source = Source {
        name: "fuzz.json".into(),
        text,
    };
    let Ok(translation) = translate(&source, true) else {
        return;
    };
    let problems = compile(&translation.files).unwrap_or_default();
    assert!(problems.is_empty(), "{}", problems.join("\n"));
}

/// Generates Rust of a product version. The problems that keep it from being generated, rendered.
fn compile(files: &BTreeMap<PathBuf, String>) -> Option<Vec<String>> {
    let mut diagnostics = Diagnostics::default();
    let loaded: Loaded = texts(files, &mut diagnostics);
    check(&loaded, &mut diagnostics);
    let model = model::lower(&loaded.services, &mut diagnostics);
    if !diagnostics.is_empty() {
        let problems = diagnostics.sorted();
        return Some(
            problems
                .iter()
                .map(|problem| problem.render(&loaded.sources))
                .collect(),
        );
    }
    for version in &model.versions {
        let generated = emit::version(version).expect("good specs become Rust");
        for (path, text) in generated {
            assert!(
                syn::parse_file(&text).is_ok(),
                "{} is no Rust:\n{text}",
                path.display()
            );
        }
    }
    None
}
