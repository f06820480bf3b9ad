//! Credentials themselves: what a request is signed with.

use std::borrow::Cow;
use std::fmt;
use std::sync::Arc;
use std::time::SystemTime;

use crate::secret::Secret;

/// An access key, with a security token when it is temporary; or a bearer token. Cheap to clone.
#[derive(Clone, PartialEq, Eq)]
pub struct Credentials(Arc<Key>);

#[derive(Clone, PartialEq, Eq)]
struct Key {
    id: String,
    secret: Secret<String>,
    token: Option<Secret<String>>,
    bearer: Option<Secret<String>>,
    expiration: Option<SystemTime>,
    provider: Cow<'static, str>,
}

impl Credentials {
    /// A long-lived access key.
    pub fn new(access_key_id: impl Into<String>, access_key_secret: impl Into<String>) -> Self {
        let (id, secret) = (access_key_id.into(), Secret::new(access_key_secret.into()));
        Self(Arc::new(Key {
            id,
            secret,
            token: None,
            bearer: None,
            expiration: None,
            provider: Cow::Borrowed(""),
        }))
    }

    /// A bearer token: requests carry it instead of a signature.
    pub fn bearer(token: impl Into<String>) -> Self {
        let mut credentials = Self::new("", "");
        Arc::make_mut(&mut credentials.0).bearer = Some(Secret::new(token.into()));
        credentials
    }

    /// A temporary access key of the Security Token Service. An empty token counts as none.
    #[must_use]
    pub fn with_security_token(mut self, token: impl Into<String>) -> Self {
        let token = Some(token.into()).filter(|token: &String| !token.is_empty());
        Arc::make_mut(&mut self.0).token = token.map(Secret::new);
        self
    }

    /// Says when a temporary key stops being valid.
    #[must_use]
    pub fn with_expiration(mut self, expiration: SystemTime) -> Self {
        Arc::make_mut(&mut self.0).expiration = Some(expiration);
        self
    }

    /// Says which provider they came from, such as `default/env`: the names official clients use.
    #[must_use]
    pub fn with_provider(mut self, provider: impl Into<Cow<'static, str>>) -> Self {
        Arc::make_mut(&mut self.0).provider = provider.into();
        self
    }

    /// The access key ID, which is no secret.
    #[must_use]
    pub fn access_key_id(&self) -> &str {
        &self.0.id
    }

    /// The access key secret.
    #[must_use]
    pub fn access_key_secret(&self) -> &Secret<String> {
        &self.0.secret
    }

    /// The security token of a temporary access key.
    #[must_use]
    pub fn security_token(&self) -> Option<&Secret<String>> {
        self.0.token.as_ref()
    }

    /// The bearer token, when these are no access key.
    #[must_use]
    pub fn bearer_token(&self) -> Option<&Secret<String>> {
        self.0.bearer.as_ref()
    }

    /// When a temporary key stops being valid, if that is known.
    #[must_use]
    pub fn expiration(&self) -> Option<SystemTime> {
        self.0.expiration
    }

    /// The provider they came from. When nobody said: `static_ak`, `static_sts` or `bearer`, by what they are.
    #[must_use]
    pub fn provider(&self) -> &str {
        match &*self.0 {
            Key { provider, .. } if !provider.is_empty() => provider,
            Key {
                bearer: Some(_), ..
            } => "bearer",
            Key { token: Some(_), .. } => "static_sts",
            _ => "static_ak",
        }
    }

    /// Whether these are the same key, wherever it came from and whatever is known of it.
    pub(super) fn is_same_key(&self, other: &Self) -> bool {
        let (one, two) = (&*self.0, &*other.0);
        one.id == two.id
            && one.secret == two.secret
            && one.token == two.token
            && one.bearer == two.bearer
    }
}

impl fmt::Debug for Credentials {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Credentials")
            .field("access_key_id", &self.0.id)
            .field("access_key_secret", &self.0.secret)
            .field("security_token", &self.0.token)
            .field("bearer_token", &self.0.bearer)
            .finish_non_exhaustive()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn debug_shows_the_id_and_no_secret() {
        let credentials = Credentials::new("id", "hunter2").with_security_token("token-9");
        let printed = format!("{credentials:?}");
        assert!(printed.contains("\"id\""));
        assert!(
            !printed.contains("hunter2") && !printed.contains("token-9"),
            "{printed}"
        );
    }

    #[test]
    fn an_empty_token_is_none() {
        assert_eq!(
            Credentials::new("a", "b")
                .with_security_token("")
                .security_token(),
            None
        );
    }

    #[test]
    fn what_nobody_named_is_named_by_what_it_is() {
        let key = Credentials::new("a", "b");
        assert_eq!(key.provider(), "static_ak");
        assert_eq!(
            key.clone().with_security_token("t").provider(),
            "static_sts"
        );
        assert_eq!(Credentials::bearer("t").provider(), "bearer");
        assert_eq!(key.with_provider("mine").provider(), "mine");
    }
}
