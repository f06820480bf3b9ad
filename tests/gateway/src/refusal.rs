//! Refusals: what the gateway says when it does not do what it was asked to.
//!
//! Each constructor is one error of the service, with the status and code clients look for. The texts are ours.

use std::fmt;

/// Of a string to sign, which grows with the request, this much is quoted.
const MAX_QUOTED: usize = 64 << 10;

/// An error the service would answer with.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Refusal {
    /// The HTTP status.
    pub status: u16,
    /// The error code.
    pub code: String,
    /// The message. It goes back to the caller only: that of a wrong signature quotes what the caller sent.
    pub message: String,
}

impl Refusal {
    /// An error of that status and code.
    pub fn new(status: u16, code: impl Into<String>, message: impl Into<String>) -> Self {
        Self {
            status,
            code: code.into(),
            message: message.into(),
        }
    }

    pub(crate) fn incomplete_signature(message: impl Into<String>) -> Self {
        Self::new(400, "IncompleteSignature", message)
    }

    pub(crate) fn unknown_action(action: &str) -> Self {
        let message = format!("No operation {action:?} is served here: there is no spec of it.");
        Self::new(404, "InvalidAction.NotFound", message)
    }

    pub(crate) fn unknown_version(action: &str, version: &str) -> Self {
        let message = format!("{action} is served, but not in version {version:?}.");
        Self::new(404, "InvalidVersion", message)
    }

    /// A parameter the signature needs, such as `SignatureNonce`; its name becomes part of the code.
    pub(crate) fn missing_common(name: &str) -> Self {
        let message = format!("{name} is mandatory for a signed request and was not sent.");
        Self::new(400, format!("Missing{name}"), message)
    }

    pub(crate) fn missing_parameter(name: &str) -> Self {
        let message = format!("The operation cannot do without {name}, which was not sent.");
        Self::new(400, "MissingParameter", message)
    }

    pub(crate) fn invalid_parameter(name: &str, wanted: &str) -> Self {
        let message = format!("The value of {name} does not read as {wanted}.");
        Self::new(400, "InvalidParameter", message)
    }

    pub(crate) fn signature_method(message: impl Into<String>) -> Self {
        Self::new(400, "InvalidSignatureMethod", message)
    }

    /// Official clients cut the server's string to sign out of the message, one at the first colon, another after a fixed
    /// number of characters: the first sentence keeps the length of the real one and has no colon.
    pub(crate) fn wrong_signature(string_to_sign: &str) -> Self {
        let string_to_sign = string_to_sign.get(..MAX_QUOTED).unwrap_or(string_to_sign);
        let message = format!(
            "The signature given differs from what the secret yields. server string to sign is:{string_to_sign}"
        );
        Self::new(400, "SignatureDoesNotMatch", message)
    }
}

impl fmt::Display for Refusal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} {}: {}", self.status, self.code, self.message)
    }
}

impl std::error::Error for Refusal {}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn official_clients_can_cut_the_string_to_sign_out() {
        let message = Refusal::wrong_signature("POST&%2F&x").message;
        assert_eq!(message.split(':').nth(1), Some("POST&%2F&x"));
        assert_eq!(message.get(82..), Some("POST&%2F&x"));
    }
}
