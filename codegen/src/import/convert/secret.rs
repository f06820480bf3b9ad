//! Secrets: what no printout may show. The metadata marks a handful of them; the rest shows in their names.

use super::super::draft::{Schema, Shape};
use crate::model::names::words;
use crate::spec::Primitive;

/// What the name of a secret ends with, in words. Tokens that page through lists or make calls repeatable are none.
const ENDINGS: &[&str] = &[
    "password",
    "passwd",
    "passphrase",
    "pwd",
    "secret",
    "private key",
    "secret key",
    "secret data",
    "secret string",
    "secret value",
    "encryption key",
    "access token",
    "auth token",
    "authorization token",
    "bearer token",
    "id token",
    "login token",
    "oidc token",
    "refresh token",
    "security token",
    "session token",
    "sts token",
    "saml assertion",
];

/// Whether a name is that of a secret.
pub(in crate::import) fn is_secret(wire: &str) -> bool {
    let mut words = words(wire);
    // `Password.1` and `Password2` are passwords too.
    while words
        .last()
        .is_some_and(|word| word.bytes().all(|c| c.is_ascii_digit()))
    {
        words.pop();
    }
    let name = words.join(" ");
    let singular = name.strip_suffix('s').unwrap_or(&name);
    let ends = |name: &str, ending: &str| {
        name.strip_suffix(ending)
            .is_some_and(|before| before.is_empty() || before.ends_with(' '))
    };
    ENDINGS
        .iter()
        .any(|ending| ends(&name, ending) || ends(singular, ending))
}

/// Marks texts, and texts in lists. Nothing else can hold a secret, and an enum is no secret either.
pub(in crate::import) fn mark(schema: &mut Schema) {
    match &mut schema.shape {
        Shape::Primitive(Primitive::String) if schema.values.is_empty() => schema.sensitive = true,
        Shape::List(items) if matches!(items.shape, Shape::Primitive(Primitive::String)) => {
            mark(items);
            schema.sensitive = items.sensitive;
        }
        _ => {}
    }
}

#[cfg(test)]
mod tests {
    use super::is_secret;

    #[test]
    fn secrets_show_in_their_names() {
        for name in [
            "Password",
            "password",
            "MasterUserPassword",
            "consumerGroupNewPassword",
            "AccessKeySecret",
            "ClientSecret",
            "PrivateKey",
            "SecurityToken",
            "accessToken",
            "Password.1",
            "OIDCToken",
            "SAMLAssertion",
            "Passwords",
        ] {
            assert!(is_secret(name), "{name}");
        }
        for name in [
            "NextToken",
            "ClientToken",
            "PageToken",
            "Token",
            "PasswordPolicy",
            "SecretName",
            "AccessKeyId",
            "PasswordReset",
            "KeyPairName",
            "PublicKey",
            "",
        ] {
            assert!(!is_secret(name), "{name}");
        }
    }
}
