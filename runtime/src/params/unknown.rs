//! The value of an open enum that the crate does not know.

/// A value that was not known when this version of the crate was generated.
///
/// It cannot be looked into by a pattern, so that code does not break when a later version knows the value by name.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct UnknownValue(String);

impl UnknownValue {
    /// Used by generated code. Make a value with the enum's `From<&str>`, which picks the named one where there is one.
    #[doc(hidden)]
    #[must_use]
    pub fn new(value: &str) -> Self {
        Self(value.to_owned())
    }

    /// The value on the wire.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}
