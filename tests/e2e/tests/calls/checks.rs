//! What is refused before it is sent, and what is only advice.

use alicloud::dts::v20200101::{self as dts, types};
use alicloud::{ErrorKind, Request as _};
use dts::configure_synchronization_job::{DestinationEndpoint, PartitionKey, SourceEndpoint};

use crate::{config, configure, gateway};

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
