//! The same specs give the same bytes: in two folders, built in each of them, with other locales, time zones, numbers of
//! processors and orders of files.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::print_stdout,
    reason = "a test that cannot go on fails, and says what it skips"
)]

mod support;

use std::fs;
use std::hash::{DefaultHasher, Hash as _, Hasher as _};
use std::path::{Path, PathBuf};
use std::process::Command;

/// What a build of the generator needs, and what it reads.
const PARTS: [&str; 8] = [
    "Cargo.lock",
    "Cargo.toml",
    "api-specs",
    "codegen",
    "generated/Cargo.toml",
    "runtime/Cargo.toml",
    "tests",
    "xtask",
];

/// Copies files, the last one first, so that a file system that lists them in the order they came lists them otherwise.
fn copy_backwards(from: &Path, to: &Path) {
    if from.is_file() {
        fs::create_dir_all(to.parent().unwrap()).unwrap();
        fs::copy(from, to).unwrap();
        return;
    }
    fs::create_dir_all(to).unwrap();
    let entries = fs::read_dir(from).unwrap();
    let mut names: Vec<_> = entries.map(|entry| entry.unwrap().file_name()).collect();
    names.sort();
    for name in names.into_iter().rev() {
        copy_backwards(&from.join(&name), &to.join(&name));
    }
}

/// A copy of the repository, as far as the generator goes. Cargo wants every package to have something to build.
fn clone_into(folder: &Path) {
    for part in PARTS {
        copy_backwards(&support::root().join(part), &folder.join(part));
    }
    for library in ["generated", "runtime"] {
        fs::create_dir_all(folder.join(library).join("src")).unwrap();
        fs::write(folder.join(library).join("src/lib.rs"), "").unwrap();
    }
}

/// The order in which a file system lists a folder.
fn listed(folder: &Path) -> Vec<PathBuf> {
    let entries = fs::read_dir(folder).unwrap();
    entries
        .map(|entry| PathBuf::from(entry.unwrap().file_name()))
        .collect()
}

/// Runs a command on one processor, where that can be said.
fn on_one_processor(program: &Path) -> Command {
    let can = Command::new("taskset")
        .args(["-c", "0", "true"])
        .status()
        .is_ok_and(|status| status.success());
    if !can {
        println!("skipped: the number of processors is left as it is; there is no taskset");
        return Command::new(program);
    }
    let mut command = Command::new("taskset");
    command.args(["-c", "0"]).arg(program);
    command
}

/// A folder that is gone in the end. It has the same name in the next run, so that what cargo builds there takes the place
/// of what it built before.
struct Place(PathBuf);

impl Place {
    /// A file system in memory lists the files that came last first.
    fn new() -> Self {
        let memory = Path::new("/dev/shm");
        let folder = if memory.is_dir() {
            memory.to_owned()
        } else {
            std::env::temp_dir()
        };
        let mut hasher = DefaultHasher::new();
        support::root().hash(&mut hasher);
        let place = folder.join(format!("alicloud-determinism-{:016x}", hasher.finish()));
        let _ = fs::remove_dir_all(&place);
        fs::create_dir(&place).unwrap();
        Self(place)
    }
}

impl Drop for Place {
    fn drop(&mut self) {
        let _ = fs::remove_dir_all(&self.0);
    }
}

#[test]
fn another_clone_on_another_machine_generates_the_same_bytes() {
    let place = Place::new();
    let clone = place.0.join("another clone \u{e9}");
    clone_into(&clone);
    let specs = "api-specs/dts/2020-01-01";
    if listed(&clone.join(specs)) == listed(&support::root().join(specs)) {
        println!("skipped: both file systems list files in the same order");
    }
    let target = support::target().join("determinism");
    let mut build = Command::new(env!("CARGO"));
    build
        .args(["build", "--quiet", "--offline", "--package", "xtask"])
        .current_dir(&clone)
        .env("CARGO_TARGET_DIR", &target);
    support::run(build);
    fs::remove_dir_all(clone.join("generated")).unwrap();

    let program = target
        .join("debug")
        .join(format!("xtask{}", std::env::consts::EXE_SUFFIX));
    let mut regenerate = on_one_processor(&program);
    regenerate
        .arg("regenerate")
        .current_dir(&place.0)
        .env_clear()
        .env("LC_ALL", "tr_TR.UTF-8")
        .env("LANG", "zh_CN.GBK")
        .env("TZ", "Asia/Kathmandu")
        .env("HOME", &place.0)
        .env("RAYON_NUM_THREADS", "1")
        .env("COLUMNS", "20");
    support::run(regenerate);

    let (ours, theirs) = (
        support::files(&support::root().join("generated")),
        support::files(&clone.join("generated")),
    );
    let differing: Vec<_> = theirs
        .iter()
        .filter(|(path, content)| ours.get(*path) != Some(content))
        .map(|(path, _)| path)
        .collect();
    assert!(differing.is_empty(), "{differing:#?}");
    // Nothing is missing either.
    let generated = |path: &&PathBuf| path.starts_with("src") || path.ends_with("Cargo.toml");
    assert_eq!(theirs.keys().count(), ours.keys().filter(generated).count());
    assert!(theirs.len() > 700, "{}", theirs.len());
}
