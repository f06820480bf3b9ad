//! What the tests of the explorer leave out where a program is lacking. They say so, but the test runner keeps it to itself.

use std::process::{Command, Stdio};

/// What the tests leave out, the names of a program that would do, and how it tells that it is there.
const NEEDED: [(&str, &[&str], &str); 3] = [
    (
        "the explorer in a browser",
        &["chromium", "chromium-browser", "google-chrome"],
        "--version",
    ),
    ("the explorer's curl samples", &["curl"], "--version"),
    ("the explorer's curl samples", &["openssl"], "version"),
];

/// What could not be run.
pub(crate) fn missing() -> Vec<String> {
    let lacking = NEEDED
        .into_iter()
        .filter(|(_, names, version)| !names.iter().any(|name| runs(name, version)));
    lacking
        .map(|(what, names, _)| format!("{what}: {} is not installed", names[0]))
        .collect()
}

fn runs(program: &str, version: &str) -> bool {
    let status = Command::new(program)
        .arg(version)
        .stdin(Stdio::null())
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .status();
    status.is_ok_and(|status| status.success())
}
