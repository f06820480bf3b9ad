//! Signatures, as pure functions from text to text.
//!
//! [`v3`] is `ACS3-HMAC-SHA256`, what every current official SDK sends; [`v1`] and [`v1_roa`] are the older `HMAC-SHA1`
//! signatures of RPC and ROA requests. The client signs with these functions and the local gateway verifies with them;
//! recorded requests of official clients hold both to the same truth.

mod date;
pub mod v1;
pub mod v1_roa;
pub mod v3;

pub use date::http_date;
