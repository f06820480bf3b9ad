//! Genuine official clients against our gateway, where Python and Node are.
//!
//! Their environments are made once, under `target/official-clients`, from the pinned versions in
//! `tests/official-clients`, and made anew when those change.

use std::io::{BufRead as _, BufReader};
use std::path::{Path, PathBuf};
use std::process::{Child, ChildStdout, Command, Stdio};

use crate::cargo::{cargo, of, root, run};
use crate::environment;
use crate::say;

/// The temporary key the drivers know, beside the gateway's default key.
const TEMPORARY: [&str; 6] = [
    "--sts-access-key-id",
    "STS.testId",
    "--sts-access-key-secret",
    "testStsSecret",
    "--security-token",
    "testSecurityToken+/=",
];

/// Runs what can be run. `Err` for a client that failed; what could not be tried is returned by name.
pub(crate) fn test() -> Result<Vec<String>, String> {
    let mut missing = Vec::new();
    say("== official Python clients");
    match python() {
        Ok(python) => {
            drive("drive.py", &python, None)?;
            compare("--python", &python)?;
            explorer_sample(&python)?;
        }
        Err(why) => missing.push(format!("official Python clients: {why}")),
    }
    say("== official Node clients");
    match node() {
        Ok(folder) => {
            drive("drive.mjs", Path::new("node"), Some(&folder))?;
            compare("--node", &folder)?;
        }
        Err(why) => missing.push(format!("official Node clients: {why}")),
    }
    Ok(missing)
}

fn sources() -> PathBuf {
    root().join("tests/official-clients")
}

fn environments() -> PathBuf {
    root().join("target/official-clients")
}

/// The Python of an environment with the clients.
fn python() -> Result<PathBuf, String> {
    let requirements = sources().join("requirements.txt");
    let programs = environment::python(&environments().join("python"), &requirements)?;
    Ok(programs.join("python"))
}

/// A folder with the Node clients in it.
fn node() -> Result<PathBuf, String> {
    let folder = environments().join("node");
    let list = sources().join("package.json");
    environment::prepare(&folder, &list, || {
        let place = folder.join("package.json");
        std::fs::write(&place, environment::read(&list)?)
            .map_err(|error| format!("cannot write {}: {error}", place.display()))?;
        let mut npm = Command::new("npm");
        npm.args([
            "install",
            "--silent",
            "--no-audit",
            "--no-fund",
            "--ignore-scripts",
        ])
        .current_dir(&folder);
        run(npm)
    })?;
    Ok(folder)
}

/// Calls five operations in every way a client can sign.
fn drive(driver: &str, program: &Path, folder: Option<&Path>) -> Result<(), String> {
    let gateway = Gateway::start()?;
    let mut command = Command::new(program);
    command.arg(sources().join(driver)).arg(&gateway.address);
    if let Some(folder) = folder {
        command.current_dir(folder);
    }
    run(command)
}

/// Calls all operations of some product versions, and compares what arrives with what our client sends.
fn compare(option: &str, value: &Path) -> Result<(), String> {
    let mut command = of("alicloud-official-clients", "differential");
    command
        .arg("--drivers")
        .arg(sources())
        .arg(option)
        .arg(value);
    run(command)
}

/// A gateway in a process of its own. It stops when its input closes, whatever becomes of us.
struct Gateway {
    child: Child,
    address: String,
    /// Held open: a gateway whose output is closed cannot say anything more, and stops.
    _output: Option<BufReader<ChildStdout>>,
}

impl Gateway {
    fn start() -> Result<Self, String> {
        let mut command = of("alicloud-gateway", "gateway");
        command
            .arg("--until-stdin-closes")
            .args(TEMPORARY)
            .stdin(Stdio::piped())
            .stdout(Stdio::piped());
        let mut child = command
            .spawn()
            .map_err(|error| format!("cannot start the gateway: {error}"))?;
        let mut line = String::new();
        let mut output = child.stdout.take().map(BufReader::new);
        if let Some(output) = &mut output {
            output
                .read_line(&mut line)
                .map_err(|error| format!("the gateway says nothing: {error}"))?;
        }
        let gateway = Self {
            child,
            address: line.trim().trim_start_matches("http://").to_owned(),
            _output: output,
        };
        if gateway.address.is_empty() {
            return Err(
                "the gateway stopped before it said its address: the reason stands above"
                    .to_owned(),
            );
        }
        Ok(gateway)
    }
}

impl Drop for Gateway {
    fn drop(&mut self) {
        drop(self.child.stdin.take());
        let _ = self.child.wait();
    }
}

/// The explorer's Python sample, by the interpreter that has the official SDK.
fn explorer_sample(python: &Path) -> Result<(), String> {
    let mut command = cargo(&[
        "test",
        "--quiet",
        "--package",
        "alicloud-explorer",
        "--test",
        "it",
        "--",
        "--ignored",
        "the_python_sample_runs",
    ]);
    command.env("OFFICIAL_PYTHON", python);
    run(command)
}
