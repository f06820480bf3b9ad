//! The explorer as browsers and scripts see it.

mod browser;
mod chromium;
mod errors;
mod form;
mod pages;
mod program;
mod running;
mod samples;
mod security;
mod signatures;
mod support;
