//! What of a request is compared with the recorded one.

pub(crate) mod v1;
pub(crate) mod v3;
