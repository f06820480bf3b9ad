//! Where our providers differ from the recorded library on purpose, and how they say that something is wrong.

/// How we differ, on purpose.
pub(super) enum Change {
    /// The name of the session is our own, and with it the signature is another.
    SessionName,
    /// We find a key where the library finds none, or another.
    Serves(&'static str, &'static str),
}

/// The deviation of a vector.
pub(super) fn deviation(vector: &str) -> Option<Change> {
    Some(match vector {
        // The session says which library made it.
        "credentials/chain/oidc-env"
        | "credentials/chain/oidc-env-vpc-without-region"
        | "credentials/chain/oidc-beats-cli"
        | "credentials/cli/RamRoleArn-defaults" => Change::SessionName,
        // Other official libraries read the file without an extension, so both are tried.
        "credentials/chain/ini-without-extension-is-not-read" => Change::Serves("iniAk", "iniSk"),
        // A secret is not cut at a # within it.
        "credentials/ini/inline-comment" => Change::Serves("iniAk", "ini#Sk"),
        _ => return None,
    })
}

/// What our explanation says where the library raises an exception. Of a vector that is new, any explanation will do.
pub(super) fn reason(vector: &str) -> Option<&'static str> {
    Some(match vector {
        "credentials/chain/ecs-v1-disabled" => "ECS metadata service: HTTP 404",
        "credentials/cli/AK-missing-secret" => "access_key_secret is missing",
        "credentials/cli/CloudSSO-expired" => "log in again with the CLI",
        "credentials/cli/External-sts-without-token" => "it printed no sts_token",
        "credentials/cli/External-nonzero-exit" => "it failed (exit status: 1)",
        "credentials/cli/CredentialsURI-unsupported" => {
            "\"CredentialsURI\": this mode is not supported"
        }
        "credentials/cli/no-profiles" => "there is no profile \"default\"",
        "credentials/cli/not-json" => "is no JSON",
        "credentials/ini/bearer-type-unsupported" => "the type \"bearer\" is not supported",
        "credentials/ini/no-type" => "type is missing",
        _ => return None,
    })
}
