//! Names that say that their value is a secret: one list for errors, recordings, commands, the explorer and the gateway.

/// Parts of names.
const PARTS: [&str; 8] = [
    "password",
    "passwd",
    "passphrase",
    "passcode",
    "pwd",
    "secret",
    "credential",
    "privatekey",
];

/// Ends of names.
const ENDS: [&str; 8] = [
    "accesskey",
    "apikey",
    "assertion",
    "authorization",
    "cookie",
    "encryptionkey",
    "signature",
    "signingkey",
];

/// What tells a token that pages through a list or makes a call repeatable from one that opens a door.
const OPEN_TOKENS: [&str; 7] = [
    "next", "page", "paging", "client", "continu", "idempot", "resume",
];

/// Whether values under a name are secret, whoever says so: a parameter, a member, a header. Upper case, lower case and what
/// separates words make no difference.
#[must_use]
pub fn is_secret_name(name: &str) -> bool {
    let name = normalized(name);
    let token = || name.ends_with("token") && !OPEN_TOKENS.iter().any(|open| name.contains(open));
    let singular = name.strip_suffix('s').unwrap_or(&name);
    PARTS.iter().any(|part| name.contains(part))
        || ENDS.iter().any(|end| singular.ends_with(end))
        || token()
}

/// A name in lower case without what separates words. `Password.1` is `password`.
pub(super) fn normalized(name: &str) -> String {
    let plain = name.chars().filter(|c| c.is_alphanumeric());
    let mut name: String = plain.flat_map(char::to_lowercase).collect();
    while name.ends_with(|c: char| c.is_ascii_digit()) {
        name.pop();
    }
    name
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn secrets_show_in_their_names() {
        for name in [
            "Password",
            "master_user_password",
            "SourceEndpoint.Password",
            "Password.1",
            "passwords",
            "DbPwd",
            "PWD",
            "passwd",
            "Token",
            "token.2",
            "X-Acs-Security-Token",
            "OIDCToken",
            "x-acs-zero-trust-idtoken",
            "accessToken",
            "AccessKeySecret",
            "access-key",
            "ApiKey",
            "private.key",
            "SAMLAssertion",
            "Authorization",
            "Proxy-Authorization",
            "set-cookie",
            "Signature",
            "params[password]",
        ] {
            assert!(is_secret_name(name), "{name}");
        }
        for name in [
            "",
            "NextToken",
            "PageToken",
            "ClientToken",
            "ContinuationToken",
            "TokenType",
            "MaxTokens",
            "total_tokens",
            "AccessKeyId",
            "x-acs-accesskey-id",
            "SignatureMethod",
            "x-acs-signature-nonce",
            "PublicKey",
            "KeyPairName",
            "Name",
        ] {
            assert!(!is_secret_name(name), "{name}");
        }
    }
}
