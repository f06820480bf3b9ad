//! The gateway from outside: raw requests over TCP, signed with the runtime's functions or recorded from official clients.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    reason = "a helper that fails fails its test"
)]

mod admin;
mod answers;
mod faults;
mod idempotency;
mod jobs;
mod lists;
mod malformed;
mod parameters;
mod program;
mod recordings;
mod scripted;
mod signatures;
mod support;
mod tokens;
mod vectors;
