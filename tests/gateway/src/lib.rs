//! A local gateway: a loopback server that plays the service for every operation that has a spec.
//!
//! A request is read (`http`), matched with an operation (`route`), its signature is verified (`verify`), its parameters
//! are checked (`parameters`) and an answer is made of the examples in the spec (`answer`). Whatever is refused is refused
//! with the error documents the service sends. Every request is counted and recorded (`counts`, `recorder`), and tests
//! have their way with it: an answer can be scripted (`script`), a list laid down (`lists`), something can go wrong
//! (`fault`), and the jobs of Data Transmission Service can be kept (`jobs`).
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

mod admin;
mod answer;
mod builder;
mod catalog;
mod clock;
mod counts;
pub mod descriptor;
mod examine;
mod fault;
#[cfg(test)]
mod fixtures;
mod gateway;
pub mod http;
mod idempotency;
mod jobs;
mod lists;
mod paging;
mod parameters;
mod project;
mod recorder;
mod refusal;
mod route;
mod sample;
mod script;
mod server;
mod shape;
mod sts;
mod synthesize;
pub mod verify;

pub use builder::{Builder, DEFAULT_ACCESS_KEY_ID, DEFAULT_ACCESS_KEY_SECRET};
pub use counts::Counts;
pub use fault::{Fault, Shape};
pub use gateway::{Gateway, StartError};
pub use lists::ListError;
pub use recorder::{Pairs, Recorded, Verdict};
pub use refusal::Refusal;
pub use script::Answer;
pub use verify::Scheme;
