//! Downloads for `cargo xtask import --fetch`, done by a program of `tests/fetch`: xtask itself speaks no TLS.

use std::path::PathBuf;
use std::process::Stdio;

use crate::cargo::{of, root};

/// Downloads the metadata of product versions to `target/metadata`; the files, in the order of the versions.
pub(crate) fn fetch(wanted: &[String], base: Option<&str>) -> Result<Vec<PathBuf>, String> {
    if wanted.is_empty() {
        return Ok(Vec::new());
    }
    let mut command = of("alicloud-fetch", "fetch");
    command.arg("--into").arg(root().join("target/metadata"));
    if let Some(base) = base {
        command.args(["--metadata-url", base]);
    }
    // What went wrong it tells people itself.
    let output = command
        .arg("--")
        .args(wanted)
        .stderr(Stdio::inherit())
        .output()
        .map_err(|error| format!("cannot start the download: {error}"))?;
    if !output.status.success() {
        return Err("not everything could be downloaded; nothing was imported".into());
    }
    let files = String::from_utf8_lossy(&output.stdout);
    Ok(files.lines().map(PathBuf::from).collect())
}
