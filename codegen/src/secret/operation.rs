//! Judging an operation: whether its answer hands out a secret, whatever its fields are called.

use super::name::{is_about, part_of};
use super::words::{ENVELOPE, GENERIC, HANDING_OUT, JOINTS, LOOKING, SECRETS_OF_OPERATIONS};
use crate::model::names::words;

/// What an operation hands out.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Hands {
    /// No secret.
    Nothing,
    /// An address that opens a door: `GetLoginUrl`.
    Address,
    /// A secret among what else there is to say of it: `DescribeLicenseKey`.
    Some,
    /// A secret: `GetToken`.
    Secret,
}

/// What an operation of that name hands out.
pub(super) fn hands_out(operation: &str) -> Hands {
    let words = words(operation);
    let Some((verb, rest)) = words.split_first() else {
        return Hands::Nothing;
    };
    // `AssumeRoleWithOIDC`, `Decrypt`: the verb alone says it.
    if matches!(verb.as_str(), "assume" | "decrypt") {
        return Hands::Secret;
    }
    let noun = noun(rest);
    let known = SECRETS_OF_OPERATIONS
        .iter()
        .find(|known| noun.contains(known));
    let part = part_of(&noun).or_else(|| known.filter(|_| !is_about(&noun)));
    match part {
        // Nothing is handed out, or nothing that the caller did not bring.
        None
        | Some(
            "authentication" | "authorization" | "dingrobot" | "roboturl" | "userdata" | "webhook",
        ) => Hands::Nothing,
        Some(part) if part.ends_with("url") => Hands::Address,
        Some(_) if HANDING_OUT.contains(verb) => Hands::Secret,
        Some(_) if LOOKING.contains(verb) => Hands::Some,
        Some(_) => Hands::Nothing,
    }
}

/// What an operation is about: `DataKey` in `GenerateAndExportDataKeyByAliasV2`.
fn noun(mut words: &[String]) -> String {
    let is_joint = |word: &str| JOINTS.contains(word);
    let is_version = |word: &str| word.len() == 2 && word.starts_with('v');
    while let [joint, _verb, rest @ ..] = words
        && is_joint(joint)
    {
        words = rest;
    }
    let words = words.iter().map(String::as_str);
    words
        .take_while(|word| !is_joint(word) && !is_version(word))
        .collect()
}

impl Hands {
    /// Whether a field of the answer holds what is handed out, by its plain name; the answer as a whole has none.
    pub(super) fn holds(self, field: &str) -> bool {
        let generic = || {
            field.is_empty()
                || GENERIC.contains(field)
                || matches!(field, "output" | "response" | "result")
        };
        match self {
            Self::Nothing => false,
            Self::Address => generic() || field.ends_with("url") || field.ends_with("link"),
            Self::Some => generic(),
            Self::Secret => generic() || !ENVELOPE.contains(field) && !is_about(field),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn operations_hand_out_what_they_are_named_after() {
        for name in [
            "GetToken",
            "getAuthToken",
            "CreateTokenByCode",
            "CreateAccessKey",
            "CreateKeyPair",
            "GenerateDataKey",
            "GenerateDataKeyWithoutPlaintext",
            "GenerateAndExportDataKey",
            "GenerateDataKeyPair",
            "AssumeRole",
            "AssumeRoleWithSAML",
            "Decrypt",
            "GetSecretValue",
            "GetRandomPassword",
            "ResetAccountPassword",
            "CreateVirtualMFADevice",
            "CreateApiKeyV2",
            "GetKubeconfig",
            "RefreshUserToken",
            "CreateTicket",
        ] {
            assert_eq!(hands_out(name), Hands::Secret, "{name}");
        }
        for name in [
            "DescribeTraceLicenseKey",
            "DescribeClusterUserKubeconfig",
            "ListAccessKeys",
        ] {
            assert_eq!(hands_out(name), Hands::Some, "{name}");
        }
        for name in ["DescribeInstanceVncUrl", "GetLoginUrl"] {
            assert_eq!(hands_out(name), Hands::Address, "{name}");
        }
        for name in [
            "",
            "Get",
            "GetPasswordPolicy",
            "GetAccessKeyLastUsed",
            "DeleteAccessKey",
            "RevokeToken",
            "ModifyAccountPassword",
            "CreateWebhook",
            "CreateAuthorization",
            "DescribeInstances",
            "GetMetadataKey",
            "CreateTokenizer",
        ] {
            assert_eq!(hands_out(name), Hands::Nothing, "{name}");
        }
    }

    #[test]
    fn of_what_is_handed_out_the_envelope_is_open() {
        for field in [
            "token",
            "data",
            "result",
            "",
            "privatekeybody",
            "sessionblob",
        ] {
            assert!(Hands::Secret.holds(field), "{field}");
        }
        for field in [
            "requestid",
            "expiration",
            "expiretime",
            "accesskeyid",
            "keypairname",
            "code",
            "message",
            "arn",
            "success",
            "createdate",
            "status",
            "region",
        ] {
            assert!(!Hands::Secret.holds(field), "{field}");
            assert!(!Hands::Some.holds(field), "{field}");
        }
    }
}
