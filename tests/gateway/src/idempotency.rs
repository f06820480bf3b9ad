//! Idempotency tokens: a call that repeats one gets the first answer again.

use std::collections::{HashMap, VecDeque};
use std::fmt;
use std::sync::{Mutex, PoisonError};

use crate::answer::Reply;
use crate::refusal::Refusal;

/// Beyond this many the oldest answers are forgotten.
const CAPACITY: usize = 10_000;

/// An operation of a service, and the token of a call.
pub(crate) type Key = (String, String);

/// The answers to calls with a token. Two calls with tokens never run at the same time, so of two that are the same one
/// waits for the answer of the other.
#[derive(Debug, Default)]
pub(crate) struct Answered(Mutex<Known>);

#[derive(Default)]
struct Known {
    replies: HashMap<Key, Reply>,
    order: VecDeque<Key>,
}

/// Shows no answer: they may hold keys.
impl fmt::Debug for Known {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Known")
            .field("replies", &self.replies.len())
            .finish_non_exhaustive()
    }
}

impl Answered {
    /// The answer to the first call of that key; if this is the first, its own, provided it has had an effect.
    pub(crate) fn once(
        &self,
        key: Key,
        execute: impl FnOnce() -> Result<(Reply, bool), Refusal>,
    ) -> Result<Reply, Refusal> {
        let mut known = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(first) = known.replies.get(&key) {
            return Ok(first.clone());
        }
        let (reply, effective) = execute()?;
        if effective {
            if known.order.len() == CAPACITY {
                let oldest = known.order.pop_front();
                oldest.map(|oldest| known.replies.remove(&oldest));
            }
            known.order.push_back(key.clone());
            known.replies.insert(key, reply.clone());
        }
        Ok(reply)
    }
}
