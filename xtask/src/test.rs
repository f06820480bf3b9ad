//! `cargo xtask test`: every check, in the order in which failures are cheapest to find.
//!
//! The core needs Rust alone. What needs more runs where it is there; what is lacking is named at the end, and is a
//! failure where the variable `CI` is `true`.

use crate::cargo::{cargo, run};
use crate::{explorer, official_clients, say, supply_chain};

/// The steps that need Rust alone, with the environment each is given.
const CORE: &[(&str, &[&str], (&str, &str))] = &[
    ("format", &["fmt", "--all", "--check"], ("", "")),
    (
        "generated code",
        &["xtask", "regenerate", "--check"],
        ("", ""),
    ),
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
        ("", ""),
    ),
    (
        "tests",
        &["test", "--workspace", "--all-features"],
        ("INSTA_UPDATE", "no"),
    ),
    (
        "without features",
        &[
            "clippy",
            "--package",
            "alicloud-runtime",
            "--no-default-features",
            "--all-targets",
            "--",
            "--deny",
            "warnings",
        ],
        ("", ""),
    ),
    ("conformance", &["xtask", "conformance"], ("", "")),
    ("size", &["xtask", "size"], ("", "")),
    (
        "documentation",
        &["doc", "--workspace", "--all-features", "--no-deps"],
        ("RUSTDOCFLAGS", "--deny warnings"),
    ),
];

pub(crate) fn all() -> Result<(), String> {
    for (name, arguments, (variable, value)) in CORE {
        say(&format!("== {name}"));
        let mut command = cargo(arguments);
        if !variable.is_empty() {
            command.env(variable, value);
        }
        run(command)?;
    }
    say("== each feature alone");
    supply_chain::features()?;
    say("== dependencies");
    let (mut missing, elsewhere) = supply_chain::dependencies()?;
    missing.extend(explorer::missing());
    missing.extend(official_clients::test()?);
    for part in &elsewhere {
        say(&format!("not tried here: {part}"));
    }
    if missing.is_empty() {
        say("== everything passed");
        return Ok(());
    }
    let list = missing.join("\n  ");
    if std::env::var("CI").is_ok_and(|ci| ci == "true") {
        return Err(format!("could not be run:\n  {list}"));
    }
    say(&format!(
        "== everything that could be run passed; could not be run:\n  {list}"
    ));
    Ok(())
}
