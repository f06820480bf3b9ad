//! Verification: whether a request was signed by who it says it was, just now, and for the first time.
//!
//! [`v3`] and [`v1`] read two kinds of signature and compute them again with the runtime's own functions, which recorded
//! requests of official clients hold to the truth; [`roa`] does so on its own, and `bearer` reads tokens. What all of them
//! have in common is here: known keys, security tokens, the age of a request and nonces seen before.

mod bearer;
mod keys;
mod nonces;
pub mod roa;
pub mod v1;
pub mod v3;

use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, SystemTime};

use alicloud_runtime::Credentials;
use alicloud_runtime::time::{Clock, SystemClock, parse_timestamp};

pub(crate) use self::keys::expired;

use self::keys::Keys;
use self::nonces::Nonces;
use crate::clock::parse_http_date;
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
    /// The older signature of ROA products, over headers and path.
    Roa,
    /// A bearer token, and no signature.
    Bearer,
    /// Not at all, or in no way known here.
    Unsigned,
}

impl Scheme {
    /// The scheme a request claims, whether or not it keeps to it.
    #[must_use]
    pub fn of(request: &Request) -> Self {
        let v1 = ["Signature", "SignatureMethod", "AccessKeyId"];
        if let Some(authorization) = request.header("authorization") {
            match authorization.trim_start().starts_with(roa::PREFIX) {
                true => Self::Roa,
                false => Self::V3,
            }
        } else if bearer::is_claimed(request) {
            Self::Bearer
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
    time: Moment<'a>,
    nonce: Option<&'a str>,
}

/// When a request says it was made.
#[derive(Clone, Copy)]
enum Moment<'a> {
    /// As `2006-01-02T15:04:05Z`.
    Stamp(&'a str),
    /// As in the header `Date`.
    Http(&'a str),
}

impl Moment<'_> {
    fn read(self) -> Option<SystemTime> {
        match self {
            Self::Stamp(text) => parse_timestamp(text),
            Self::Http(text) => parse_http_date(text),
        }
    }
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
            Scheme::Roa => {
                let signed = roa::Signed::read(request)?;
                self.admit(&signed.claim(), |secret| signed.verify(secret))
            }
            Scheme::Bearer => self.admit_bearer(&bearer::Carried::read(request)?),
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
        check_time(now, claim.time)?;
        let key = self
            .keys
            .find(claim.access_key_id, claim.security_token, now)?;
        signature(key.access_key_secret().expose())?;
        // Last of all, so that nobody without the secret can use up a nonce or fill the memory.
        self.use_up(claim.access_key_id, claim.nonce, now)
    }

    fn admit_bearer(&self, carried: &bearer::Carried<'_>) -> Result<(), Refusal> {
        let now = self.clock.now();
        check_time(now, carried.time)?;
        self.keys.check_bearer(carried.token)?;
        self.use_up(carried.token, Some(carried.nonce), now)
    }

    fn use_up(&self, of: &str, nonce: Option<&str>, now: SystemTime) -> Result<(), Refusal> {
        let Some(nonce) = nonce.filter(|nonce| !nonce.is_empty()) else {
            return Ok(());
        };
        let mut nonces = self.nonces.lock().unwrap_or_else(PoisonError::into_inner);
        nonces.use_up(of, nonce, now)
    }

    /// Makes a temporary key known, in place of the oldest when there are too many.
    pub(crate) fn issue(&self, key: Credentials) {
        self.keys.issue(key);
    }

    /// Lets every key that was issued expire at once.
    pub(crate) fn expire_issued(&self) {
        self.keys.expire_issued();
    }
}

fn check_time(now: SystemTime, time: Moment<'_>) -> Result<(), Refusal> {
    let Some(time) = time.read() else {
        let message = "The time of the request is not written as its kind of signature wants it.";
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
            let refused = check_time(now, Moment::Stamp(timestamp)).err();
            assert_eq!(
                refused.map(|refused| refused.code),
                code.map(str::to_owned),
                "{timestamp}"
            );
        }
    }
}
