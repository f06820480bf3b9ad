//! End-to-end tests and examples: what is here goes from specs to calls through the local gateway.

/// The code in the README, compiled and run with the other documentation tests.
#[cfg(doctest)]
#[doc = include_str!("../../../README.md")]
pub struct Readme;
