//! What comes of a call: answers that are good, bad inside, or odd; errors of the service; nobody there at all.

use std::time::Duration;

use alicloud::dataworks_public::v20200518 as dataworks;
use alicloud::dts::v20200101::{self as dts, error_code};
use alicloud::{Config, Credentials, ErrorKind, Format, Request as _, RetryPolicy, Signature};
use alicloud_gateway::Answer;

use crate::{config, gateway, start_di};

#[tokio::test]
async fn a_wrong_secret_and_an_unknown_key_are_typed_errors() {
    let gateway = gateway().await;
    for (signature, format) in [
        (Signature::V3, Format::Json),
        (Signature::V1, Format::Json),
        (Signature::V1, Format::Xml),
    ] {
        let call = async |credentials| {
            let config = config(&gateway)
                .signature(signature)
                .format(format)
                .credentials(credentials)
                .build()
                .unwrap();
            dts::Client::new(&config)
                .start_dts_job()
                .dts_job_id("x")
                .send()
                .await
                .unwrap_err()
        };
        let error = call(Credentials::new("testAccessKeyId", "wrong")).await;
        assert_eq!(
            (error.kind(), error.status()),
            (ErrorKind::Service, Some(400))
        );
        assert_eq!(error.code(), Some("SignatureDoesNotMatch"));
        assert!(error.is_signature_mismatch() && !error.is_retryable());
        assert!(
            error
                .message()
                .is_some_and(|message| message.contains("server string to sign is:"))
        );
        assert!(error.request_id().is_some() && error.recommend().is_some());
        let error = call(Credentials::new("nobody", "wrong")).await;
        assert_eq!(
            (error.code(), error.status()),
            (Some("InvalidAccessKeyId.NotFound"), Some(404))
        );
        assert!(error.is_not_found());
    }
}

#[tokio::test]
async fn http_errors_carry_code_advice_and_request_id() {
    let gateway = gateway().await;
    let once = config(&gateway).retry(RetryPolicy::OFF);
    let client = dts::Client::new(&once.build().unwrap());
    let call = async |answer| {
        gateway.answer_next("StartDtsJob", answer);
        client
            .start_dts_job()
            .dts_job_id("x")
            .send()
            .await
            .unwrap_err()
    };
    let error = call(Answer::error(
        403,
        error_code::OPERATION_DENIED_NOT_PURCHASED,
        "Buy it first.",
    ))
    .await;
    assert_eq!(
        (error.kind(), error.status()),
        (ErrorKind::Service, Some(403))
    );
    match error.code() {
        Some(error_code::OPERATION_DENIED_NOT_PURCHASED) => {}
        other => panic!("{other:?}"),
    }
    assert!(
        error
            .documented()
            .is_some_and(|entry| entry.meaning.contains("not been purchased"))
    );
    assert!(!error.is_retryable());
    let text = error.to_string();
    for part in [
        "StartDtsJob",
        "HTTP 403",
        "OperationDenied.NotPurchased",
        "Buy it first.",
        "1 attempt",
        "will not help",
    ] {
        assert!(text.contains(part), "{part:?} in {text:?}");
    }
    let error = call(Answer::error(
        400,
        error_code::THROTTLING_USER,
        "Slow down.",
    ))
    .await;
    assert!(error.is_throttling() && error.is_retryable());
    let html = Answer::body("text/html", "<html><body>Bad Gateway</body></html>").status(502);
    let error = call(html).await;
    assert_eq!(
        (error.kind(), error.status(), error.code()),
        (ErrorKind::Service, Some(502), None)
    );
    assert!(
        error
            .raw_body()
            .is_some_and(|body| body.starts_with(b"<html>"))
    );
}

#[tokio::test]
async fn a_good_status_with_a_failure_inside_is_an_error() {
    let gateway = gateway().await;
    for (signature, format) in [
        (Signature::V3, Format::Json),
        (Signature::V1, Format::Json),
        (Signature::V1, Format::Xml),
    ] {
        let config = config(&gateway)
            .signature(signature)
            .format(format)
            .build()
            .unwrap();
        let failure = if format == Format::Xml {
            Answer::xml(
                "<R><RequestId>2D3B</RequestId><Success>false</Success><ErrCode>InvalidParameter</ErrCode>\
                 <ErrMessage>The value of %s is not valid.</ErrMessage><DynamicMessage>DtsJobId</DynamicMessage></R>",
            )
        } else {
            Answer::json(
                r#"{"RequestId":"2D3B","Success":"false","ErrCode":"InvalidParameter",
                    "ErrMessage":"The value of %s is not valid.","DynamicMessage":"DtsJobId"}"#,
            )
        };
        gateway.answer_next("StartDtsJob", failure);
        let error = dts::Client::new(&config)
            .start_dts_job()
            .dts_job_id("x")
            .send()
            .await
            .unwrap_err();
        assert_eq!(
            (error.kind(), error.status()),
            (ErrorKind::Business, Some(200))
        );
        assert_eq!(error.code(), Some("InvalidParameter"));
        assert_eq!(error.message(), Some("The value of DtsJobId is not valid."));
        assert_eq!(error.request_id(), Some("2D3B"));
    }
}

#[tokio::test]
async fn a_nested_status_can_mean_failure_and_a_code_alone_does_not() {
    let gateway = gateway().await;
    let config = config(&gateway).build().unwrap();
    let failed = r#"{"Success":true,"RequestId":"0bc1","Data":{"Status":"fail","Message":"fileId:[100] is invalid."}}"#;
    gateway.answer_next("StartDISyncInstance", Answer::json(failed));
    let error = start_di(&dataworks::Client::new(&config))
        .send()
        .await
        .unwrap_err();
    assert_eq!(
        (error.kind(), error.message()),
        (ErrorKind::Business, Some("fileId:[100] is invalid."))
    );
    assert_eq!(error.request_id(), Some("0bc1"));

    let coded =
        r#"{"Success":true,"RequestId":"1","Code":"03","ErrCode":"","HttpStatusCode":"200"}"#;
    gateway.answer_next("StartDtsJob", Answer::json(coded));
    let answer = dts::Client::new(&config)
        .start_dts_job()
        .dts_job_id("x")
        .send()
        .await
        .unwrap();
    assert_eq!(
        (answer.http_status_code, answer.success),
        (Some(200), Some(true))
    );
}

#[tokio::test]
async fn answers_that_are_not_what_the_documents_say_are_read_all_the_same() {
    let gateway = gateway().await;
    let client = dts::Client::new(&config(&gateway).build().unwrap());
    for (text, success, request_id) in [
        (
            r#"{"RequestId":7,"Success":"true","New":{"a":[1]}}"#,
            Some(true),
            Some("7"),
        ),
        (r#"{"RequestId":null,"Success":1}"#, Some(true), None),
        ("{}", None, None),
    ] {
        gateway.answer_next("StartSynchronizationJob", Answer::json(text));
        let answer = client
            .start_synchronization_job()
            .synchronization_job_id("x")
            .send()
            .await
            .unwrap();
        assert_eq!(
            (answer.success, answer.request_id.as_deref()),
            (success, request_id),
            "{text}"
        );
        assert_eq!(answer.raw_body().as_ref(), text.as_bytes());
    }
    gateway.answer_next(
        "StartSynchronizationJob",
        Answer::json(r#"{"RequestId":"R1","Success":tr"#),
    );
    let error = client
        .start_synchronization_job()
        .synchronization_job_id("x")
        .send()
        .await
        .unwrap_err();
    assert_eq!(
        (error.kind(), error.request_id()),
        (ErrorKind::Undecodable, Some("R1"))
    );
    assert!(error.raw_body().is_some());
}

/// A portal in between, a proxy, a half-done deployment: none of them is the service, and none of this is a success.
#[tokio::test]
async fn bodies_of_another_kind_are_no_success() {
    let gateway = gateway().await;
    let client = dts::Client::new(&config(&gateway).build().unwrap());
    let xml = "<R><RequestId>r</RequestId><Success>true</Success></R>";
    for text in [
        "",
        " ",
        "null",
        "[]",
        "\"ok\"",
        "200",
        "true",
        "OK",
        "<!DOCTYPE html><html><body>log in</body></html>",
        "\u{feff} <html></html>",
        xml,
    ] {
        for by_name in [false, true] {
            gateway.answer_next("StartDtsJob", Answer::json(text));
            let error = if by_name {
                let sent = client
                    .call("StartDtsJob", alicloud::Params::new())
                    .send()
                    .await;
                sent.map(drop).unwrap_err()
            } else {
                let sent = client.start_dts_job().dts_job_id("x").send().await;
                sent.map(drop).unwrap_err()
            };
            assert_eq!(error.kind(), ErrorKind::Undecodable, "{text}");
            assert_eq!(error.raw_body().unwrap().as_ref(), text.as_bytes());
            assert!(error.may_have_run() && !error.is_retryable(), "{text}");
        }
    }
}

#[tokio::test]
async fn whatever_reads_as_false_is_a_failure() {
    let gateway = gateway().await;
    let client = dts::Client::new(&config(&gateway).build().unwrap());
    for (success, fails) in [
        ("false", true),
        ("\"False\"", true),
        ("\" FALSE \"", true),
        ("0", true),
        ("\"0\"", true),
        ("0.0", true),
        ("\"no\"", true),
        ("False", true),
        ("true", false),
        ("1", false),
        ("\"Yes\"", false),
        ("null", false),
        ("\"\"", false),
    ] {
        let body = format!("{{\"ErrCode\":\"C\",\"Success\":{success}}}");
        gateway.answer_next("StartDtsJob", Answer::json(&body));
        let sent = client.start_dts_job().dts_job_id("x").send().await;
        let failed = sent.is_err_and(|error| error.kind() == ErrorKind::Business);
        assert_eq!(failed, fails, "{body}");
    }
}

#[tokio::test]
async fn errors_are_read_in_every_spelling_and_by_the_fields_of_the_spec() {
    let gateway = gateway().await;
    let client = dts::Client::new(&config(&gateway).build().unwrap());
    for body in [
        r#"{"ErrCode":"Throttling.User","ErrMessage":"slow"}"#,
        r#"{"errorCode":"Throttling.User","errorMessage":"slow"}"#,
        r#"{"error":{"code":"Throttling.User","message":"slow"}}"#,
        "{\"Message\":\"slow\\q \u{1}\",\"Code\":\"Throttling.User\"}",
    ] {
        gateway.answer_next("StartDtsJob", Answer::json(body).status(400));
        let answer = client.start_dts_job().dts_job_id("x").send().await.unwrap();
        assert_eq!(answer.attempts(), 2, "{body}");
    }
}

#[tokio::test]
async fn an_unreachable_service_and_a_silent_one_are_told_apart() {
    let gateway = gateway().await;
    let refused = Config::builder()
        .endpoint("http://127.0.0.1:1")
        .credentials(Credentials::new("id", "secret"));
    let error = dts::Client::new(&refused.build().unwrap())
        .start_dts_job()
        .dts_job_id("x")
        .send()
        .await
        .unwrap_err();
    assert_eq!(error.kind(), ErrorKind::NotSent);
    assert!(error.is_retryable());

    let client = dts::Client::new(&config(&gateway).build().unwrap());
    gateway.answer_next(
        "StartDtsJob",
        Answer::usual().delay(Duration::from_secs(20)),
    );
    let slow = client
        .start_dts_job()
        .dts_job_id("x")
        .with_timeout(Duration::from_millis(200));
    let error = slow.send().await.unwrap_err();
    assert_eq!(error.kind(), ErrorKind::OutcomeUnknown);
    assert!(
        error.is_timeout() && !error.is_retryable(),
        "a write that may have happened is not repeated"
    );
    gateway.answer_next("StartDtsJob", Answer::hang_up());
    let error = client
        .start_dts_job()
        .dts_job_id("x")
        .send()
        .await
        .unwrap_err();
    assert_eq!(error.kind(), ErrorKind::OutcomeUnknown);
}

#[tokio::test]
async fn missing_credentials_and_endpoints_say_what_to_do() {
    #[derive(Debug)]
    struct Nothing;
    impl alicloud::ProvideCredentials for Nothing {
        fn credentials<'a>(
            &'a self,
            _: &'a alicloud::credentials::Context,
        ) -> alicloud::credentials::CredentialsFuture<'a> {
            Box::pin(async {
                Err(alicloud::credentials::CredentialsError::new(
                    "nothing is set",
                ))
            })
        }
    }
    let config = Config::builder()
        .region("cn-hangzhou")
        .credentials(Nothing)
        .build()
        .unwrap();
    let error = dts::Client::new(&config)
        .start_dts_job()
        .dts_job_id("x")
        .send()
        .await
        .unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Credentials);
    assert!(error.to_string().contains("nothing is set"));
    let config = Config::builder()
        .credentials(Credentials::new("id", "secret"))
        .build()
        .unwrap();
    let error = start_di(&dataworks::Client::new(&config))
        .send()
        .await
        .unwrap_err();
    assert!(
        error.to_string().contains("set a region or an endpoint"),
        "{error}"
    );
}
