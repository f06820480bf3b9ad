//! Signatures, as pure functions from text to text.
//!
//! [`v3`] is `ACS3-HMAC-SHA256`, what every current official SDK sends; [`v1`] is the older `HMAC-SHA1` query signature.
//! The client signs with these functions and the local gateway verifies with them; recorded requests of official clients
//! hold both to the same truth.

pub mod v1;
pub mod v3;
