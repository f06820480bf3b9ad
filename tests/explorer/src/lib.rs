//! The explorer: a local web page for every operation that has a spec, served by one process on loopback.
//!
//! A page says what the operation does and takes and answers (`render`); offers a form made from the spec (`form`); shows
//! what the client would send, signed by the client's own functions (`input`, `signing`); runs it against the gateway or a
//! real endpoint (`target`, `run`, `answer`); and writes sample code (`sample`). Nothing is fetched from elsewhere, there is
//! no build step, and secrets stay in the process. The same pages, without what needs a server, are a static site (`site`).
//!
//! ```
//! # #[tokio::main(flavor = "current_thread")]
//! # async fn main() -> Result<(), String> {
//! let explorer = alicloud_explorer::Explorer::builder().start().await?;
//! println!("{}", explorer.url());
//! # Ok(())
//! # }
//! ```

mod answer;
mod catalog;
mod explorer;
mod form;
mod input;
mod render;
mod run;
mod sample;
mod server;
mod signing;
pub mod site;
mod target;

pub use catalog::Catalog;
pub use explorer::{Builder, Explorer};
