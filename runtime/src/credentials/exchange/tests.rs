//! Where exchanges may go, when they are repeated, and what they learn.

use super::*;
use crate::credentials::testing::{NOW, Reply, Script, at, block_on};

fn ask(url: &str, script: &Script) -> Result<Bytes, Failure> {
    let (context, _) = script.context();
    let exchange = Exchange {
        what: "X",
        setting: "THE_SETTING",
        request: request(Method::Get, url.to_owned(), Vec::new()),
        secrets: &[],
    };
    block_on(exchange.send(&context))
}

#[test]
fn messages_are_one_short_line_without_secrets() {
    assert_eq!(
        presentable("the token abc.def\nis bad ", &["abc.def\n", ""]),
        "the token [redacted]\\nis bad"
    );
    assert_eq!(
        presentable(
            "mismatch, server String to sign is:GET&%2F&SecurityToken%3Dabc",
            &[]
        ),
        "mismatch, server String to sign is:[redacted]"
    );
    let long = presentable(&"中".repeat(400), &[]);
    assert_eq!(long, "中".repeat(300) + "… (100 more characters)");
}

/// Whatever of the request a message repeats: headers, the query and the body are told by the names in them.
#[test]
fn nothing_that_was_sent_comes_back_in_a_message() {
    let echo = r#"{"Code":"Bad.canary%2F1","Message":"no &#99;anary/2, ca\u006eary/3 canary/4\nWARN","RequestId":"canary/5"}"#;
    let script = Script::of([Reply::Answer(403, echo.into())]);
    let (context, _) = script.context();
    let mut request = request(
        Method::Post,
        "https://sts.aliyuncs.com/?SecurityToken=canary%2F1&Signature=canary%2F2".into(),
        vec![header("x-metadata-token", "canary/3")],
    );
    request.body = "OIDCToken=canary%2F4".into();
    let exchange = Exchange {
        what: "X",
        setting: "THE_SETTING",
        request,
        secrets: &["canary/5"],
    };
    let why = block_on(exchange.send(&context)).err().unwrap();
    let why = CredentialsError::from(why).to_string();
    assert_eq!(
        why,
        "X: HTTP 403, Bad.[redacted]: no [redacted], [redacted] [redacted]\\nWARN (request ID [redacted])"
    );
}

#[test]
fn nothing_goes_over_plain_http_to_another_machine() {
    for good in [
        "https://sts.aliyuncs.com/?a",
        "HTTPS://sts.aliyuncs.com",
        "http://127.0.0.1:8080/x",
        "http://127.1.2.3/x",
        "http://localhost/x@y",
        "http://[::1]:1/",
        "http://[::ffff:127.0.0.1]/",
        "http://100.100.100.200/latest/",
        "http://100.100.100.200:80/latest/",
    ] {
        let script = Script::of([Reply::json("{}")]);
        assert!(ask(good, &script).is_ok(), "{good}");
    }
    for bad in [
        "http://sts.aliyuncs.com/",
        "HTTP://sts.aliyuncs.com/",
        "http://127.0.0.1.evil.com/",
        "http://localhost.evil.com/",
        "http://localhost@evil.com/",
        "http://127.0.0.1:80@evil.com/",
        "http://100.100.100.200.evil.com/",
        "http://100.100.100.200@evil.com/",
        "http://100.100.100.201/",
        "http://10.0.0.1/",
        "http://2130706433/",
        "http://0x7f000001/",
        "http://127.1/",
        "http://127.0.0.1\t.evil.com/",
        "http://evil.com\\@127.0.0.1/",
        "http:\\\\evil.com/",
        "http:/evil.com/",
        "http://",
        "ftp://127.0.0.1/",
        "evil.com",
        "",
    ] {
        let script = Script::of([Reply::json("{}")]);
        let refused: CredentialsError = ask(bad, &script).map(drop).unwrap_err().into();
        assert!(refused.to_string().contains("THE_SETTING"), "{refused}");
        assert!(
            !refused.is_transient() && script.requests().is_empty(),
            "{bad}"
        );
    }
}

#[test]
fn what_fails_for_a_while_is_repeated() {
    let throttled = Reply::Answer(400, r#"{"Code": "Throttling.User"}"#.into());
    for failure in [
        Reply::Unreachable,
        Reply::Answer(503, String::new()),
        throttled,
    ] {
        let script = Script::of([failure.clone(), failure.clone(), Reply::json("{}")]);
        assert!(ask("https://x.y", &script).is_ok(), "{failure:?}");
        let script = Script::of([failure.clone(), failure.clone(), failure.clone()]);
        let why: CredentialsError = ask("https://x.y", &script).map(drop).unwrap_err().into();
        assert!(why.is_transient(), "{failure:?}");
        assert_eq!(script.requests().len(), 3);
    }
    for refusal in [
        Reply::Answer(400, r#"{"Code": "InvalidParameter"}"#.into()),
        Reply::Answer(403, String::new()),
        Reply::Answer(404, "Throttling".into()),
    ] {
        let script = Script::of([refusal.clone(), Reply::json("{}")]);
        let why: CredentialsError = ask("https://x.y", &script).map(drop).unwrap_err().into();
        assert!(!why.is_transient(), "{refusal:?}");
        assert_eq!(script.requests().len(), 1);
    }
    // Where there is no metadata service nobody waits for one.
    let script = Script::of([Reply::Unreachable, Reply::json("{}")]);
    assert!(ask("http://100.100.100.200/", &script).is_err());
    assert_eq!(script.requests().len(), 1);
}

#[test]
fn the_time_is_learnt_from_a_service_that_finds_ours_wrong() {
    use crate::credentials::{
        AssumeRoleCredentials, Credentials, Environment, ProvideCredentials as _,
    };

    let expired = r#"{"Code": "InvalidTimeStamp.Expired", "Message": "m"}"#;
    let two_hours_on = Reply::Dated(400, "Mon, 06 May 2024 14:53:20 GMT", expired.into());
    let script = Script::of([
        two_hours_on,
        crate::credentials::testing::sts_answer("a", NOW + 2 * 3600 + 900),
    ]);
    let (context, _) = script.context();
    let role = AssumeRoleCredentials::new(Credentials::new("a", "b"), "acs:ram::1:role/r")
        .environment(Environment::of([("", "")]));
    let key = block_on(role.credentials(&context)).unwrap();
    assert_eq!(key.access_key_id(), "STS.a");
    let requests = script.requests();
    assert!(
        requests[0]
            .url
            .contains("Timestamp=2024-05-06T12%3A53%3A20Z")
    );
    assert!(
        requests[1]
            .url
            .contains("Timestamp=2024-05-06T14%3A53%3A20Z")
    );
    assert_eq!(context.now(), at(NOW + 2 * 3600));
    // The session is judged by the time of the service, too.
    assert_eq!(block_on(role.credentials(&context)), Ok(key));
    assert_eq!(script.requests().len(), 2);
}
