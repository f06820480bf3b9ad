//! From a section of the credentials file to a provider.

use std::sync::Arc;

use super::ini::{Ini, Section};
use super::sts::Role;
use super::surroundings::Setup;
use super::{
    AssumeRoleCredentials, Credentials, CredentialsError, EcsRoleCredentials, OidcRoleCredentials,
    ProvideCredentials,
};

/// The provider a section describes.
pub(super) fn provider(
    ini: &Ini,
    name: &str,
    setup: &Setup,
) -> Result<Arc<dyn ProvideCredentials>, CredentialsError> {
    let section = ini.section(name).ok_or_else(|| {
        CredentialsError::new(format!("there is no section [{name}] in the file"))
    })?;
    by_type(section, setup).map_err(|why| CredentialsError::new(format!("section [{name}]: {why}")))
}

fn by_type(section: &Section, setup: &Setup) -> Result<Arc<dyn ProvideCredentials>, String> {
    let need = |name: &str| {
        section
            .get(name)
            .ok_or_else(|| format!("{name} is missing"))
    };
    let key = || {
        Ok::<_, String>(Credentials::new(
            need("access_key_id")?,
            need("access_key_secret")?,
        ))
    };
    Ok(match section.get("type") {
        None => return Err("type is missing".to_owned()),
        Some("access_key") => {
            let provider = format!("{}static_ak", setup.prefix);
            Arc::new(key()?.with_provider(provider))
        }
        Some("ram_role_arn") => Arc::new(AssumeRoleCredentials::over(
            Arc::new(key()?),
            role(need("role_arn")?, section, setup),
        )),
        Some("oidc_role_arn") => Arc::new(OidcRoleCredentials::over(
            role(need("role_arn")?, section, setup),
            need("oidc_provider_arn")?.to_owned(),
            need("oidc_token_file_path")?.into(),
        )),
        Some("ecs_ram_role") => {
            let name = section.get("role_name").unwrap_or_default();
            Arc::new(EcsRoleCredentials::from_setup(setup).role_name(name))
        }
        Some(other) => return Err(format!("the type {other:?} is not supported")),
    })
}

fn role(arn: &str, section: &Section, setup: &Setup) -> Role {
    let get = |name: &str| section.get(name).map(str::to_owned);
    Role {
        setup: setup.clone(),
        arn: arn.to_owned(),
        session_name: get("role_session_name"),
        policy: get("policy"),
        ..Role::default()
    }
}
