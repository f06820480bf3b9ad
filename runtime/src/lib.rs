//! The hand-written half of `alicloud`: everything a typed call needs that does not depend on the operation.
//!
//! A generated request writes its parameters into a [`Params`] tree and names an [`Operation`], the descriptor the
//! generator made from the spec. From there on one path serves every operation: `operation::check` compares the two,
//! [`encode`] and `request` lay the parameters out on the wire, [`sign`] signs them, a [`Transport`] carries them, and
//! [`decode`] reads the answer back into plain structs. No product is known here.

#![cfg_attr(docsrs, feature(doc_cfg))]

pub mod client;
pub mod config;
pub mod credentials;
pub mod decode;
pub mod encode;
pub mod endpoint;
pub mod error;
#[doc(hidden)]
pub mod fields;
mod macros;
pub mod operation;
pub mod params;
pub mod redact;
pub mod request;
pub mod response;
pub mod retry;
pub mod secret;
#[cfg(feature = "serde")]
#[doc(hidden)]
pub mod serde_support;
pub mod sign;
#[cfg(feature = "test-util")]
pub mod test_util;
pub mod time;
pub mod transport;

pub use bytes::Bytes;
pub use client::{Request, Sending};
pub use config::{Config, ConfigBuilder, Format, Placement, Signature};
pub use credentials::{Credentials, ProvideCredentials};
pub use endpoint::Endpoint;
pub use error::{Attempt, Error, ErrorKind};
pub use operation::{Operation, Service};
pub use params::{Params, UnknownValue, Value};
pub use response::Response;
pub use retry::{RateGovernor, RetryPolicy};
pub use secret::Secret;
pub use transport::Transport;
