//! Compile cost of generated products, against a control: the same crate, its answers decoded by serde derives.
//!
//! `cargo xtask bench compile` builds each product version alone, dependencies built before, and reads CPU time and peak
//! memory of the one rustc that compiles the crate. This program is its own rustc wrapper for that.

mod control;
mod wrapper;

use std::error::Error;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

pub(crate) use wrapper::{WRAPPER, wrap};

/// What one build cost.
#[derive(Clone, Copy, Debug, Default)]
struct Cost {
    /// User CPU seconds.
    cpu: f64,
    /// Peak memory in MiB.
    memory: f64,
}

pub(crate) fn run() -> Result<(), Box<dyn Error>> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../..");
    let folder = tempfile::tempdir()?;
    let (ours, control) = (folder.path().join("ours"), folder.path().join("control"));
    copy(&root.join("generated"), &ours, &|_, text| Ok(text))?;
    copy(&root.join("generated"), &control, &|path, text| {
        control::derive(path, &text)
    })?;
    for crate_folder in [&ours, &control] {
        let manifest = crate_folder.join("Cargo.toml");
        let text = control::manifest(
            &fs::read_to_string(&manifest)?,
            &root.join("runtime").canonicalize()?,
        );
        fs::write(manifest, text)?;
        fs::copy(root.join("Cargo.lock"), crate_folder.join("Cargo.lock"))?;
    }
    println!(
        "compile cost of the product's crate alone: user CPU seconds, peak MiB (control: answers derived by serde)"
    );
    println!(
        "  {:<28} {:<8} {:>15} {:>15} {:>7} {:>7}",
        "feature", "", "alicloud", "control", "CPU", "memory"
    );
    let target = folder.path().join("target");
    for feature in features(&fs::read_to_string(ours.join("Cargo.toml"))?) {
        for (profile, arguments) in [
            ("check", &["check"][..]),
            ("release", &["build", "--release"]),
        ] {
            let mine = measure(&ours, &target, &feature, arguments)?;
            let serde = measure(&control, &target, &feature, arguments)?;
            println!(
                "  {feature:<28} {profile:<8} {:>7.2} {:>5.0} M {:>7.2} {:>5.0} M {:>6.2}x {:>6.2}x",
                mine.cpu,
                mine.memory,
                serde.cpu,
                serde.memory,
                serde.cpu / mine.cpu,
                serde.memory / mine.memory
            );
        }
    }
    Ok(())
}

/// The features of product versions: those that turn on nothing else.
fn features(manifest: &str) -> Vec<String> {
    let lines = manifest
        .lines()
        .filter_map(|line| line.strip_suffix(" = []"));
    lines.map(ToOwned::to_owned).collect()
}

/// Builds dependencies first, then the crate alone.
fn measure(
    folder: &Path,
    target: &Path,
    feature: &str,
    arguments: &[&str],
) -> Result<Cost, Box<dyn Error>> {
    let log = target.with_extension("log");
    let build = || -> Result<(), Box<dyn Error>> {
        let mut cargo = Command::new(std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into()));
        cargo
            .args(arguments)
            .args(["--quiet", "--no-default-features", "--features", feature]);
        cargo
            .current_dir(folder)
            .env("CARGO_TARGET_DIR", target)
            .env("CARGO_INCREMENTAL", "0");
        cargo
            .env("RUSTC_WRAPPER", std::env::current_exe()?)
            .env(WRAPPER, &log);
        if cargo.status()?.success() {
            Ok(())
        } else {
            Err(format!("{cargo:?} failed").into())
        }
    };
    build()?;
    let root = folder.join("src/lib.rs");
    fs::write(&root, fs::read_to_string(&root)? + "\n")?;
    build()?;
    let text = fs::read_to_string(&log)?;
    let mut numbers = text.split_whitespace().map(str::parse::<f64>);
    let mut next = || numbers.next().ok_or("the wrapper wrote nothing");
    Ok(Cost {
        cpu: next()?? / 100.0,
        memory: next()?? / 1024.0,
    })
}

type Change<'a> = &'a dyn Fn(&Path, String) -> Result<String, Box<dyn Error>>;

fn copy(from: &Path, to: &Path, change: Change<'_>) -> Result<(), Box<dyn Error>> {
    fs::create_dir_all(to)?;
    for entry in fs::read_dir(from)? {
        let entry = entry?;
        let (path, target): (PathBuf, PathBuf) = (entry.path(), to.join(entry.file_name()));
        if entry.file_type()?.is_dir() {
            copy(&path, &target, change)?;
        } else {
            fs::write(target, change(&path, fs::read_to_string(&path)?)?)?;
        }
    }
    Ok(())
}
