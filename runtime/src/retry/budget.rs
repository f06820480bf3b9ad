//! The retry budget: when many calls fail, retrying them all would only add to the load that makes them fail.
//!
//! All calls of a configuration share one account. A retry takes from it, a call that succeeds pays a little in; while it
//! is empty, calls fail at once with the error they have.

use std::sync::atomic::{AtomicU32, Ordering};

/// What the account holds at most, and at first.
const CAPACITY: u32 = 500;
/// What a success pays in.
const REWARD: u32 = 1;

/// What a retry costs: one after a timeout more, because the service is likely to be at its limits then.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Charge {
    /// A retry that the service is not known to suffer from.
    Usual = 5,
    /// A retry after a timeout.
    Timeout = 10,
}

/// The account.
#[derive(Debug)]
pub(crate) struct Budget(AtomicU32);

impl Default for Budget {
    fn default() -> Self {
        Self(AtomicU32::new(CAPACITY))
    }
}

impl Budget {
    /// Takes the cost of a retry; `false` when there is not enough left.
    pub(crate) fn take(&self, charge: Charge) -> bool {
        self.0
            .fetch_update(Ordering::Relaxed, Ordering::Relaxed, |left| {
                left.checked_sub(charge as u32)
            })
            .is_ok()
    }

    /// Pays in after a success. A call that succeeded when it was made again gives back what its retries took.
    pub(crate) fn give(&self, taken: u32) {
        // A full account, the usual case, costs one read.
        if self.0.load(Ordering::Relaxed) < CAPACITY {
            let _ = self
                .0
                .fetch_update(Ordering::Relaxed, Ordering::Relaxed, |left| {
                    Some((left + taken.max(REWARD)).min(CAPACITY))
                });
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_hundred_retries_empty_it_and_successes_fill_it() {
        let budget = Budget::default();
        let taken = (0..1000).filter(|_| budget.take(Charge::Usual)).count();
        assert_eq!(taken, 100);
        assert!(!budget.take(Charge::Timeout));
        (0..5).for_each(|_| budget.give(0));
        assert!(budget.take(Charge::Usual));
        assert!(!budget.take(Charge::Usual));
        budget.give(10);
        assert!(budget.take(Charge::Timeout));
    }

    #[test]
    fn it_never_overflows() {
        let budget = Budget::default();
        budget.take(Charge::Usual);
        budget.give(1_000);
        assert_eq!(budget.0.load(Ordering::Relaxed), CAPACITY);
    }
}
