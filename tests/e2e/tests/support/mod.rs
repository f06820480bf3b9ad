//! Generating into a temporary folder, and compiling what comes out.

#![allow(dead_code, reason = "each test uses a part of it")]

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::process::Command;

use alicloud_codegen::emit::Dependency;
use alicloud_codegen::load::Selection;
use alicloud_codegen::regenerate::Options;

/// The root of the workspace.
pub(crate) fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("../..")
        .canonicalize()
        .unwrap()
}

/// Options that generate a crate of its own from a spec folder of the workspace, or any other.
pub(crate) fn options(specs: impl AsRef<Path>, out: &Path) -> Options {
    Options {
        specs: root().join(specs.as_ref()),
        display: specs.as_ref().to_owned(),
        out: out.to_owned(),
        runtime: Dependency {
            path: root().join("runtime").display().to_string(),
            in_workspace: false,
        },
        selection: Selection::default(),
        check: false,
        cache: None,
    }
}

/// The folder of what is compiled.
pub(crate) fn target() -> PathBuf {
    std::env::var_os("CARGO_TARGET_DIR").map_or_else(|| root().join("target"), PathBuf::from)
}

/// A cargo command in a folder, which shares compiled dependencies with the workspace.
pub(crate) fn cargo(folder: &Path, arguments: &[&str]) -> Command {
    std::fs::copy(root().join("Cargo.lock"), folder.join("Cargo.lock")).unwrap();
    let mut command = Command::new(env!("CARGO"));
    command
        .args(arguments)
        .current_dir(folder)
        .env("CARGO_TARGET_DIR", target());
    command
}

/// Runs a command and returns what it printed.
pub(crate) fn run(mut command: Command) -> String {
    let output = command.output().unwrap();
    let text = [output.stdout.as_slice(), output.stderr.as_slice()].concat();
    let text = String::from_utf8_lossy(&text).into_owned();
    assert!(output.status.success(), "{command:?} failed:\n{text}");
    text
}

/// Compiles a generated crate with all features, rustc's and clippy's warnings denied.
pub(crate) fn lint(folder: &Path) {
    run(cargo(
        folder,
        &[
            "clippy",
            "--quiet",
            "--all-features",
            "--",
            "--deny",
            "warnings",
        ],
    ));
}

/// The program behind `cargo xtask`, built.
pub(crate) fn xtask() -> PathBuf {
    let mut build = Command::new(env!("CARGO"));
    build
        .args(["build", "--quiet", "--package", "xtask"])
        .current_dir(root());
    run(build);
    target()
        .join("debug")
        .join(format!("xtask{}", std::env::consts::EXE_SUFFIX))
}

/// Every file below a folder, by its path in it.
pub(crate) fn files(root: &Path) -> BTreeMap<PathBuf, Vec<u8>> {
    let (mut found, mut next) = (BTreeMap::new(), vec![root.to_owned()]);
    while let Some(folder) = next.pop() {
        for entry in std::fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                next.push(path);
            } else {
                let name = path.strip_prefix(root).unwrap().to_owned();
                found.insert(name, std::fs::read(&path).unwrap());
            }
        }
    }
    found
}
