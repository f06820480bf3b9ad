//! The access keys that are known, and whether a security token belongs to one.

use alicloud_runtime::Credentials;

use super::same;
use crate::refusal::Refusal;

/// Known keys; a temporary one has a token.
#[derive(Debug)]
pub(super) struct Keys(Vec<Credentials>);

impl Keys {
    pub(super) fn new(keys: Vec<Credentials>) -> Self {
        Self(keys)
    }

    /// The key of that ID, provided the token is the one that belongs to it.
    pub(super) fn find(&self, id: &str, token: Option<&str>) -> Result<&Credentials, Refusal> {
        let key = self.0.iter().find(|key| key.access_key_id() == id);
        let key = key.ok_or_else(unknown)?;
        let given = token.filter(|token| !token.is_empty());
        match (key.security_token(), given) {
            (None, None) => Ok(key),
            (Some(token), Some(given)) if same(token.expose(), given) => Ok(key),
            (Some(_), Some(_)) => Err(malformed()),
            (Some(_), None) => Err(missing()),
            (None, Some(_)) => Err(mismatch()),
        }
    }
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
        let code = |id, token| keys.find(id, token).err().map(|refused| refused.code);
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
}
