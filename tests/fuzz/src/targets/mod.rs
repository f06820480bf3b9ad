//! The targets, one per thing that reads what somebody else wrote.

mod answers;
mod credentials;
mod encoding;
mod specs;

/// A target: panics where a promise is broken.
pub type Target = fn(&[u8]);

/// All targets by name, and how many mutations of its seeds the test command tries.
pub const TARGETS: &[(&str, Target, usize)] = &[
    ("spec", specs::spec, 400),
    ("import", specs::import, 400),
    ("json", answers::json, 20_000),
    ("xml", answers::xml, 20_000),
    ("events", answers::events, 20_000),
    ("error_body", answers::error_body, 20_000),
    ("percent", encoding::percent, 20_000),
    ("time", encoding::time, 20_000),
    ("ini", credentials::ini, 20_000),
    ("cli_config", credentials::cli_config, 20_000),
];
