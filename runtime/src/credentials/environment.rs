//! Credentials from the environment, under the names the official clients read.

use std::future::ready;

use super::{
    Context, Credentials, CredentialsError, CredentialsFuture, Environment, ProvideCredentials, key,
};

const ACCESS_KEY_ID: &str = "ALIBABA_CLOUD_ACCESS_KEY_ID";
const ACCESS_KEY_SECRET: &str = "ALIBABA_CLOUD_ACCESS_KEY_SECRET";
const SECURITY_TOKEN: &str = "ALIBABA_CLOUD_SECURITY_TOKEN";

/// Reads `ALIBABA_CLOUD_ACCESS_KEY_ID`, `ALIBABA_CLOUD_ACCESS_KEY_SECRET` and, for a temporary key,
/// `ALIBABA_CLOUD_SECURITY_TOKEN`, anew for every request. An empty variable counts as unset.
#[derive(Clone, Copy, Debug, Default)]
pub struct EnvironmentCredentials;

impl ProvideCredentials for EnvironmentCredentials {
    fn credentials<'a>(&'a self, _: &'a Context) -> CredentialsFuture<'a> {
        let read = read(&Environment::process(), "env").map_err(|why| {
            why.described(|why| {
                format!(
                    "no credentials in the environment: {why}; set both variables or give the configuration credentials \
                     of its own"
                )
            })
        });
        Box::pin(ready(read))
    }
}

/// The same within a chain: of any environment, and named after the chain.
#[derive(Debug)]
pub(super) struct ChainedEnvironment(pub(super) Environment);

impl ProvideCredentials for ChainedEnvironment {
    fn credentials<'a>(&'a self, _: &'a Context) -> CredentialsFuture<'a> {
        Box::pin(ready(read(&self.0, "default/env")))
    }
}

fn read(
    environment: &Environment,
    provider: &'static str,
) -> Result<Credentials, CredentialsError> {
    let get = |name: &str| environment.read(name);
    for name in [ACCESS_KEY_ID, ACCESS_KEY_SECRET, SECURITY_TOKEN] {
        if environment.is_blank(name) {
            let why = format!("{name} holds nothing but white space");
            return Err(CredentialsError::unusable(why));
        }
    }
    let (id, secret) = (get(ACCESS_KEY_ID)?, get(ACCESS_KEY_SECRET)?);
    let (Some(id), Some(secret)) = (&id, &secret) else {
        let missing = [(ACCESS_KEY_ID, &id), (ACCESS_KEY_SECRET, &secret)];
        let missing = missing.into_iter().filter(|(_, value)| value.is_none());
        let missing: Vec<_> = missing.map(|(name, _)| name).collect();
        let why = format!("{} not set", missing.join(" and "));
        return Err(CredentialsError::new(why));
    };
    let key = Credentials::new(id, secret)
        .with_security_token(get(SECURITY_TOKEN)?.unwrap_or_default())
        .with_provider(provider);
    let variable = match key.flaw().map(|flaw| flaw.part) {
        Some(key::ID) => ACCESS_KEY_ID,
        Some(key::SECRET) => ACCESS_KEY_SECRET,
        _ => SECURITY_TOKEN,
    };
    key.usable(&format!("the variable {variable}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read_from(variables: &[(&str, &str)]) -> Result<Credentials, CredentialsError> {
        read(&Environment::of(variables.iter().copied()), "env")
    }

    #[test]
    fn both_variables_make_a_key_and_the_third_a_temporary_one() {
        let key = [(ACCESS_KEY_ID, "id"), (ACCESS_KEY_SECRET, "secret")];
        let expected = Credentials::new("id", "secret").with_provider("env");
        assert_eq!(read_from(&key), Ok(expected.clone()));
        let temporary = [key[0], key[1], (SECURITY_TOKEN, "token")];
        assert_eq!(
            read_from(&temporary),
            Ok(expected.with_security_token("token"))
        );
    }

    #[test]
    fn line_breaks_at_the_end_do_no_harm_and_others_are_named() {
        let key =
            |id: &str, secret: &str| read_from(&[(ACCESS_KEY_ID, id), (ACCESS_KEY_SECRET, secret)]);
        let expected = Credentials::new("id", "secret").with_provider("env");
        assert_eq!(key("id\n", " secret\r\n"), Ok(expected));
        for (id, secret, named) in [
            ("id", "\n", ACCESS_KEY_SECRET),
            (" ", "hunter2", ACCESS_KEY_ID),
            ("i d", "hunter2", ACCESS_KEY_ID),
            ("id", "hunter2 hunter2", ACCESS_KEY_SECRET),
        ] {
            let refused = key(id, secret).unwrap_err();
            let text = refused.to_string();
            assert!(text.contains(named) && !text.contains("hunter2"), "{text}");
            assert!(refused.is_unusable());
        }
    }

    #[test]
    fn the_error_names_what_is_missing() {
        let error = read_from(&[(ACCESS_KEY_ID, "id"), (ACCESS_KEY_SECRET, "")])
            .unwrap_err()
            .to_string();
        assert_eq!(error, "ALIBABA_CLOUD_ACCESS_KEY_SECRET not set");
    }
}
