//! Credentials: who a request is signed for, and where that comes from.
//!
//! A provider is asked before each attempt, so temporary credentials may change under a long-lived client.

mod environment;

pub use environment::EnvironmentCredentials;

use std::fmt;
use std::future::{Future, ready};
use std::pin::Pin;
use std::sync::Arc;

use crate::secret::Secret;

/// An access key, with a security token when it is temporary. Cheap to clone.
#[derive(Clone, PartialEq, Eq)]
pub struct Credentials(Arc<Key>);

#[derive(Clone, PartialEq, Eq)]
struct Key {
    id: String,
    secret: Secret<String>,
    token: Option<Secret<String>>,
}

impl Credentials {
    /// A long-lived access key.
    pub fn new(access_key_id: impl Into<String>, access_key_secret: impl Into<String>) -> Self {
        let (id, secret) = (access_key_id.into(), Secret::new(access_key_secret.into()));
        Self(Arc::new(Key {
            id,
            secret,
            token: None,
        }))
    }

    /// A temporary access key of the Security Token Service. An empty token counts as none.
    #[must_use]
    pub fn with_security_token(mut self, token: impl Into<String>) -> Self {
        let token = Some(token.into()).filter(|token: &String| !token.is_empty());
        Arc::make_mut(&mut self.0).token = token.map(Secret::new);
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
}

impl fmt::Debug for Credentials {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Credentials")
            .field("access_key_id", &self.0.id)
            .field("access_key_secret", &self.0.secret)
            .field("security_token", &self.0.token)
            .finish()
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

/// A source of credentials.
pub trait ProvideCredentials: fmt::Debug + Send + Sync {
    /// The credentials to sign the next request with.
    fn credentials(&self) -> CredentialsFuture<'_>;
}

impl ProvideCredentials for Credentials {
    fn credentials(&self) -> CredentialsFuture<'_> {
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
