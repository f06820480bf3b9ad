//! The default transport: which connections and proxies a request goes over, and what it makes of compressed answers.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    reason = "a test that cannot go on fails"
)]

mod compressed;
mod connections;
mod customized;
mod extremes;
mod peer;
mod proxies;

use alicloud::dts::v20200101::{Client, StartDtsJob};
use alicloud::{Config, ConfigBuilder, Credentials};

fn config(endpoint: impl Into<String>) -> ConfigBuilder {
    Config::builder()
        .endpoint(endpoint)
        .credentials(Credentials::new("testid", "testsecret"))
}

fn client(config: ConfigBuilder) -> Client {
    Client::new(&config.build().unwrap())
}

/// A call that changes something: it is repeated only where that can do no harm.
fn write() -> StartDtsJob {
    StartDtsJob::new().dts_job_id("x")
}
