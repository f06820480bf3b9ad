//! Credentials from a URI, which some platforms offer to their containers.

use std::fmt;

use super::answer::TemporaryKey;
use super::exchange::{Exchange, presentable, read, request};
use super::key::trimmed;
use super::surroundings::Setup;
use super::{
    CachedCredentials, Context, Credentials, CredentialsError, CredentialsFuture,
    ProvideCredentials,
};
use crate::operation::Method;
use crate::secret::Secret;

const WHAT: &str = "credentials URI";

const VARIABLE: &str = "ALIBABA_CLOUD_CREDENTIALS_URI";

/// Gets temporary credentials from an address, and keeps them until shortly before they expire.
///
/// The answer is JSON: `Code` is `Success`, and `AccessKeyId`, `AccessKeySecret`, `SecurityToken` and `Expiration` are
/// there. The address may start with `http://`, and counts as secret.
#[derive(Debug)]
pub struct UriCredentials {
    cached: CachedCredentials<Uri>,
}

#[derive(Clone)]
struct Uri {
    uri: Secret<String>,
    /// The setting that holds it.
    setting: &'static str,
    prefix: &'static str,
}

impl UriCredentials {
    /// Credentials from this address, query included.
    pub fn new(uri: impl Into<String>) -> Self {
        Self::of(uri.into(), "it", "")
    }

    /// Credentials from the address in `ALIBABA_CLOUD_CREDENTIALS_URI`.
    ///
    /// # Errors
    ///
    /// When it is not set.
    pub fn from_env() -> Result<Self, CredentialsError> {
        Self::from_setup(&Setup::default())
    }

    pub(super) fn from_setup(setup: &Setup) -> Result<Self, CredentialsError> {
        let uri = setup.environment.read(VARIABLE)?;
        uri.map(|uri| Self::of(uri, VARIABLE, setup.prefix))
            .ok_or_else(|| CredentialsError::new(format!("{VARIABLE} not set")))
    }

    pub(super) fn of(uri: String, setting: &'static str, prefix: &'static str) -> Self {
        Self {
            cached: CachedCredentials::new(Uri {
                uri: Secret::new(trimmed(uri)),
                setting,
                prefix,
            }),
        }
    }
}

impl ProvideCredentials for UriCredentials {
    fn credentials<'a>(&'a self, context: &'a Context) -> CredentialsFuture<'a> {
        self.cached.credentials(context)
    }

    fn refused(&self, credentials: &Credentials) -> bool {
        self.cached.refused(credentials)
    }
}

impl ProvideCredentials for Uri {
    fn credentials<'a>(&'a self, context: &'a Context) -> CredentialsFuture<'a> {
        Box::pin(async move {
            let uri = self.uri.expose();
            let exchange = Exchange {
                what: WHAT,
                setting: self.setting,
                request: request(Method::Get, uri.clone(), Vec::new()),
                secrets: &[uri],
            };
            let body = exchange.send(context).await?;
            let key: TemporaryKey = read(WHAT, &body)?;
            match key.code.as_deref() {
                Some("Success") => key.credentials(WHAT, format!("{}credential_uri", self.prefix)),
                code => Err(CredentialsError::new(format!(
                    "{WHAT}: no credentials: {}",
                    presentable(code.unwrap_or("an answer without a Code"), &[uri])
                ))),
            }
        })
    }
}

impl fmt::Debug for Uri {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Uri").field("uri", &self.uri).finish()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::credentials::testing::{Reply, Script, block_on};

    #[test]
    fn refusals_are_explained_and_the_address_is_not_shown() {
        let refused =
            r#"{"Code": "Denied for http://127.0.0.1:1/hunter2", "AccessKeySecret": "hunter2"}"#;
        for (reply, reason) in [
            (
                Reply::Unreachable,
                "credentials URI: no answer from 127.0.0.1:1: connection refused",
            ),
            (
                Reply::Answer(404, "hunter2".into()),
                "credentials URI: HTTP 404",
            ),
            (
                Reply::json(refused),
                "credentials URI: no credentials: Denied for [redacted]",
            ),
            (
                Reply::json(r#"{"AccessKeySecret": "hunter2"}"#),
                "credentials URI: no credentials: an answer without a Code",
            ),
            (
                Reply::json(
                    r#"{"Code": "Success", "AccessKeyId": "i", "AccessKeySecret": "hunter2"}"#,
                ),
                "credentials URI: the answer has no SecurityToken, or an empty one",
            ),
        ] {
            let (context, _) = Script::of([reply]).context();
            let uri = UriCredentials::new("http://127.0.0.1:1/hunter2");
            let why = block_on(uri.credentials(&context)).unwrap_err().to_string();
            assert_eq!(why, reason);
            assert!(!format!("{uri:?}").contains("hunter2"));
        }
    }
}
