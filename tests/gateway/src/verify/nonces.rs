//! Nonces that were used already.
//!
//! A request is too old to be accepted once its time is out of tolerance, so a nonce need not be remembered for longer
//! than a request can stay acceptable. Memory is bounded twice: by that time, and by a number.

use std::collections::{HashSet, VecDeque};
use std::time::SystemTime;

use alicloud_runtime::sign::v3::payload_hash;

use super::TOLERANCE;
use crate::refusal::Refusal;

/// Beyond this many the oldest are forgotten.
const CAPACITY: usize = 100_000;

/// What is remembered.
#[derive(Debug, Default)]
pub(super) struct Nonces {
    used: HashSet<u128>,
    order: VecDeque<(SystemTime, u128)>,
}

impl Nonces {
    /// Remembers the nonce of a key; refuses it when it is remembered already.
    pub(super) fn use_up(
        &mut self,
        access_key_id: &str,
        nonce: &str,
        now: SystemTime,
    ) -> Result<(), Refusal> {
        self.forget(now);
        // The hash stands for both, so that a long nonce takes no more memory than a short one; half of it is plenty.
        let hash = payload_hash(format!("{access_key_id}\n{nonce}").as_bytes());
        let digest = u128::from_str_radix(&hash[..32], 16).unwrap_or_default();
        if !self.used.insert(digest) {
            let message = "The nonce was used before: every attempt needs one of its own.";
            return Err(Refusal::new(400, "SignatureNonceUsed", message));
        }
        self.order.push_back((now, digest));
        Ok(())
    }

    fn forget(&mut self, now: SystemTime) {
        while let Some((since, digest)) = self.order.front() {
            let age = now.duration_since(*since).unwrap_or_default();
            // A request may come from the far end of the tolerance and stay acceptable to the other end of it.
            if age <= TOLERANCE * 2 && self.order.len() < CAPACITY {
                break;
            }
            self.used.remove(digest);
            self.order.pop_front();
        }
    }
}

#[cfg(test)]
mod tests {
    use std::time::{Duration, UNIX_EPOCH};

    use super::*;

    #[test]
    fn a_nonce_is_refused_again_for_its_key_only() {
        let mut nonces = Nonces::default();
        assert!(nonces.use_up("a", "n", UNIX_EPOCH).is_ok());
        assert!(nonces.use_up("b", "n", UNIX_EPOCH).is_ok());
        let refused = nonces.use_up("a", "n", UNIX_EPOCH).unwrap_err();
        assert_eq!(refused.code, "SignatureNonceUsed");
    }

    #[test]
    fn nonces_are_forgotten_when_their_requests_have_expired() {
        let mut nonces = Nonces::default();
        let later = UNIX_EPOCH + TOLERANCE * 2 + Duration::from_secs(1);
        nonces.use_up("a", "n", UNIX_EPOCH).unwrap();
        nonces.use_up("a", "m", later).unwrap();
        assert_eq!((nonces.used.len(), nonces.order.len()), (1, 1));
    }

    #[test]
    fn no_more_than_so_many_are_remembered() {
        let mut nonces = Nonces::default();
        for number in 0..CAPACITY + 10 {
            nonces.use_up("a", &number.to_string(), UNIX_EPOCH).unwrap();
        }
        assert_eq!(nonces.used.len(), CAPACITY);
        assert_eq!(nonces.order.len(), CAPACITY);
    }
}
