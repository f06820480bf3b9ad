//! Profiles: credentials as files describe them.

use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex};

use super::cli::{CliConfig, Modes};
use super::ini::Ini;
use super::surroundings::Setup;
use super::{
    Context, Credentials, CredentialsError, CredentialsFuture, Environment, ProvideCredentials,
    ini_profile, lock,
};
use crate::secret::Secret;

/// A profile of the `aliyun` command line, or of a credentials file.
///
/// The file is read when credentials are first asked for. What kind of credentials they are, the profile says: an access
/// key, a role to assume, the role of the ECS instance, a login, an external program. Keys that stand in the file are
/// read again when the service refuses them and the file has changed.
///
/// ```
/// use alicloud_runtime::credentials::ProfileCredentials;
///
/// let profile = ProfileCredentials::cli().profile("staging");
/// ```
#[derive(Debug)]
pub struct ProfileCredentials {
    format: Format,
    profile: Option<String>,
    file: Option<PathBuf>,
    setup: Setup,
    resolved: Mutex<Option<Resolved>>,
}

#[derive(Clone, Copy, Debug)]
enum Format {
    Cli,
    Ini,
}

/// A profile that has been read.
#[derive(Debug)]
struct Resolved {
    file: PathBuf,
    text: Secret<String>,
    provider: Arc<dyn ProvideCredentials>,
}

impl ProfileCredentials {
    /// A profile of the CLI's `~/.aliyun/config.json`: the one named by `ALIBABA_CLOUD_PROFILE`, else the file's current
    /// one.
    ///
    /// Modes: `AK`, `StsToken`, `RamRoleArn`, `ChainableRamRoleArn`, `EcsRamRole`, `OIDC`, `CloudSSO`, `OAuth`,
    /// `External`. A login that is renewed is written back into the file.
    #[must_use]
    pub fn cli() -> Self {
        Self::of(Format::Cli, Setup::default().under("cli_profile/"))
    }

    /// A section of the ini file named by `ALIBABA_CLOUD_CREDENTIALS_FILE`, else of `~/.alibabacloud/credentials.ini`,
    /// else of `~/.alibabacloud/credentials`: the section named by `ALIBABA_CLOUD_PROFILE`, else `default`.
    ///
    /// Types: `access_key`, `ram_role_arn`, `oidc_role_arn`, `ecs_ram_role`. A `#` starts a comment after white space only,
    /// other than in some official clients: a secret with a `#` in it is not cut short.
    #[must_use]
    pub fn ini() -> Self {
        Self::of(Format::Ini, Setup::default().under("profile/"))
    }

    pub(super) fn cli_of_chain(setup: &Setup) -> Self {
        Self::of(Format::Cli, setup.under("default/cli_profile/"))
    }

    pub(super) fn ini_of_chain(setup: &Setup) -> Self {
        Self::of(Format::Ini, setup.under("default/profile/"))
    }

    fn of(format: Format, setup: Setup) -> Self {
        Self {
            format,
            profile: None,
            file: None,
            setup,
            resolved: Mutex::new(None),
        }
    }

    /// The name of the profile.
    #[must_use]
    pub fn profile(mut self, name: impl Into<String>) -> Self {
        self.profile = Some(name.into());
        self
    }

    /// The file.
    #[must_use]
    pub fn file(mut self, file: impl Into<PathBuf>) -> Self {
        self.file = Some(file.into());
        self
    }

    /// Where to look for variables and the home folder. Default: the process's environment.
    #[must_use]
    pub fn environment(mut self, environment: Environment) -> Self {
        self.setup.environment = environment;
        self
    }

    /// The provider the profile describes.
    fn provider(&self) -> Result<Arc<dyn ProvideCredentials>, CredentialsError> {
        let mut resolved = lock(&self.resolved);
        if let Some(resolved) = &*resolved {
            return Ok(Arc::clone(&resolved.provider));
        }
        let (file, text) = self.read()?;
        let provider = self
            .make(&file, &text)
            .map_err(|why| why.described(|why| format!("{}: {why}", file.display())))?;
        *resolved = Some(Resolved {
            file,
            text: Secret::new(text),
            provider: Arc::clone(&provider),
        });
        Ok(provider)
    }

    /// The first of the files that is there.
    fn read(&self) -> Result<(PathBuf, String), CredentialsError> {
        let files = self.files()?;
        for file in &files {
            match std::fs::read_to_string(file) {
                Ok(text) => return Ok((file.clone(), text)),
                Err(why) if why.kind() == std::io::ErrorKind::NotFound => {}
                Err(why) => {
                    let file = file.display();
                    return Err(CredentialsError::new(format!(
                        "{file} cannot be read: {why}"
                    )));
                }
            }
        }
        let names: Vec<_> = files
            .iter()
            .map(|file| file.display().to_string())
            .collect();
        let verb = if names.len() == 1 { "does" } else { "do" };
        Err(CredentialsError::new(format!(
            "{} {verb} not exist",
            names.join(" and ")
        )))
    }

    fn files(&self) -> Result<Vec<PathBuf>, CredentialsError> {
        if let Some(file) = &self.file {
            return Ok(vec![file.clone()]);
        }
        let environment = &self.setup.environment;
        let named = environment.variable("ALIBABA_CLOUD_CREDENTIALS_FILE");
        if let (Format::Ini, Some(file)) = (self.format, named) {
            return Ok(vec![file.into()]);
        }
        let home = environment.home();
        let home = home.ok_or_else(|| CredentialsError::new("there is no home folder"))?;
        Ok(match self.format {
            Format::Cli => vec![home.join(".aliyun").join("config.json")],
            Format::Ini => {
                let folder = home.join(".alibabacloud");
                vec![folder.join("credentials.ini"), folder.join("credentials")]
            }
        })
    }

    fn make(
        &self,
        file: &Path,
        text: &str,
    ) -> Result<Arc<dyn ProvideCredentials>, CredentialsError> {
        let named = || self.setup.environment.variable("ALIBABA_CLOUD_PROFILE");
        let name = self.profile.clone().or_else(named);
        match self.format {
            Format::Cli => {
                let config = CliConfig::parse(text).map_err(CredentialsError::new)?;
                let name = name.or_else(|| config.current().map(str::to_owned));
                let name = name.ok_or_else(|| {
                    CredentialsError::new("no profile is named, and the file has no current one")
                })?;
                let modes = Modes {
                    config: &config,
                    setup: &self.setup,
                    file,
                };
                modes.provider(&name)
            }
            Format::Ini => {
                let ini = Ini::parse(text).map_err(CredentialsError::new)?;
                ini_profile::provider(&ini, name.as_deref().unwrap_or("default"), &self.setup)
            }
        }
    }
}

impl ProvideCredentials for ProfileCredentials {
    fn credentials<'a>(&'a self, context: &'a Context) -> CredentialsFuture<'a> {
        Box::pin(async move { self.provider()?.credentials(context).await })
    }

    fn refused(&self, credentials: &Credentials) -> bool {
        let mut resolved = lock(&self.resolved);
        let Some(known) = &*resolved else {
            return false;
        };
        if known.provider.refused(credentials) {
            return true;
        }
        let changed =
            std::fs::read_to_string(&known.file).is_ok_and(|text| text != *known.text.expose());
        if changed {
            *resolved = None;
        }
        changed
    }
}

#[cfg(test)]
mod tests;
