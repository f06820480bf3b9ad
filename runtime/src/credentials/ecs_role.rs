//! The RAM role of the ECS instance the program runs on, from the metadata service.

use std::time::Duration;

use bytes::Bytes;

use super::answer::TemporaryKey;
use super::exchange::{Exchange, Failure, header, presentable, read, request};
use super::surroundings::Setup;
use super::{
    CachedCredentials, Context, Credentials, CredentialsError, CredentialsFuture, Environment,
    ProvideCredentials,
};
use crate::encode::percent;
use crate::endpoint::{Address, Endpoint};
use crate::operation::Method;

/// Where every instance finds the metadata service.
const ADDRESS: &str = "http://100.100.100.200";

const TOKEN: &str = "/latest/api/token";
const ROLES: &str = "/latest/meta-data/ram/security-credentials/";

/// How long a token for the metadata service lasts, in seconds.
const TOKEN_LIFE: &str = "21600";

/// The service is on the same machine, so to speak: what does not answer at once is not there.
const TIMEOUT: Duration = Duration::from_secs(1);

const WHAT: &str = "ECS metadata service";

/// Asks the metadata service of an ECS instance for the credentials of the instance's role, and keeps them until shortly
/// before they expire. While the service cannot be reached they are used even after that, with a warning event, and the
/// service is asked again every five to ten minutes: the other services may take them for longer than they say.
///
/// A token for the service is asked for first (its second version); without one the first version is tried, unless that
/// is turned off here or by `ALIBABA_CLOUD_IMDSV1_DISABLED`. `ALIBABA_CLOUD_ECS_METADATA_DISABLED` turns all of it off.
#[derive(Debug)]
pub struct EcsRoleCredentials {
    cached: CachedCredentials<EcsRole>,
}

#[derive(Clone, Debug, Default)]
struct EcsRole {
    setup: Setup,
    role: Option<String>,
    token_required: bool,
}

impl EcsRoleCredentials {
    /// The role named by `ALIBABA_CLOUD_ECS_METADATA`, else the one the service names.
    #[must_use]
    pub fn new() -> Self {
        Self::from_setup(&Setup::default())
    }

    pub(super) fn from_setup(setup: &Setup) -> Self {
        Self {
            cached: CachedCredentials::new(EcsRole {
                setup: setup.clone(),
                ..EcsRole::default()
            })
            .outliving_their_source(),
        }
    }

    /// The name of the role, which saves a request.
    #[must_use]
    pub fn role_name(mut self, role: impl Into<String>) -> Self {
        self.cached.source_mut().role = Some(role.into()).filter(|role| !role.is_empty());
        self
    }

    /// Whether to do without credentials rather than use the first version of the service, which needs no token.
    #[must_use]
    pub fn require_token(mut self, required: bool) -> Self {
        self.cached.source_mut().token_required = required;
        self
    }

    /// The base address of the metadata service. Default: `http://100.100.100.200`.
    #[must_use]
    pub fn endpoint(mut self, endpoint: impl Into<String>) -> Self {
        self.cached.source_mut().setup.metadata = Some(Address::from(endpoint));
        self
    }

    /// Where to look for the variables named above. Default: the process's environment.
    #[must_use]
    pub fn environment(mut self, environment: Environment) -> Self {
        self.cached.source_mut().setup.environment = environment;
        self
    }
}

impl Default for EcsRoleCredentials {
    fn default() -> Self {
        Self::new()
    }
}

impl ProvideCredentials for EcsRoleCredentials {
    fn credentials<'a>(&'a self, context: &'a Context) -> CredentialsFuture<'a> {
        self.cached.credentials(context)
    }

    fn refused(&self, credentials: &Credentials) -> bool {
        self.cached.refused(credentials)
    }
}

impl ProvideCredentials for EcsRole {
    fn credentials<'a>(&'a self, context: &'a Context) -> CredentialsFuture<'a> {
        Box::pin(self.fetch(context))
    }
}

impl EcsRole {
    async fn fetch(&self, context: &Context) -> Result<Credentials, CredentialsError> {
        let environment = &self.setup.environment;
        if environment.flag("ALIBABA_CLOUD_ECS_METADATA_DISABLED") {
            return Err(CredentialsError::new(
                "turned off by ALIBABA_CLOUD_ECS_METADATA_DISABLED",
            ));
        }
        let role = self.role.clone();
        let role = match role.or_else(|| environment.variable("ALIBABA_CLOUD_ECS_METADATA")) {
            Some(role) => role,
            None => self.only_role(context).await?,
        };
        let path = [ROLES, &percent(&role)].concat();
        let body = self.get(&path, context).await.map_err(|failure| {
            if failure.status == Some(404) {
                CredentialsError::new(format!(
                    "{WHAT}: the instance has no role {role}: attach it to the instance, or name the one it has in \
                     ALIBABA_CLOUD_ECS_METADATA or role_name"
                ))
            } else {
                failure.into()
            }
        })?;
        let key: TemporaryKey = read(WHAT, &body)?;
        match key.code.as_deref() {
            Some("Success") => key.credentials(WHAT, format!("{}ecs_ram_role", self.setup.prefix)),
            code => Err(CredentialsError::new(format!(
                "{WHAT}: no credentials for the role {role}: {}",
                presentable(code.unwrap_or("an answer without a Code"), &[])
            ))),
        }
    }

    /// The name of the role the instance has.
    async fn only_role(&self, context: &Context) -> Result<String, CredentialsError> {
        let body = self.get(ROLES, context).await.map_err(|failure| {
            if failure.status == Some(404) {
                CredentialsError::new(format!("{WHAT}: the instance has no role"))
            } else {
                failure.into()
            }
        })?;
        let names = std::str::from_utf8(&body).unwrap_or_default();
        let name = names.lines().map(str::trim).find(|line| !line.is_empty());
        name.map(str::to_owned)
            .ok_or_else(|| CredentialsError::new(format!("{WHAT}: the instance has no role")))
    }

    /// Reads a document, with a token if one can be had.
    async fn get(&self, path: &str, context: &Context) -> Result<Bytes, Failure> {
        let environment = &self.setup.environment;
        let required = self.token_required || environment.flag("ALIBABA_CLOUD_IMDSV1_DISABLED");
        let token = match self.token(context).await {
            Ok(token) => Some(token),
            // That there is no token says nothing of what was to be read with it.
            Err(why) if required => return Err(why.without_status()),
            Err(_) => None,
        };
        let with_token = token.is_some();
        let headers = token.map(|token| header("x-aliyun-ecs-metadata-token", token));
        let answer = self.ask(Method::Get, path, headers, context).await;
        match answer {
            Err(_) if with_token && !required => self.ask(Method::Get, path, None, context).await,
            answer => answer,
        }
    }

    async fn token(&self, context: &Context) -> Result<String, Failure> {
        let life = header("x-aliyun-ecs-metadata-token-ttl-seconds", TOKEN_LIFE);
        let body = self.ask(Method::Put, TOKEN, Some(life), context).await?;
        let token = String::from_utf8_lossy(&body);
        Ok(token.trim().to_owned())
    }

    async fn ask(
        &self,
        method: Method,
        path: &str,
        headers: Option<(
            std::borrow::Cow<'static, str>,
            std::borrow::Cow<'static, str>,
        )>,
        context: &Context,
    ) -> Result<Bytes, Failure> {
        let base = self.setup.metadata.as_ref();
        let base = base.map_or(ADDRESS, Address::as_str);
        let endpoint: Endpoint = base.parse().map_err(|why| Failure::new(WHAT, why))?;
        let mut request = request(
            method,
            format!("{endpoint}{path}"),
            headers.into_iter().collect(),
        );
        request.timeout = TIMEOUT;
        let exchange = Exchange {
            what: WHAT,
            setting: "the endpoint of the metadata service",
            request,
            secrets: &[],
        };
        exchange.send(context).await
    }
}

#[cfg(test)]
mod tests;
