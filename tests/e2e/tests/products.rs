//! Whole products nobody here has written a line for: official metadata is imported, generated and compiled.
//!
//! The metadata beside the repository, where there is a copy, covers real products; fixtures of our own cover what it lacks.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::print_stdout,
    reason = "a test that cannot go on fails, and says what it skips"
)]

mod support;

use std::ffi::OsStr;
use std::fs;
use std::io::{BufRead as _, BufReader, Write as _};
use std::net::TcpListener;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::thread;

use alicloud_codegen::import::{Options, Report, Source, import, read};

const FIXTURES: &str = "codegen/tests/import/fixtures";

/// All metadata files below a folder, in order.
fn metadata(folder: &Path) -> Vec<PathBuf> {
    let mut files = Vec::new();
    for entry in fs::read_dir(folder).into_iter().flatten().flatten() {
        let path = entry.path();
        if path.is_dir() {
            files.extend(metadata(&path));
        } else if path.extension().is_some_and(|ending| ending == "json") {
            files.push(path);
        }
    }
    files.sort();
    files
}

/// Imports into a folder that is emptied before.
fn imported(sources: &[Source], specs: &Path) -> Report {
    let _ = fs::remove_dir_all(specs);
    let options = Options {
        specs: specs.to_owned(),
        display: "specs".into(),
        ..Options::default()
    };
    let report = import(sources, &options).unwrap();
    assert!(report.failures.is_empty(), "{:?}", report.failures);
    assert_eq!(report.versions.len(), sources.len());
    for version in &report.versions {
        assert_eq!(version.problems.join("\n"), "");
    }
    report
}

/// A folder that is there in the next run as well: files that do not change are not compiled again.
fn kept(name: &str) -> PathBuf {
    support::target().join("products").join(name)
}

/// A command of xtask.
fn xtask(arguments: &[&OsStr]) -> String {
    let mut command = Command::new(env!("CARGO"));
    command
        .args(["run", "--quiet", "--package", "xtask", "--"])
        .args(arguments)
        .current_dir(support::root());
    support::run(command)
}

/// Generates by the command people use.
fn generated(specs: &Path, out: &Path) {
    fs::create_dir_all(out).unwrap();
    let [regenerate, from, to] = ["regenerate", "--specs", "--out"].map(OsStr::new);
    xtask(&[regenerate, from, specs.as_os_str(), to, out.as_os_str()]);
}

#[test]
fn every_product_with_metadata_compiles() {
    let folder = support::root().join("../shared/openmeta");
    // Beside the product versions there are lists of facts.
    let files: Vec<_> = metadata(&folder)
        .into_iter()
        .filter(|file| file.parent() != Some(folder.as_path()))
        .collect();
    if files.is_empty() {
        println!("skipped: no metadata beside the repository");
        return;
    }
    let (specs, out) = (kept("real/specs"), kept("real/alicloud"));
    let report = imported(&read(&files).unwrap(), &specs);
    let operations = report.versions.iter().map(|version| version.operations);
    let (versions, operations) = (files.len(), operations.sum::<usize>());
    println!("{versions} product versions, {operations} operations");
    generated(&specs, &out);
    let mut check = support::cargo(&out, &["check", "--quiet", "--all-features"]);
    check.env("CARGO_INCREMENTAL", "0");
    assert_eq!(support::run(check), "", "warnings");
}

/// A product with one operation.
fn tiny(product: &str, version: &str) -> Source {
    let info = format!(r#"{{"style": "RPC", "product": "{product}", "version": "{version}"}}"#);
    Source {
        name: product.into(),
        text: format!(r#"{{"info": {info}, "apis": {{"Get": {{"methods": ["post"]}}}}}}"#),
    }
}

#[test]
fn products_full_of_oddities_compile_with_warnings_denied() {
    let files = metadata(&support::root().join(FIXTURES));
    let mut sources = read(&files).unwrap();
    // Named as a module of the crate root is, as a feature is, and as nothing in Rust can be.
    sources.extend([
        tiny("Config", "2020-09-07"),
        tiny("Tracing", "1"),
        tiny("3D", "v2"),
    ]);
    let (specs, out) = (kept("odd/specs"), kept("odd/alicloud"));
    imported(&sources, &specs);
    generated(&specs, &out);
    support::lint(&out);
}

/// Gives a document to whoever asks first; the address, and what was asked for.
fn served(document: String) -> (String, thread::JoinHandle<String>) {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let address = format!("http://{}/meta", listener.local_addr().unwrap());
    let asked = thread::spawn(move || {
        let (mut stream, _) = listener.accept().unwrap();
        let mut lines = BufReader::new(stream.try_clone().unwrap()).lines();
        let asked = lines.next().unwrap().unwrap();
        lines.find(|line| line.as_ref().is_ok_and(String::is_empty));
        let length = document.len();
        write!(
            stream,
            "HTTP/1.1 200 OK\r\nContent-Length: {length}\r\n\r\n{document}"
        )
        .unwrap();
        asked
    });
    (address, asked)
}

#[test]
fn metadata_is_fetched_and_imported_beside_files() {
    let fixtures = support::root().join(FIXTURES);
    let (address, asked) = served(fs::read_to_string(fixtures.join("shapes.json")).unwrap());
    let specs = tempfile::tempdir().unwrap();
    let said = xtask(&[
        OsStr::new("import"),
        fixtures.join("names.json").as_os_str(),
        OsStr::new("--fetch=SHAPES-2.0/20250601"),
        OsStr::new("--metadata-url"),
        OsStr::new(&address),
        OsStr::new("--specs"),
        specs.path().as_os_str(),
    ]);
    assert_eq!(
        asked.join().unwrap(),
        "GET /meta/products/SHAPES-2.0/versions/20250601/api-docs.json?language=EN_US HTTP/1.1"
    );
    assert!(said.contains("match/latest: 17 operations"), "{said}");
    assert!(
        said.contains("shapes-2.0/20250601: 17 operations"),
        "{said}"
    );
    assert!(
        specs
            .path()
            .join("shapes-2.0/20250601/GetTree.yaml")
            .is_file()
    );
}
