//! Calls all five operations and prints what came back, one deliberate failure included.
//!
//! ```text
//! cargo run --example quickstart                              # against a gateway started in this process
//! cargo run --example quickstart -- http://127.0.0.1:18080    # against a gateway that runs already
//! ```
//!
//! With an endpoint given, credentials come from the environment, or else are the gateway's defaults.

#![allow(clippy::print_stdout, reason = "an example shows what it does")]

use std::error::Error;

use alicloud::dataworks_public::v20200518 as dataworks;
use alicloud::dts::v20200101::{
    self as dts, StartDtsJob, error_code, types::SynchronizationDirection,
};
use alicloud::{Config, Credentials};
use alicloud_gateway::Gateway;
use dataworks::start_di_sync_instance::{FailoverLimit, StartDISyncInstanceTaskType, StartParam};
use dts::configure_synchronization_job::{
    DestinationEndpoint, SourceEndpoint, SynchronizationObject, TableSelector,
};

#[tokio::main]
async fn main() -> Result<(), Box<dyn Error>> {
    let given = std::env::args().nth(1);
    // Held until the end: the gateway stops when it is dropped.
    let gateway = match &given {
        Some(_) => None,
        None => Some(Gateway::builder().start().await?),
    };
    let endpoint = given
        .or_else(|| gateway.as_ref().map(Gateway::endpoint))
        .unwrap_or_default();
    println!("calling {endpoint}");

    let config = Config::builder()
        .endpoint(endpoint)
        .credentials(credentials())
        .build()?;
    call_dts(&dts::Client::new(&config)).await?;
    call_dataworks(&dataworks::Client::new(&config)).await?;
    fail_on_purpose(&config).await?;
    Ok(())
}

fn credentials() -> Credentials {
    let variable = |name: &str| std::env::var(name).ok().filter(|value| !value.is_empty());
    let id = variable("ALIBABA_CLOUD_ACCESS_KEY_ID");
    match id.zip(variable("ALIBABA_CLOUD_ACCESS_KEY_SECRET")) {
        Some((id, secret)) => Credentials::new(id, secret)
            .with_security_token(variable("ALIBABA_CLOUD_SECURITY_TOKEN").unwrap_or_default()),
        None => Credentials::new("testAccessKeyId", "testAccessKeySecret"),
    }
}

async fn call_dts(client: &dts::Client) -> Result<(), alicloud::Error> {
    let configured = client
        .configure_synchronization_job()
        .synchronization_job_id("dtsz4ao1dor13d****")
        .structure_initialization(true)
        .data_initialization(true)
        .synchronization_objects([SynchronizationObject::new()
            .db_name("dtstestdata")
            .table_includes([TableSelector::new().table_name("customer")])])
        .source_endpoint(
            SourceEndpoint::new()
                .instance_type("RDS")
                .instance_id("rm-bp1i99e8l7913****"),
        )
        .destination_endpoint(DestinationEndpoint::new().instance_id("rm-bp1r46452ai50****"))
        .send()
        .await?;
    println!("ConfigureSynchronizationJob: {configured:?}");

    let started = client
        .start_synchronization_job()
        .synchronization_job_id("dtsf19100l2186****")
        .synchronization_direction(SynchronizationDirection::Forward)
        .send()
        .await?;
    println!("StartSynchronizationJob: {started:?}");

    // A request is plain data, too: build it in one place, send it in another.
    let request = StartDtsJob::new().dts_job_id("l3m1213ye7l****");
    let started = client.send(request).await?;
    println!("StartDtsJob: {started:?}");

    let started = client
        .start_dts_jobs()
        .dts_job_ids(["l5o11f9029c****", "l3m1213ye7l****"])
        .send()
        .await?;
    println!("StartDtsJobs: {started:?}");
    Ok(())
}

async fn call_dataworks(client: &dataworks::Client) -> Result<(), alicloud::Error> {
    let started = client
        .start_di_sync_instance()
        .project_id(10_000)
        .task_type(StartDISyncInstanceTaskType::DiRealtime)
        .file_id(100)
        .start_param(StartParam::new().failover_limit(FailoverLimit::new().count(10).interval(30)))
        .send()
        .await?;
    println!("StartDISyncInstance: {started:?}");
    Ok(())
}

/// A wrong secret, and a request that breaks rules: the first reaches the service, the second is never sent.
async fn fail_on_purpose(config: &Config) -> Result<(), Box<dyn Error>> {
    let endpoint = config
        .endpoint()
        .map(ToString::to_string)
        .unwrap_or_default();
    let wrong = Config::builder()
        .endpoint(endpoint)
        .credentials(Credentials::new("testAccessKeyId", "wrong"))
        .build()?;
    match dts::Client::new(&wrong)
        .start_dts_job()
        .dts_job_id("l3m1213ye7l****")
        .send()
        .await
    {
        Err(error) => match error.code() {
            Some(error_code::THROTTLING_USER) => println!("too many requests: {error}"),
            _ => println!("as expected: {error}"),
        },
        Ok(_) => return Err("a wrong secret was accepted".into()),
    }

    let client = dts::Client::new(config);
    let incomplete = client
        .configure_synchronization_job()
        .source_endpoint(SourceEndpoint::new().instance_type("ECS"));
    match incomplete.send().await {
        Err(error) => {
            println!("as expected, not sent:");
            error
                .violations()
                .iter()
                .for_each(|violation| println!("  {violation}"));
        }
        Ok(_) => return Err("an incomplete request was sent".into()),
    }
    Ok(())
}
