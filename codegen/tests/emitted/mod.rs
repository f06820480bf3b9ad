//! The Rust that is emitted for an operation, from specs made of strings.

use std::fs;
use std::path::Path;

use alicloud_codegen::emit;
use alicloud_codegen::regenerate::model;

/// The module of an operation whose name is a single word, the only one of version 1 of a product `Demo`.
pub(crate) fn emitted(service: &str, name: &str, operation: &str) -> String {
    let folder = tempfile::tempdir().unwrap();
    let version = folder.path().join("demo/1");
    fs::create_dir_all(&version).unwrap();
    fs::write(version.join("service.yaml"), service).unwrap();
    fs::write(version.join(format!("{name}.yaml")), operation).unwrap();
    let (_, model) = model(folder.path(), Path::new("specs")).unwrap();
    let files = emit::version(&model.versions[0]).unwrap();
    let module = format!("src/demo/v1/{}.rs", name.to_ascii_lowercase());
    files[Path::new(&module)].clone()
}
