//! Lists that come in parts and states to wait for: what the request of an operation offers besides `send`.

use super::FieldType;

/// A walk over the parts of a long list.
#[derive(Clone, Debug)]
pub struct Paging {
    /// How the items come out of a part, if it is known where they are.
    pub items: Option<Items>,
}

/// The items of a part.
#[derive(Clone, Debug)]
pub struct Items {
    /// The fields that lead to the list, outermost first.
    pub path: Vec<String>,
    /// What the list holds.
    pub item: FieldType,
    /// Whether any of the fields is deprecated.
    pub deprecated: bool,
}

/// A state to wait for.
#[derive(Clone, Debug)]
pub struct Waiter {
    /// Its name in the spec, such as `precheck_passed`.
    pub name: String,
    /// The method that waits, such as `wait_until_precheck_passed`.
    pub method: String,
    /// The `static` with its descriptor, such as `UNTIL_PRECHECK_PASSED`.
    pub constant: String,
    /// What the state means.
    pub description: Option<String>,
    /// The path of the answer's field that tells the state.
    pub field: String,
    /// The values that end the waiting well.
    pub wanted: Vec<String>,
    /// The values that end it otherwise.
    pub failed: Vec<String>,
    /// Seconds between two questions.
    pub interval: u64,
    /// Seconds after which nobody goes on asking.
    pub deadline: u64,
}
