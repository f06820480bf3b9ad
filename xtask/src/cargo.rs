//! Starting cargo, the one this command was started by.

use std::path::{Path, PathBuf};
use std::process::Command;

/// The root of the workspace.
pub(crate) fn root() -> PathBuf {
    let own = Path::new(env!("CARGO_MANIFEST_DIR"));
    own.parent().unwrap_or(own).to_owned()
}

/// A cargo command in the root of the workspace.
pub(crate) fn cargo(arguments: &[&str]) -> Command {
    let mut command = Command::new(std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into()));
    command.args(arguments).current_dir(root());
    command
}

/// Runs a command to its end.
pub(crate) fn run(mut command: Command) -> Result<(), String> {
    let text = format!("{command:?}").replace('"', "");
    let status = command
        .status()
        .map_err(|error| format!("cannot start {text}: {error}"))?;
    if status.success() {
        Ok(())
    } else {
        Err(format!("failed: {text}"))
    }
}

/// Runs a program of another package.
pub(crate) fn program(package: &str, program: &str, arguments: &[String]) -> Result<(), String> {
    let mut command = of(package, program);
    command.args(arguments);
    run(command)
}

/// The command that builds and runs a program of another package.
pub(crate) fn of(package: &str, program: &str) -> Command {
    cargo(&[
        "run",
        "--quiet",
        "--package",
        package,
        "--bin",
        program,
        "--",
    ])
}

/// Runs the benchmarks.
pub(crate) fn bench(filter: Option<&str>) -> Result<(), String> {
    let mut command = cargo(&[
        "run",
        "--quiet",
        "--release",
        "--package",
        "alicloud-bench",
        "--",
    ]);
    command.args(filter);
    run(command)
}
