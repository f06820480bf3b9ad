//! The five operations through the generated client and the local gateway: every signature, format and outcome.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    reason = "a test that cannot go on fails"
)]

use std::sync::Arc;
use std::time::Duration;

use alicloud::dataworks_public::v20200518 as dataworks;
use alicloud::dts::v20200101::{self as dts, StartDtsJob, error_code, types};
use alicloud::{
    Config, ConfigBuilder, Credentials, ErrorKind, Format, Placement, Request as _, Response,
    RetryPolicy, Signature,
};
use alicloud_gateway::{Answer, Gateway};
use dataworks::start_di_sync_instance::{
    StartDISyncInstanceStatus, StartDISyncInstanceTaskType, StartParam,
};
use dts::configure_synchronization_job::{
    DestinationEndpoint, MigrationReserved, PartitionKey, SourceEndpoint, SynchronizationObject,
    TableSelector,
};

const TEMPORARY: (&str, &str, &str) = ("STS.testId", "testStsSecret", "testSecurityToken+/=");

async fn gateway() -> Gateway {
    let (id, secret, token) = TEMPORARY;
    let default = ("testAccessKeyId", "testAccessKeySecret");
    Gateway::builder()
        .access_key(default.0, default.1)
        .sts(id, secret, token)
        .start()
        .await
        .unwrap()
}

fn config(gateway: &Gateway) -> ConfigBuilder {
    let credentials = Credentials::new("testAccessKeyId", "testAccessKeySecret");
    Config::builder()
        .endpoint(gateway.endpoint())
        .credentials(credentials)
}

/// Every combination of signature, format and placement that exists.
fn transmissions() -> Vec<(Signature, Format, Placement)> {
    let mut all = vec![(Signature::V3, Format::Json, Placement::Body)];
    for format in [Format::Json, Format::Xml] {
        for placement in [Placement::Body, Placement::Query, Placement::Split] {
            all.push((Signature::V1, format, placement));
        }
    }
    all
}

/// An answer counts as the documented one when it has the ID of this very request.
fn documented<T>(response: &Response<T>, request_id: Option<&String>, success: Option<bool>) {
    assert_eq!(response.status(), 200);
    assert_eq!(response.misfits(), 0);
    assert_eq!(success, Some(true));
    assert!(
        response.request_id().is_some_and(|id| id.len() == 36),
        "{:?}",
        response.request_id()
    );
    assert_eq!(response.request_id(), request_id.map(String::as_str));
}

async fn call_all(config: &Config) -> Result<(), alicloud::Error> {
    let client = dts::Client::new(config);
    let answer = client
        .start_synchronization_job()
        .synchronization_job_id("dtsf19100l2186****")
        .send()
        .await?;
    documented(&answer, answer.request_id.as_ref(), answer.success);
    let answer = client
        .start_dts_job()
        .dts_job_id("a b+c*~中文/&=%")
        .zero_etl_job(true)
        .send()
        .await?;
    documented(&answer, answer.request_id.as_ref(), answer.success);
    assert_eq!(answer.http_status_code, Some(200));
    let answer = client
        .start_dts_jobs()
        .dts_job_ids(["l5o11f9029c****", "other"])
        .send()
        .await?;
    documented(&answer, answer.request_id.as_ref(), answer.success);
    let answer = configure(&client).send().await?;
    documented(&answer, answer.request_id.as_ref(), answer.success);
    let answer = start_di(&dataworks::Client::new(config)).send().await?;
    documented(&answer, answer.request_id.as_ref(), answer.success);
    let data = answer.into_inner().data.unwrap_or_default();
    assert_eq!(data.status, Some(StartDISyncInstanceStatus::Success));
    assert_eq!(data.message.as_deref(), Some("fileId:[100] is invalid."));
    Ok(())
}

fn configure(
    client: &dts::Client,
) -> dts::ConfigureSynchronizationJob<alicloud::client::ServiceClient> {
    client
        .configure_synchronization_job()
        .synchronization_job_id("dtsz4ao1dor13d****")
        .synchronization_job_name("同步 🚀")
        .data_initialization(true)
        .structure_initialization(false)
        .synchronization_objects([SynchronizationObject::new()
            .db_name("dtstestdata")
            .table_includes([TableSelector::new().table_name("customer")])])
        .synchronization_direction(types::SynchronizationDirection::Forward)
        .source_endpoint(
            SourceEndpoint::new()
                .instance_type(types::SourceInstanceType::Ecs)
                .ip("172.16.88.1")
                .port("3306")
                .user_name("dtstestaccount")
                .password("planted p@ss w/ord&=%+*~"),
        )
        .destination_endpoint(
            DestinationEndpoint::new()
                .instance_id("rm-bp1r46452ai50****")
                .data_base_name("d"),
        )
        .partition_key(
            PartitionKey::new()
                .modify_time_year(true)
                .modify_time_day(false),
        )
        .migration_reserved(
            MigrationReserved::new()
                .auto_start_modules_after_config("none")
                .target_table_mode(2),
        )
}

fn start_di(
    client: &dataworks::Client,
) -> dataworks::StartDISyncInstance<alicloud::client::ServiceClient> {
    client
        .start_di_sync_instance()
        .project_id(10_000)
        .task_type(StartDISyncInstanceTaskType::DiRealtime)
        .file_id(9_007_199_254_740_993)
        .start_param(StartParam::new().ddl_mark_map([("DROPTABLE", "WARNING")]))
}

#[tokio::test]
async fn all_operations_by_every_signature_format_and_key() {
    let gateway = gateway().await;
    let (id, secret, token) = TEMPORARY;
    let keys = [
        Credentials::new("testAccessKeyId", "testAccessKeySecret"),
        Credentials::new(id, secret).with_security_token(token),
    ];
    for key in keys {
        for (signature, format, placement) in transmissions() {
            let config = config(&gateway)
                .credentials(key.clone())
                .signature(signature)
                .format(format);
            let called = call_all(&config.placement(placement).build().unwrap()).await;
            called
                .unwrap_or_else(|error| panic!("{signature:?} {format:?} {placement:?}: {error}"));
        }
    }
    assert_eq!(gateway.requests().len(), 2 * 7 * 5);
}

#[tokio::test]
async fn parameters_arrive_as_they_were_set() {
    let gateway = gateway().await;
    let config = config(&gateway).build().unwrap();
    configure(&dts::Client::new(&config)).send().await.unwrap();
    start_di(&dataworks::Client::new(&config))
        .send()
        .await
        .unwrap();
    dts::Client::new(&config)
        .start_dts_jobs()
        .dts_job_ids(["a", "b,c"])
        .send()
        .await
        .unwrap();

    let requests = gateway.requests();
    let arrived = |at: usize, name: &str| requests[at].parameters.expose(name).map(str::to_owned);
    let expected = [
        ("SynchronizationJobName", "同步 🚀"),
        ("DataInitialization", "true"),
        ("StructureInitialization", "false"),
        (
            "SynchronizationObjects",
            r#"[{"DBName":"dtstestdata","TableIncludes":[{"TableName":"customer"}]}]"#,
        ),
        ("SourceEndpoint.InstanceType", "ECS"),
        ("SourceEndpoint.Password", "planted p@ss w/ord&=%+*~"),
        ("DestinationEndpoint.DataBaseName", "d"),
        ("PartitionKey.ModifyTime_Year", "true"),
        (
            "MigrationReserved",
            r#"{"autoStartModulesAfterConfig":"none","targetTableMode":2}"#,
        ),
    ];
    for (name, value) in expected {
        assert_eq!(arrived(0, name).as_deref(), Some(value), "{name}");
    }
    assert!(
        requests[0].form.get("SynchronizationObjects").is_some(),
        "the form parameter travels in the form"
    );
    assert_eq!(
        arrived(0, "RegionId"),
        None,
        "RegionId is sent only when the caller sets it"
    );
    assert_eq!(arrived(1, "FileId").as_deref(), Some("9007199254740993"));
    assert_eq!(
        arrived(1, "StartParam").as_deref(),
        Some(r#"{"ddlMarkMap":{"DROPTABLE":"WARNING"}}"#)
    );
    assert_eq!(arrived(2, "DtsJobIds").as_deref(), Some("a,b,c"));
}

#[tokio::test]
async fn a_request_is_plain_data_and_the_method_can_be_get() {
    let gateway = gateway().await;
    let request = StartDtsJob::new()
        .dts_job_id("x")
        .synchronization_direction("Sideways");
    assert_eq!(request, request.clone());
    assert_ne!(request, StartDtsJob::new());
    for signature in [Signature::V3, Signature::V1] {
        let config = config(&gateway).signature(signature).build().unwrap();
        let get = request
            .clone()
            .with_method(alicloud::operation::Method::Get);
        dts::Client::new(&config).send(get).await.unwrap();
    }
    for arrived in gateway.requests() {
        assert_eq!((arrived.method.as_str(), arrived.form.len()), ("GET", 0));
        assert_eq!(
            arrived.parameters.get("SynchronizationDirection"),
            Some("Sideways"),
            "enums are open"
        );
    }
}

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
        ("", None, None),
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

#[tokio::test]
async fn everything_wrong_is_reported_together_and_nothing_is_sent() {
    let gateway = gateway().await;
    let client = dts::Client::new(&config(&gateway).build().unwrap());
    let request = client
        .configure_synchronization_job()
        .data_initialization(true)
        .source_endpoint(
            SourceEndpoint::new()
                .instance_type(types::SourceInstanceType::Ecs)
                .ip("1.2.3.4")
                .owner_id("1"),
        )
        .destination_endpoint(DestinationEndpoint::new().instance_type("dg"));
    let error = request.clone().send().await.unwrap_err();
    assert_eq!(
        (error.kind(), error.attempts()),
        (ErrorKind::InvalidRequest, 0)
    );
    let violations: Vec<_> = error.violations().iter().map(ToString::to_string).collect();
    let expected = [
        "StructureInitialization is required",
        "SynchronizationJobId is required",
        "SynchronizationObjects is required",
        "SourceEndpoint.Port is required when SourceEndpoint.InstanceType is ECS",
        "SourceEndpoint.UserName is required when SourceEndpoint.InstanceType is ECS",
        "SourceEndpoint.Password is required when SourceEndpoint.InstanceType is ECS",
        "SourceEndpoint.Role is required with SourceEndpoint.OwnerID",
        "DestinationEndpoint.IP is required when DestinationEndpoint.InstanceType is dg",
        "DestinationEndpoint.Port is required when DestinationEndpoint.InstanceType is dg",
        "DestinationEndpoint.UserName is required when DestinationEndpoint.InstanceType is dg",
        "DestinationEndpoint.Password is required when DestinationEndpoint.InstanceType is dg",
    ];
    assert_eq!(violations, expected);
    let error = client.start_dts_job().send().await.unwrap_err();
    assert_eq!(
        error.violations().len(),
        1,
        "what only the document requires is checked, too"
    );
    assert!(gateway.requests().is_empty(), "the gateway saw no request");

    let error = request.with_checks(false).send().await.unwrap_err();
    assert_eq!(
        error.code(),
        Some("MissingParameter"),
        "unchecked, the service has the last word"
    );
    client
        .start_dts_job()
        .with_checks(false)
        .send()
        .await
        .unwrap();
    assert_eq!(gateway.requests().len(), 2);
}

#[tokio::test]
async fn advice_is_no_error() {
    let gateway = gateway().await;
    let client = dts::Client::new(&config(&gateway).build().unwrap());
    // The document's own sample sends an address with RDS, where the service takes no notice of it.
    configure(&client)
        .source_endpoint(
            SourceEndpoint::new()
                .instance_type("RDS")
                .ip("172.16.88.1")
                .password("x"),
        )
        .partition_key(PartitionKey::new().modify_time_year(true))
        .send()
        .await
        .unwrap();
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

#[tokio::test]
async fn no_secret_shows_anywhere() {
    let gateway = gateway().await;
    let (id, secret, token) = TEMPORARY;
    let credentials = Credentials::new(id, secret).with_security_token(token);
    let config = config(&gateway).credentials(credentials).build().unwrap();
    let client = dts::Client::new(&config);
    let request = configure(&client);
    gateway.answer_next(
        "ConfigureSynchronizationJob",
        Answer::error(403, "Forbidden.RAM", "no"),
    );
    let mut seen = format!("{config:?} {client:?} {request:?} {request:#?}");
    let error = request.send().await.unwrap_err();
    seen.push_str(&format!(
        "{error} {error:?} {error:#?} {:?}",
        gateway.requests()
    ));
    for planted in [
        "testStsSecret",
        "testSecurityToken",
        "planted p@ss",
        "planted%20p",
    ] {
        assert!(!seen.contains(planted), "{planted} in {seen}");
    }
    let unreachable = Config::builder()
        .endpoint("http://127.0.0.1:1")
        .credentials(Credentials::new(id, secret));
    let client = dts::Client::new(
        &unreachable
            .signature(Signature::V1)
            .placement(Placement::Query)
            .build()
            .unwrap(),
    );
    let error = configure(&client).send().await.unwrap_err();
    let seen = format!("{error} {error:?} {error:#?}");
    assert!(
        !seen.contains("planted") && !seen.contains("Signature="),
        "{seen}"
    );
}

#[tokio::test]
async fn a_signature_error_does_not_repeat_the_parameters() {
    let gateway = gateway().await;
    for format in [Format::Json, Format::Xml] {
        let wrong = config(&gateway).credentials(Credentials::new("testAccessKeyId", "wrong"));
        let config = wrong
            .signature(Signature::V1)
            .format(format)
            .build()
            .unwrap();
        let error = configure(&dts::Client::new(&config))
            .send()
            .await
            .unwrap_err();
        assert!(error.is_signature_mismatch());
        let seen = format!("{error} {error:?} {}", error.message().unwrap_or_default());
        assert!(
            !seen.contains("planted") && seen.contains("[redacted]"),
            "{seen}"
        );
        let raw = String::from_utf8_lossy(error.raw_body().unwrap()).into_owned();
        assert!(
            raw.contains("planted"),
            "the whole message stays in the raw body"
        );
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn clients_are_shared_between_tasks() {
    let gateway = Arc::new(gateway().await);
    let client = dts::Client::new(&config(&gateway).build().unwrap());
    let calls: Vec<_> = (0..64)
        .map(|at| {
            let client = client.clone();
            tokio::spawn(async move {
                client
                    .start_dts_job()
                    .dts_job_id(format!("job-{at}"))
                    .send()
                    .await
                    .map(drop)
            })
        })
        .collect();
    for call in calls {
        call.await.unwrap().unwrap();
    }
    assert_eq!(gateway.requests().len(), 64);
}
