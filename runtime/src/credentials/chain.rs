//! The default chain: all the places credentials may be, in the order of the official clients.

use std::fmt;
use std::sync::{Arc, Mutex, OnceLock, Weak};

use super::environment::ChainedEnvironment;
use super::flight::Flight;
use super::surroundings::Setup;
use super::{
    Context, Credentials, CredentialsError, CredentialsFuture, EcsRoleCredentials, Environment,
    OidcRoleCredentials, ProfileCredentials, ProvideCredentials, UriCredentials, lock,
};
use crate::endpoint::Address;

/// Looks for credentials where the official clients look, in their order, and remembers where they were found.
///
/// 1. The environment variables `ALIBABA_CLOUD_ACCESS_KEY_ID`, `ALIBABA_CLOUD_ACCESS_KEY_SECRET` and
///    `ALIBABA_CLOUD_SECURITY_TOKEN`.
/// 2. A role for an OIDC token, see [`OidcRoleCredentials::from_env`].
/// 3. The profile of the command line, see [`ProfileCredentials::cli`]; `ALIBABA_CLOUD_CLI_PROFILE_DISABLED` turns it off.
/// 4. The credentials file, see [`ProfileCredentials::ini`].
/// 5. The role of the ECS instance, see [`EcsRoleCredentials`].
/// 6. The address in `ALIBABA_CLOUD_CREDENTIALS_URI`, see [`UriCredentials`].
///
/// The first that serves is asked from then on, and no other. When none does, the error says of each why.
#[derive(Debug, Default)]
pub struct DefaultCredentials {
    chain: Arc<Chain>,
}

#[derive(Default)]
struct Chain {
    setup: Setup,
    /// The source that served.
    chosen: OnceLock<Provider>,
    search: Mutex<Weak<Flight<Outcome>>>,
}

type Provider = Arc<dyn ProvideCredentials>;
type Outcome = Result<Credentials, CredentialsError>;

impl DefaultCredentials {
    /// The chain over the process's environment.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// Where to look for variables and the home folder. Starts the search anew.
    #[must_use]
    pub fn environment(self, environment: Environment) -> Self {
        self.with_setup(|setup| setup.environment = environment)
    }

    /// The base address of the ECS metadata service. Starts the search anew. Default: `http://100.100.100.200`.
    #[must_use]
    pub fn metadata_endpoint(self, endpoint: impl Into<String>) -> Self {
        self.with_setup(|setup| setup.metadata = Some(Address::from(endpoint)))
    }

    fn with_setup(self, change: impl FnOnce(&mut Setup)) -> Self {
        let mut setup = self.chain.setup.under("default/");
        change(&mut setup);
        let chain = Chain {
            setup,
            ..Chain::default()
        };
        Self {
            chain: Arc::new(chain),
        }
    }
}

impl Chain {
    /// The sources, or why one is passed over.
    fn sources(&self) -> [(&'static str, Result<Provider, CredentialsError>); 6] {
        let setup = self.setup.under("default/");
        let environment = &setup.environment;
        let disabled = "ALIBABA_CLOUD_CLI_PROFILE_DISABLED";
        let cli = if environment.flag(disabled) {
            Err(CredentialsError::new(format!("turned off by {disabled}")))
        } else {
            Ok(ProfileCredentials::cli_of_chain(&setup))
        };
        [
            (
                "environment",
                found(ChainedEnvironment(environment.clone())),
            ),
            (
                "OIDC role",
                OidcRoleCredentials::from_setup(&setup).and_then(found),
            ),
            ("CLI profile", cli.and_then(found)),
            (
                "credentials file",
                found(ProfileCredentials::ini_of_chain(&setup)),
            ),
            ("ECS role", found(EcsRoleCredentials::from_setup(&setup))),
            (
                "credentials URI",
                UriCredentials::from_setup(&setup).and_then(found),
            ),
        ]
    }

    async fn search(&self, context: &Context) -> Outcome {
        // A search that ended just now may have found a source.
        if let Some(provider) = self.chosen.get() {
            return provider.credentials(context).await;
        }
        let (mut tried, mut transient) = (Vec::new(), false);
        for (name, source) in self.sources() {
            let why = match source {
                Ok(provider) => {
                    let found = provider.credentials(context).await;
                    match found.and_then(|found| found.usable(name)) {
                        Ok(credentials) => {
                            let _ = self.chosen.set(provider);
                            return Ok(credentials);
                        }
                        Err(why) => why,
                    }
                }
                Err(why) => why,
            };
            // Somebody meant these to be used: to use others in silence would hide the mistake.
            if why.is_unusable() {
                return Err(why.described(|why| format!("{name}: {why}")));
            }
            transient |= why.is_transient();
            tried.push(format!("{name} ({why})"));
        }
        let why = format!(
            "none found, tried: {}. Set ALIBABA_CLOUD_ACCESS_KEY_ID and ALIBABA_CLOUD_ACCESS_KEY_SECRET, run `aliyun \
             configure`, or give the configuration credentials of its own",
            tried.join("; ")
        );
        Err(if transient {
            CredentialsError::transient(why)
        } else {
            CredentialsError::new(why)
        })
    }
}

fn found(provider: impl ProvideCredentials + 'static) -> Result<Provider, CredentialsError> {
    Ok(Arc::new(provider))
}

impl ProvideCredentials for DefaultCredentials {
    fn credentials<'a>(&'a self, context: &'a Context) -> CredentialsFuture<'a> {
        if let Some(provider) = self.chain.chosen.get() {
            return provider.credentials(context);
        }
        let waiting = Flight::join(&mut lock(&self.chain.search), || {
            let (chain, context) = (Arc::clone(&self.chain), context.clone());
            Box::pin(async move { chain.search(&context).await })
        });
        Box::pin(async move {
            waiting.await.unwrap_or_else(|| {
                Err(CredentialsError::new("the search for credentials panicked"))
            })
        })
    }

    fn refused(&self, credentials: &Credentials) -> bool {
        let chosen = self.chain.chosen.get();
        chosen.is_some_and(|provider| provider.refused(credentials))
    }
}

impl fmt::Debug for Chain {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Chain")
            .field("environment", &self.setup.environment)
            .field("chosen", &self.chosen.get())
            .finish_non_exhaustive()
    }
}

#[cfg(test)]
mod tests;
