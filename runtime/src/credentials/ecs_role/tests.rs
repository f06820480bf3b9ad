//! The ways around a token that cannot be had, and refusals.

use super::*;
use crate::credentials::testing::{Reply, Script, block_on};

const KEY: &str = r#"{"Code": "Success", "AccessKeyId": "STS.ecs", "AccessKeySecret": "s", "SecurityToken": "t",
    "Expiration": "2024-05-06T18:53:20Z"}"#;

fn role(variables: &[(&str, &str)]) -> EcsRoleCredentials {
    EcsRoleCredentials::new()
        .environment(Environment::of(variables.iter().copied()))
        .endpoint("http://127.0.0.1:1")
        .role_name("r")
}

/// Whether each request had a token.
fn with_token(script: &Script) -> Vec<(Method, bool)> {
    let requests = script.requests().into_iter();
    requests
        .map(|request| {
            assert!(
                request.url.starts_with("http://127.0.0.1:1/latest/"),
                "{request:?}"
            );
            let token = |(name, _): &(_, _)| name == "x-aliyun-ecs-metadata-token";
            (request.method, request.headers.iter().any(token))
        })
        .collect()
}

#[test]
fn without_a_token_the_first_version_serves() {
    let script = Script::of([Reply::Answer(404, String::new()), Reply::json(KEY)]);
    let (context, _) = script.context();
    let key = block_on(role(&[]).credentials(&context)).unwrap();
    assert_eq!(
        (key.access_key_id(), key.provider()),
        ("STS.ecs", "ecs_ram_role")
    );
    assert_eq!(
        with_token(&script),
        [(Method::Put, false), (Method::Get, false)]
    );
}

#[test]
fn a_read_that_fails_with_a_token_is_tried_without() {
    let replies = [
        Reply::json("tok"),
        Reply::Answer(403, String::new()),
        Reply::json(KEY),
    ];
    let script = Script::of(replies);
    let (context, _) = script.context();
    block_on(role(&[]).credentials(&context)).unwrap();
    let expected = [
        (Method::Put, false),
        (Method::Get, true),
        (Method::Get, false),
    ];
    assert_eq!(with_token(&script), expected);
}

#[test]
fn a_token_may_be_required() {
    let by_variable = role(&[("ALIBABA_CLOUD_IMDSV1_DISABLED", "True")]);
    for role in [by_variable, role(&[]).require_token(true)] {
        let script = Script::of([Reply::json("tok"), Reply::Answer(403, String::new())]);
        let (context, _) = script.context();
        block_on(role.credentials(&context)).unwrap_err();
        assert_eq!(script.requests().len(), 2);
    }
}

#[test]
fn refusals_are_explained() {
    let explain = |variables: &[(&str, &str)], replies: Vec<Reply>| {
        let (context, _) = Script::of(replies).context();
        let why = block_on(role(variables).credentials(&context)).unwrap_err();
        why.to_string()
    };
    assert_eq!(
        explain(&[("ALIBABA_CLOUD_ECS_METADATA_DISABLED", "TRUE")], vec![]),
        "turned off by ALIBABA_CLOUD_ECS_METADATA_DISABLED"
    );
    let failed = Reply::json(r#"{"Code": "Failed", "AccessKeySecret": "hunter2"}"#);
    assert_eq!(
        explain(&[], vec![Reply::json("tok"), failed]),
        "ECS metadata service: no credentials for the role r: Failed"
    );
    assert_eq!(
        explain(
            &[],
            vec![
                Reply::json("tok"),
                Reply::json(r#"{"AccessKeySecret": "hunter2"#)
            ]
        ),
        "ECS metadata service: the answer cannot be read: JSON string without an end at byte 28"
    );
    assert_eq!(
        explain(&[], vec![]),
        "ECS metadata service: no answer from 127.0.0.1:1: connection refused"
    );
}

#[test]
fn the_role_may_be_found_or_named_by_a_variable() {
    let nameless = |variables: &[(&str, &str)]| role(variables).role_name("");
    let script = Script::of(["tok", "found\n", "tok", KEY].map(Reply::json));
    let (context, _) = script.context();
    block_on(nameless(&[]).credentials(&context)).unwrap();
    assert!(
        script.requests()[3]
            .url
            .ends_with("/security-credentials/found")
    );

    let script = Script::of(["tok", KEY].map(Reply::json));
    let (context, _) = script.context();
    block_on(nameless(&[("ALIBABA_CLOUD_ECS_METADATA", "../x")]).credentials(&context)).unwrap();
    assert!(
        script.requests()[1]
            .url
            .ends_with("/security-credentials/..%2Fx")
    );
}

#[test]
fn a_role_that_the_instance_does_not_have_is_named() {
    let replies = [Reply::json("tok"), Reply::Answer(404, "not found".into())];
    let script = Script::of(replies);
    script.add([Reply::Answer(404, "not found".into())]);
    let (context, _) = script.context();
    let why = block_on(role(&[]).credentials(&context)).unwrap_err();
    assert!(
        why.to_string().contains("the instance has no role r:"),
        "{why}"
    );
}

/// The key of the tests expires at 2024-05-06T18:53:20Z, six hours on.
#[test]
fn expired_keys_serve_while_the_service_is_away() {
    let script = Script::of([Reply::json("tok"), Reply::json(KEY)]);
    let (context, clock) = script.context();
    let provider = role(&[]);
    let key = block_on(provider.credentials(&context)).unwrap();
    let expired = crate::credentials::testing::NOW + 7 * 3600;
    clock.set(expired);
    for later in [0, 1, 299] {
        clock.set(expired + later);
        assert_eq!(block_on(provider.credentials(&context)), Ok(key.clone()));
    }
    let asked = script.requests().len();
    // At the latest after ten minutes the service is asked again; it is back.
    script.add([
        Reply::json("tok"),
        Reply::json(
            &KEY.replace("STS.ecs", "STS.new")
                .replace("2024-05-06", "2024-05-07"),
        ),
    ]);
    clock.set(expired + 601);
    let key = block_on(provider.credentials(&context)).unwrap();
    assert_eq!(key.access_key_id(), "STS.new");
    assert_eq!(script.requests().len(), asked + 2);
    // A service that answers and refuses is not away.
    clock.set(expired + 48 * 3600);
    let gone = || Reply::Answer(404, String::new());
    script.add([gone(), gone(), gone(), gone()]);
    assert!(block_on(provider.credentials(&context)).is_err());
}
