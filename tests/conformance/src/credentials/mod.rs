//! Credentials: what the official Python library reads from files and variables and sends over the wire.
//!
//! A vector gives the variables, the files, or the configuration of one provider; it expects credentials and their
//! provider's name, every request, and for some the files as they are afterwards. Files are laid down in a folder of their
//! own; nothing of the process's environment is read.

mod deviations;
mod sent;

use std::fs;
use std::path::Path;
use std::sync::Arc;
use std::time::{Duration, SystemTime, UNIX_EPOCH};

use alicloud::Credentials;
use alicloud::credentials::{
    AssumeRoleCredentials, Context, CredentialsError, DefaultCredentials, EcsRoleCredentials,
    Environment, OidcRoleCredentials, ProvideCredentials, UriCredentials,
};
use alicloud::test_util::{ManualClock, ScriptedTransport};
use alicloud::time::FixedNonce;
use alicloud::transport::TransportError;
use serde_json::Value as Json;

use self::deviations::{Change, deviation, reason};
use crate::outcome::{Checked, Means, Outcome, ensure_eq};
use crate::vector::Vector;

/// What the two ways to assume a role take alike.
macro_rules! role_settings {
    ($of:expr, $role:ident) => {
        let get = |name: &str| {
            let text = $of.vector.optional(&format!("/config/{name}"));
            text.filter(|text| !text.is_empty()).map(str::to_owned)
        };
        if let Some(name) = get("role_session_name") {
            $role = $role.session_name(name);
        }
        if let Some(policy) = get("policy") {
            $role = $role.policy(policy);
        }
        if let Some(endpoint) = get("sts_endpoint") {
            $role = $role.endpoint(endpoint);
        }
        if let Some(region) = get("sts_region_id").or_else(|| get("sts_region")) {
            $role = $role.region(region);
        }
        if let Some(vpc) = $of.flag("enable_vpc") {
            $role = $role.vpc(vpc);
        }
        let duration = ["role_session_expiration", "duration_seconds"];
        if let Some(duration) = duration.iter().find_map(|name| $of.seconds(name)) {
            $role = $role.duration(duration);
        }
    };
}

/// When vectors take place that do not say so: 2024-05-06T12:53:20Z.
const NOW: u64 = 1_715_000_000;

/// Whether a configuration or a file of a vector asks for a key pair.
fn needs_rsa(vector: &Vector) -> bool {
    let kind = vector.optional("/config/type");
    let mut files = vector.object("/files").iter();
    let in_file = |text: &str| text.contains("rsa_key_pair") || text.contains("RsaKeyPair");
    kind == Some("rsa_key_pair") || files.any(|(_, content)| in_file(&content.to_string()))
}

/// Looks for the credentials of a vector.
pub(crate) fn check(vector: &Vector) -> Checked {
    if needs_rsa(vector) {
        return Ok(Outcome::NotApplicable("a key pair, which signs with RSA"));
    }
    if cfg!(windows) && vector.name().contains("External") {
        return Ok(Outcome::NotApplicable("programs for a Unix shell"));
    }
    let home = tempfile::tempdir().map_err(|error| error.to_string())?;
    let run = Run {
        vector,
        change: deviation(vector),
        home: home.path().display().to_string(),
    };
    run.lay_files_down()?;
    run.check()?;
    Ok(Outcome::Passed(Means::Functions))
}

struct Run<'v> {
    vector: &'v Vector,
    change: Option<Change>,
    home: String,
}

impl Run<'_> {
    /// A text with the home folder filled in.
    fn path(&self, text: &str) -> String {
        text.replace("$HOME", &self.home)
    }

    fn lay_files_down(&self) -> Result<(), String> {
        for (path, content) in self.vector.object("/files") {
            let path = self.path(path);
            let text = match content.as_str() {
                Some(text) => self.path(text),
                None => content.to_string(),
            };
            let folder = Path::new(&path).parent().unwrap_or(Path::new("/"));
            if !folder.starts_with(&self.home) {
                return Err(format!("{path} is not below $HOME"));
            }
            fs::create_dir_all(folder).map_err(|error| format!("{path}: {error}"))?;
            fs::write(&path, text).map_err(|error| format!("{path}: {error}"))?;
        }
        Ok(())
    }

    /// A setting that is true or false.
    fn flag(&self, name: &str) -> Option<bool> {
        self.vector.value(&format!("/config/{name}"))?.as_bool()
    }

    /// A setting that is a number of seconds.
    fn seconds(&self, name: &str) -> Option<Duration> {
        let seconds = self.vector.value(&format!("/config/{name}"))?.as_u64()?;
        Some(Duration::from_secs(seconds)).filter(|duration| !duration.is_zero())
    }

    fn provider(&self) -> Result<Arc<dyn ProvideCredentials>, String> {
        let variables = self.vector.object("/env").iter();
        let variables =
            variables.filter_map(|(name, value)| Some((name.clone(), self.path(value.as_str()?))));
        let environment = Environment::of(variables).with_home(&self.home);
        let get = |name: &str| {
            let text = self.vector.optional(&format!("/config/{name}"));
            text.map(|text| self.path(text))
        };
        let need = |name: &str| get(name).ok_or_else(|| format!("the configuration has no {name}"));
        Ok(match get("type").as_deref() {
            None => Arc::new(DefaultCredentials::new().environment(environment)),
            Some("access_key") => Arc::new(Credentials::new(
                need("access_key_id")?,
                need("access_key_secret")?,
            )),
            Some("sts") => Arc::new(
                Credentials::new(need("access_key_id")?, need("access_key_secret")?)
                    .with_security_token(need("security_token")?),
            ),
            Some("bearer") => Arc::new(Credentials::bearer(need("bearer_token")?)),
            Some("ram_role_arn") => {
                let source = Credentials::new(need("access_key_id")?, need("access_key_secret")?)
                    .with_security_token(get("security_token").unwrap_or_default());
                let mut role = AssumeRoleCredentials::new(source, need("role_arn")?)
                    .environment(environment)
                    .external_id(get("external_id").unwrap_or_default());
                role_settings!(self, role);
                Arc::new(role)
            }
            Some("oidc_role_arn") => {
                let (role, provider) = (need("role_arn")?, need("oidc_provider_arn")?);
                let role = OidcRoleCredentials::new(role, provider, need("oidc_token_file_path")?);
                let mut role = role.environment(environment);
                role_settings!(self, role);
                Arc::new(role)
            }
            Some("ecs_ram_role") => {
                let disabled = self.flag("disable_imds_v1").unwrap_or_default();
                Arc::new(
                    EcsRoleCredentials::new()
                        .environment(environment)
                        .role_name(get("role_name").unwrap_or_default())
                        .require_token(disabled),
                )
            }
            Some("credentials_uri") => Arc::new(UriCredentials::new(need("credentials_uri")?)),
            Some(other) => return Err(format!("the type {other} is not known")),
        })
    }

    fn check(&self) -> Result<(), String> {
        let provider = self.provider()?;
        let now = self
            .vector
            .value("/now")
            .and_then(Json::as_u64)
            .unwrap_or(NOW);
        let (transport, clock) = (self.transport(), ManualClock::new(at(now)));
        let nonces = FixedNonce("fixed-nonce".into());
        let context = Context::new(transport.clone(), clock.clone(), nonces);
        let runtime = tokio::runtime::Builder::new_current_thread()
            .enable_all()
            .build();
        let runtime = runtime.map_err(|error| error.to_string())?;
        let serve = || runtime.block_on(provider.credentials(&context));
        let calls = self
            .vector
            .value("/expected/calls")
            .and_then(Json::as_array);
        if let Some(calls) = calls {
            let mut seen = 0;
            for call in calls {
                clock.set(at(call["at"].as_u64().unwrap_or(now)));
                let served = serve().map_err(|error| error.to_string())?;
                let id = call["access_key_id"].as_str();
                ensure_eq!(Some(served.access_key_id()), id, "access key ID");
                let total = transport.requests().len();
                ensure_eq!(call["requests"], total - seen, "requests of a call");
                seen = total;
            }
        } else {
            self.check_outcome(serve())?;
        }
        if matches!(self.change, Some(Change::Further)) {
            // Going on means to ask whoever the mode names.
            return match transport.requests().is_empty() {
                true => Err("the mode was taken for unknown: nothing was asked".into()),
                false => Ok(()),
            };
        }
        sent::check(
            self.vector,
            &transport.requests(),
            self.change.as_ref(),
            now,
        )?;
        for (path, content) in self.vector.object("/expected/files_after") {
            let path = self.path(path);
            let text = fs::read_to_string(&path).map_err(|error| format!("{path}: {error}"))?;
            let after: Json = serde_json::from_str(&text).map_err(|error| error.to_string())?;
            ensure_eq!(after, *content, "the file afterwards");
        }
        Ok(())
    }

    fn transport(&self) -> ScriptedTransport {
        let responses = self.vector.value("/responses").and_then(Json::as_array);
        let mut transport = ScriptedTransport::new();
        for response in responses.into_iter().flatten() {
            let status = response["status"].as_u64().unwrap_or(200);
            let body = match &response["body"] {
                Json::Null => String::new(),
                Json::String(text) => text.clone(),
                document => document.to_string(),
            };
            transport = if response["unreachable"] == true {
                transport.fail(TransportError::not_sent("connection refused"))
            } else {
                transport.answer(u16::try_from(status).unwrap_or(0), body)
            };
        }
        transport
    }

    fn check_outcome(&self, served: Result<Credentials, CredentialsError>) -> Result<(), String> {
        if matches!(self.change, Some(Change::Further)) {
            return Ok(());
        }
        if let Some(Change::Serves(id, secret)) = self.change {
            let expected = Credentials::new(id, secret).with_provider("default/profile/static_ak");
            // Neither shows a secret.
            return match served {
                Ok(served) if served == expected => Ok(()),
                Ok(served) => Err(format!("other credentials: {served:?}")),
                Err(why) => Err(why.to_string()),
            };
        }
        let exception = self.vector.optional("/expected/exception");
        let served = match (served, exception) {
            (Err(why), Some(_)) => {
                let why = why.to_string();
                let reason = reason(self.vector.name()).unwrap_or_default();
                return if why.contains(reason) {
                    Ok(())
                } else {
                    Err(format!("the explanation lacks {reason:?}: {why}"))
                };
            }
            (Ok(served), Some(exception)) => {
                return Err(format!("{exception} recorded, and ours found {served:?}"));
            }
            (Err(why), None) => return Err(why.to_string()),
            (Ok(served), None) => served,
        };
        let has = |name: &str| {
            self.vector
                .optional(&format!("/expected/credential/{name}"))
        };
        let token = served.bearer_token().map(|token| token.expose().as_str());
        if token != has("bearer_token") {
            return Err("the bearer token is another one".into());
        }
        let token = served.security_token().map(|token| token.expose().as_str());
        if token != has("security_token") {
            return Err("the security token is another one".into());
        }
        if served.bearer_token().is_none() {
            ensure_eq!(
                Some(served.access_key_id()),
                has("access_key_id"),
                "access key ID"
            );
            let secret = served.access_key_secret().expose().as_str();
            if Some(secret) != has("access_key_secret") {
                return Err("the access key secret is another one".into());
            }
            ensure_eq!(Some(served.provider()), has("provider_name"), "provider");
        }
        Ok(())
    }
}

fn at(seconds: u64) -> SystemTime {
    UNIX_EPOCH + Duration::from_secs(seconds)
}
