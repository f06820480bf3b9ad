//! From a profile's mode to a provider.

use std::path::Path;
use std::sync::Arc;
use std::time::Duration;

use super::config::{CliConfig, Profile};
use super::{cloud_sso::CloudSso, external::External, oauth::OAuth};
use crate::credentials::answer::{given, shown};
use crate::credentials::sts::Role;
use crate::credentials::surroundings::Setup;
use crate::credentials::{
    AssumeRoleCredentials, CachedCredentials, Credentials, CredentialsError, EcsRoleCredentials,
    OidcRoleCredentials, ProvideCredentials, UriCredentials,
};

/// How many profiles may take one another for their source.
const LONGEST_CHAIN: usize = 16;

/// The modes that are known, as they are spelt.
const MODES: [&str; 11] = [
    "AK",
    "StsToken",
    "RamRoleArn",
    "RamRoleArnWithEcs",
    "ChainableRamRoleArn",
    "EcsRamRole",
    "OIDC",
    "CloudSSO",
    "OAuth",
    "External",
    "CredentialsURI",
];

type Provider = Arc<dyn ProvideCredentials>;

/// Makes providers of profiles.
pub(in crate::credentials) struct Modes<'a> {
    pub(in crate::credentials) config: &'a CliConfig,
    pub(in crate::credentials) setup: &'a Setup,
    /// The file, for what a login brings.
    pub(in crate::credentials) file: &'a Path,
}

impl Modes<'_> {
    /// The provider a profile describes.
    pub(in crate::credentials) fn provider(
        &self,
        name: &str,
    ) -> Result<Provider, CredentialsError> {
        self.resolve(name, self.setup, &mut Vec::new())
    }

    /// The provider of a profile that is not in the file; `trail` holds those that led to it.
    pub(super) fn of(&self, profile: &Profile, mut trail: Vec<String>) -> Result<Provider, String> {
        let mode = profile.mode.as_deref().unwrap_or_default();
        let made = self.by_mode(mode, profile, self.setup, &mut trail);
        made.map_err(|why| match why {
            Problem::Here(why) => why,
            Problem::Further(why) => why.to_string(),
        })
    }

    /// `trail` holds the profiles that led here.
    fn resolve(
        &self,
        name: &str,
        setup: &Setup,
        trail: &mut Vec<String>,
    ) -> Result<Provider, CredentialsError> {
        let round = trail.iter().any(|passed| passed == name);
        trail.push(name.to_owned());
        if round {
            return Err(CredentialsError::new(format!(
                "profiles are each other's source: {}",
                trail.join(" -> ")
            )));
        }
        if trail.len() > LONGEST_CHAIN {
            return Err(CredentialsError::new(format!(
                "more than {LONGEST_CHAIN} profiles are each other's source"
            )));
        }
        let profile = self.config.profile(name).ok_or_else(|| {
            CredentialsError::new(format!("there is no profile {name:?} in the file"))
        })?;
        let mode = profile.mode.as_deref().unwrap_or_default();
        self.by_mode(mode, profile, setup, trail).map_err(|why| {
            // A profile further on has been named already.
            match why {
                Problem::Here(why) => {
                    CredentialsError::new(format!("profile {name:?}, mode {mode:?}: {why}"))
                }
                Problem::Further(why) => why,
            }
        })
    }

    fn by_mode(
        &self,
        mode: &str,
        profile: &Profile,
        setup: &Setup,
        trail: &mut Vec<String>,
    ) -> Result<Provider, Problem> {
        let prefix = setup.prefix;
        let source = setup.under("");
        let provider: Provider = match mode {
            "AK" => {
                let key = profile.access_key()?;
                Arc::new(key.with_provider(format!("{prefix}static_ak")))
            }
            "StsToken" => {
                let token = shown(profile.sts_token.clone()).ok_or("sts_token is missing")?;
                let key = profile.access_key()?.with_security_token(token);
                Arc::new(key.with_provider(format!("{prefix}static_sts")))
            }
            "RamRoleArn" => profile.role(Arc::new(profile.access_key()?), setup)?,
            "ChainableRamRoleArn" => {
                let name = given(profile.source_profile.clone());
                let name = name.ok_or("source_profile is missing")?;
                let inner = self
                    .resolve(&name, &source, trail)
                    .map_err(Problem::Further)?;
                profile.role(inner, setup)?
            }
            "EcsRamRole" => {
                let role = profile.ram_role_name.clone().unwrap_or_default();
                Arc::new(EcsRoleCredentials::from_setup(setup).role_name(role))
            }
            "OIDC" => profile.oidc(setup)?,
            "CloudSSO" => Arc::new(CachedCredentials::new(CloudSso::new(profile, prefix)?)),
            "OAuth" => Arc::new(CachedCredentials::new(OAuth::new(
                profile, self.file, prefix,
            )?)),
            "External" => Arc::new(CachedCredentials::new(External::new(
                profile, self, trail, prefix,
            )?)),
            "CredentialsURI" => {
                let uri = given(profile.credentials_uri.clone());
                let uri = uri.ok_or("credentials_uri is missing")?;
                Arc::new(UriCredentials::of(uri, "credentials_uri", prefix))
            }
            "RamRoleArnWithEcs" => {
                let role = profile.ram_role_name.clone().unwrap_or_default();
                let instance = EcsRoleCredentials::from_setup(&source).role_name(role);
                profile.role(Arc::new(instance), setup)?
            }
            "RsaKeyPair" => {
                return Err("keys of this kind sign with RSA, which is not supported: use an access key or a role".into());
            }
            _ => {
                return Err(format!(
                    "this mode is not supported; those that are: {}",
                    MODES.join(", ")
                )
                .into());
            }
        };
        Ok(provider)
    }
}

/// Where a problem lies.
enum Problem {
    /// In the profile itself.
    Here(String),
    /// In one of those it takes for its source.
    Further(CredentialsError),
}

impl<T: Into<String>> From<T> for Problem {
    fn from(why: T) -> Self {
        Self::Here(why.into())
    }
}

impl Profile {
    fn access_key(&self) -> Result<Credentials, &'static str> {
        let id = given(self.access_key_id.clone()).ok_or("access_key_id is missing")?;
        let secret = shown(self.access_key_secret.clone());
        Ok(Credentials::new(
            id,
            secret.ok_or("access_key_secret is missing")?,
        ))
    }

    fn session(&self, setup: &Setup) -> Result<Role, &'static str> {
        let seconds = self.expired_seconds.unwrap_or_default();
        let seconds = u64::try_from(seconds).map_err(|_| "expired_seconds is negative")?;
        Ok(Role {
            setup: setup.clone(),
            arn: given(self.ram_role_arn.clone()).ok_or("ram_role_arn is missing")?,
            session_name: given(self.ram_session_name.clone()),
            duration: (seconds > 0).then(|| Duration::from_secs(seconds)),
            policy: given(self.policy.clone()),
            endpoint: None,
            region: given(self.sts_region.clone()),
            vpc: self.enable_vpc,
        })
    }

    fn role(&self, source: Provider, setup: &Setup) -> Result<Provider, &'static str> {
        let role = AssumeRoleCredentials::over(source, self.session(setup)?);
        Ok(Arc::new(
            role.external_id(self.external_id.clone().unwrap_or_default()),
        ))
    }

    /// The name of the session stands under one name for one official client, under another for the next.
    fn oidc(&self, setup: &Setup) -> Result<Provider, &'static str> {
        let provider = given(self.oidc_provider_arn.clone());
        let file = given(self.oidc_token_file.clone());
        let mut role = self.session(setup)?;
        role.session_name = given(self.role_session_name.clone()).or(role.session_name);
        Ok(Arc::new(OidcRoleCredentials::over(
            role,
            provider.ok_or("oidc_provider_arn is missing")?,
            file.ok_or("oidc_token_file is missing")?.into(),
        )))
    }
}

#[cfg(test)]
mod tests;
