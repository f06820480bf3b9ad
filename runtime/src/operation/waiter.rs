//! When polling an operation may end, as a descriptor knows it.

use std::borrow::Cow;
use std::time::Duration;

/// A state to wait for by calling an operation again and again.
#[derive(Clone, Debug)]
pub struct Waiter {
    /// Its name, such as `precheck_passed`.
    pub name: Cow<'static, str>,
    /// The path of the answer's field that tells the state.
    pub field: Cow<'static, str>,
    /// The values that end the waiting well.
    pub wanted: Cow<'static, [Cow<'static, str>]>,
    /// The values after which the wanted ones cannot come any more.
    pub failed: Cow<'static, [Cow<'static, str>]>,
    /// How long to wait after the first question; later pauses grow from it.
    pub interval: Duration,
    /// How long to go on asking, unless the caller says otherwise.
    pub deadline: Duration,
}
