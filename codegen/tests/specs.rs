//! The specs of this repository, and what becomes of them when they are damaged.

#![allow(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

mod support;

use std::fs;
use std::path::{Path, PathBuf};

use alicloud_codegen::diagnostic::Diagnostics;
use alicloud_codegen::load::{Loaded, Selection, load, versions};

use crate::support::{report, write};

fn specs() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../api-specs")
}

fn selected(filters: &[&str]) -> Result<Loaded, String> {
    let filters: Vec<String> = filters.iter().map(|filter| (*filter).to_owned()).collect();
    let selection = Selection::parse(&filters).map_err(|error| error.to_string())?;
    let mut diagnostics = Diagnostics::default();
    let loaded = load(
        &specs(),
        Path::new("api-specs"),
        &selection,
        &mut diagnostics,
    );
    assert!(diagnostics.is_empty());
    loaded.map_err(|error| error.to_string())
}

fn operations(loaded: &Loaded) -> Vec<&str> {
    let services = loaded.services.iter();
    let operations = services.flat_map(|service| &service.operations);
    operations
        .map(|operation| operation.name.value.as_str())
        .collect()
}

#[test]
fn are_without_problems() {
    assert_eq!(report(&specs()), "");
}

#[test]
fn are_all_found_in_order() {
    let all = selected(&[]).unwrap();
    for name in [
        "ConfigureSynchronizationJob",
        "StartDISyncInstance",
        "StartDtsJob",
        "StartDtsJobs",
        "StartSynchronizationJob",
    ] {
        assert!(operations(&all).contains(&name), "{name}");
    }
    for service in &all.services {
        assert!(
            service
                .operations
                .is_sorted_by_key(|operation| &operation.name.value)
        );
    }
    let folders: Vec<(String, String)> = versions(&specs()).unwrap();
    assert!(folders.is_sorted());
    assert!(folders.contains(&("dts".to_owned(), "2020-01-01".to_owned())));
    assert_eq!(folders.len(), all.services.len());
}

#[test]
fn can_be_selected_by_product_and_version() {
    let dts = selected(&["dts"]).unwrap();
    assert!(dts.services.iter().all(|service| service.folder == "dts"));
    assert!(operations(&dts).contains(&"StartDtsJob"));
    assert!(!operations(&dts).contains(&"StartDISyncInstance"));
    let one = selected(&["dts/2020-01-01/", "dts"]).unwrap();
    assert_eq!(operations(&one), operations(&dts));
}

#[test]
fn are_named_when_a_filter_matches_none() {
    let error = selected(&["dst"]).unwrap_err();
    assert!(
        error.starts_with("no folder api-specs/dst; did you mean \"dts\"? (there are: "),
        "{error}"
    );
    let error = selected(&["dts/2020-01-02"]).unwrap_err();
    assert!(
        error.contains("; did you mean \"dts/2020-01-01\"?"),
        "{error}"
    );
    assert!(error.contains("dataworks-public/2020-05-18"), "{error}");
    for malformed in ["a/b/c", "", "/2020-01-01"] {
        let error = selected(&[malformed]).unwrap_err();
        assert!(
            error.ends_with("write PRODUCT or PRODUCT/VERSION"),
            "{error}"
        );
    }
}

#[test]
fn are_looked_for_only_where_they_can_be() {
    let root = tempfile::tempdir().unwrap();
    write(
        root.path(),
        &[
            ("README.md", b"\xff"),
            ("schema/1/operation.yaml", b"["),
            (".hidden/1/service.yaml", b"["),
            ("demo/notes.yaml", b"["),
            ("demo/.git/x.yaml", b"["),
            ("demo/1/.Start.yaml", b"["),
            ("demo/1/Start.yml", b"["),
            ("demo/1/inner/Start.yaml", b"["),
            (
                "demo/1/service.yaml",
                b"product: demo\nversion: '1'\nstyle: roa\n",
            ),
        ],
    );
    assert_eq!(report(root.path()), "");
    assert_eq!(
        versions(root.path()).unwrap(),
        [("demo".to_owned(), "1".to_owned())]
    );
}

#[test]
fn that_cannot_be_read_are_named() {
    let nowhere = specs().join("nowhere");
    let error = versions(&nowhere).unwrap_err().to_string();
    assert!(error.contains("nowhere: "), "{error}");
}

/// Numbers that look random and are the same on every run (Knuth's MMIX generator).
struct Numbers(u64);

impl Numbers {
    fn below(&mut self, bound: usize) -> usize {
        const MULTIPLIER: u64 = 6_364_136_223_846_793_005;
        self.0 = self.0.wrapping_mul(MULTIPLIER).wrapping_add(1);
        usize::try_from(self.0 >> 33).unwrap() % bound
    }
}

/// A folder with one service and one operation, of which either can be damaged.
struct Damaged {
    root: tempfile::TempDir,
    files: Vec<(PathBuf, Vec<u8>)>,
}

impl Damaged {
    fn all() -> Vec<Self> {
        let loaded = selected(&[]).unwrap();
        let services = loaded.services.iter();
        let of_service = |service: &alicloud_codegen::spec::Service| {
            let paths = |name: &str| {
                let version = &service.version.value;
                let path = Path::new(&service.folder).join(version);
                path.join(format!("{name}.yaml"))
            };
            let operations = service.operations.iter();
            let of_operation = |name: &str| Self::of([paths("service"), paths(name)]);
            operations
                .map(|operation| of_operation(&operation.name.value))
                .collect::<Vec<_>>()
        };
        // Five are as many kinds of damage as a test run has time for.
        services.flat_map(of_service).take(5).collect()
    }

    fn of(paths: [PathBuf; 2]) -> Self {
        let root = tempfile::tempdir().unwrap();
        let read = |path: PathBuf| {
            let content = fs::read(specs().join(&path)).unwrap();
            fs::create_dir_all(root.path().join(path.parent().unwrap())).unwrap();
            let copy = root.path().join(path);
            fs::write(&copy, &content).unwrap();
            (copy, content)
        };
        let files = paths.map(read).into();
        Self { root, files }
    }

    /// Loads the folder with one file changed. What is reported does not matter, only that something comes back.
    fn try_with(&self, file: usize, content: &[u8]) {
        let (path, original) = &self.files[file];
        fs::write(path, content).unwrap();
        report(self.root.path());
        fs::write(path, original).unwrap();
    }
}

#[test]
fn survive_being_cut_short() {
    for damaged in Damaged::all() {
        for (file, (_, content)) in damaged.files.iter().enumerate() {
            for end in (0..content.len()).step_by(content.len() / 60 + 1) {
                damaged.try_with(file, &content[..end]);
            }
        }
    }
}

#[test]
fn survive_having_bytes_changed() {
    const TELLING: &[u8] = b"\n\n :-[]{}&*!|>'\"%@`,#?\t\0\r\xff\xe4~<.0a";
    let mut numbers = Numbers(20_200_101);
    for damaged in Damaged::all() {
        for _ in 0..200 {
            let file = numbers.below(damaged.files.len());
            let mut content = damaged.files[file].1.clone();
            for _ in 0..=numbers.below(4) {
                let at = numbers.below(content.len());
                content[at] = TELLING[numbers.below(TELLING.len())];
            }
            damaged.try_with(file, &content);
        }
    }
}

#[test]
fn survive_having_lines_moved() {
    let mut numbers = Numbers(20_200_518);
    for damaged in Damaged::all() {
        for _ in 0..100 {
            let file = numbers.below(damaged.files.len());
            let content = &damaged.files[file].1;
            let mut lines: Vec<&[u8]> = content.split_inclusive(|byte| *byte == b'\n').collect();
            let (from, to) = (numbers.below(lines.len()), numbers.below(lines.len()));
            let line = lines.remove(from);
            lines.insert(to, line);
            damaged.try_with(file, &lines.concat());
        }
    }
}
