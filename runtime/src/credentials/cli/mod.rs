//! The configuration of the `aliyun` command line: `~/.aliyun/config.json`.
//!
//! `config` reads the file, `modes` makes a provider of a profile, `edit` writes into the file what a login brought.

mod cloud_sso;
mod config;
mod edit;
mod external;
mod login;
mod modes;
mod oauth;
#[cfg(all(not(windows), not(target_family = "wasm")))]
mod words;

pub use config::CliConfig;
pub(super) use modes::Modes;
