//! A RAM role, assumed with the token of an identity provider; in a cluster, with the token of a service account (RRSA).

use std::path::{Path, PathBuf};

use bytes::Bytes;

use super::exchange::{Exchange, Failure, read, request};
use super::sts::{Role, StsAnswer, role_setters};
use super::surroundings::Setup;
use super::{
    CachedCredentials, Context, Credentials, CredentialsError, CredentialsFuture,
    ProvideCredentials,
};
use crate::encode::query_pairs;
use crate::operation::Method;

const ACTION: &str = "AssumeRoleWithOIDC";

const ROLE_ARN: &str = "ALIBABA_CLOUD_ROLE_ARN";
const PROVIDER_ARN: &str = "ALIBABA_CLOUD_OIDC_PROVIDER_ARN";
const TOKEN_FILE: &str = "ALIBABA_CLOUD_OIDC_TOKEN_FILE";

/// Assumes a RAM role with an OIDC token from a file, and keeps the session until shortly before it ends.
///
/// The file is read anew for every session, since whoever writes it renews it; its content is sent as it is. The request
/// carries no signature: the token is what it is trusted for.
#[derive(Debug)]
pub struct OidcRoleCredentials {
    cached: CachedCredentials<OidcRole>,
}

#[derive(Clone, Debug)]
struct OidcRole {
    role: Role,
    provider_arn: String,
    token_file: PathBuf,
}

impl OidcRoleCredentials {
    /// The role of that ARN, for tokens of that identity provider, read from that file.
    pub fn new(
        role_arn: impl Into<String>,
        provider_arn: impl Into<String>,
        token_file: impl Into<PathBuf>,
    ) -> Self {
        let role = Role {
            arn: role_arn.into(),
            ..Role::default()
        };
        Self::over(role, provider_arn.into(), token_file.into())
    }

    pub(super) fn over(role: Role, provider_arn: String, token_file: PathBuf) -> Self {
        Self {
            cached: CachedCredentials::new(OidcRole {
                role,
                provider_arn,
                token_file,
            }),
        }
    }

    /// The role named by `ALIBABA_CLOUD_ROLE_ARN`, `ALIBABA_CLOUD_OIDC_PROVIDER_ARN` and
    /// `ALIBABA_CLOUD_OIDC_TOKEN_FILE`, which a cluster with RRSA sets.
    ///
    /// # Errors
    ///
    /// When one of them is not set.
    pub fn from_env() -> Result<Self, CredentialsError> {
        Self::from_setup(&Setup::default())
    }

    pub(super) fn from_setup(setup: &Setup) -> Result<Self, CredentialsError> {
        let get = |name| setup.environment.read(name);
        let found = (get(ROLE_ARN)?, get(PROVIDER_ARN)?, get(TOKEN_FILE)?);
        if let (Some(arn), Some(provider_arn), Some(token_file)) = found {
            let role = Role {
                setup: setup.clone(),
                arn,
                ..Role::default()
            };
            return Ok(Self::over(role, provider_arn, token_file.into()));
        }
        let missing: Vec<_> = [ROLE_ARN, PROVIDER_ARN, TOKEN_FILE]
            .into_iter()
            .filter(|name| setup.environment.variable(name).is_none())
            .collect();
        Err(CredentialsError::new(format!(
            "{} not set",
            missing.join(" and ")
        )))
    }

    role_setters!();

    fn role_mut(&mut self) -> &mut Role {
        &mut self.cached.source_mut().role
    }
}

impl ProvideCredentials for OidcRoleCredentials {
    fn credentials<'a>(&'a self, context: &'a Context) -> CredentialsFuture<'a> {
        self.cached.credentials(context)
    }

    fn refused(&self, credentials: &Credentials) -> bool {
        self.cached.refused(credentials)
    }
}

impl ProvideCredentials for OidcRole {
    fn credentials<'a>(&'a self, context: &'a Context) -> CredentialsFuture<'a> {
        Box::pin(async move {
            let body = match self.ask(context).await? {
                // The time of the service is known now.
                Err(failure) if failure.clock_corrected => self.ask(context).await?,
                outcome => outcome,
            }?;
            let answer: StsAnswer = read(ACTION, &body)?;
            let provider = format!("{}oidc_role_arn", self.role.setup.prefix);
            answer
                .credentials
                .unwrap_or_default()
                .credentials(ACTION, provider)
        })
    }
}

impl OidcRole {
    async fn ask(&self, context: &Context) -> Result<Result<Bytes, Failure>, CredentialsError> {
        let token = token(&self.token_file)?;
        let mut pairs = self.role.pairs(ACTION, context)?;
        pairs.push(("OIDCProviderArn".into(), self.provider_arn.as_str().into()));
        pairs.push(("OIDCToken".into(), token.as_str().into()));
        let url = format!("{}/?{}", self.role.endpoint()?, query_pairs(&pairs));
        let exchange = Exchange {
            what: ACTION,
            setting: self.role.setting(),
            request: request(Method::Get, url, Vec::new()),
            secrets: &[&token],
        };
        Ok(exchange.send(context).await)
    }
}

fn token(file: &Path) -> Result<String, CredentialsError> {
    let problem = |what: &dyn std::fmt::Display| {
        let file = file.display();
        CredentialsError::new(format!("{ACTION}: the token file {file} {what}"))
    };
    let token = std::fs::read_to_string(file)
        .map_err(|why| problem(&format_args!("cannot be read: {why}")))?;
    if token.trim().is_empty() {
        return Err(problem(&"is empty"));
    }
    Ok(token)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::credentials::Environment;

    #[test]
    fn all_three_variables_are_needed() {
        let environment = Environment::of([(ROLE_ARN, "acs:ram::1:role/r"), (TOKEN_FILE, "")]);
        let setup = Setup {
            environment,
            ..Setup::default()
        };
        assert_eq!(
            OidcRoleCredentials::from_setup(&setup)
                .unwrap_err()
                .to_string(),
            "ALIBABA_CLOUD_OIDC_PROVIDER_ARN and ALIBABA_CLOUD_OIDC_TOKEN_FILE not set"
        );
    }
}
