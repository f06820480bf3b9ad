//! The text of every kind of error.

use std::borrow::Cow::Borrowed;
use std::time::Duration;

use super::*;
use crate::decode::Malformed;
use crate::operation::{RetryAdvice, check::Problem};
use crate::redact::Redactor;

static SERVICE: Service = Service {
    errors: Borrowed(&[
        ErrorCode {
            code: Borrowed("Throttling.User"),
            status: 400,
            meaning: Borrowed("Too many requests; this one was refused before it ran."),
            retry: Some(RetryAdvice::Later),
        },
        ErrorCode {
            code: Borrowed("OperationDenied.NotPurchased"),
            status: 403,
            meaning: Borrowed("The instance has not been purchased."),
            retry: Some(RetryAdvice::Never),
        },
    ]),
    ..Service::EMPTY
};

static START: Operation = Operation {
    name: Borrowed("StartDtsJob"),
    effect: Effect::Start,
    documentation: Borrowed("https://example.com/startdtsjob"),
    ..Operation::EMPTY
};

static DESCRIBE: Operation = Operation {
    name: Borrowed("DescribeDtsJobs"),
    effect: Effect::Read,
    ..Operation::EMPTY
};

fn http(status: u16, body: &'static str) -> HttpResponse {
    HttpResponse {
        status,
        headers: Vec::new(),
        body: Bytes::from_static(body.as_bytes()),
    }
}

fn body(code: &str, message: &str) -> ErrorBody {
    ErrorBody {
        code: Some(code.into()),
        message: Some(message.into()),
        request_id: Some("2D3B4615".into()),
        ..ErrorBody::default()
    }
}

/// The error of a call that had one attempt.
fn tried(error: Error) -> Error {
    let history = vec![Attempt::of(&error, Duration::ZERO)];
    let repeatable = error.inner.repeatable;
    error.shown(&Redactor::new()).after(history, repeatable)
}

fn transport(not_sent: bool, timed_out: bool) -> Error {
    let broken = TransportError {
        not_sent,
        timed_out,
        ..TransportError::broken(std::io::Error::other("connection reset"))
    };
    tried(Error::transport(&START, broken))
}

fn service(operation: &Operation, status: u16, text: &'static str, body: ErrorBody) -> Error {
    let http = http(status, text);
    tried(Error::answered(
        ErrorKind::Service,
        &SERVICE,
        operation,
        http,
        body,
    ))
}

fn violations() -> Vec<Violation> {
    let missing = |parameter: &str, problem| Violation {
        parameter: parameter.into(),
        problem,
    };
    let (parameter, value) = ("SourceEndpoint.InstanceType".into(), "ECS".into());
    vec![
        missing("DtsJobId", Problem::Missing { documented: true }),
        missing(
            "SourceEndpoint.IP",
            Problem::MissingWhen { parameter, value },
        ),
    ]
}

fn nothing_answered() -> [(&'static str, Error); 6] {
    let unsendable = Unsendable("header \"a\\nb\" cannot be sent".into());
    let unset = CredentialsError::new("ALIBABA_CLOUD_ACCESS_KEY_ID not set");
    [
        ("invalid request", Error::invalid(&START, violations())),
        ("unsendable", Error::unsendable(&START, unsendable)),
        ("credentials", Error::credentials(&START, unset)),
        ("not sent", transport(true, false)),
        ("outcome unknown", transport(false, false)),
        ("outcome unknown, timeout", transport(false, true)),
    ]
}

fn answered() -> [(&'static str, Error); 8] {
    let error =
        |operation, status, code, message| service(operation, status, "", body(code, message));
    let empty = |text| service(&START, 502, text, ErrorBody::default());
    let broken = Malformed::new("expected a JSON value", 0);
    [
        (
            "throttled",
            error(&START, 400, "Throttling.User", "flow control"),
        ),
        (
            "refused",
            error(&START, 403, "OperationDenied.NotPurchased", "not purchased"),
        ),
        (
            "unlisted, read",
            error(&DESCRIBE, 503, "ServiceUnavailable", "busy"),
        ),
        (
            "unlisted, write",
            error(&START, 503, "ServiceUnavailable", "busy"),
        ),
        ("no document", empty("<html>Bad Gateway")),
        ("empty", empty("")),
        (
            "business",
            tried(Error::answered(
                ErrorKind::Business,
                &SERVICE,
                &START,
                http(200, ""),
                body("InvalidParameter", "DtsJobId is bad"),
            )),
        ),
        (
            "undecodable",
            tried(Error::undecodable(
                &START,
                http(200, "oops"),
                Some("2D3B4615".into()),
                broken,
            )),
        ),
    ]
}

#[test]
fn display_of_every_kind() {
    let all = nothing_answered().into_iter().chain(answered());
    let lines: Vec<_> = all
        .map(|(name, error)| format!("{name}:\n  {error}\n"))
        .collect();
    insta::assert_snapshot!(lines.concat());
}

/// The same three, once it is known where the call went.
#[test]
fn what_failed_on_the_way_names_the_host() {
    let at = |why: TransportError| {
        let history = Vec::new();
        let error = Error::transport(&DESCRIBE, why);
        error
            .after(history, true)
            .at("dts.aliyuncs.com:444".into())
            .to_string()
    };
    let broken = || TransportError::broken("reset");
    let unresolved = TransportError {
        unresolved: true,
        ..TransportError::not_sent("no such name")
    };
    let large = TransportError::too_large(9).after(http(200, "123456789"));
    for (why, expected) in [
        (
            TransportError::not_sent("refused"),
            "dts.aliyuncs.com:444 was not reached, nothing was sent: refused",
        ),
        (
            unresolved,
            "cannot resolve dts.aliyuncs.com:444, nothing was sent: no such name",
        ),
        (
            broken(),
            "the exchange broke off before an answer came from dts.aliyuncs.com:444; the call may have been carried out: reset",
        ),
        (
            broken().after(http(200, "12")),
            "the exchange broke off before the answer from dts.aliyuncs.com:444 was complete; the call may have been carried out: reset",
        ),
        (
            large,
            "HTTP 200 from dts.aliyuncs.com:444, but the answer cannot be read: it is larger than 9 bytes",
        ),
    ] {
        assert_eq!(at(why), format!("DescribeDtsJobs: {expected}"));
    }
    // What was never sent went nowhere.
    let unsent = Error::not_sent(&START, "the call's deadline has passed").at("host".into());
    assert_eq!(unsent.host(), None);
}

#[test]
fn advice_depends_on_the_operation_and_the_code() {
    let error = |operation, status, code| service(operation, status, "", body(code, "m"));
    assert!(error(&START, 400, "Throttling.User").is_retryable());
    assert!(error(&START, 429, "Anything").is_retryable());
    assert!(error(&DESCRIBE, 503, "ServiceUnavailable").is_retryable());
    assert!(!error(&START, 503, "ServiceUnavailable").is_retryable());
    assert!(error(&START, 503, "ServiceUnavailable").may_pass());
    assert!(!error(&DESCRIBE, 403, "OperationDenied.NotPurchased").is_retryable());
    assert!(transport(true, false).is_retryable());
    assert!(!transport(false, false).is_retryable());
}

#[test]
fn predicates_need_no_codes() {
    let error = |status, code| service(&START, status, "", body(code, "m"));
    assert!(error(404, "InvalidAccessKeyId.NotFound").is_not_found());
    assert!(error(403, "Forbidden.RAM").is_access_denied());
    assert!(!error(403, "ForbiddenRegion").is_access_denied());
    assert!(error(400, "SignatureDoesNotMatch").is_signature_mismatch());
    assert!(error(403, "InvalidSecurityToken.Expired").is_expired_credentials());
    assert!(transport(false, true).is_timeout());
}

#[test]
fn every_attempt_is_told_and_a_call_that_may_have_run_stays_one() {
    let lost = Error::transport(&START, TransportError::broken("connection reset"));
    let refused = Error::transport(&START, TransportError::not_sent("connection refused"));
    let history = vec![
        Attempt::of(
            &service(&START, 503, "", body("ServiceUnavailable", "busy")),
            Duration::ZERO,
        ),
        Attempt::of(&lost, Duration::from_millis(250)),
        Attempt::of(&refused, Duration::from_millis(700)),
    ];
    let error = refused.after(history, true);
    assert_eq!(error.kind(), ErrorKind::OutcomeUnknown);
    assert_eq!(error.attempts(), 3);
    assert_eq!(error.history()[0].request_id.as_deref(), Some("2D3B4615"));
    assert_eq!(error.history()[1].delay, Duration::from_millis(250));
    assert!(
        error.to_string().contains(
            "3 attempts: HTTP 503 ServiceUnavailable, no answer (connection reset), not sent (connection refused)"
        ),
        "{error}"
    );
}

#[test]
fn attempts_that_ended_alike_are_told_once() {
    let refused = || Error::transport(&START, TransportError::not_sent("connection refused"));
    let lost = || Error::transport(&START, TransportError::broken("connection reset"));
    let told = |attempts: Vec<Error>, last: Error| {
        let history = attempts
            .iter()
            .map(|attempt| Attempt::of(attempt, Duration::from_millis(9)));
        last.after(history.collect(), false).to_string()
    };
    let same = told(vec![refused(), refused(), refused()], refused());
    assert!(same.contains("(3 attempts, each: not sent)"), "{same}");
    assert_eq!(same.matches("connection refused").count(), 1, "{same}");
    let other = told(
        vec![refused(), refused()],
        Error::not_sent(&START, "too late"),
    );
    let text = "(2 attempts, each: not sent (connection refused))";
    assert!(other.contains(text), "{other}");
    let busy = || service(&START, 503, "", body("Busy", "busy"));
    let mixed = told(vec![busy(), lost(), lost(), busy()], busy());
    let text = "4 attempts: HTTP 503 Busy, 2 times no answer (connection reset), HTTP 503 Busy";
    assert!(mixed.contains(text), "{mixed}");
    let busy = told(vec![busy(), busy()], busy());
    assert!(busy.contains("2 attempts, each: HTTP 503 Busy, "), "{busy}");
}

/// A program whose `main` returns an error shows its `Debug`.
#[test]
fn debug_is_the_text() {
    for (_, error) in nothing_answered().into_iter().chain(answered()) {
        let text = error.to_string();
        assert_eq!(format!("{error:?}"), text);
        assert_eq!(format!("{error:#?}"), text);
    }
}

#[test]
fn texts_of_absurd_length_are_cut_in_the_text_alone() {
    let long = "x".repeat(100_000);
    let error = tried(Error::answered(
        ErrorKind::Service,
        &SERVICE,
        &START,
        http(400, ""),
        ErrorBody {
            recommend: Some(long.clone()),
            request_id: Some(long.clone()),
            ..body(&long, &long)
        },
    ));
    let text = error.to_string();
    assert!(text.len() < 6_000, "{}", text.len());
    assert!(text.contains("more characters)"), "{text}");
    assert!(
        error
            .message()
            .is_some_and(|message| message.len() > 60_000)
    );
}
