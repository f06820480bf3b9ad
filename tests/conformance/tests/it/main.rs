//! Conformance: what genuine official clients put on the wire, made again; and properties no official client is asked for.
//!
//! - `typed` calls the five operations the project began with through their setters, and compares whole exchanges.
//! - `recorded` makes every other recorded request again, from descriptors: those of the generated crate where a spec
//!   knows the parameters, and otherwise descriptors put together from the recording.
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
mod wire;
