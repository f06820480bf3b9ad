//! A local gateway: a loopback server that plays the service for every operation that has a spec.
//!
//! A request is read (`http`), matched with an operation (`route`), its signature is verified (`verify`), its parameters
//! are checked (`parameters`) and an answer is made of the examples in the spec (`answer`). Whatever is refused is refused
//! with the error documents the service sends. Every request is recorded (`recorder`), and an answer can be scripted
//! (`script`).
//!
//! It refuses what the service refuses and nothing more: advice that only stands in documents is none of its business, so
//! any genuine client passes. Clients in any language can talk to it through the `gateway` program; tests in Rust start it
//! inside their own process:
//!
//! ```
//! # #[tokio::main(flavor = "current_thread")]
//! # async fn main() -> Result<(), alicloud_gateway::StartError> {
//! use alicloud_gateway::{Answer, Gateway};
//!
//! let gateway = Gateway::builder().start().await?;
//! gateway.answer_next("StartDtsJob", Answer::error(400, "Throttling.User", "Too fast."));
//! // ... call gateway.endpoint(), signing with testAccessKeyId and testAccessKeySecret ...
//! assert!(gateway.requests().is_empty());
//! # Ok(())
//! # }
//! ```

mod answer;
mod catalog;
pub mod descriptor;
mod examine;
#[cfg(test)]
mod fixtures;
mod gateway;
pub mod http;
mod parameters;
mod recorder;
mod refusal;
mod route;
mod sample;
mod script;
mod server;
mod shape;
mod synthesize;
pub mod verify;

pub use gateway::{Builder, DEFAULT_ACCESS_KEY_ID, DEFAULT_ACCESS_KEY_SECRET, Gateway, StartError};
pub use recorder::{Pairs, Recorded, Verdict};
pub use refusal::Refusal;
pub use script::Answer;
pub use verify::Scheme;
