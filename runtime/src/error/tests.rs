//! The text of every kind of error.

use std::borrow::Cow::Borrowed;

use super::*;
use crate::operation::{RetryAdvice, check::Problem};

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

fn transport(not_sent: bool, timed_out: bool) -> Error {
    let source = std::io::Error::other("connection reset").into();
    Error::transport(
        &START,
        TransportError {
            not_sent,
            timed_out,
            source,
        },
    )
}

#[test]
fn display_of_every_kind() {
    let missing = |parameter: &str, problem| Violation {
        parameter: parameter.into(),
        problem,
    };
    let violations = vec![
        missing("DtsJobId", Problem::Missing { documented: true }),
        missing(
            "SourceEndpoint.IP",
            Problem::MissingWhen {
                parameter: "SourceEndpoint.InstanceType".into(),
                value: "ECS".into(),
            },
        ),
    ];
    let broken = Malformed {
        what: "expected a JSON value",
        offset: 0,
    };
    let errors = [
        ("invalid request", Error::invalid(&START, violations)),
        (
            "unsendable",
            Error::unsendable(&START, Unsendable("header \"a\\nb\" cannot be sent".into())),
        ),
        (
            "credentials",
            Error::credentials(
                &START,
                CredentialsError::new("ALIBABA_CLOUD_ACCESS_KEY_ID not set"),
            ),
        ),
        ("not sent", transport(true, false)),
        ("outcome unknown", transport(false, false)),
        ("outcome unknown, timeout", transport(false, true)),
        (
            "throttled",
            Error::service(
                &SERVICE,
                &START,
                http(400, ""),
                body("Throttling.User", "flow control"),
            ),
        ),
        (
            "refused",
            Error::service(
                &SERVICE,
                &START,
                http(403, ""),
                body("OperationDenied.NotPurchased", "not purchased"),
            ),
        ),
        (
            "unlisted, read",
            Error::service(
                &SERVICE,
                &DESCRIBE,
                http(503, ""),
                body("ServiceUnavailable", "busy"),
            ),
        ),
        (
            "unlisted, write",
            Error::service(
                &SERVICE,
                &START,
                http(503, ""),
                body("ServiceUnavailable", "busy"),
            ),
        ),
        (
            "no document",
            Error::service(
                &SERVICE,
                &START,
                http(502, "<html>Bad Gateway"),
                ErrorBody::default(),
            ),
        ),
        (
            "empty",
            Error::service(&SERVICE, &START, http(502, ""), ErrorBody::default()),
        ),
        (
            "business",
            Error::business(
                &SERVICE,
                &START,
                http(200, ""),
                body("InvalidParameter", "DtsJobId is bad"),
            ),
        ),
        (
            "undecodable",
            Error::undecodable(&START, http(200, "oops"), Some("2D3B4615".into()), broken),
        ),
    ];
    let lines: Vec<_> = errors
        .iter()
        .map(|(name, error)| format!("{name}:\n  {error}\n"))
        .collect();
    insta::assert_snapshot!(lines.concat());
}

#[test]
fn advice_depends_on_the_operation_and_the_code() {
    let error = |operation, status, code| {
        Error::service(&SERVICE, operation, http(status, ""), body(code, "m"))
    };
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
    let error = |status, code| Error::service(&SERVICE, &START, http(status, ""), body(code, "m"));
    assert!(error(404, "InvalidAccessKeyId.NotFound").is_not_found());
    assert!(error(403, "Forbidden.RAM").is_access_denied());
    assert!(!error(403, "ForbiddenRegion").is_access_denied());
    assert!(error(400, "SignatureDoesNotMatch").is_signature_mismatch());
    assert!(error(403, "InvalidSecurityToken.Expired").is_expired_credentials());
    assert!(transport(false, true).is_timeout());
}
