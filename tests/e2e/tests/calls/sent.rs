//! What is sent: every operation by every signature, format and key, and parameters as they were set.

use std::sync::Arc;

use alicloud::dataworks_public::v20200518 as dataworks;
use alicloud::dts::v20200101::{self as dts, StartDtsJob};
use alicloud::{Config, Credentials, Format, Placement, Request as _, Response, Signature};
use dataworks::start_di_sync_instance::StartDISyncInstanceStatus;

use crate::{TEMPORARY, config, configure, gateway, start_di};

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
