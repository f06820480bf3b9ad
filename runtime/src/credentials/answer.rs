//! Temporary keys as services write them.

use std::time::{Duration, SystemTime, UNIX_EPOCH};

use super::{Credentials, CredentialsError};
use crate::decode::{Object, Read, Reader};
use crate::secret::Secret;
use crate::time::parse_timestamp;

/// A temporary key in the answer of a service.
#[derive(Default)]
pub(super) struct TemporaryKey {
    /// `Success` or an error code, where the service says so.
    pub(super) code: Option<String>,
    pub(super) id: Option<String>,
    pub(super) secret: Option<Secret<String>>,
    pub(super) token: Option<Secret<String>>,
    pub(super) expiration: Option<String>,
}

impl Object for TemporaryKey {
    fn field(&mut self, name: &str, value: &mut Reader<'_, '_>) -> Read {
        match name {
            "Code" => value.read(&mut self.code),
            "AccessKeyId" => value.read(&mut self.id),
            "AccessKeySecret" => value.read(&mut self.secret),
            "SecurityToken" => value.read(&mut self.token),
            "Expiration" => value.read(&mut self.expiration),
            _ => value.skip(),
        }
    }
}

impl TemporaryKey {
    /// The credentials. All four parts are there in a good answer.
    pub(super) fn credentials(
        self,
        what: &str,
        provider: String,
    ) -> Result<Credentials, CredentialsError> {
        let missing = |name: &str| {
            CredentialsError::new(format!("{what}: the answer has no {name}, or an empty one"))
        };
        let id = given(self.id).ok_or_else(|| missing("AccessKeyId"))?;
        let secret = shown(self.secret).ok_or_else(|| missing("AccessKeySecret"))?;
        let token = shown(self.token).ok_or_else(|| missing("SecurityToken"))?;
        let expiration = given(self.expiration).ok_or_else(|| missing("Expiration"))?;
        let expiration = moment(&expiration).ok_or_else(|| {
            CredentialsError::new(format!("{what}: the Expiration in the answer is no time"))
        })?;
        Ok(Credentials::new(id, secret)
            .with_security_token(token)
            .with_expiration(expiration)
            .with_provider(provider))
    }
}

/// A text that is not empty.
pub(super) fn given(text: Option<String>) -> Option<String> {
    text.filter(|text| !text.is_empty())
}

/// A secret that is not empty, in the open.
pub(super) fn shown(secret: Option<Secret<String>>) -> Option<String> {
    given(secret.map(|secret| secret.expose().clone()))
}

/// A moment counted in seconds since 1970.
pub(super) fn epoch(seconds: i64) -> Option<SystemTime> {
    UNIX_EPOCH.checked_add(Duration::from_secs(u64::try_from(seconds).ok()?))
}

/// A time in RFC 3339. Fractions of a second are cut off.
pub(super) fn moment(text: &str) -> Option<SystemTime> {
    let text = text.trim();
    let seconds = text.get(..19)?;
    let rest = text.get(19..)?;
    let rest = match rest.strip_prefix('.') {
        Some(fraction) => fraction.trim_start_matches(|c: char| c.is_ascii_digit()),
        None => rest,
    };
    let time = parse_timestamp(&format!("{seconds}Z"))?;
    if rest == "Z" || rest == "z" {
        return Some(time);
    }
    let east = match rest.as_bytes().first()? {
        b'+' => true,
        b'-' => false,
        _ => return None,
    };
    let (hours, minutes) = rest.get(1..)?.split_once(':')?;
    let number = |digits: &str| {
        let two = digits.len() == 2 && digits.bytes().all(|byte| byte.is_ascii_digit());
        two.then(|| digits.parse::<u64>().ok()).flatten()
    };
    let offset = Duration::from_secs(number(hours)? * 3600 + number(minutes)? * 60);
    if east {
        time.checked_sub(offset)
    } else {
        time.checked_add(offset)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn times_come_in_several_spellings() {
        let time = epoch(1_715_000_000);
        for text in [
            "2024-05-06T12:53:20Z",
            " 2024-05-06T12:53:20.123456Z ",
            "2024-05-06T20:53:20+08:00",
            "2024-05-06T09:23:20.5-03:30",
        ] {
            assert_eq!(moment(text), time, "{text}");
        }
        for text in [
            "",
            "1715000000",
            "2024-05-06T12:53:20",
            "2024-05-06T12:53:20+8",
            "２024-05-06T12:53:20Z",
        ] {
            assert_eq!(moment(text), None, "{text}");
        }
    }

    #[test]
    fn a_part_that_is_missing_is_named() {
        let key = TemporaryKey {
            id: Some("id".into()),
            secret: Some("hunter2".into()),
            token: Some("".into()),
            ..TemporaryKey::default()
        };
        let error = key.credentials("AssumeRole", String::new()).unwrap_err();
        assert_eq!(
            error.to_string(),
            "AssumeRole: the answer has no SecurityToken, or an empty one"
        );
    }
}
