//! Counts: how often each operation was called, and how often it did something.

use std::collections::BTreeMap;
use std::sync::{Mutex, PoisonError};

/// So many operations are counted; names beyond that are made up, since no catalog has as many.
const MAX_NAMES: usize = 10_000;

/// How often an operation was called.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct Counts {
    /// Requests that arrived, whatever became of them.
    pub received: u64,
    /// Requests that had their effect. One that was refused, that met a fault before it, that failed as a matter of
    /// business, or that repeated an idempotency token had none; nor has a scripted answer with the status of an error.
    pub executed: u64,
}

/// The counts of one gateway.
#[derive(Debug, Default)]
pub(crate) struct Counters(Mutex<BTreeMap<String, Counts>>);

impl Counters {
    pub(crate) fn received(&self, operation: &str) {
        self.count(operation, |counts| counts.received += 1);
    }

    pub(crate) fn executed(&self, operation: &str) {
        self.count(operation, |counts| counts.executed += 1);
    }

    fn count(&self, operation: &str, count: impl FnOnce(&mut Counts)) {
        let mut all = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(counts) = all.get_mut(operation) {
            count(counts);
        } else if all.len() < MAX_NAMES {
            count(all.entry(operation.to_owned()).or_default());
        }
    }

    pub(crate) fn of(&self, operation: &str) -> Counts {
        let all = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        all.get(operation).copied().unwrap_or_default()
    }

    /// Every operation that was called, by name.
    pub(crate) fn all(&self) -> BTreeMap<String, Counts> {
        let all = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        all.clone()
    }
}
