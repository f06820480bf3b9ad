//! Conformance: what genuine official clients put on the wire, made again; and properties no official client is asked for.
//!
//! - `typed` calls the five operations the project began with through their setters, and compares whole exchanges.
//! - `vectors` makes every other recorded request again, as `cargo xtask conformance` does, and the same with the other
//!   things that were recorded.
//! - `properties` throws arbitrary names and values at the signer and reads the requests back with decoders of others.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::print_stdout,
    reason = "a test that cannot go on fails; what was compared is told"
)]

mod properties;
mod typed;
mod vector;
mod vectors;
mod wire;
