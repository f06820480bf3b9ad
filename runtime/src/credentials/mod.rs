//! Credentials: who a request is signed for, and where that comes from.
//!
//! A provider is asked before each attempt, so temporary credentials may change under a long-lived client.
//! [`DefaultCredentials`] is the chain the official clients search, in their order; each of its sources is a provider of
//! its own. All that give temporary credentials keep them until shortly before they expire, see [`CachedCredentials`].
//!
//! # What is done otherwise than in the official clients
//!
//! - The default session name is `credentials-rust-<seconds>`.
//! - The ini file may also be named `~/.alibabacloud/credentials`, as some official clients have it and others not.
//! - In an ini value a `#` starts a comment only after white space, so that a secret with a `#` in it is not cut short.
//! - A profile of mode `AK` without a key is an error; it is not filled up from the environment.
//! - A refresh that fails is no error while the credentials at hand are still valid, and short-lived ones are not asked
//!   for anew with every request: the margin is at most half their lifetime.
//! - Profiles that take each other for their source are an error.
//! - White space around keys and tokens is no part of them; a key that cannot be one is an error that names its source, and
//!   no other source is asked instead.
//! - Exchanges are repeated when they fail for a while, and learn the time from services that find ours wrong.
//! - What an external program answers is not written into the CLI's file.

mod answer;
mod assume_role;
mod background;
mod cache;
mod chain;
mod cli;
mod ecs_role;
mod environment;
mod exchange;
mod flight;
mod ini;
mod ini_profile;
mod key;
mod oidc_role;
mod profile;
mod sts;
mod surroundings;
mod uri;

pub use assume_role::AssumeRoleCredentials;
pub use cache::CachedCredentials;
pub use chain::DefaultCredentials;
#[doc(hidden)]
pub use cli::CliConfig;
pub use ecs_role::EcsRoleCredentials;
pub use environment::EnvironmentCredentials;
#[doc(hidden)]
pub use ini::Ini;
pub use key::Credentials;
pub(crate) use key::trimmed;
pub use oidc_role::OidcRoleCredentials;
pub use profile::ProfileCredentials;
pub use surroundings::Environment;
pub use uri::UriCredentials;

use std::fmt;
use std::future::{Future, ready};
use std::pin::Pin;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, SystemTime};

use crate::retry::Skew;
use crate::time::{Clock, NonceSource, Sleep};
use crate::transport::Transport;

/// Why there are no credentials. The text says what was tried and what to do, and holds no secret.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CredentialsError {
    text: String,
    kind: Kind,
}

/// What follows from having no credentials.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Kind {
    /// The source has none, or refuses to give any.
    Absent,
    /// What the source has cannot be used. Going on to another identity in silence would hide a mistake.
    Unusable,
    /// The source may serve later.
    Transient,
}

impl CredentialsError {
    /// An error with that explanation.
    pub fn new(explanation: impl Into<String>) -> Self {
        Self {
            text: explanation.into(),
            kind: Kind::Absent,
        }
    }

    /// An error of a source that may serve later, such as one that cannot be reached: the call may be made again.
    pub fn transient(explanation: impl Into<String>) -> Self {
        Self {
            kind: Kind::Transient,
            ..Self::new(explanation)
        }
    }

    /// An error of a source whose credentials cannot be used; no other source is asked instead.
    pub(crate) fn unusable(explanation: impl Into<String>) -> Self {
        Self {
            kind: Kind::Unusable,
            ..Self::new(explanation)
        }
    }

    /// Whether the source may serve later.
    #[must_use]
    pub fn is_transient(&self) -> bool {
        self.kind == Kind::Transient
    }

    pub(crate) fn is_unusable(&self) -> bool {
        self.kind == Kind::Unusable
    }

    /// The same error with another text.
    fn described(self, text: impl FnOnce(&str) -> String) -> Self {
        Self {
            text: text(&self.text),
            ..self
        }
    }
}

impl fmt::Display for CredentialsError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.text)
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
    /// Waits before an exchange is repeated; without one it is repeated at once.
    pub sleep: Option<Arc<dyn Sleep>>,
    /// How far the clock of the services is ahead, as far as it is known. Calls and exchanges share it.
    pub(crate) skew: Arc<Skew>,
}

impl Context {
    /// A context of these means, for trying out a provider. Clients make their own.
    pub fn new(
        transport: impl Transport + 'static,
        clock: impl Clock + 'static,
        nonces: impl NonceSource + 'static,
    ) -> Self {
        Self {
            transport: Arc::new(transport),
            clock: Arc::new(clock),
            nonces: Arc::new(nonces),
            sleep: None,
            skew: Arc::default(),
        }
    }

    /// The time now, as the services count it.
    pub(crate) fn now(&self) -> SystemTime {
        self.skew.correct(self.clock.now())
    }

    async fn pause(&self, duration: Duration) {
        if let Some(sleep) = &self.sleep {
            sleep.sleep(duration).await;
        }
    }
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
        Box::pin(ready(
            self.clone().usable("the credentials of the configuration"),
        ))
    }
}

/// Locks what a panic elsewhere cannot have left half done.
fn lock<T: ?Sized>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

#[cfg(test)]
mod testing;
