//! Descriptors as a call holds them.

use std::ops::Deref;
use std::sync::Arc;

/// A descriptor: one of generated code, which lives as long as the program, or one built at run time.
#[derive(Debug)]
pub enum Handle<T: 'static> {
    /// Of generated code.
    Static(&'static T),
    /// Built at run time.
    Shared(Arc<T>),
}

impl<T> Clone for Handle<T> {
    fn clone(&self) -> Self {
        match self {
            Self::Static(item) => Self::Static(item),
            Self::Shared(item) => Self::Shared(Arc::clone(item)),
        }
    }
}

impl<T> Deref for Handle<T> {
    type Target = T;

    fn deref(&self) -> &T {
        match self {
            Self::Static(item) => item,
            Self::Shared(item) => item,
        }
    }
}

impl<T> From<&'static T> for Handle<T> {
    fn from(item: &'static T) -> Self {
        Self::Static(item)
    }
}

impl<T> From<T> for Handle<T> {
    fn from(item: T) -> Self {
        Self::Shared(Arc::new(item))
    }
}
