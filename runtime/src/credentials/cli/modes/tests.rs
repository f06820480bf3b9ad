//! Chains of profiles, and what each mode cannot do without.

use super::*;
use crate::credentials::Environment;
use crate::credentials::testing::{NOW, Reply, Script, block_on, sts_answer};
use crate::time::timestamp;

fn provider(profiles: &str, name: &str) -> Result<Provider, CredentialsError> {
    let config = CliConfig::parse(&format!(r#"{{"profiles": [{profiles}]}}"#)).unwrap();
    let setup = Setup {
        environment: Environment::of([("", "")]),
        ..Setup::default()
    };
    let modes = Modes {
        config: &config,
        setup: &setup,
        file: Path::new("nowhere"),
    };
    modes.provider(name)
}

fn error(profiles: &str, name: &str) -> String {
    provider(profiles, name).unwrap_err().to_string()
}

fn chained(name: &str, source: &str) -> String {
    format!(
        r#"{{"name": "{name}", "mode": "ChainableRamRoleArn", "source_profile": "{source}", "ram_role_arn": "arn"}}"#
    )
}

#[test]
fn a_circle_of_profiles_is_named() {
    let circle = [chained("a", "b"), chained("b", "c"), chained("c", "b")].join(",");
    assert_eq!(
        error(&circle, "a"),
        "profiles are each other's source: a -> b -> c -> b"
    );
    assert_eq!(
        error(&chained("a", "a"), "a"),
        "profiles are each other's source: a -> a"
    );
}

#[test]
fn a_chain_has_a_longest_length_and_an_end() {
    let long: Vec<_> = (0..1000)
        .map(|at| chained(&at.to_string(), &(at + 1).to_string()))
        .collect();
    let long = long.join(",");
    assert!(error(&long, "0").contains("more than 16 profiles"));
    assert_eq!(
        error(&long, "990"),
        "there is no profile \"1000\" in the file"
    );
}

#[test]
fn what_a_mode_needs_is_named() {
    for (members, missing) in [
        (r#""mode": "AK""#, "access_key_id"),
        (r#""mode": "AK", "access_key_id": "i""#, "access_key_secret"),
        (
            r#""mode": "StsToken", "access_key_id": "i", "access_key_secret": "s""#,
            "sts_token",
        ),
        (
            r#""mode": "RamRoleArn", "access_key_id": "i", "access_key_secret": "s""#,
            "ram_role_arn",
        ),
        (r#""mode": "ChainableRamRoleArn""#, "source_profile"),
        (
            r#""mode": "OIDC", "ram_role_arn": "r""#,
            "oidc_provider_arn",
        ),
        (
            r#""mode": "OIDC", "ram_role_arn": "r", "oidc_provider_arn": "p""#,
            "oidc_token_file",
        ),
        (r#""mode": "CloudSSO""#, "cloud_sso_sign_in_url"),
        (
            r#""mode": "External", "process_command": " ""#,
            "process_command",
        ),
    ] {
        let why = error(&format!(r#"{{"name": "a", {members}}}"#), "a");
        assert!(why.starts_with("profile \"a\", mode "), "{why}");
        assert!(why.ends_with(&format!("{missing} is missing")), "{why}");
    }
    let why = error(r#"{"name": "a", "mode": "ak"}"#, "a");
    assert!(
        why.starts_with("profile \"a\", mode \"ak\": this mode is not supported"),
        "{why}"
    );
}

#[test]
fn the_session_of_an_oidc_profile_has_two_names() {
    let token = tempfile::NamedTempFile::new().unwrap();
    std::fs::write(token.path(), "jwt").unwrap();
    let path = serde_json::to_string(token.path()).unwrap();
    for (members, session) in [
        (r#""ram_session_name": "a""#, "a"),
        (r#""ram_session_name": "a", "role_session_name": "b""#, "b"),
    ] {
        let profile = format!(
            r#"{{"name": "p", "mode": "OIDC", "ram_role_arn": "r", "oidc_provider_arn": "o",
                "oidc_token_file": {path}, "expired_seconds": "1800", {members}}}"#
        );
        let script = Script::of([sts_answer("x", NOW + 1800)]);
        let (context, _) = script.context();
        block_on(provider(&profile, "p").unwrap().credentials(&context)).unwrap();
        let url = script.requests()[0].url.clone();
        assert!(
            url.contains(&format!("RoleSessionName={session}&")),
            "{url}"
        );
        assert!(url.contains("DurationSeconds=1800&"), "{url}");
    }
}

#[test]
fn an_access_token_of_cloud_sso_is_changed_for_a_key() {
    let profile = format!(
        r#"{{"name": "p", "mode": "CloudSSO", "cloud_sso_sign_in_url": "https://signin.example.com/device/login?x",
            "cloud_sso_account_id": "acc", "cloud_sso_access_config": "ac-1", "access_token": "hunter2",
            "cloud_sso_access_token_expire": {}}}"#,
        NOW + 1
    );
    let expiration = timestamp(crate::credentials::testing::at(NOW + 3600));
    let answer = format!(
        r#"{{"CloudCredential": {{"AccessKeyId": "sso", "AccessKeySecret": "s", "SecurityToken": "t",
            "Expiration": "{expiration}"}}}}"#
    );
    let refusal = Reply::Answer(
        401,
        r#"{"ErrorCode": "Unauthorized", "ErrorMessage": "not hunter2"}"#.into(),
    );
    let script = Script::of([refusal, Reply::json(&answer)]);
    let (context, clock) = script.context();
    let provider = provider(&profile, "p").unwrap();
    let why = block_on(provider.credentials(&context))
        .unwrap_err()
        .to_string();
    assert_eq!(why, "CloudSSO: HTTP 401, Unauthorized: not [redacted]");
    let key = block_on(provider.credentials(&context)).unwrap();
    assert_eq!((key.access_key_id(), key.provider()), ("sso", "cloud_sso"));
    let sent = script.requests().remove(1);
    assert_eq!(sent.url, "https://signin.example.com/cloud-credentials");
    assert_eq!(
        &sent.body[..],
        br#"{"AccountId":"acc","AccessConfigurationId":"ac-1"}"#
    );
    assert!(
        sent.headers
            .contains(&("authorization".into(), "Bearer hunter2".into()))
    );
    assert!(!format!("{provider:?}").contains("hunter2"));
    provider.refused(&key);
    clock.set(NOW + 1);
    let why = block_on(provider.credentials(&context))
        .unwrap_err()
        .to_string();
    assert!(why.contains("log in again"), "{why}");
}

#[test]
fn the_rest_of_the_modes() {
    use crate::credentials::testing::{NOW, Reply, Script, block_on, sts_answer};

    let text = r#"{"profiles": [
        {"name": "uri", "mode": "CredentialsURI", "credentials_uri": "http://127.0.0.1:1/key"},
        {"name": "open", "mode": "CredentialsURI", "credentials_uri": "http://example.com/key"},
        {"name": "ecs", "mode": "RamRoleArnWithEcs", "ram_role_name": "r", "ram_role_arn": "acs:ram::1:role/x"},
        {"name": "rsa", "mode": "RsaKeyPair"},
        {"name": "odd", "mode": "ak"}
    ]}"#;
    let config = CliConfig::parse(text).unwrap();
    let setup = Setup {
        environment: crate::credentials::Environment::of([("", "")]),
        metadata: Some("http://127.0.0.1:2".into()),
        prefix: "cli_profile/",
    };
    let modes = Modes {
        config: &config,
        setup: &setup,
        file: std::path::Path::new("config.json"),
    };
    let key = r#"{"Code": "Success", "AccessKeyId": "i", "AccessKeySecret": "s", "SecurityToken": "t",
        "Expiration": "2024-05-06T13:53:20Z"}"#;
    let script = Script::of([
        Reply::json(key),
        Reply::json("token"),
        Reply::json(key),
        sts_answer("a", NOW + 3600),
    ]);
    let (context, _) = script.context();
    let ask = |name: &str| {
        let provider = modes.provider(name)?;
        block_on(provider.credentials(&context))
    };
    let got = ask("uri").unwrap();
    assert_eq!(
        (got.access_key_id(), got.provider()),
        ("i", "cli_profile/credential_uri")
    );
    let got = ask("ecs").unwrap();
    assert_eq!(
        (got.access_key_id(), got.provider()),
        ("STS.a", "cli_profile/ram_role_arn/ecs_ram_role")
    );
    let url = script.requests().last().unwrap().url.clone();
    assert!(
        url.contains("SecurityToken=t") && url.contains("AccessKeyId=i"),
        "{url}"
    );
    for (name, reason) in [
        ("open", "credentials_uri is plain http to another machine"),
        ("rsa", "RSA"),
        ("odd", "those that are: AK, StsToken"),
    ] {
        let why = ask(name).unwrap_err().to_string();
        assert!(why.contains(reason), "{why}");
    }
}
