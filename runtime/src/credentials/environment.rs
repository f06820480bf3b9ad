//! Credentials from the environment, under the names the official clients read.

use std::future::ready;

use super::{Context, Credentials, CredentialsError, CredentialsFuture, ProvideCredentials};

const ACCESS_KEY_ID: &str = "ALIBABA_CLOUD_ACCESS_KEY_ID";
const ACCESS_KEY_SECRET: &str = "ALIBABA_CLOUD_ACCESS_KEY_SECRET";
const SECURITY_TOKEN: &str = "ALIBABA_CLOUD_SECURITY_TOKEN";

/// Reads `ALIBABA_CLOUD_ACCESS_KEY_ID`, `ALIBABA_CLOUD_ACCESS_KEY_SECRET` and, for a temporary key,
/// `ALIBABA_CLOUD_SECURITY_TOKEN`, anew for every request. An empty variable counts as unset.
#[derive(Clone, Copy, Debug, Default)]
pub struct EnvironmentCredentials;

impl EnvironmentCredentials {
    fn read(variable: impl Fn(&str) -> Option<String>) -> Result<Credentials, CredentialsError> {
        let get = |name: &str| variable(name).filter(|value| !value.is_empty());
        let found = get(ACCESS_KEY_ID).zip(get(ACCESS_KEY_SECRET));
        let (id, secret) = found.ok_or_else(|| {
            let missing: Vec<_> =
                [ACCESS_KEY_ID, ACCESS_KEY_SECRET].into_iter().filter(|name| get(name).is_none()).collect();
            CredentialsError::new(format!(
                "no credentials in the environment: {} not set; set both variables or give the configuration \
                 credentials of its own",
                missing.join(" and ")
            ))
        })?;
        Ok(Credentials::new(id, secret)
            .with_security_token(get(SECURITY_TOKEN).unwrap_or_default()))
    }
}

impl ProvideCredentials for EnvironmentCredentials {
    fn credentials<'a>(&'a self, _: &'a Context) -> CredentialsFuture<'a> {
        Box::pin(ready(Self::read(|name| std::env::var(name).ok())))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(variables: &[(&str, &str)]) -> Result<Credentials, CredentialsError> {
        EnvironmentCredentials::read(|name| {
            variables
                .iter()
                .find(|(known, _)| *known == name)
                .map(|(_, value)| (*value).to_owned())
        })
    }

    #[test]
    fn both_variables_make_a_key_and_the_third_a_temporary_one() {
        let key = [(ACCESS_KEY_ID, "id"), (ACCESS_KEY_SECRET, "secret")];
        assert_eq!(read(&key), Ok(Credentials::new("id", "secret")));
        let temporary = [key[0], key[1], (SECURITY_TOKEN, "token")];
        assert_eq!(
            read(&temporary),
            Ok(Credentials::new("id", "secret").with_security_token("token"))
        );
    }

    #[test]
    fn the_error_names_what_is_missing() {
        let error = read(&[(ACCESS_KEY_ID, "id"), (ACCESS_KEY_SECRET, "")])
            .unwrap_err()
            .to_string();
        assert!(
            error.contains("ALIBABA_CLOUD_ACCESS_KEY_SECRET not set"),
            "{error}"
        );
        assert!(!error.contains("ALIBABA_CLOUD_ACCESS_KEY_ID"), "{error}");
    }
}
