//! The explorer as browsers and scripts see it.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    reason = "a helper that fails fails its test"
)]

mod browser;
mod chromium;
mod echo;
mod errors;
mod form;
mod pages;
mod program;
mod running;
mod samples;
mod security;
mod signatures;
mod story;
mod support;
