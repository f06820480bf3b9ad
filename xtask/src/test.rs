//! `cargo xtask test`: every check, in the order in which failures are cheapest to find.

use crate::cargo::{cargo, run};
use crate::say;

/// The steps that need Rust alone.
const CORE: &[(&str, &[&str])] = &[
    ("format", &["fmt", "--all", "--check"]),
    (
        "lints",
        &[
            "clippy",
            "--workspace",
            "--all-targets",
            "--all-features",
            "--",
            "--deny",
            "warnings",
        ],
    ),
    ("generated code", &["xtask", "regenerate", "--check"]),
    ("tests", &["test", "--workspace", "--all-features"]),
];

pub(crate) fn all() -> Result<(), String> {
    for (name, arguments) in CORE {
        say(&format!("== {name}"));
        let mut command = cargo(arguments);
        command.env("INSTA_UPDATE", "no");
        run(command)?;
    }
    say("== documentation");
    let mut command = cargo(&["doc", "--workspace", "--all-features", "--no-deps"]);
    command.env("RUSTDOCFLAGS", "--deny warnings");
    run(command)
}
