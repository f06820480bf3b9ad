//! Downloads official metadata, `api-docs.json` of a product version, from the public address or a mirror of it.
//!
//! `cargo xtask import --fetch` starts the program of this package, so that xtask itself needs no TLS stack. What comes is
//! judged before it is kept: an answer that is cut short, too large, no JSON or about something else is an error, and the
//! file of an earlier download stays as it was.

mod document;
mod download;
mod error;
mod mirror;
mod wanted;

pub use self::document::save;
pub use self::download::{Limits, fetch};
pub use self::error::Error;
pub use self::mirror::{Mirror, OFFICIAL};
pub use self::wanted::Wanted;
