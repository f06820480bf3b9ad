//! A program with one call. `cargo xtask size` builds it for release, stripped, and holds it to its budget.

#![allow(clippy::print_stdout, reason = "a program says what came of it")]

use alicloud::Config;
use alicloud::dts::v20200101::Client;

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), alicloud::Error> {
    let config = Config::from_env().region("cn-hangzhou").build()?;
    let started = Client::new(&config)
        .start_dts_job()
        .dts_job_id("l3m1213ye7l****")
        .send()
        .await?;
    println!("{:?}", started.request_id());
    Ok(())
}
