//! Official document pages: read in each of the shapes they have when copied, and held against the specs.
//!
//! The pages under `pages` are made up; the real ones lie beside the repository, and are read where they do.

#![allow(
    clippy::unwrap_used,
    clippy::panic,
    clippy::print_stdout,
    reason = "a test that cannot go on fails, and says what it skips"
)]

mod held;
mod missing;
mod pages;
mod written;
