//! The calls that meet the faults.

use std::fmt;
use std::net::TcpListener;
use std::sync::Arc;
use std::time::Duration;

use alicloud::client::{Intercept, Outgoing};
use alicloud::credentials::{AssumeRoleCredentials, Context, CredentialsFuture};
use alicloud::dts::v20200101::Client;
use alicloud::retry::Backoff;
use alicloud::{Config, Credentials, Error, ErrorKind, ProvideCredentials, Response, RetryPolicy};
use alicloud_gateway::{DEFAULT_ACCESS_KEY_ID, DEFAULT_ACCESS_KEY_SECRET, Fault, Gateway};

use crate::{Cell, Injected, Strikes};

/// What kind of call meets a fault.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// `DescribeDtsJobs`, which changes nothing.
    Read,
    /// `StartDtsJob`, which must not run twice.
    Write,
    /// `CreateMigrationJob`, which takes an idempotency token.
    ProtectedWrite,
}

impl fmt::Display for Kind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Read => "read",
            Self::Write => "write",
            Self::ProtectedWrite => "write with token",
        })
    }
}

/// How a call ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Outcome {
    /// With an answer.
    Answered,
    /// With an error of that kind.
    Failed(ErrorKind),
}

impl fmt::Display for Outcome {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Answered => f.write_str("answered"),
            Self::Failed(kind) => write!(f, "{kind:?}"),
        }
    }
}

fn key() -> Credentials {
    Credentials::new(DEFAULT_ACCESS_KEY_ID, DEFAULT_ACCESS_KEY_SECRET)
}

/// Credentials that can be had anew, as temporary ones can.
#[derive(Debug)]
struct Renewable;

impl ProvideCredentials for Renewable {
    fn credentials<'a>(&'a self, _: &'a Context) -> CredentialsFuture<'a> {
        Box::pin(std::future::ready(Ok(key())))
    }

    fn refused(&self, _: &Credentials) -> bool {
        true
    }
}

/// Stops the gateway before the second attempt, where that is what is to happen.
#[derive(Debug)]
struct GoesAway(Injected, Arc<Gateway>);

impl Intercept for GoesAway {
    fn before_sign(
        &self,
        request: &mut Outgoing<'_>,
    ) -> Result<(), Box<dyn std::error::Error + Send + Sync>> {
        if matches!(self.0, Injected::ThenRefused(_)) && request.attempt() > 1 {
            self.1.stop();
            // The task that listens ends on another thread.
            std::thread::sleep(Duration::from_millis(30));
        }
        Ok(())
    }
}

/// An endpoint where nothing listens.
fn closed_port() -> std::io::Result<String> {
    let address = TcpListener::bind("127.0.0.1:0")?.local_addr()?;
    Ok(format!("http://{address}"))
}

pub(crate) async fn cell(
    fault: &'static str,
    injected: Injected,
    strikes: Strikes,
    kind: Kind,
) -> Result<Cell, Box<dyn std::error::Error + Send + Sync>> {
    let gateway = Arc::new(Gateway::builder().start().await?);
    let endpoint = match injected {
        Injected::Refused => closed_port()?,
        _ => gateway.endpoint(),
    };
    match (injected, strikes) {
        (Injected::Refused, _) => {}
        (Injected::Skew, _) => gateway.skew_clock(3600),
        (Injected::Fault(fault), Strikes::Always) => gateway.inject_always("*", fault),
        (Injected::Fault(fault), Strikes::Once) => gateway.inject_next("*", fault),
        (Injected::ThenRefused(fault), _) => gateway.inject_next("*", fault),
        (Injected::Stale, _) => gateway.inject_next("*", Fault::ClosedAfter),
        (Injected::Exchange(fault), Strikes::Always) => gateway.inject_always("AssumeRole", fault),
        (Injected::Exchange(fault), Strikes::Once) => gateway.inject_next("AssumeRole", fault),
    }
    let pauses = Backoff::new(Duration::from_millis(10), Duration::from_millis(50));
    let config = Config::builder()
        .endpoint(endpoint)
        // Well below what a huge answer and a bomb hold, so that a slow machine still meets the limit before the timeout.
        .max_answer_size(1 << 20)
        .attempt_timeout(Duration::from_millis(1500))
        .retry(RetryPolicy::DEFAULT.with_backoff(pauses))
        .interceptor(GoesAway(injected, Arc::clone(&gateway)));
    let config = match injected {
        Injected::Exchange(_) => config.credentials(
            AssumeRoleCredentials::new(key(), "acs:ram::1234:role/reader")
                .endpoint(gateway.endpoint()),
        ),
        _ => config.credentials(Renewable),
    };
    let config = config.build()?;
    let client = Client::new(&config);
    if matches!(injected, Injected::Stale) {
        // Leaves a connection behind that the gateway closes without a word.
        client.describe_check_jobs().send().await?;
        tokio::time::sleep(Duration::from_millis(20)).await;
    }
    let (outcome, attempts, request_id) = call(&client, kind).await;
    let operation = match kind {
        Kind::Read => "DescribeDtsJobs",
        Kind::Write => "StartDtsJob",
        Kind::ProtectedWrite => "CreateMigrationJob",
    };
    Ok(Cell {
        fault,
        strikes,
        kind,
        outcome,
        attempts,
        executed: gateway.counts(operation).executed,
        request_id,
    })
}

async fn call(client: &Client, kind: Kind) -> (Outcome, usize, bool) {
    match kind {
        Kind::Read => told(
            client
                .describe_dts_jobs()
                .region("cn-hangzhou")
                .send()
                .await,
        ),
        Kind::Write => told(
            client
                .start_dts_job()
                .dts_job_id("l3m1213ye7l****")
                .send()
                .await,
        ),
        Kind::ProtectedWrite => {
            let request = client.create_migration_job().region("cn-hangzhou");
            told(request.migration_job_class("small").send().await)
        }
    }
}

fn told<T>(ended: Result<Response<T>, Error>) -> (Outcome, usize, bool) {
    match ended {
        Ok(response) => (
            Outcome::Answered,
            response.attempts() as usize,
            response.request_id().is_some(),
        ),
        Err(error) => (
            Outcome::Failed(error.kind()),
            error.attempts(),
            error.request_id().is_some(),
        ),
    }
}
