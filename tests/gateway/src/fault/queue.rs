//! The faults that wait, by operation and in order.

use std::collections::{HashMap, VecDeque};
use std::sync::{Mutex, PoisonError};

use super::{Fault, Stage};

/// The name that stands for every operation.
const ANY: &str = "*";

/// How many calls meet a fault.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Times {
    /// So many.
    Only(u64),
    /// Every one, until the faults are cleared.
    Always,
}

/// The faults of one gateway. Those of an operation come before those of every operation, and within each, the one that
/// was put first comes first.
#[derive(Debug, Default)]
pub(crate) struct Faults(Mutex<HashMap<String, VecDeque<(Fault, Times)>>>);

impl Faults {
    pub(crate) fn push(&self, operation: &str, fault: Fault, times: Times) {
        if times == Times::Only(0) {
            return;
        }
        let mut waiting = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let queue = waiting.entry(operation.to_owned()).or_default();
        queue.push_back((fault, times));
    }

    pub(crate) fn clear(&self) {
        let mut waiting = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        waiting.clear();
    }

    /// Whether a fault waits that strikes before a request is read.
    pub(crate) fn wait_for_heads(&self) -> bool {
        let waiting = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let mut next = waiting.values().filter_map(VecDeque::front);
        next.any(|(fault, _)| fault.stage() == Stage::Head)
    }

    /// Uses up the next fault for an operation, if this is when it strikes.
    pub(crate) fn take(&self, operation: &str, stage: Stage) -> Option<Fault> {
        let mut waiting = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let mut named = [operation, ANY].into_iter();
        let waits = |name: &&str| waiting.get(*name).is_some_and(|queue| !queue.is_empty());
        let name = named.find(waits)?;
        let queue = waiting.get_mut(name)?;
        let (fault, times) = queue.front_mut()?;
        if fault.stage() != stage {
            return None;
        }
        let fault = *fault;
        match times {
            Times::Always => {}
            Times::Only(left) => {
                *left -= 1;
                if *left == 0 {
                    queue.pop_front();
                }
            }
        }
        Some(fault)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn faults_are_used_up_in_order_and_at_their_moment() {
        let faults = Faults::default();
        faults.push("A", Fault::EmptyBody, Times::Only(2));
        faults.push("A", Fault::ServiceUnavailable, Times::Only(1));
        faults.push("*", Fault::ResetBeforeRead, Times::Always);
        faults.push("A", Fault::InvalidJson, Times::Only(0));
        assert!(faults.wait_for_heads());
        assert_eq!(faults.take("A", Stage::Head), None);
        assert_eq!(faults.take("A", Stage::Answer), Some(Fault::EmptyBody));
        assert_eq!(faults.take("A", Stage::Read), None);
        assert_eq!(faults.take("A", Stage::Answer), Some(Fault::EmptyBody));
        assert_eq!(faults.take("A", Stage::Answer), None);
        let unavailable = Some(Fault::ServiceUnavailable);
        assert_eq!(faults.take("A", Stage::Read), unavailable);
        for operation in ["A", "B", "A"] {
            let reset = Some(Fault::ResetBeforeRead);
            assert_eq!(faults.take(operation, Stage::Head), reset);
        }
        faults.clear();
        assert_eq!(faults.take("B", Stage::Head), None);
        assert!(!faults.wait_for_heads());
    }
}
