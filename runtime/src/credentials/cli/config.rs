//! What the CLI's file says.

use crate::decode::{Answer as _, Object, Observed, Read, Reader};
use crate::secret::Secret;

/// The CLI's configuration. A broken document is refused; members that fit nothing are left out.
#[derive(Clone, Debug, Default)]
#[doc(hidden)]
pub struct CliConfig {
    current: Option<String>,
    profiles: Option<Vec<Profile>>,
}

impl CliConfig {
    /// Reads the file's text.
    ///
    /// # Errors
    ///
    /// When it is no JSON, or starts with a byte order mark, over which the official clients stumble, too. The
    /// explanation repeats nothing of the text.
    pub fn parse(text: &str) -> Result<Self, String> {
        if text.starts_with('\u{feff}') {
            return Err("starts with a byte order mark: save it as UTF-8 without one".to_owned());
        }
        let body = bytes::Bytes::copy_from_slice(text.trim_start().as_bytes());
        if !body.starts_with(b"{") {
            return Err("is no JSON object".to_owned());
        }
        let read = Self::read(&body, &mut Observed::default());
        read.map(|(config, _)| config)
            .map_err(|why| format!("is no JSON: {why}"))
    }

    /// The profile the CLI uses when nobody names one.
    #[must_use]
    pub fn current(&self) -> Option<&str> {
        self.current.as_deref().filter(|name| !name.is_empty())
    }

    pub(super) fn profile(&self, name: &str) -> Option<&Profile> {
        let mut profiles = self.profiles.iter().flatten();
        profiles.find(|profile| profile.name.as_deref() == Some(name))
    }
}

impl Object for CliConfig {
    fn field(&mut self, name: &str, value: &mut Reader<'_, '_>) -> Read {
        match name {
            "current" => value.read(&mut self.current),
            "profiles" => value.read(&mut self.profiles),
            _ => value.skip(),
        }
    }
}

/// A profile. Which members count depends on its mode.
#[derive(Clone, Debug, Default)]
pub(super) struct Profile {
    pub(super) name: Option<String>,
    pub(super) mode: Option<String>,
    pub(super) access_key_id: Option<String>,
    pub(super) access_key_secret: Option<Secret<String>>,
    pub(super) sts_token: Option<Secret<String>>,
    pub(super) sts_expiration: Option<i64>,
    pub(super) ram_role_name: Option<String>,
    pub(super) ram_role_arn: Option<String>,
    pub(super) ram_session_name: Option<String>,
    pub(super) role_session_name: Option<String>,
    pub(super) expired_seconds: Option<i64>,
    pub(super) policy: Option<String>,
    pub(super) external_id: Option<String>,
    pub(super) sts_region: Option<String>,
    pub(super) enable_vpc: Option<bool>,
    pub(super) source_profile: Option<String>,
    pub(super) oidc_provider_arn: Option<String>,
    pub(super) oidc_token_file: Option<String>,
    pub(super) cloud_sso_sign_in_url: Option<String>,
    pub(super) cloud_sso_account_id: Option<String>,
    pub(super) cloud_sso_access_config: Option<String>,
    pub(super) cloud_sso_access_token_expire: Option<i64>,
    pub(super) access_token: Option<Secret<String>>,
    pub(super) oauth_site_type: Option<String>,
    pub(super) oauth_access_token: Option<Secret<String>>,
    pub(super) oauth_access_token_expire: Option<i64>,
    pub(super) oauth_refresh_token: Option<Secret<String>>,
    pub(super) process_command: Option<Secret<String>>,
    pub(super) credentials_uri: Option<String>,
}

impl Object for Profile {
    fn field(&mut self, name: &str, value: &mut Reader<'_, '_>) -> Read {
        match name {
            "name" => value.read(&mut self.name),
            "mode" => value.read(&mut self.mode),
            "access_key_id" => value.read(&mut self.access_key_id),
            "access_key_secret" => value.read(&mut self.access_key_secret),
            "sts_token" => value.read(&mut self.sts_token),
            "sts_expiration" => value.read(&mut self.sts_expiration),
            "ram_role_name" => value.read(&mut self.ram_role_name),
            "ram_role_arn" => value.read(&mut self.ram_role_arn),
            "ram_session_name" => value.read(&mut self.ram_session_name),
            "role_session_name" => value.read(&mut self.role_session_name),
            "expired_seconds" => value.read(&mut self.expired_seconds),
            "policy" => value.read(&mut self.policy),
            "external_id" => value.read(&mut self.external_id),
            "sts_region" => value.read(&mut self.sts_region),
            "enable_vpc" => value.read(&mut self.enable_vpc),
            "source_profile" => value.read(&mut self.source_profile),
            "oidc_provider_arn" => value.read(&mut self.oidc_provider_arn),
            "oidc_token_file" => value.read(&mut self.oidc_token_file),
            "cloud_sso_sign_in_url" => value.read(&mut self.cloud_sso_sign_in_url),
            "cloud_sso_account_id" => value.read(&mut self.cloud_sso_account_id),
            "cloud_sso_access_config" => value.read(&mut self.cloud_sso_access_config),
            "cloud_sso_access_token_expire" => value.read(&mut self.cloud_sso_access_token_expire),
            "access_token" => value.read(&mut self.access_token),
            "oauth_site_type" => value.read(&mut self.oauth_site_type),
            "oauth_access_token" => value.read(&mut self.oauth_access_token),
            "oauth_access_token_expire" => value.read(&mut self.oauth_access_token_expire),
            "oauth_refresh_token" => value.read(&mut self.oauth_refresh_token),
            "process_command" => value.read(&mut self.process_command),
            "credentials_uri" => value.read(&mut self.credentials_uri),
            _ => value.skip(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_no_json_is_refused_without_being_repeated() {
        for (text, reason) in [
            ("\u{feff}{}", "byte order mark"),
            ("", "no JSON object"),
            ("[]", "no JSON object"),
            ("<config/>", "no JSON object"),
            ("{hunter2", "is no JSON: expected a JSON string at byte 1"),
            (
                r#"{"current": "a"} hunter2"#,
                "text after the JSON document",
            ),
        ] {
            let why = CliConfig::parse(text).unwrap_err();
            assert!(why.contains(reason) && !why.contains("hunter2"), "{why}");
        }
    }

    #[test]
    fn members_that_fit_nothing_are_left_out() {
        let text = r#" {"current": "a", "profiles": [5, {"name": "a", "expired_seconds": "1800", "enable_vpc": "yes"}]}"#;
        let config = CliConfig::parse(text).unwrap();
        assert_eq!(config.current(), Some("a"));
        let profile = config.profile("a").unwrap();
        assert_eq!(profile.expired_seconds, Some(1800));
        assert_eq!(profile.enable_vpc, None);
        assert!(config.profile("b").is_none());
    }

    #[test]
    fn debug_shows_no_secret() {
        let text = r#"{"profiles": [{"name": "a", "access_key_secret": "hunter2", "sts_token": "hunter2",
            "access_token": "hunter2", "oauth_access_token": "hunter2", "oauth_refresh_token": "hunter2",
            "process_command": "get --password hunter2"}]}"#;
        let shown = format!("{:?}", CliConfig::parse(text).unwrap());
        assert!(!shown.contains("hunter2"), "{shown}");
    }
}
