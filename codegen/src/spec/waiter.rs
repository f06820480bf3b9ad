//! Waiters: the states of something that are worth waiting for.

use super::Spanned;

/// How long to wait between two questions when the spec does not say, in seconds.
pub const USUAL_INTERVAL: u64 = 5;

/// How long to go on asking when the spec does not say, in seconds.
pub const USUAL_DEADLINE: u64 = 1_800;

/// A state to wait for by calling the operation again and again.
#[derive(Clone, Debug)]
pub struct Waiter {
    /// Its name in `snake_case`: what has come true when the waiting ends, such as `precheck_passed`.
    pub name: Spanned<String>,
    /// What that means.
    pub description: Option<String>,
    /// The path of the answer's field that tells the state.
    pub field: Spanned<String>,
    /// The values that end the waiting well.
    pub wanted: Vec<Spanned<String>>,
    /// The values after which the wanted ones cannot come any more.
    pub failed: Vec<Spanned<String>>,
    /// How long to wait between two questions, in seconds.
    pub interval: Spanned<u64>,
    /// How long to go on asking, in seconds.
    pub deadline: Spanned<u64>,
}
