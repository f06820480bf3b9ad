//! Verification: whether a request was signed by who it says it was, just now, and for the first time.
//!
//! [`v3`] and [`v1`] read the two kinds of signature and compute them again with the runtime's own functions, which
//! recorded requests of official clients hold to the truth. What both have in common is here: known keys, security
//! tokens, the age of a request and nonces seen before.

mod keys;
mod nonces;
pub mod v1;
pub mod v3;

use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, SystemTime};

use alicloud_runtime::Credentials;
use alicloud_runtime::time::{Clock, SystemClock, parse_timestamp};

use self::keys::Keys;
use self::nonces::Nonces;
use crate::http::Request;
use crate::refusal::Refusal;

/// How far the time of a request may be from that of the gateway, either way.
pub const TOLERANCE: Duration = Duration::from_secs(15 * 60);

/// How a request is signed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Scheme {
    /// `HMAC-SHA1` over the parameters.
    V1,
    /// `ACS3-HMAC-SHA256` over the whole request.
    V3,
    /// Not at all, or in no way known here.
    Unsigned,
}

impl Scheme {
    /// The scheme a request claims, whether or not it keeps to it.
    #[must_use]
    pub fn of(request: &Request) -> Self {
        let v1 = ["Signature", "SignatureMethod", "AccessKeyId"];
        if request.header("authorization").is_some() {
            Self::V3
        } else if v1.iter().any(|name| request.parameter(name).is_some()) {
            Self::V1
        } else {
            Self::Unsigned
        }
    }
}

/// What a request says about who signed it.
struct Claim<'a> {
    access_key_id: &'a str,
    security_token: Option<&'a str>,
    timestamp: &'a str,
    nonce: &'a str,
}

/// Verifies requests, and remembers the nonces of those that were right.
#[derive(Debug)]
pub struct Verifier {
    keys: Keys,
    clock: Arc<dyn Clock>,
    nonces: Mutex<Nonces>,
}

impl Verifier {
    /// A verifier that knows these keys, at the time the system's clock shows.
    #[must_use]
    pub fn new(keys: Vec<Credentials>) -> Self {
        Self::with_clock(keys, Arc::new(SystemClock))
    }

    /// A verifier at the time another clock shows.
    #[must_use]
    pub fn with_clock(keys: Vec<Credentials>, clock: Arc<dyn Clock>) -> Self {
        Self {
            keys: Keys::new(keys),
            clock,
            nonces: Mutex::default(),
        }
    }

    /// Verifies a request.
    ///
    /// # Errors
    ///
    /// The error the service answers with when it does not trust the request.
    pub fn verify(&self, request: &Request) -> Result<(), Refusal> {
        match Scheme::of(request) {
            Scheme::V3 => {
                let signed = v3::Signed::read(request)?;
                self.admit(&signed.claim(), |secret| signed.verify(secret))
            }
            Scheme::V1 => {
                let signed = v1::Signed::read(request)?;
                self.admit(&signed.claim(), |secret| signed.verify(secret))
            }
            Scheme::Unsigned => Err(Refusal::incomplete_signature(
                "The request is not signed: it has neither an Authorization header nor a Signature parameter.",
            )),
        }
    }

    fn admit(
        &self,
        claim: &Claim<'_>,
        signature: impl FnOnce(&str) -> Result<(), Refusal>,
    ) -> Result<(), Refusal> {
        let now = self.clock.now();
        check_time(now, claim.timestamp)?;
        let key = self.keys.find(claim.access_key_id, claim.security_token)?;
        signature(key.access_key_secret().expose())?;
        // Last of all, so that nobody without the secret can use up a nonce or fill the memory.
        let mut nonces = self.nonces.lock().unwrap_or_else(PoisonError::into_inner);
        nonces.use_up(claim.access_key_id, claim.nonce, now)
    }
}

fn check_time(now: SystemTime, timestamp: &str) -> Result<(), Refusal> {
    let Some(time) = parse_timestamp(timestamp) else {
        let message = "The time of the request is not written as 2006-01-02T15:04:05Z.";
        return Err(Refusal::new(400, "InvalidTimeStamp.Format", message));
    };
    let apart = now
        .duration_since(time)
        .unwrap_or_else(|error| error.duration());
    if apart <= TOLERANCE {
        return Ok(());
    }
    let message = "The time of the request is more than 15 minutes from that of the gateway.";
    Err(Refusal::new(400, "InvalidTimeStamp.Expired", message))
}

/// Compares in a time that depends on the lengths alone.
fn same(one: &str, other: &str) -> bool {
    let pairs = one.bytes().zip(other.bytes());
    let difference = pairs.fold(0, |difference, (one, other)| difference | (one ^ other));
    one.len() == other.len() && std::hint::black_box(difference) == 0
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn texts_are_the_same_only_when_every_byte_is() {
        assert!(same("", "") && same("abc", "abc"));
        assert!(!same("abc", "abd") && !same("abc", "ab") && !same("", "a"));
    }

    #[test]
    fn a_quarter_of_an_hour_is_tolerated_either_way() {
        let now = parse_timestamp("2024-07-11T12:00:00Z").unwrap();
        for (timestamp, code) in [
            ("2024-07-11T11:45:00Z", None),
            ("2024-07-11T12:15:00Z", None),
            ("2024-07-11T11:44:59Z", Some("InvalidTimeStamp.Expired")),
            ("2024-07-11T12:15:01Z", Some("InvalidTimeStamp.Expired")),
            (
                "Thu, 11 Jul 2024 12:00:00 GMT",
                Some("InvalidTimeStamp.Format"),
            ),
        ] {
            let refused = check_time(now, timestamp).err();
            assert_eq!(
                refused.map(|refused| refused.code),
                code.map(str::to_owned),
                "{timestamp}"
            );
        }
    }
}
