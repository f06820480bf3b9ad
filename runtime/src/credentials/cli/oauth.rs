//! OAuth: a login in the browser, by the CLI, left tokens that can be changed for temporary keys.
//!
//! The file is shared with the CLI, which changes tokens and keys, too: both read what the other wrote, and a key in the
//! file that is still good is used as it is. Who changes the tokens is settled in `login`.

use std::fmt;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::{Duration, SystemTime, UNIX_EPOCH};

use super::config::{CliConfig, Profile};
use super::edit;
use super::login::{Login, Turn};
use crate::credentials::answer::{TemporaryKey, epoch, given, shown};
use crate::credentials::exchange::{Exchange, header, read, request};
use crate::credentials::flight::Flight;
use crate::credentials::{
    Context, Credentials, CredentialsError, CredentialsFuture, ProvideCredentials, lock,
};
use crate::decode::{Object, Read, Reader};
use crate::encode::{Pair, form_pairs};
use crate::operation::Method;
use crate::params::Value;
use crate::secret::Secret;
use crate::time::timestamp;

const WHAT: &str = "OAuth";

/// An access token that lasts no longer than this is changed first.
const TOKEN_MARGIN: Duration = Duration::from_secs(1200);

/// A key from the file that lasts no longer than this is not used any more.
const KEY_MARGIN: Duration = Duration::from_secs(180);

/// How long an access token lasts when the service does not say.
const TOKEN_LIFE: i64 = 3600;

/// Changes the login of a profile for temporary keys.
#[derive(Debug)]
pub(super) struct OAuth(Arc<Inner>);

struct Inner {
    host: &'static str,
    client_id: &'static str,
    file: PathBuf,
    profile: String,
    provider: String,
    /// What the profile said when it was read.
    tokens: Tokens,
    login: Arc<Login>,
}

#[derive(Clone, Debug)]
pub(super) struct Tokens {
    access: Secret<String>,
    /// In seconds since 1970.
    expires: i64,
    refresh: Secret<String>,
}

impl Tokens {
    fn of(profile: &Profile) -> Option<Self> {
        Some(Self {
            access: profile.oauth_access_token.clone().unwrap_or_default(),
            expires: profile.oauth_access_token_expire.unwrap_or_default(),
            refresh: Secret::new(shown(profile.oauth_refresh_token.clone())?),
        })
    }
}

impl OAuth {
    pub(super) fn new(profile: &Profile, file: &Path, prefix: &str) -> Result<Self, &'static str> {
        let (host, client_id) = match profile.oauth_site_type.as_deref() {
            Some("CN") => ("https://oauth.aliyun.com", "4038181954557748008"),
            Some("INTL") => ("https://oauth.alibabacloud.com", "4103531455503354461"),
            _ => return Err("oauth_site_type is neither CN nor INTL"),
        };
        let name = profile.name.clone().unwrap_or_default();
        let tokens = Tokens::of(profile);
        Ok(Self(Arc::new(Inner {
            host,
            client_id,
            login: Login::of(file, &name),
            file: file.to_owned(),
            profile: name,
            provider: format!("{prefix}oauth"),
            tokens: tokens.ok_or("there is no oauth_refresh_token: log in with the CLI")?,
        })))
    }
}

impl fmt::Debug for Inner {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Login")
            .field("file", &self.file)
            .field("profile", &self.profile)
            .finish_non_exhaustive()
    }
}

impl Inner {
    async fn fetch(&self, context: &Context) -> Result<Credentials, CredentialsError> {
        let good = |profile: &Option<Profile>| {
            let profile = profile.as_ref()?;
            self.stored(profile, context.now())
        };
        if let Some(key) = good(&self.read_profile()) {
            return Ok(key);
        }
        // Somebody else may have changed the login while this one waited for its turn.
        let _turn = Turn::wait(&self.file, context).await;
        let profile = self.read_profile();
        if let Some(key) = good(&profile) {
            return Ok(key);
        }
        let now = context.now();
        let mut tokens = self.newest_tokens(profile.as_ref());
        if epoch(tokens.expires).is_none_or(|expires| expires <= now + TOKEN_MARGIN) {
            tokens = self.change_tokens(&tokens, context).await?;
            *lock(&self.login.tokens) = Some(tokens.clone());
            // At once, for the old refresh token may be worth nothing any more.
            self.write(&token_members(&tokens), context);
        }
        let key = self.exchange(&tokens, context).await?;
        let mut members = token_members(&tokens);
        members.extend(key_members(&key));
        self.write(&members, context);
        Ok(key)
    }

    fn read_profile(&self) -> Option<Profile> {
        let text = std::fs::read_to_string(&self.file).ok()?;
        let config = CliConfig::parse(&text).ok()?;
        config.profile(&self.profile).cloned()
    }

    /// The tokens that last longest: those in the file, or, if it could not be written, those at hand.
    fn newest_tokens(&self, profile: Option<&Profile>) -> Tokens {
        let mut known = lock(&self.login.tokens);
        let own = known.get_or_insert_with(|| self.tokens.clone());
        if let Some(stored) = profile.and_then(Tokens::of) {
            let seen = lock(&self.login.seen).replace(stored.refresh.clone());
            let is_new_login = seen.is_some_and(|seen| seen != stored.refresh);
            if is_new_login || stored.expires > own.expires {
                *own = stored;
            }
        }
        own.clone()
    }

    /// The key in the file, while it is good.
    fn stored(&self, profile: &Profile, now: SystemTime) -> Option<Credentials> {
        let expires =
            epoch(profile.sts_expiration?).filter(|expires| *expires > now + KEY_MARGIN)?;
        let id = given(profile.access_key_id.clone())?;
        let secret = shown(profile.access_key_secret.clone())?;
        let key = Credentials::new(id, secret)
            .with_security_token(shown(profile.sts_token.clone())?)
            .with_expiration(expires)
            .with_provider(self.provider.clone());
        let refused = lock(&self.login.refused);
        let known = refused
            .as_ref()
            .is_some_and(|refused| refused.is_same_key(&key));
        (!known).then_some(key)
    }

    async fn change_tokens(
        &self,
        tokens: &Tokens,
        context: &Context,
    ) -> Result<Tokens, CredentialsError> {
        let now = context.now();
        let time = timestamp(now);
        let refresh = tokens.refresh.expose().as_str();
        let pairs: [Pair<'_>; 4] = [
            ("grant_type".into(), "refresh_token".into()),
            ("refresh_token".into(), refresh.into()),
            ("client_id".into(), self.client_id.into()),
            ("Timestamp".into(), time.into()),
        ];
        let form = header("content-type", "application/x-www-form-urlencoded");
        let mut request = request(Method::Post, format!("{}/v1/token", self.host), vec![form]);
        request.body = form_pairs(&pairs).into();
        let exchange = Exchange {
            what: "OAuth, renewing the login",
            setting: "the address of OAuth",
            request,
            secrets: &[refresh],
        };
        let body = exchange.send(context).await?;
        let answer: TokenAnswer = read(WHAT, &body)?;
        let parts = shown(answer.access).zip(shown(answer.refresh));
        let (access, refresh) = parts.ok_or_else(|| {
            CredentialsError::new(format!(
                "{WHAT}: the login cannot be renewed: log in again with the CLI"
            ))
        })?;
        let now = now.duration_since(UNIX_EPOCH).unwrap_or_default().as_secs();
        let life = answer.life.unwrap_or(TOKEN_LIFE);
        Ok(Tokens {
            access: Secret::new(access),
            expires: i64::try_from(now).unwrap_or(i64::MAX).saturating_add(life),
            refresh: Secret::new(refresh),
        })
    }

    async fn exchange(
        &self,
        tokens: &Tokens,
        context: &Context,
    ) -> Result<Credentials, CredentialsError> {
        let access = tokens.access.expose().as_str();
        let headers = vec![
            header("content-type", "application/json"),
            header("authorization", format!("Bearer {access}")),
        ];
        let exchange = Exchange {
            what: WHAT,
            setting: "the address of OAuth",
            request: request(Method::Post, format!("{}/v1/exchange", self.host), headers),
            secrets: &[access],
        };
        let body = exchange.send(context).await?;
        let key: TemporaryKey = read(WHAT, &body)?;
        key.credentials(WHAT, self.provider.clone())
    }

    /// What cannot be written is kept at hand: that is no reason to fail a call.
    fn write(&self, members: &[(&str, Value)], context: &Context) {
        if let Ok(mark) = context.nonces.nonce() {
            let written = edit::write(&self.file, &self.profile, members, &mark).is_ok();
            if let (true, Some(tokens)) = (written, &*lock(&self.login.tokens)) {
                *lock(&self.login.seen) = Some(tokens.refresh.clone());
            }
        }
    }
}

fn token_members(tokens: &Tokens) -> Vec<(&'static str, Value)> {
    vec![
        ("oauth_access_token", tokens.access.expose().as_str().into()),
        ("oauth_access_token_expire", Value::Int(tokens.expires)),
        (
            "oauth_refresh_token",
            tokens.refresh.expose().as_str().into(),
        ),
    ]
}

fn key_members(key: &Credentials) -> Vec<(&'static str, Value)> {
    let token = key.security_token().map_or("", |token| token.expose());
    let expires = key
        .expiration()
        .and_then(|time| time.duration_since(UNIX_EPOCH).ok());
    let expires = expires.and_then(|since| i64::try_from(since.as_secs()).ok());
    vec![
        ("access_key_id", key.access_key_id().into()),
        (
            "access_key_secret",
            key.access_key_secret().expose().as_str().into(),
        ),
        ("sts_token", token.into()),
        ("sts_expiration", expires.into()),
    ]
}

impl ProvideCredentials for OAuth {
    fn credentials<'a>(&'a self, context: &'a Context) -> CredentialsFuture<'a> {
        let waiting = Flight::join(&mut lock(&self.0.login.flight), || {
            let (inner, context) = (Arc::clone(&self.0), context.clone());
            Box::pin(async move { inner.fetch(&context).await })
        });
        Box::pin(async move {
            let changed = waiting.await;
            let changed = changed
                .unwrap_or_else(|| Err(CredentialsError::new("changing the login panicked")))?;
            // It may have been changed by a provider of another name.
            Ok(changed.with_provider(self.0.provider.clone()))
        })
    }

    fn refused(&self, credentials: &Credentials) -> bool {
        *lock(&self.0.login.refused) = Some(credentials.clone());
        true
    }
}

#[derive(Default)]
struct TokenAnswer {
    access: Option<Secret<String>>,
    refresh: Option<Secret<String>>,
    life: Option<i64>,
}

impl Object for TokenAnswer {
    fn field(&mut self, name: &str, value: &mut Reader<'_, '_>) -> Read {
        match name {
            "access_token" => value.read(&mut self.access),
            "refresh_token" => value.read(&mut self.refresh),
            "expires_in" => value.read(&mut self.life),
            _ => value.skip(),
        }
    }
}

#[cfg(test)]
mod tests;
