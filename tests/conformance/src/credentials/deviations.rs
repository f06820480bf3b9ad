//! Where our providers differ from the recorded library on purpose, and how they say that something is wrong.

use serde_json::Value as Json;

use crate::vector::Vector;

/// How we differ, on purpose.
pub(super) enum Change {
    /// The name of the session is our own, and with it the signature is another.
    SessionName,
    /// We know a mode that the library refuses, and go on where it stops.
    Further,
    /// We find a key where the library finds none, or another.
    Serves(&'static str, &'static str),
}

/// The deviation of a vector, by what it holds rather than by its name, so that others of its kind deviate alike.
pub(super) fn deviation(vector: &Vector) -> Option<Change> {
    let requests = vector.value("/expected/requests").map(Json::to_string);
    let requests = requests.unwrap_or_default();
    // The session says which library made it.
    if requests.contains("\"credentials-python-") {
        return Some(Change::SessionName);
    }
    let message = vector.optional("/expected/message").unwrap_or_default();
    let lacks = |mode: &str| message.contains(&format!("unsupported profile mode '{mode}'"));
    if ["CredentialsURI", "RamRoleArnWithEcs"]
        .into_iter()
        .any(lacks)
    {
        return Some(Change::Further);
    }
    Some(match vector.name() {
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
        "credentials/cli/CredentialsURI-unsupported" => "credentials URI: no answer from",
        "credentials/cli/no-profiles" => "there is no profile \"default\"",
        "credentials/cli/not-json" => "is no JSON",
        "credentials/ini/bearer-type-unsupported" => "the type \"bearer\" is not supported",
        "credentials/ini/no-type" => "type is missing",
        _ => return None,
    })
}
