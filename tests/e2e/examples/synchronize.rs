//! The life of a data synchronization job: create, configure, precheck, start, wait.
//!
//! ```text
//! cargo run --example synchronize          # against a gateway started in this process, which keeps jobs
//! ```
//!
//! Against the real service only the configuration differs; the pauses are the service's then, not a tenth of a second.

#![allow(clippy::print_stdout, reason = "an example shows what it does")]

use std::error::Error;
use std::time::Duration;

use alicloud::dts::v20200101::configure_synchronization_job::{
    DestinationEndpoint, SourceEndpoint, SynchronizationObject, TableSelector,
};
use alicloud::dts::v20200101::{Client, types};
use alicloud::{Config, Credentials};
use alicloud_gateway::Gateway;

/// How long to pause between two questions. The waiters' own pauses are seconds.
const PAUSE: Duration = Duration::from_millis(100);

#[tokio::main]
async fn main() -> Result<(), Box<dyn Error>> {
    let gateway = Gateway::builder().jobs(true).start().await?;
    let config = Config::builder()
        .endpoint(gateway.endpoint())
        .credentials(Credentials::new("testAccessKeyId", "testAccessKeySecret"))
        .build()?;
    let dts = Client::new(&config);

    // An idempotency token is made by itself: however often this is attempted, one job is bought.
    let created = dts
        .create_synchronization_job()
        .source_region("cn-hangzhou")
        .dest_region("cn-beijing")
        .synchronization_job_class(types::SynchronizationClass::Small)
        .pay_type(types::PayType::PostPaid)
        .send()
        .await?;
    let job = created
        .into_inner()
        .synchronization_job_id
        .ok_or("no job ID")?;
    println!("created {job}");

    configure(&dts, &job).await?;
    println!("configured; the precheck runs");

    let status = || {
        dts.describe_synchronization_job_status()
            .synchronization_job_id(job.as_str())
    };
    status()
        .wait_until_precheck_passed()
        .with_interval(PAUSE)
        .await?;
    println!("the precheck is passed");

    dts.start_synchronization_job()
        .synchronization_job_id(job.as_str())
        .send()
        .await?;
    let running = status()
        .wait_until_synchronizing()
        .with_interval(PAUSE)
        .await?;
    println!("{} is {:?}", job, running.status);
    Ok(())
}

async fn configure(dts: &Client, job: &str) -> Result<(), alicloud::Error> {
    dts.configure_synchronization_job()
        .synchronization_job_id(job)
        .synchronization_job_name("orders")
        .structure_initialization(true)
        .data_initialization(true)
        .source_endpoint(
            SourceEndpoint::new()
                .instance_type(types::SourceInstanceType::Rds)
                .instance_id("rm-source"),
        )
        .destination_endpoint(
            DestinationEndpoint::new()
                .instance_type(types::DestinationInstanceType::Rds)
                .instance_id("rm-destination"),
        )
        .synchronization_objects([SynchronizationObject::new()
            .db_name("shop")
            .table_includes([TableSelector::new().table_name("orders")])])
        .send()
        .await?;
    Ok(())
}
