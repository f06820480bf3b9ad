//! Credentials: who a request is signed for, and where that comes from.
//!
//! A provider is asked before each attempt, so temporary credentials may change under a long-lived client.

mod environment;

pub use environment::EnvironmentCredentials;

use std::borrow::Cow;
use std::fmt;
use std::future::{Future, ready};
use std::pin::Pin;
use std::sync::Arc;
use std::time::SystemTime;

use crate::secret::Secret;
use crate::time::{Clock, NonceSource};
use crate::transport::Transport;

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

    /// The provider they came from; empty when nobody said.
    #[must_use]
    pub fn provider(&self) -> &str {
        &self.0.provider
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

/// Why no credentials could be had. The text says what was tried and what to do, and holds no secret.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CredentialsError(String);

impl CredentialsError {
    /// An error with that explanation.
    pub fn new(explanation: impl Into<String>) -> Self {
        Self(explanation.into())
    }
}

impl fmt::Display for CredentialsError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl std::error::Error for CredentialsError {}

/// The future a [`ProvideCredentials`] returns.
pub type CredentialsFuture<'a> =
    Pin<Box<dyn Future<Output = Result<Credentials, CredentialsError>> + Send + 'a>>;

/// What a provider works with: the configuration's own means, so that nothing has to be set up twice.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct Context {
    /// Carries requests to the Security Token Service and other sources.
    pub transport: Arc<dyn Transport>,
    /// Tells the time.
    pub clock: Arc<dyn Clock>,
    /// Gives nonces to signatures.
    pub nonces: Arc<dyn NonceSource>,
}

/// A source of credentials.
pub trait ProvideCredentials: fmt::Debug + Send + Sync {
    /// The credentials to sign the next request with.
    fn credentials<'a>(&'a self, context: &'a Context) -> CredentialsFuture<'a>;

    /// Is told that the service refused credentials this provider gave. Whether asking again may give others.
    fn refused(&self, _credentials: &Credentials) -> bool {
        false
    }
}

impl ProvideCredentials for Credentials {
    fn credentials<'a>(&'a self, _: &'a Context) -> CredentialsFuture<'a> {
        Box::pin(ready(Ok(self.clone())))
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
}
