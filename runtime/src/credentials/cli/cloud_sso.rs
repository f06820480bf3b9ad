//! CloudSSO: a login in the browser, by the CLI, left an access token that can be changed for a temporary key.

use crate::credentials::answer::{TemporaryKey, epoch, given, shown};
use crate::credentials::exchange::{Exchange, header, read, request};
use crate::credentials::{
    Context, Credentials, CredentialsError, CredentialsFuture, ProvideCredentials,
};
use crate::decode::{Object, Read, Reader};
use crate::encode::json_text;
use crate::endpoint::Endpoint;
use crate::operation::Method;
use crate::params::Params;
use crate::secret::Secret;

use super::config::Profile;

const WHAT: &str = "CloudSSO";

#[derive(Debug)]
pub(super) struct CloudSso {
    host: Endpoint,
    account: String,
    access: String,
    token: Secret<String>,
    token_expires: i64,
    provider: String,
}

impl CloudSso {
    pub(super) fn new(profile: &Profile, prefix: &str) -> Result<Self, String> {
        let get = |name: &str, value: &Option<String>| {
            given(value.clone()).ok_or_else(|| format!("{name} is missing"))
        };
        let url = get("cloud_sso_sign_in_url", &profile.cloud_sso_sign_in_url)?;
        let token = shown(profile.access_token.clone());
        Ok(Self {
            host: host(&url).ok_or("cloud_sso_sign_in_url is no URL")?,
            account: get("cloud_sso_account_id", &profile.cloud_sso_account_id)?,
            access: get("cloud_sso_access_config", &profile.cloud_sso_access_config)?,
            token: Secret::new(token.ok_or("there is no access token: log in with the CLI")?),
            token_expires: profile.cloud_sso_access_token_expire.unwrap_or_default(),
            provider: format!("{prefix}cloud_sso"),
        })
    }

    async fn fetch(&self, context: &Context) -> Result<Credentials, CredentialsError> {
        if epoch(self.token_expires).is_none_or(|expires| context.now() >= expires) {
            return Err(CredentialsError::new(format!(
                "{WHAT}: the access token has expired: log in again with the CLI"
            )));
        }
        let token = self.token.expose();
        let url = format!("{}/cloud-credentials", self.host);
        let headers = vec![
            header("accept", "application/json"),
            header("content-type", "application/json"),
            header("authorization", format!("Bearer {token}")),
        ];
        let mut request = request(Method::Post, url, headers);
        let mut body = Params::new();
        body.set("AccountId", self.account.as_str());
        body.set("AccessConfigurationId", self.access.as_str());
        request.body = json_text(&body.into()).into();
        let exchange = Exchange {
            what: WHAT,
            setting: "cloud_sso_sign_in_url",
            request,
            secrets: &[token],
        };
        let body = exchange.send(context).await?;
        let answer: Answer = read(WHAT, &body)?;
        let key = answer.credential.unwrap_or_default();
        key.credentials(WHAT, self.provider.clone())
    }
}

/// The scheme and host of a URL.
fn host(url: &str) -> Option<Endpoint> {
    let (scheme, rest) = url.split_once("://")?;
    let host = rest.split(['/', '?', '#']).next()?;
    format!("{scheme}://{host}").parse().ok()
}

impl ProvideCredentials for CloudSso {
    fn credentials<'a>(&'a self, context: &'a Context) -> CredentialsFuture<'a> {
        Box::pin(self.fetch(context))
    }
}

#[derive(Default)]
struct Answer {
    credential: Option<TemporaryKey>,
}

impl Object for Answer {
    fn field(&mut self, name: &str, value: &mut Reader<'_, '_>) -> Read {
        match name {
            "CloudCredential" => value.read(&mut self.credential),
            _ => value.skip(),
        }
    }
}
