//! Genuine official clients against our gateway, where Python and Node are.
//!
//! Their environments are made once, under `target/official-clients`, from the pinned versions in
//! `tests/official-clients`, and made anew when those change.

use std::io::{BufRead as _, BufReader};
use std::path::{Path, PathBuf};
use std::process::{Child, ChildStdout, Command, Stdio};

use crate::cargo::{cargo, root, run};
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
    for (name, prepare) in [("Python", python as fn() -> _), ("Node", node)] {
        say(&format!("== official {name} clients"));
        match prepare() {
            Ok(driver) => {
                if name == "Python" {
                    explorer_sample(&driver)?;
                }
                against_gateway(driver)?;
            }
            Err(why) => missing.push(format!("official {name} clients: {why}")),
        }
    }
    Ok(missing)
}

fn sources() -> PathBuf {
    root().join("tests/official-clients")
}

fn environments() -> PathBuf {
    root().join("target/official-clients")
}

/// The command that drives the Python clients, their environment made.
fn python() -> Result<Command, String> {
    let folder = environments().join("python");
    let python = folder.join("bin/python");
    prepare(&folder, "requirements.txt", || {
        let mut venv = Command::new("python3");
        venv.args(["-m", "venv", "--clear"]).arg(&folder);
        run(venv)?;
        let requirements = sources().join("requirements.txt");
        let mut pip = Command::new(&python);
        pip.args([
            "-m",
            "pip",
            "install",
            "--quiet",
            "--disable-pip-version-check",
            "--requirement",
        ]);
        pip.arg(requirements);
        run(pip)
    })?;
    let mut driver = Command::new(python);
    driver.arg(sources().join("drive.py"));
    Ok(driver)
}

/// The command that drives the Node clients, their packages installed.
fn node() -> Result<Command, String> {
    let folder = environments().join("node");
    prepare(&folder, "package.json", || {
        copy("package.json", &folder)?;
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
    let mut driver = Command::new("node");
    driver.arg(sources().join("drive.mjs")).current_dir(folder);
    Ok(driver)
}

/// Makes an environment unless it is there and was made from the same list of versions.
fn prepare(
    folder: &Path,
    list: &str,
    make: impl FnOnce() -> Result<(), String>,
) -> Result<(), String> {
    let wanted = read(&sources().join(list))?;
    let stamp = folder.join("made-from");
    if std::fs::read_to_string(&stamp).is_ok_and(|made| made == wanted) {
        return Ok(());
    }
    std::fs::create_dir_all(folder)
        .map_err(|error| format!("cannot create {}: {error}", folder.display()))?;
    make()?;
    std::fs::write(&stamp, wanted)
        .map_err(|error| format!("cannot write {}: {error}", stamp.display()))
}

fn read(path: &Path) -> Result<String, String> {
    std::fs::read_to_string(path)
        .map_err(|error| format!("cannot read {}: {error}", path.display()))
}

fn copy(name: &str, folder: &Path) -> Result<(), String> {
    let text = read(&sources().join(name))?;
    let path = folder.join(name);
    std::fs::write(&path, text).map_err(|error| format!("cannot write {}: {error}", path.display()))
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
        let mut command = cargo(&[
            "run",
            "--quiet",
            "--package",
            "alicloud-gateway",
            "--bin",
            "gateway",
            "--",
        ]);
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
        let address = line.trim().trim_start_matches("http://").to_owned();
        Ok(Self {
            child,
            address,
            _output: output,
        })
    }
}

impl Drop for Gateway {
    fn drop(&mut self) {
        drop(self.child.stdin.take());
        let _ = self.child.wait();
    }
}

/// The explorer's Python sample, by the interpreter that has the official SDK.
fn explorer_sample(driver: &Command) -> Result<(), String> {
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
    command.env("OFFICIAL_PYTHON", driver.get_program());
    run(command)
}

fn against_gateway(mut driver: Command) -> Result<(), String> {
    let gateway = Gateway::start()?;
    driver.arg(&gateway.address);
    run(driver)
}
