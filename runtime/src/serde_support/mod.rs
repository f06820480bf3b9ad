//! Answers for serde, behind the feature `serde`: written as the service wrote them, read with the tolerance of [`decode`].
//!
//! There is no derive: `serde_object!` gives an answer type both traits from the names of its fields. It is written as a
//! map of the fields that are there; secrets as `[redacted]`. It is read into a [`Value`] first, from any format that
//! describes itself, and then by the same code as an answer of the service.
//!
//! [`decode`]: crate::decode
//! [`Value`]: crate::Value

mod answer;
mod value;

pub use answer::{Members, read, text};
pub use serde::{Deserialize, Deserializer, Serialize, Serializer};

/// What stands for a value no printout may show.
use crate::redact::REDACTED;

#[cfg(test)]
mod tests;
