//! What the chain says when it finds nothing, and what it remembers when it does.

use super::*;
use crate::credentials::testing::{Reply, Script, block_on, poll_once};

const ECS: &str = r#"{"Code": "Success", "AccessKeyId": "STS.ecs", "AccessKeySecret": "s", "SecurityToken": "t",
    "Expiration": "2024-05-06T18:53:20Z"}"#;

fn chain(variables: &[(&str, &str)], home: &std::path::Path) -> DefaultCredentials {
    DefaultCredentials::new()
        .environment(Environment::of(variables.iter().copied()).with_home(home))
        .metadata_endpoint("http://127.0.0.1:1")
}

#[test]
fn when_nothing_is_found_every_source_says_why() {
    let home = tempfile::tempdir().unwrap();
    let variables = [
        ("ALIBABA_CLOUD_ACCESS_KEY_SECRET", "hunter2"),
        ("ALIBABA_CLOUD_ROLE_ARN", "acs:ram::1:role/r"),
    ];
    let (context, _) = Script::default().context();
    let chain = chain(&variables, home.path());
    let why = block_on(chain.credentials(&context)).unwrap_err();
    let shown = why.to_string().replace(home.path().to_str().unwrap(), "~");
    assert_eq!(
        shown.replace('\\', "/"),
        "none found, tried: environment (ALIBABA_CLOUD_ACCESS_KEY_ID not set); OIDC role \
         (ALIBABA_CLOUD_OIDC_PROVIDER_ARN and ALIBABA_CLOUD_OIDC_TOKEN_FILE not set); CLI profile \
         (~/.aliyun/config.json does not exist); credentials file (~/.alibabacloud/credentials.ini and \
         ~/.alibabacloud/credentials do not exist); ECS role (ECS metadata service: no answer from 127.0.0.1:1: connection refused); \
         credentials URI (ALIBABA_CLOUD_CREDENTIALS_URI not set). Set ALIBABA_CLOUD_ACCESS_KEY_ID and \
         ALIBABA_CLOUD_ACCESS_KEY_SECRET, run `aliyun configure`, or give the configuration credentials of its own"
    );
    assert!(!format!("{why:?} {chain:?}").contains("hunter2"));
}

#[test]
fn sources_can_be_turned_off() {
    let home = tempfile::tempdir().unwrap();
    let variables = [
        ("ALIBABA_CLOUD_CLI_PROFILE_DISABLED", "TRUE"),
        ("ALIBABA_CLOUD_ECS_METADATA_DISABLED", "true"),
        ("ALIBABA_CLOUD_CREDENTIALS_URI", "ftp://hunter2"),
    ];
    let script = Script::default();
    let (context, _) = script.context();
    let why = block_on(chain(&variables, home.path()).credentials(&context))
        .unwrap_err()
        .to_string();
    for part in [
        "CLI profile (turned off by ALIBABA_CLOUD_CLI_PROFILE_DISABLED)",
        "ECS role (turned off by ALIBABA_CLOUD_ECS_METADATA_DISABLED)",
        "credentials URI (credentials URI: ALIBABA_CLOUD_CREDENTIALS_URI is no address that starts with http:// or https:// and a host)",
    ] {
        assert!(why.contains(part), "{why}");
    }
    assert!(!why.contains("hunter2") && script.requests().is_empty());
}

#[test]
fn the_first_that_serves_is_remembered() {
    let home = tempfile::tempdir().unwrap();
    let script = Script::of(["tok", "role", "tok", ECS].map(Reply::json));
    let (context, clock) = script.context();
    let chain = chain(&[], home.path());
    let first = block_on(chain.credentials(&context)).unwrap();
    assert_eq!(first.provider(), "default/ecs_ram_role");
    // A profile that turns up later is not looked at, not even when the service fails at last.
    let file = home.path().join(".alibabacloud");
    std::fs::create_dir_all(&file).unwrap();
    let text = "[default]\ntype=access_key\naccess_key_id=i\naccess_key_secret=s";
    std::fs::write(file.join("credentials.ini"), text).unwrap();
    assert_eq!(block_on(chain.credentials(&context)), Ok(first.clone()));
    assert!(chain.refused(&first));
    let why = block_on(chain.credentials(&context))
        .unwrap_err()
        .to_string();
    assert!(why.starts_with("ECS metadata service: no answer"), "{why}");
    clock.set(0);
    assert!(
        !DefaultCredentials::new().refused(&first),
        "nothing was given yet"
    );
}

#[test]
fn many_callers_share_one_search() {
    let home = tempfile::tempdir().unwrap();
    let script = Script::of([Reply::Never]);
    let (context, _) = script.context();
    let chain = chain(&[], home.path());
    let mut calls: Vec<_> = (0..20).map(|_| chain.credentials(&context)).collect();
    for call in &mut calls {
        assert!(poll_once(call).is_pending());
    }
    assert_eq!(script.requests().len(), 1);
    // When all of them have gone, the next begins anew.
    drop(calls);
    script.add(["tok", "role", "tok", ECS].map(Reply::json));
    assert!(block_on(chain.credentials(&context)).is_ok());
    assert_eq!(script.requests().len(), 5);
}

/// A key with a blank in it is a mistake to be seen, not a reason to act as somebody else.
#[test]
fn a_key_that_cannot_be_one_ends_the_search() {
    let home = tempfile::tempdir().unwrap();
    let folder = home.path().join(".aliyun");
    std::fs::create_dir(&folder).unwrap();
    let profile = |id: &str| {
        let text = format!(
            r#"{{"current": "d", "profiles": [{{"name": "d", "mode": "AK", "access_key_id": "{id}",
                "access_key_secret": "hunter2"}}]}}"#
        );
        std::fs::write(folder.join("config.json"), text).unwrap();
    };
    let ask = |variables: &[(&str, &str)]| {
        let (context, _) = Script::default().context();
        block_on(chain(variables, home.path()).credentials(&context))
    };
    profile("other");
    let broken = [
        ("ALIBABA_CLOUD_ACCESS_KEY_ID", "my id"),
        ("ALIBABA_CLOUD_ACCESS_KEY_SECRET", "hunter2"),
    ];
    let why = ask(&broken).unwrap_err().to_string();
    assert!(why.contains("ALIBABA_CLOUD_ACCESS_KEY_ID"), "{why}");
    assert!(!why.contains("hunter2"), "{why}");
    let uri = ("ALIBABA_CLOUD_CREDENTIALS_URI", "http://127.0.0.1:1/");
    profile("o ther");
    let why = ask(&[uri]).unwrap_err().to_string();
    assert!(why.starts_with("CLI profile: "), "{why}");
    profile(" other\\n");
    assert_eq!(ask(&[uri]).unwrap().access_key_id(), "other");
}
