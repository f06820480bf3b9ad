//! The commands for people who write specs, run as they are.

#![allow(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

use std::fs;
use std::io::{BufRead as _, BufReader};
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};
use std::sync::mpsc;
use std::thread;
use std::time::Duration;

use serde_json::Value;

const SERVICE: &str = "product: Demo\nversion: \"2024-01-01\"\nstyle: rpc\nram: demo\n";
const START: &str = "\
operation: StartCopy
summary: Starts a copy.
effect: start
parameters:
  CopyId: {type: string, description: Which.}
response: {fields: {RequestId: {type: string, description: The ID.}}}
examples:
  - request: {CopyId: a}
";

/// A spec folder with one operation.
struct Specs {
    root: tempfile::TempDir,
}

impl Specs {
    fn new() -> Self {
        let root = tempfile::tempdir().unwrap();
        let folder = root.path().join("specs/demo/2024-01-01");
        fs::create_dir_all(&folder).unwrap();
        fs::write(folder.join("service.yaml"), SERVICE).unwrap();
        fs::write(folder.join("StartCopy.yaml"), START).unwrap();
        Self { root }
    }

    fn folder(&self) -> PathBuf {
        self.root.path().join("specs")
    }

    fn start_copy(&self) -> PathBuf {
        self.folder().join("demo/2024-01-01/StartCopy.yaml")
    }

    fn change(&self, from: &str, to: &str) {
        let text = fs::read_to_string(self.start_copy()).unwrap();
        assert!(text.contains(from));
        fs::write(self.start_copy(), text.replace(from, to)).unwrap();
    }

    fn command(&self, arguments: &[&str]) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_xtask"));
        command.args(arguments).arg("--specs").arg(self.folder());
        command
    }

    fn run(&self, arguments: &[&str]) -> (bool, String, String) {
        told(&self.command(arguments).output().unwrap())
    }
}

fn told(output: &Output) -> (bool, String, String) {
    let text = |bytes: &[u8]| String::from_utf8(bytes.to_vec()).unwrap();
    (
        output.status.success(),
        text(&output.stdout),
        text(&output.stderr),
    )
}

#[test]
fn check_is_content_with_good_specs() {
    let specs = Specs::new();
    let (good, out, _) = specs.run(&["check", "--deny-warnings"]);
    assert!(good);
    assert_eq!(out, "1 operation: 0 errors, 0 warnings\n");
}

#[test]
fn check_fails_on_warnings_only_when_told_to() {
    let specs = Specs::new();
    specs.change("summary: Starts a copy.\n", "");
    let (good, out, _) = specs.run(&["check"]);
    assert!(good, "{out}");
    assert!(
        out.contains("warning[S100]: operation \"StartCopy\" has no summary"),
        "{out}"
    );
    let (good, _, error) = specs.run(&["check", "--deny-warnings"]);
    assert!(!good);
    assert!(error.contains("1 warning, which are denied"), "{error}");
}

#[test]
fn check_reports_errors_in_every_format() {
    let specs = Specs::new();
    specs.change(
        "type: string, description: Which.",
        "type: strng, descripton: Which.",
    );
    let (good, out, error) = specs.run(&["check"]);
    assert!(!good);
    assert!(
        out.contains(
            "StartCopy.yaml:5:18: error[S012]: unknown type \"strng\"; did you mean \"string\"?"
        ),
        "{out}"
    );
    assert!(
        out.contains("error[S010]: unknown key \"descripton\"; did you mean \"description\"?"),
        "{out}"
    );
    assert!(error.contains("2 errors"), "{error}");
    let (good, out, _) = specs.run(&["check", "--format", "json"]);
    assert!(!good);
    let json: Value = serde_json::from_str(&out).unwrap();
    assert_eq!(json["errors"], 2);
    let (good, out, _) = specs.run(&["check", "--format", "sarif"]);
    assert!(!good);
    let log: Value = serde_json::from_str(&out).unwrap();
    assert_eq!(log["version"], "2.1.0");
    let results = log["runs"][0]["results"].as_array().unwrap();
    let wrong = results.iter().find(|result| result["ruleId"] == "S012");
    assert_eq!(wrong.unwrap()["level"], "error");
}

#[test]
fn check_explains_codes() {
    let specs = Specs::new();
    let (good, out, _) = specs.run(&["check", "--explain", "s012"]);
    assert!(
        good && out.starts_with("error[S012]: unknown word\n"),
        "{out}"
    );
    assert!(
        out.contains("Remedy: ") && out.contains("    parameters:"),
        "{out}"
    );
    let (good, _, error) = specs.run(&["check", "--explain", "S013x"]);
    assert!(
        !good && error.contains("no code \"S013x\"; did you mean \"S013\"?"),
        "{error}"
    );
    let (good, out, _) = specs.run(&["check", "--explain", "all"]);
    assert!(good && out.lines().count() > 50, "{out}");
}

#[test]
fn policy_prints_json() {
    let specs = Specs::new();
    let (good, out, _) = specs.run(&["policy", "demo:StartCopy"]);
    assert!(good);
    let policy: Value = serde_json::from_str(&out).unwrap();
    assert_eq!(policy["Statement"][0]["Action"][0], "demo:StartCopy");
    let (good, _, error) = specs.run(&["policy", "demo:StrtCopy"]);
    assert!(
        !good && error.contains("did you mean \"StartCopy\"?"),
        "{error}"
    );
}

#[test]
fn new_writes_a_file_that_checks_clean() {
    let specs = Specs::new();
    let (good, out, error) = specs.run(&["new", "demo/2024-01-01", "StopCopy"]);
    assert!(good, "{error}");
    assert!(
        out.starts_with("wrote ") && !out.contains("warning"),
        "{out}"
    );
    let (good, out, _) = specs.run(&["check", "--deny-warnings"]);
    assert!(good, "{out}");
    let (good, _, error) = specs.run(&["new", "demo/2024-01-01", "StopCopy"]);
    assert!(!good && error.contains("is there already"), "{error}");
    let (good, out, _) = specs.run(&["schema", "--check"]);
    assert!(
        !good && out.contains("StartCopy.yaml") && !out.contains("StopCopy.yaml"),
        "{out}"
    );
}

#[test]
fn new_reads_a_document() {
    let specs = Specs::new();
    let page =
        Path::new(env!("CARGO_MANIFEST_DIR")).join("../codegen/tests/documents/pages/spaced.txt");
    let page = page.to_str().unwrap();
    let (good, out, error) = specs.run(&["new", "demo/2024-01-01", "--from-doc", page]);
    assert!(good, "{out}{error}");
    assert!(
        out.contains("read 10 parameters with 6 conditions, 7 response fields and 2 error codes"),
        "{out}"
    );
    assert!(
        out.contains("BeginDemoJob.yaml:4:12: warning[S100]"),
        "{out}"
    );
    let (good, _, _) = specs.run(&["check"]);
    assert!(good);
}

#[test]
fn diff_needs_a_revision_that_exists() {
    let output = Command::new(env!("CARGO_BIN_EXE_xtask"))
        .args(["diff", "no-such-revision"])
        .output()
        .unwrap();
    let (good, _, error) = told(&output);
    assert!(!good && error.contains("no-such-revision"), "{error}");
}

#[test]
fn regenerate_says_what_changed() {
    let specs = Specs::new();
    let out = specs.root.path().join("out");
    let arguments = ["regenerate", "--out", out.to_str().unwrap()];
    let (good, told, error) = specs.run(&arguments);
    assert!(good, "{error}");
    assert!(told.contains("demo::v20240101 ("), "{told}");
    // No bar where there is no terminal.
    assert_eq!(error, "");
    specs.change("description: Which.", "description: Which one.");
    let (_, told, _) = specs.run(&arguments);
    assert!(
        told.starts_with("  ~ src/demo/v20240101/start_copy.rs\n"),
        "{told}"
    );
    assert!(
        told.contains("0 added, 1 changed, 0 removed in demo::v20240101 (1) ("),
        "{told}"
    );
}

/// Stops the program, whatever becomes of the test.
struct Running(std::process::Child);

impl Drop for Running {
    fn drop(&mut self) {
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}

#[test]
fn regenerate_watches() {
    let specs = Specs::new();
    let out = specs.root.path().join("out");
    let mut command = specs.command(&["regenerate", "--watch", "--out", out.to_str().unwrap()]);
    let mut child = Running(command.stdout(Stdio::piped()).spawn().unwrap());
    let output = BufReader::new(child.0.stdout.take().unwrap());
    let (sender, lines) = mpsc::channel();
    thread::spawn(move || {
        for line in output.lines().map_while(Result::ok) {
            let _ = sender.send(line);
        }
    });
    let wait_for = |part: &str| {
        loop {
            let line = lines.recv_timeout(Duration::from_secs(60)).unwrap();
            if line.contains(part) {
                break;
            }
        }
    };
    wait_for("watching ");
    specs.change("description: Which.", "description: Which one.");
    wait_for("1 changed");
    specs.change(
        "type: string, description: Which",
        "type: strng, description: Which",
    );
    wait_for("error[S012]");
    specs.change("strng", "string");
    wait_for("up to date");
    let text = fs::read_to_string(out.join("src/demo/v20240101/start_copy.rs")).unwrap();
    assert!(text.contains("Which one."));
}
