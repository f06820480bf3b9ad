//! `cargo xtask size`: a program with one call, built for release with link-time optimization and stripped, has a budget.

use std::fs;

use crate::cargo::{cargo, root, run};
use crate::say;

/// The largest the program may be, in bytes. Taking secrets out of foreign text, connections for each route and runtime, and
/// all modes of profiles made it 0.2 MB larger than the 3.9 MB it had without them.
const BUDGET: u64 = 4_200_000;

pub(crate) fn check() -> Result<(), String> {
    let target = root().join("target/size");
    let mut command = cargo(&[
        "build",
        "--quiet",
        "--release",
        "--package",
        "alicloud-size",
    ]);
    command
        .env("CARGO_PROFILE_RELEASE_STRIP", "symbols")
        .env("CARGO_PROFILE_RELEASE_LTO", "fat")
        .env("CARGO_TARGET_DIR", &target);
    run(command)?;
    let name = format!("alicloud-size{}", std::env::consts::EXE_SUFFIX);
    let program = target.join("release").join(name);
    let size = fs::metadata(&program)
        .map_err(|error| format!("{}: {error}", program.display()))?
        .len();
    say(&format!(
        "a program with one call: {:.2} MB, of {:.2} MB it may have",
        megabytes(size),
        megabytes(BUDGET)
    ));
    if size <= BUDGET {
        Ok(())
    } else {
        Err("the program is over its budget".into())
    }
}

#[allow(clippy::cast_precision_loss, reason = "for people to read")]
fn megabytes(bytes: u64) -> f64 {
    bytes as f64 / 1e6
}
