//! Functions that take any bytes and fail where a promise is broken: `cargo fuzz` calls them by way of `fuzz/`, the test
//! command with mutations of the seeds in `corpus/`.

#![allow(
    clippy::panic,
    clippy::expect_used,
    reason = "a fuzz target fails by panicking"
)]

mod mutate;
mod targets;

pub use mutate::Mutator;
pub use targets::{TARGETS, Target};

/// Calls a target by its name.
///
/// # Panics
///
/// When a promise is broken, and when there is no such target.
pub fn run(name: &str, data: &[u8]) {
    let target = TARGETS.iter().find(|(known, ..)| *known == name);
    target.expect("a target of that name").1(data);
}
