//! Compile cost of generated products, against two controls: the same crate with its answers decoded by serde derives, and
//! that crate with a struct of fields for each request as well, which is what most generators write.
//!
//! `cargo xtask bench compile` builds each product version alone, dependencies built before, and reads CPU time and peak
//! memory of the one rustc that compiles the crate. This program is its own rustc wrapper for that.

mod control;
mod requests;
mod wrapper;

use std::error::Error;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use quote::ToTokens as _;

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
    let crates = ["alicloud", "answers", "both"].map(|name| folder.path().join(name));
    let [ours, answers, both] = &crates;
    copy(&root.join("generated"), ours, &|_, text| Ok(text))?;
    rewrite(ours, answers, &|file| control::derive(file))?;
    rewrite(ours, both, &|file| {
        requests::as_structs(file);
        control::derive(file);
    })?;
    for crate_folder in &crates {
        let manifest = crate_folder.join("Cargo.toml");
        let text = control::manifest(
            &fs::read_to_string(&manifest)?,
            &root.join("runtime").canonicalize()?,
        );
        fs::write(manifest, text)?;
        fs::copy(root.join("Cargo.lock"), crate_folder.join("Cargo.lock"))?;
    }
    println!("compile cost of the product's crate alone: user CPU seconds, peak MiB");
    println!(
        "  control 1: answers derived by serde; control 2: that, and a struct of fields for each request"
    );
    println!(
        "  {:<28} {:<8} {:>14} {:>29} {:>29}",
        "feature", "", "alicloud", "control 1", "control 2"
    );
    let target = folder.path().join("target");
    let features = versions(&fs::read_to_string(ours.join("Cargo.toml"))?);
    // Without a product: what rustc needs for a crate that only passes on the runtime.
    for feature in features.iter().map(String::as_str).chain([""]) {
        for (profile, arguments) in [
            ("check", &["check"][..]),
            ("release", &["build", "--release"]),
        ] {
            let builds = crates.each_ref().map(|folder| Build {
                folder,
                target: &target,
                feature,
                arguments,
            });
            let name = if feature.is_empty() {
                "(no product)"
            } else {
                feature
            };
            println!("  {name:<28} {profile:<8} {}", row(measure(&builds)?));
        }
    }
    Ok(())
}

/// Ours, then each control with its ratios.
fn row([ours, controls @ ..]: [Cost; 3]) -> String {
    let ratio = |control: f64, ours: f64| match ours {
        // Less than the kernel counts.
        0.0 => "-".to_owned(),
        ours => format!("{:.2}x", control / ours),
    };
    let control = |cost: Cost| {
        format!(
            " {:>6.2} {:>5.0} M {:>6} {:>6}",
            cost.cpu,
            cost.memory,
            ratio(cost.cpu, ours.cpu),
            ratio(cost.memory, ours.memory)
        )
    };
    let ours = format!("{:>6.2} {:>5.0} M ", ours.cpu, ours.memory);
    ours + &controls.map(control).concat()
}

/// The features of product versions: they end with the day.
fn versions(manifest: &str) -> Vec<String> {
    let lines = manifest
        .lines()
        .filter_map(|line| line.strip_suffix(" = []"));
    let dated = |name: &&str| name.ends_with(|last: char| last.is_ascii_digit());
    lines.filter(dated).map(ToOwned::to_owned).collect()
}

/// How often each crate is built; the cheapest time counts.
const ROUNDS: usize = 3;

/// Builds dependencies first, then the crates alone, in turn.
fn measure(crates: &[Build<'_>; 3]) -> Result<[Cost; 3], Box<dyn Error>> {
    let mut costs = [None::<Cost>; 3];
    for build in crates {
        build.run()?;
    }
    for _ in 0..ROUNDS {
        for (build, cost) in crates.iter().zip(&mut costs) {
            let now = build.alone()?;
            *cost = Some(cost.map_or(now, |before| before.least(now)));
        }
    }
    Ok(costs.map(Option::unwrap_or_default))
}

impl Cost {
    fn least(self, other: Self) -> Self {
        Self {
            cpu: self.cpu.min(other.cpu),
            memory: self.memory.min(other.memory),
        }
    }
}

/// How a crate is built.
struct Build<'a> {
    folder: &'a Path,
    target: &'a Path,
    feature: &'a str,
    arguments: &'a [&'a str],
}

impl Build<'_> {
    fn run(&self) -> Result<(), Box<dyn Error>> {
        let mut cargo = Command::new(std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into()));
        cargo.args(self.arguments);
        cargo.args([
            "--quiet",
            "--no-default-features",
            "--features",
            self.feature,
        ]);
        cargo
            .current_dir(self.folder)
            .env("CARGO_TARGET_DIR", self.target)
            .env("CARGO_INCREMENTAL", "0")
            .env("RUSTC_WRAPPER", std::env::current_exe()?)
            .env(WRAPPER, self.log());
        if cargo.status()?.success() {
            Ok(())
        } else {
            Err(format!("{cargo:?} failed").into())
        }
    }

    /// Where the wrapper writes what the crate cost.
    fn log(&self) -> PathBuf {
        self.target.with_extension("log")
    }

    /// Builds the crate once more.
    fn alone(&self) -> Result<Cost, Box<dyn Error>> {
        let root = self.folder.join("src/lib.rs");
        fs::write(&root, fs::read_to_string(&root)? + "\n")?;
        self.run()?;
        let text = fs::read_to_string(self.log())?;
        let mut numbers = text.split_whitespace().map(str::parse::<f64>);
        let mut next = || numbers.next().ok_or("the wrapper wrote nothing");
        Ok(Cost {
            cpu: next()?? / 100.0,
            memory: next()?? / 1024.0,
        })
    }
}

/// Copies a crate, each of its source files changed.
fn rewrite(from: &Path, to: &Path, change: &dyn Fn(&mut syn::File)) -> Result<(), Box<dyn Error>> {
    copy(from, to, &|path, text| {
        if path.extension().is_none_or(|extension| extension != "rs") {
            return Ok(text);
        }
        let mut file = syn::parse_file(&text)?;
        change(&mut file);
        Ok(file.into_token_stream().to_string())
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
