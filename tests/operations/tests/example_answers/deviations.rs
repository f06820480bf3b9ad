//! Examples that lose something when they are read, and why that is as it should be.

/// Module, operation and format; the reason.
pub(crate) const DEVIATIONS: &[(&str, &str)] = &[];
