//! What the two ways to assume a role have in common: the role, the session, the host of the Security Token Service.

use std::borrow::Cow;
use std::time::{Duration, UNIX_EPOCH};

use super::answer::TemporaryKey;
use super::surroundings::Setup;
use super::{Context, CredentialsError};
use crate::decode::{Object, Read, Reader};
use crate::encode::Pair;
use crate::endpoint::{Address, Endpoint};
use crate::time::timestamp;

/// How long a session lasts when nothing else is said.
const DURATION: Duration = Duration::from_secs(3600);

/// The shortest session the service gives.
const SHORTEST: Duration = Duration::from_secs(900);

/// A role to assume.
#[derive(Clone, Debug, Default)]
pub(super) struct Role {
    pub(super) setup: Setup,
    pub(super) arn: String,
    pub(super) session_name: Option<String>,
    pub(super) duration: Option<Duration>,
    pub(super) policy: Option<String>,
    pub(super) endpoint: Option<Address>,
    pub(super) region: Option<String>,
    pub(super) vpc: Option<bool>,
}

impl Role {
    /// The host to ask: the one set, or the one of the region. Inside a VPC there is one per region only.
    pub(super) fn endpoint(&self) -> Result<Endpoint, CredentialsError> {
        let environment = &self.setup.environment;
        let region = || {
            let set = self.region.clone().filter(|region| !region.is_empty());
            set.or_else(|| environment.variable("ALIBABA_CLOUD_STS_REGION"))
        };
        let host = match self.endpoint.as_ref().map(Address::as_str) {
            Some(set) => set.to_owned(),
            None => match region() {
                None => "sts.aliyuncs.com".to_owned(),
                Some(region) => {
                    let in_environment = || environment.flag("ALIBABA_CLOUD_VPC_ENDPOINT_ENABLED");
                    let vpc = self.vpc.unwrap_or_else(in_environment);
                    format!("sts{}.{region}.aliyuncs.com", if vpc { "-vpc" } else { "" })
                }
            },
        };
        host.parse()
            .map_err(|why| CredentialsError::new(format!("Security Token Service: {why}")))
    }

    /// The setting that says which host is asked.
    pub(super) fn setting(&self) -> &'static str {
        match self.endpoint {
            Some(_) => "the endpoint of the Security Token Service",
            None => "the region of the Security Token Service",
        }
    }

    /// The parameters both operations take.
    pub(super) fn pairs(
        &self,
        action: &'static str,
        context: &Context,
    ) -> Result<Vec<Pair<'_>>, CredentialsError> {
        let duration = self.duration.unwrap_or(DURATION);
        if self.arn.is_empty() {
            return Err(CredentialsError::new(format!("{action}: no role is named")));
        }
        if duration < SHORTEST {
            return Err(CredentialsError::new(format!(
                "{action}: a session lasts {} seconds at least, not {}",
                SHORTEST.as_secs(),
                duration.as_secs()
            )));
        }
        let mut pairs: Vec<Pair<'_>> = vec![
            ("Action".into(), action.into()),
            ("Format".into(), "JSON".into()),
            ("Version".into(), "2015-04-01".into()),
            (
                "DurationSeconds".into(),
                duration.as_secs().to_string().into(),
            ),
            ("RoleArn".into(), self.arn.as_str().into()),
            ("RoleSessionName".into(), self.session(context)),
            ("Timestamp".into(), timestamp(context.now()).into()),
        ];
        if let Some(policy) = self.policy.as_deref().filter(|policy| !policy.is_empty()) {
            pairs.push(("Policy".into(), policy.into()));
        }
        Ok(pairs)
    }

    fn session(&self, context: &Context) -> Cow<'_, str> {
        if let Some(name) = self.session_name.as_deref().filter(|name| !name.is_empty()) {
            return name.into();
        }
        let variable = "ALIBABA_CLOUD_ROLE_SESSION_NAME";
        let named = self.setup.environment.variable(variable);
        let made_up = || {
            let since = context.now().duration_since(UNIX_EPOCH);
            format!("credentials-rust-{}", since.unwrap_or_default().as_secs())
        };
        named.unwrap_or_else(made_up).into()
    }
}

/// An answer of the Security Token Service.
#[derive(Default)]
pub(super) struct StsAnswer {
    pub(super) credentials: Option<TemporaryKey>,
}

impl Object for StsAnswer {
    fn field(&mut self, name: &str, value: &mut Reader<'_, '_>) -> Read {
        match name {
            "Credentials" => value.read(&mut self.credentials),
            _ => value.skip(),
        }
    }
}

/// Gives a builder the setters of its [`Role`].
macro_rules! role_setters {
    () => {
        /// The name of the session, which shows in the audit log. Default: `ALIBABA_CLOUD_ROLE_SESSION_NAME`, else
        /// `credentials-rust-` and the time.
        #[must_use]
        pub fn session_name(mut self, name: impl Into<String>) -> Self {
            self.role_mut().session_name = Some(name.into());
            self
        }

        /// How long a session lasts: 15 minutes at least. Default: an hour.
        #[must_use]
        pub fn duration(mut self, duration: std::time::Duration) -> Self {
            self.role_mut().duration = Some(duration);
            self
        }

        /// A policy, as JSON, that narrows down what the session may do.
        #[must_use]
        pub fn policy(mut self, policy: impl Into<String>) -> Self {
            self.role_mut().policy = Some(policy.into());
            self
        }

        /// The host of the Security Token Service, with `http://` or `https://` before it (`https` when nothing is).
        #[must_use]
        pub fn endpoint(mut self, endpoint: impl Into<String>) -> Self {
            self.role_mut().endpoint = Some(crate::endpoint::Address::from(endpoint));
            self
        }

        /// The region whose Security Token Service is asked. Default: `ALIBABA_CLOUD_STS_REGION`, else the central one.
        #[must_use]
        pub fn region(mut self, region: impl Into<String>) -> Self {
            self.role_mut().region = Some(region.into());
            self
        }

        /// Asks inside the VPC, if a region is set. Default: whether `ALIBABA_CLOUD_VPC_ENDPOINT_ENABLED` is `true`.
        #[must_use]
        pub fn vpc(mut self, vpc: bool) -> Self {
            self.role_mut().vpc = Some(vpc);
            self
        }

        /// Where to look for the variables named above. Default: the process's environment.
        #[must_use]
        pub fn environment(mut self, environment: crate::credentials::Environment) -> Self {
            self.role_mut().setup.environment = environment;
            self
        }
    };
}

pub(super) use role_setters;

#[cfg(test)]
mod tests {
    use super::*;
    use crate::credentials::Environment;

    fn host(role: &Role) -> String {
        role.endpoint().unwrap().to_string()
    }

    #[test]
    fn the_host_follows_the_region_and_the_network() {
        let role = |variables: &[(&str, &str)]| Role {
            setup: Setup {
                environment: Environment::of(variables.iter().copied()),
                ..Setup::default()
            },
            ..Role::default()
        };
        let region = ("ALIBABA_CLOUD_STS_REGION", "cn-beijing");
        let vpc = ("ALIBABA_CLOUD_VPC_ENDPOINT_ENABLED", "TRUE");
        assert_eq!(host(&role(&[])), "https://sts.aliyuncs.com");
        assert_eq!(host(&role(&[vpc])), "https://sts.aliyuncs.com");
        assert_eq!(
            host(&role(&[region])),
            "https://sts.cn-beijing.aliyuncs.com"
        );
        assert_eq!(
            host(&role(&[region, vpc])),
            "https://sts-vpc.cn-beijing.aliyuncs.com"
        );
        let mut own = role(&[region, vpc]);
        (own.region, own.vpc) = (Some("eu-central-1".into()), Some(false));
        assert_eq!(host(&own), "https://sts.eu-central-1.aliyuncs.com");
        own.endpoint = Some("http://127.0.0.1:8080".into());
        assert_eq!(host(&own), "http://127.0.0.1:8080");
        own.endpoint = None;
        own.region = Some("x/../y".into());
        assert!(own.endpoint().is_err());
    }
}
