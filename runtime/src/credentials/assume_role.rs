//! A RAM role, assumed with other credentials.

use std::borrow::Cow;
use std::sync::Arc;

use super::exchange::{Exchange, Failure, read, request};
use super::sts::{Role, StsAnswer, role_setters};
use super::{
    CachedCredentials, Context, Credentials, CredentialsError, CredentialsFuture,
    ProvideCredentials,
};
use crate::encode::{Pair, query_pairs};
use crate::operation::Method;
use crate::sign::v1;

const ACTION: &str = "AssumeRole";

/// Assumes a RAM role with the credentials of another provider, and keeps the session until shortly before it ends.
///
/// ```
/// use alicloud_runtime::credentials::{AssumeRoleCredentials, DefaultCredentials};
///
/// let role = AssumeRoleCredentials::new(DefaultCredentials::new(), "acs:ram::1234:role/reader")
///     .session_name("nightly-report")
///     .region("cn-hangzhou");
/// ```
#[derive(Debug)]
pub struct AssumeRoleCredentials {
    cached: CachedCredentials<AssumeRole>,
}

#[derive(Clone, Debug)]
struct AssumeRole {
    source: Arc<dyn ProvideCredentials>,
    role: Role,
    external_id: Option<String>,
}

impl AssumeRoleCredentials {
    /// The role of that ARN, assumed by whoever `source` says: [`Credentials`] themselves or any provider.
    pub fn new(source: impl ProvideCredentials + 'static, role_arn: impl Into<String>) -> Self {
        let arn = role_arn.into();
        Self::over(
            Arc::new(source),
            Role {
                arn,
                ..Role::default()
            },
        )
    }

    pub(super) fn over(source: Arc<dyn ProvideCredentials>, role: Role) -> Self {
        Self {
            cached: CachedCredentials::new(AssumeRole {
                source,
                role,
                external_id: None,
            }),
        }
    }

    /// The ID that tells a third party's callers apart, where the role asks for one.
    #[must_use]
    pub fn external_id(mut self, id: impl Into<String>) -> Self {
        self.cached.source_mut().external_id = Some(id.into()).filter(|id| !id.is_empty());
        self
    }

    role_setters!();

    fn role_mut(&mut self) -> &mut Role {
        &mut self.cached.source_mut().role
    }
}

impl ProvideCredentials for AssumeRoleCredentials {
    fn credentials<'a>(&'a self, context: &'a Context) -> CredentialsFuture<'a> {
        self.cached.credentials(context)
    }

    fn refused(&self, credentials: &Credentials) -> bool {
        self.cached.refused(credentials)
    }
}

impl ProvideCredentials for AssumeRole {
    fn credentials<'a>(&'a self, context: &'a Context) -> CredentialsFuture<'a> {
        Box::pin(async move {
            let source = self.source.credentials(context).await?;
            let mut outcome = self.assume(&source, context).await;
            // The time of the service is known now.
            if matches!(outcome, Err(Refused::Clock(_))) {
                outcome = self.assume(&source, context).await;
            }
            match outcome {
                // The keys of the source may have changed since it read them.
                Err(Refused::Source(_)) if self.source.refused(&source) => {
                    let source = self.source.credentials(context).await?;
                    Ok(self.assume(&source, context).await?)
                }
                outcome => Ok(outcome?),
            }
        })
    }
}

/// Why a role was not assumed.
enum Refused {
    /// The source's credentials are no good.
    Source(CredentialsError),
    /// The time of the request was too far off, and the right one has been learnt.
    Clock(CredentialsError),
    /// Anything else.
    Other(CredentialsError),
}

impl From<CredentialsError> for Refused {
    fn from(why: CredentialsError) -> Self {
        Self::Other(why)
    }
}

impl From<Failure> for Refused {
    fn from(failure: Failure) -> Self {
        let source = failure.code.as_deref().is_some_and(|code| {
            code.starts_with("InvalidAccessKeyId") || code.starts_with("InvalidSecurityToken")
        });
        if failure.clock_corrected {
            Self::Clock(failure.into())
        } else if source {
            Self::Source(failure.into())
        } else {
            Self::Other(failure.into())
        }
    }
}

impl From<Refused> for CredentialsError {
    fn from(refused: Refused) -> Self {
        match refused {
            Refused::Source(why) | Refused::Clock(why) | Refused::Other(why) => why,
        }
    }
}

impl AssumeRole {
    async fn assume(
        &self,
        source: &Credentials,
        context: &Context,
    ) -> Result<Credentials, Refused> {
        let url = || self.signed_url(source, context);
        let secrets = [
            source.access_key_secret().expose().as_str(),
            source.security_token().map_or("", |token| token.expose()),
        ];
        let exchange = Exchange {
            what: ACTION,
            setting: self.role.setting(),
            request: request(Method::Get, url()?, Vec::new()),
            secrets: &secrets,
        };
        let body = exchange.send_anew(context, &url).await?;
        let answer: StsAnswer = read(ACTION, &body)?;
        let provider = format!(
            "{}ram_role_arn/{}",
            self.role.setup.prefix,
            source.provider()
        );
        Ok(answer
            .credentials
            .unwrap_or_default()
            .credentials(ACTION, provider)?)
    }

    /// The request, with the V1 signature in its query, as the official libraries have it.
    fn signed_url(
        &self,
        source: &Credentials,
        context: &Context,
    ) -> Result<String, CredentialsError> {
        if source.bearer_token().is_some() {
            return Err(CredentialsError::new(format!(
                "{ACTION}: a role is assumed with an access key, not with a bearer token"
            )));
        }
        let nonce = context
            .nonces
            .nonce()
            .map_err(|why| CredentialsError::new(format!("{ACTION}: no nonce: {why}")))?;
        let mut pairs = self.role.pairs(ACTION, context)?;
        let mut add = |name: &'static str, value: Cow<'_, str>| {
            let pair: Pair<'_> = (name.into(), value.into_owned().into());
            pairs.push(pair);
        };
        add("SignatureMethod", v1::METHOD.into());
        add("SignatureVersion", v1::VERSION.into());
        add("SignatureNonce", nonce.into());
        add("AccessKeyId", source.access_key_id().into());
        if let Some(id) = &self.external_id {
            add("ExternalId", id.into());
        }
        if let Some(token) = source.security_token() {
            add("SecurityToken", token.expose().into());
        }
        let text = v1::string_to_sign(Method::Get.as_str(), &mut pairs);
        let signature = v1::signature(source.access_key_secret().expose(), &text);
        pairs.push(("Signature".into(), signature.into()));
        Ok(format!(
            "{}/?{}",
            self.role.endpoint()?,
            query_pairs(&pairs)
        ))
    }
}

#[cfg(test)]
mod tests;
