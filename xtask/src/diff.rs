//! `cargo xtask diff`.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::fs;
use std::path::{Path, PathBuf};

use alicloud_codegen::diff::{bump, compare, markdown};
use alicloud_codegen::examine::{Examined, examine};
use alicloud_codegen::load::{Selection, spec_files, versions};

use crate::cargo::root;
use crate::{git, say};

/// How many documentation changes of a product version, and how many spec files, are named.
const NAMED: usize = 10;

#[derive(clap::Args)]
pub(crate) struct Arguments {
    /// The revision to compare with: a tag, a branch, a commit.
    #[arg(value_name = "REV", default_value = "HEAD")]
    revision: String,
    /// Name every change of words and every file.
    #[arg(long)]
    all: bool,
}

pub(crate) fn run(arguments: &Arguments) -> Result<(), String> {
    let commit = git::commit(&arguments.revision)?;
    let old_files = git::folder(&commit, "api-specs")?;
    if old_files.is_empty() {
        return Err(format!("there are no specs at {}", arguments.revision));
    }
    let specs = root().join("api-specs");
    let new = examined(&specs, Path::new("api-specs"))?;
    let folder = Scratch::new()?;
    for (path, content) in &old_files {
        folder.write(path, content)?;
    }
    let display = PathBuf::from(format!("{}:api-specs", arguments.revision));
    let old = examined(&folder.path, &display).map_err(|error| {
        format!(
            "{error}\nthe specs at {} are wrong for this compiler",
            arguments.revision
        )
    })?;
    let changes = compare(&old.model, &new.model);
    let most = if arguments.all { usize::MAX } else { NAMED };
    let mut out = format!("## Changes since {} ({commit})\n\n", arguments.revision);
    out += &files(&old_files, &specs, most)?;
    out += &markdown(&changes, most);
    let version = git::text(&commit, "Cargo.toml").and_then(|text| package_version(&text));
    let version = version.unwrap_or_else(|| env!("CARGO_PKG_VERSION").to_owned());
    match bump(&version, &changes) {
        Some(next) => {
            let _ = writeln!(out, "These changes ask for {next}, after {version}.");
        }
        None => out += "Nothing changes for those who use the crate.\n",
    }
    say(out.trim_end());
    Ok(())
}

fn examined(specs: &Path, display: &Path) -> Result<Examined, String> {
    let found =
        examine(specs, display, &Selection::default()).map_err(|error| error.to_string())?;
    found.require_no_errors()?;
    Ok(found)
}

/// The spec files that are not what they were.
fn files(old: &BTreeMap<PathBuf, Vec<u8>>, specs: &Path, most: usize) -> Result<String, String> {
    let mut now = BTreeMap::new();
    let failed = |error: std::io::Error| error.to_string();
    for (product, version) in versions(specs).map_err(failed)? {
        let folder = Path::new(&product).join(version);
        for name in spec_files(&specs.join(&folder)).map_err(failed)? {
            let path = folder.join(name);
            let content = fs::read(specs.join(&path)).map_err(failed)?;
            now.insert(path, content);
        }
    }
    let is_spec = |path: &&PathBuf| {
        path.extension().is_some_and(|ending| ending == "yaml") && path.components().count() == 3
    };
    let mut lines: Vec<(&Path, &str)> = Vec::new();
    for path in old.keys().filter(is_spec) {
        match now.get(path) {
            None => lines.push((path, "-")),
            Some(content) if old.get(path) != Some(content) => lines.push((path, "~")),
            Some(_) => {}
        }
    }
    let new = now.keys().filter(|path| !old.contains_key(*path));
    lines.extend(new.map(|path| (path.as_path(), "+")));
    lines.sort_unstable();
    if lines.is_empty() {
        return Ok(String::new());
    }
    let mut out = format!("### Specs: {} files\n\n", lines.len());
    for (path, mark) in lines.iter().take(most) {
        let _ = writeln!(out, "- {mark} `{}`", path.display());
    }
    if lines.len() > most {
        let _ = writeln!(out, "- and {} more", lines.len() - most);
    }
    out.push('\n');
    Ok(out)
}

/// The version that a workspace's `Cargo.toml` gives its packages.
fn package_version(manifest: &str) -> Option<String> {
    let (_, section) = manifest.split_once("[workspace.package]")?;
    let mut lines = section
        .lines()
        .skip(1)
        .take_while(|line| !line.starts_with('['));
    let line = lines.find_map(|line| line.strip_prefix("version"))?;
    let value = line.trim_start().strip_prefix('=')?.trim();
    Some(value.trim_matches('"').to_owned())
}

/// A folder that is gone when it is no longer needed.
struct Scratch {
    path: PathBuf,
}

impl Scratch {
    fn new() -> Result<Self, String> {
        let name = format!("specs-{}", std::process::id());
        let path = root().join("target/diff").join(name);
        fs::create_dir_all(&path).map_err(|error| format!("{}: {error}", path.display()))?;
        Ok(Self { path })
    }

    fn write(&self, path: &Path, content: &[u8]) -> Result<(), String> {
        let path = self.path.join(path);
        let folder = path.parent().unwrap_or(&self.path);
        fs::create_dir_all(folder)
            .and_then(|()| fs::write(&path, content))
            .map_err(|error| format!("{}: {error}", path.display()))
    }
}

impl Drop for Scratch {
    fn drop(&mut self) {
        let _ = fs::remove_dir_all(&self.path);
    }
}
