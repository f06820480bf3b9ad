//! What is asked of the Security Token Service, and what its refusals become.

use super::*;
use crate::credentials::Environment;
use crate::credentials::testing::{NOW, Reply, Script, block_on, sts_answer};

fn role(source: impl ProvideCredentials + 'static) -> AssumeRoleCredentials {
    AssumeRoleCredentials::new(source, "acs:ram::1:role/r")
        .environment(Environment::of([("", "")]))
        .session_name("s")
}

fn refusal(code: &str, message: &str) -> Reply {
    let body = format!(r#"{{"Code": "{code}", "Message": "{message}", "RequestId": "R-1"}}"#);
    Reply::Answer(403, body)
}

/// Gives a new key after the first was refused.
#[derive(Debug, Default)]
struct Rotating(std::sync::atomic::AtomicBool);

impl ProvideCredentials for Rotating {
    fn credentials<'a>(&'a self, _: &'a Context) -> CredentialsFuture<'a> {
        let rotated = self.0.load(std::sync::atomic::Ordering::SeqCst);
        let id = if rotated { "new" } else { "old" };
        Box::pin(std::future::ready(Ok(Credentials::new(id, "hunter2"))))
    }

    fn refused(&self, credentials: &Credentials) -> bool {
        let first = credentials.access_key_id() == "old";
        self.0.store(true, std::sync::atomic::Ordering::SeqCst);
        first
    }
}

/// The signature was computed with Python's `hmac` over the string to sign of these parameters.
#[test]
fn a_space_in_the_policy_is_signed_as_it_is_sent() {
    let script = Script::of([sts_answer("a", NOW + 3600)]);
    let (context, _) = script.context();
    let role = role(Credentials::new("a", "b")).policy(r#"{"Version": "1"}"#);
    block_on(role.credentials(&context)).unwrap();
    let url = script.requests()[0].url.clone();
    assert!(
        url.contains("&Policy=%7B%22Version%22%3A%20%221%22%7D&"),
        "{url}"
    );
    assert!(
        url.ends_with("&Signature=iu1UUEmg9E2rAyhv8sM63Qoj8uY%3D"),
        "{url}"
    );
}

#[test]
fn a_refusal_says_what_the_service_said() {
    let script = Script::of([refusal("NoPermission", "You are not authorized.")]);
    let (context, _) = script.context();
    let why = block_on(role(Credentials::new("a", "b")).credentials(&context)).unwrap_err();
    assert_eq!(
        why.to_string(),
        "AssumeRole: HTTP 403, NoPermission: You are not authorized. (request ID R-1)"
    );
}

#[test]
fn no_secret_shows_in_an_error_or_a_debug_print() {
    let source = Credentials::new("a", "hunter2").with_security_token("token9");
    let replies = [
        refusal(
            "SignatureDoesNotMatch",
            "server string to sign is:GET&%2F&SecurityToken%3Dtoken9",
        ),
        refusal("Odd", "got hunter2 and token9"),
        Reply::json(r#"{"Credentials": {"AccessKeySecret": "hunter2", "SecurityToken": "token9""#),
        Reply::json(
            r#"{"Credentials": {"AccessKeySecret": "hunter2", "SecurityToken": "token9"}}"#,
        ),
        Reply::Answer(502, "<html>hunter2 token9</html>".into()),
        Reply::Unreachable,
    ];
    let script = Script::of(replies.clone());
    let (context, _) = script.context();
    let role = role(source);
    for _ in replies {
        let why = block_on(role.credentials(&context)).unwrap_err();
        let shown = format!("{why} {why:?} {role:?} {:?}", script.requests());
        assert!(shown.contains("AssumeRole"), "{shown}");
        for secret in ["hunter2", "token9", "Signature="] {
            assert!(!shown.contains(secret), "{shown}");
        }
    }
}

#[test]
fn a_source_that_was_refused_is_asked_once_more() {
    let bad = || refusal("InvalidAccessKeyId.NotFound", "no such key");
    let script = Script::of([bad(), sts_answer("a", NOW + 3600)]);
    let (context, _) = script.context();
    block_on(role(Rotating::default()).credentials(&context)).unwrap();
    let urls: Vec<_> = script
        .requests()
        .into_iter()
        .map(|request| request.url)
        .collect();
    assert!(urls[0].contains("AccessKeyId=old&") && urls[1].contains("AccessKeyId=new&"));

    let script = Script::of([bad(), bad(), bad()]);
    let (context, _) = script.context();
    block_on(role(Rotating::default()).credentials(&context)).unwrap_err();
    assert_eq!(script.requests().len(), 2);
}

#[test]
fn a_role_is_named_and_a_session_long_enough() {
    let (context, _) = Script::default().context();
    let error = |role: AssumeRoleCredentials| {
        block_on(role.credentials(&context))
            .unwrap_err()
            .to_string()
    };
    let short = std::time::Duration::from_secs(899);
    assert_eq!(
        error(role(Credentials::new("a", "b")).duration(short)),
        "AssumeRole: a session lasts 900 seconds at least, not 899"
    );
    assert_eq!(
        error(AssumeRoleCredentials::new(Credentials::new("a", "b"), "")),
        "AssumeRole: no role is named"
    );
    assert!(error(role(Credentials::bearer("t"))).contains("bearer"));
}

#[test]
fn a_refused_session_is_replaced() {
    let script = Script::of([sts_answer("a", NOW + 3600), sts_answer("b", NOW + 3600)]);
    let (context, _) = script.context();
    let role = role(Credentials::new("a", "b"));
    let first = block_on(role.credentials(&context)).unwrap();
    assert_eq!(block_on(role.credentials(&context)), Ok(first.clone()));
    assert!(role.refused(&first));
    let second = block_on(role.credentials(&context)).unwrap();
    assert_eq!(second.access_key_id(), "STS.b");
}
