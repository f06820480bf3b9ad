//! The five operations through the generated client and the local gateway: what is sent, what comes of it, what is refused
//! before, and what nobody gets to see.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    reason = "a test that cannot go on fails"
)]

mod checks;
mod keys;
mod outcomes;
mod secrecy;
mod sent;

use alicloud::dataworks_public::v20200518 as dataworks;
use alicloud::dts::v20200101::{self as dts, types};
use alicloud::{Config, ConfigBuilder, Credentials};
use alicloud_gateway::Gateway;
use dataworks::start_di_sync_instance::{StartDISyncInstanceTaskType, StartParam};
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
