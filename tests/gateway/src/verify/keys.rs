//! The access keys that are known, and whether a security token belongs to one.
//!
//! Those the gateway was started with never expire. Those it issues itself do, and beyond a number the oldest of them are
//! forgotten.

use std::collections::VecDeque;
use std::sync::{PoisonError, RwLock};
use std::time::{SystemTime, UNIX_EPOCH};

use alicloud_runtime::Credentials;

use super::same;
use crate::refusal::Refusal;

/// So many issued keys are known at a time.
const MAX_ISSUED: usize = 10_000;

/// Known keys; a temporary one has a token. A bearer token is a key of its own kind.
#[derive(Debug)]
pub(super) struct Keys {
    given: Vec<Credentials>,
    issued: RwLock<VecDeque<Credentials>>,
}

impl Keys {
    pub(super) fn new(given: Vec<Credentials>) -> Self {
        Self {
            given,
            issued: RwLock::default(),
        }
    }

    /// The key of that ID, provided the token is the one that belongs to it.
    pub(super) fn find(
        &self,
        id: &str,
        token: Option<&str>,
        now: SystemTime,
    ) -> Result<Credentials, Refusal> {
        let key = self.known(id).ok_or_else(unknown)?;
        let given = token.filter(|token| !token.is_empty());
        match (key.security_token(), given) {
            (None, None) => {}
            (Some(token), Some(given)) if same(token.expose(), given) => {}
            (Some(_), Some(_)) => return Err(malformed()),
            (Some(_), None) => return Err(missing()),
            (None, Some(_)) => return Err(mismatch()),
        }
        match key.expiration() {
            Some(expiration) if expiration <= now => Err(expired()),
            _ => Ok(key),
        }
    }

    fn known(&self, id: &str) -> Option<Credentials> {
        let named = |key: &&Credentials| key.bearer_token().is_none() && key.access_key_id() == id;
        let issued = self.issued.read().unwrap_or_else(PoisonError::into_inner);
        let found = self.given.iter().find(named);
        found.or_else(|| issued.iter().find(named)).cloned()
    }

    pub(super) fn check_bearer(&self, token: &str) -> Result<(), Refusal> {
        let mut tokens = self.given.iter().filter_map(Credentials::bearer_token);
        match tokens.any(|known| same(known.expose(), token)) {
            true => Ok(()),
            false => Err(unknown_bearer()),
        }
    }

    pub(super) fn issue(&self, key: Credentials) {
        let mut issued = self.issued.write().unwrap_or_else(PoisonError::into_inner);
        if issued.len() == MAX_ISSUED {
            issued.pop_front();
        }
        issued.push_back(key);
    }

    pub(super) fn expire_issued(&self) {
        let mut issued = self.issued.write().unwrap_or_else(PoisonError::into_inner);
        for key in issued.iter_mut() {
            *key = key.clone().with_expiration(UNIX_EPOCH);
        }
    }
}

/// A temporary access key that is not valid any more; so does the service say of its own.
pub(crate) fn expired() -> Refusal {
    let message = "The security token of the temporary access key has expired.";
    Refusal::new(403, "InvalidSecurityToken.Expired", message)
}

fn unknown_bearer() -> Refusal {
    let message = "No such bearer token is known here.";
    Refusal::new(400, "InvalidBearerToken", message)
}

fn unknown() -> Refusal {
    let message = "No access key of that ID is known here.";
    Refusal::new(404, "InvalidAccessKeyId.NotFound", message)
}

fn malformed() -> Refusal {
    let message = "The security token is not the one this temporary access key came with.";
    Refusal::new(400, "InvalidSecurityToken.Malformed", message)
}

fn missing() -> Refusal {
    let message = "The access key is temporary, and its security token was not sent.";
    Refusal::new(400, "MissingSecurityToken", message)
}

fn mismatch() -> Refusal {
    let message = "A security token was sent with an access key that has none.";
    Refusal::new(400, "InvalidSecurityToken.MismatchWithAccessKey", message)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tokens_must_belong_to_their_key() {
        let temporary = Credentials::new("STS.id", "secret").with_security_token("token");
        let keys = Keys::new(vec![Credentials::new("id", "secret"), temporary]);
        let code = |id, token| {
            keys.find(id, token, UNIX_EPOCH)
                .err()
                .map(|refused| refused.code)
        };
        assert_eq!(code("id", None), None);
        assert_eq!(code("id", Some("")), None);
        assert_eq!(code("STS.id", Some("token")), None);
        let refused = |id, token| code(id, token).unwrap();
        assert_eq!(refused("nobody", None), "InvalidAccessKeyId.NotFound");
        assert_eq!(refused("STS.id", None), "MissingSecurityToken");
        assert_eq!(
            refused("STS.id", Some("other")),
            "InvalidSecurityToken.Malformed"
        );
        assert_eq!(
            refused("id", Some("token")),
            "InvalidSecurityToken.MismatchWithAccessKey"
        );
    }

    #[test]
    fn issued_keys_expire_and_make_room() {
        let keys = Keys::new(Vec::new());
        let key = |number: usize| {
            let key = Credentials::new(format!("STS.{number}"), "secret");
            let later = UNIX_EPOCH + std::time::Duration::from_secs(60);
            key.with_security_token("token").with_expiration(later)
        };
        let code = |id: &str, seconds| {
            let now = UNIX_EPOCH + std::time::Duration::from_secs(seconds);
            let found = keys.find(id, Some("token"), now);
            found.err().map(|refused| refused.code)
        };
        keys.issue(key(0));
        assert_eq!(code("STS.0", 59), None);
        let expired = Some("InvalidSecurityToken.Expired".to_owned());
        assert_eq!(code("STS.0", 60), expired);
        for number in 1..=MAX_ISSUED {
            keys.issue(key(number));
        }
        assert_eq!(
            code("STS.0", 0),
            Some("InvalidAccessKeyId.NotFound".to_owned())
        );
        assert_eq!(code("STS.1", 0), None);
        keys.expire_issued();
        assert_eq!(code("STS.1", 0), expired);
    }

    #[test]
    fn a_bearer_token_is_no_access_key() {
        let keys = Keys::new(vec![Credentials::bearer("token")]);
        assert!(keys.check_bearer("token").is_ok());
        let refused = keys.check_bearer("other").unwrap_err();
        assert_eq!(refused.code, "InvalidBearerToken");
        assert!(keys.find("", None, UNIX_EPOCH).is_err());
    }
}
