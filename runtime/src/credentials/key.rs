//! Credentials themselves: what a request is signed with.

use std::borrow::Cow;
use std::fmt;
use std::sync::Arc;
use std::time::SystemTime;

use super::CredentialsError;
use super::answer::TemporaryKey;
use crate::redact::is_visible;
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
    /// What keeps it from being used.
    flaw: Option<Flaw>,
}

/// A part of credentials that cannot be what it should be, and why.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Flaw {
    pub(super) part: &'static str,
    why: &'static str,
}

impl fmt::Display for Flaw {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "the {} {}", self.part, self.why)
    }
}

pub(super) const ID: &str = "access key ID";
pub(super) const SECRET: &str = "access key secret";
pub(super) const TOKEN: &str = "security token";
const BEARER: &str = "bearer token";

impl Key {
    fn flaw(&self) -> Option<Flaw> {
        let bearer = self.bearer.as_ref();
        let token = self.token.as_ref();
        let parts = match bearer {
            Some(bearer) => [Some((BEARER, bearer.expose().as_str())), None, None],
            None => [
                Some((ID, self.id.as_str())),
                Some((SECRET, self.secret.expose().as_str())),
                token.map(|token| (TOKEN, token.expose().as_str())),
            ],
        };
        let mut parts = parts.into_iter().flatten();
        parts.find_map(|(part, text)| flaw(text, part).map(|why| Flaw { part, why }))
    }
}

/// What is wrong with a part, if anything is. All but a secret stand in headers; an ID stands in a list, which a comma would
/// end.
fn flaw(text: &str, part: &str) -> Option<&'static str> {
    let good = |sign: char| match part {
        SECRET => !is_blank(sign) && !sign.is_control(),
        ID => sign.is_ascii_graphic() && sign != ',',
        _ => sign.is_ascii_graphic(),
    };
    if text.is_empty() {
        Some("is empty")
    } else if !text.chars().all(good) {
        Some("holds white space or other characters that no key has")
    } else {
        None
    }
}

/// Whether a character is white space, or one of the invisible characters that come along when a text is copied from a page:
/// zero-width spaces, byte order marks, marks of the direction of writing. A control character is none of them.
fn is_blank(sign: char) -> bool {
    sign.is_whitespace() || !sign.is_control() && !is_visible(sign)
}

/// A text without white space and invisible characters around it, which files, variables and copied texts are full of.
pub(crate) fn trimmed(text: String) -> String {
    let bare = text.trim_matches(is_blank);
    if bare.len() == text.len() {
        text
    } else {
        bare.to_owned()
    }
}

impl Credentials {
    /// A long-lived access key.
    pub fn new(access_key_id: impl Into<String>, access_key_secret: impl Into<String>) -> Self {
        let id = trimmed(access_key_id.into());
        let secret = Secret::new(trimmed(access_key_secret.into()));
        Self::of(Key {
            id,
            secret,
            token: None,
            bearer: None,
            expiration: None,
            provider: Cow::Borrowed(""),
            flaw: None,
        })
    }

    fn of(mut key: Key) -> Self {
        key.flaw = key.flaw();
        Self(Arc::new(key))
    }

    fn changed(mut self, change: impl FnOnce(&mut Key)) -> Self {
        let key = Arc::make_mut(&mut self.0);
        change(key);
        key.flaw = key.flaw();
        self
    }

    /// What keeps these credentials from being used, if anything does.
    pub(super) fn flaw(&self) -> Option<Flaw> {
        self.0.flaw
    }

    /// The credentials, unless they cannot be what a service knows.
    pub(crate) fn checked(self) -> Result<Self, CredentialsError> {
        if self.0.flaw.is_none() {
            return Ok(self);
        }
        let source = format!("the provider {}", self.provider());
        self.usable(&source)
    }

    /// The same; `source` says where they are from.
    pub(crate) fn usable(self, source: &str) -> Result<Self, CredentialsError> {
        match self.flaw() {
            None => Ok(self),
            Some(flaw) => Err(CredentialsError::unusable(format!("{source}: {flaw}"))),
        }
    }

    /// A bearer token: requests carry it instead of a signature.
    pub fn bearer(token: impl Into<String>) -> Self {
        let bearer = Some(Secret::new(trimmed(token.into())));
        Self::new("", "").changed(|key| key.bearer = bearer)
    }

    /// A temporary access key of the Security Token Service. An empty token counts as none.
    #[must_use]
    pub fn with_security_token(self, token: impl Into<String>) -> Self {
        let token = Some(trimmed(token.into())).filter(|token| !token.is_empty());
        self.changed(|key| key.token = token.map(Secret::new))
    }

    /// The temporary access key in a response, such as that of `AssumeRole`. Generated code gives objects that hold one
    /// `TryFrom`, which calls this.
    ///
    /// # Errors
    ///
    /// When a part is missing or cannot be what it should be.
    pub fn temporary(
        access_key_id: &Option<String>,
        access_key_secret: &Option<Secret<String>>,
        security_token: &Option<Secret<String>>,
        expiration: &Option<String>,
    ) -> Result<Self, CredentialsError> {
        const WHAT: &str = "the temporary key in the response";
        let key = TemporaryKey {
            code: None,
            id: access_key_id.clone(),
            secret: access_key_secret.clone(),
            token: security_token.clone(),
            expiration: expiration.clone(),
        };
        key.credentials(WHAT, "static_sts".to_owned())?.usable(WHAT)
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
    fn white_space_around_a_key_is_no_part_of_it() {
        let key =
            Credentials::new(" id\n", "\u{feff}secret\r\n").with_security_token("\ttoken\u{a0}");
        let plain = Credentials::new("id", "secret").with_security_token("token");
        assert_eq!(key, plain);
        assert_eq!(Credentials::bearer("t\n"), Credentials::bearer("t"));
        let copied = Credentials::new("\u{200b}id\u{200f}", "\u{2060}secret\u{ad}")
            .with_security_token("\u{202a}token\u{202c}");
        assert_eq!(copied, plain);
    }

    #[test]
    fn what_cannot_be_a_key_is_refused_without_being_shown() {
        let key = |id: &str, secret: &str, token: &str| {
            Credentials::new(id, secret).with_security_token(token)
        };
        for (bad, part) in [
            (key("", "hunter2", ""), "ID is empty"),
            (key("id", "", ""), "secret is empty"),
            (key("id", " \n", ""), "secret is empty"),
            (key("i d", "hunter2", ""), "ID holds"),
            (key("i,d", "hunter2", ""), "ID holds"),
            (key("id", "hunter2 hunter2", ""), "secret holds"),
            (key("id", "hunter2\0", ""), "secret holds"),
            (key("id", "hunter2\u{a0}x", ""), "secret holds"),
            (key("id", "hunter2\u{200b}x", ""), "secret holds"),
            (key("id", "hunter2\u{202e}x", ""), "secret holds"),
            (key("ïd", "hunter2", ""), "ID holds"),
            (key("id", "s", "hunter2\r\nhunter2"), "token holds"),
            (Credentials::bearer(""), "token is empty"),
            (Credentials::bearer("hunter2 x"), "token holds"),
        ] {
            let refused = bad.usable("SOURCE").unwrap_err();
            let text = refused.to_string();
            assert!(
                text.starts_with("SOURCE: the ") && text.contains(part),
                "{text}"
            );
            assert!(!text.contains("hunter2") && refused.is_unusable(), "{text}");
        }
        for secret in ["a+/=b~!", "\"'\\", "中ä"] {
            let good = key("LTAI5t-_.x", secret, "CAIS+/==").usable("SOURCE");
            assert!(good.is_ok());
        }
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
