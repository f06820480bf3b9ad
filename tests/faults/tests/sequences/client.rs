//! The client under test, with the faults that strike on its side.

use std::future::ready;
use std::net::TcpListener;
use std::sync::Arc;
use std::time::Duration;

use alicloud::client::{Intercept, Outgoing};
use alicloud::credentials::{Context, CredentialsError, CredentialsFuture};
use alicloud::dts::v20200101::Client;
use alicloud::retry::Backoff;
use alicloud::transport::{HttpRequest, Reqwest, Transport, TransportFuture};
use alicloud::{Config, Credentials, Error, ProvideCredentials, Request as _, RetryPolicy};

use crate::plan::{Kind, Step};
use crate::server::{SEQUENCE, Sequence, Server};

/// How long an attempt may take.
const ATTEMPT: Duration = Duration::from_millis(200);

tokio::task_local! {
    /// The sequence of the call that this task makes.
    static SEQUENCE_OF_TASK: Arc<Sequence>;
}

fn sequence() -> Arc<Sequence> {
    SEQUENCE_OF_TASK.get()
}

/// Credentials are asked for first in every attempt.
#[derive(Debug)]
struct Provider;

impl ProvideCredentials for Provider {
    fn credentials<'a>(&'a self, _: &'a Context) -> CredentialsFuture<'a> {
        Box::pin(ready(match sequence().begin() {
            Step::NoCredentials => Err(CredentialsError::new("the plan has none")),
            _ => Ok(Credentials::new("testAccessKeyId", "testAccessKeySecret")),
        }))
    }

    fn refused(&self, _: &Credentials) -> bool {
        true
    }
}

#[derive(Debug)]
struct Interceptor;

impl Intercept for Interceptor {
    fn before_sign(
        &self,
        _: &mut Outgoing<'_>,
    ) -> Result<(), Box<dyn std::error::Error + Send + Sync>> {
        match sequence().step() {
            Step::Intercepted => Err("the plan refuses it".into()),
            _ => Ok(()),
        }
    }
}

/// The default transport, which is sent to a closed port where the plan says so.
#[derive(Debug)]
struct Carrier {
    inner: Reqwest,
    open: String,
    closed: String,
}

impl Transport for Carrier {
    fn send(&self, mut request: HttpRequest) -> TransportFuture {
        if sequence().step() == Step::Refused {
            request.url = request.url.replacen(&self.open, &self.closed, 1);
        }
        self.inner.send(request)
    }
}

pub(crate) fn client(server: &Server) -> Client {
    // The port is free again when the listener is dropped, and nothing listens there for as long as the test runs.
    let closed = TcpListener::bind("127.0.0.1:0")
        .unwrap()
        .local_addr()
        .unwrap();
    let open = format!("http://{}", server.address);
    let pauses = Backoff::new(Duration::from_millis(1), Duration::from_millis(3));
    let config = Config::builder()
        .endpoint(&open)
        .credentials(Provider)
        .interceptor(Interceptor)
        .transport(Carrier {
            inner: Reqwest::from_builder(|builder| builder).unwrap(),
            open,
            closed: format!("http://{closed}"),
        })
        .attempt_timeout(ATTEMPT)
        .retry(
            RetryPolicy::DEFAULT
                .with_max_attempts(4)
                .with_backoff(pauses),
        )
        .build()
        .unwrap();
    Client::new(&config)
}

/// How a call ended.
#[derive(Debug)]
pub(crate) enum Ended {
    Answered {
        request_id: Option<String>,
        attempts: usize,
    },
    Failed(Error),
    /// The caller dropped it.
    Abandoned,
}

pub(crate) async fn call(client: &Client, sequence: &Arc<Sequence>) -> Ended {
    let plan = &sequence.plan;
    let (number, limit) = (
        plan.number.to_string(),
        Duration::from_millis(plan.limit.unwrap_or(60_000)),
    );
    macro_rules! send {
        ($request:expr) => {{
            let sent = $request
                .with_header(SEQUENCE, number)
                .with_timeout(limit)
                .send();
            match sent.await {
                Ok(response) => Ended::Answered {
                    request_id: response.request_id().map(str::to_owned),
                    attempts: response.attempts() as usize,
                },
                Err(error) => Ended::Failed(error),
            }
        }};
    }
    let called = SEQUENCE_OF_TASK.scope(Arc::clone(sequence), async {
        match plan.kind {
            Kind::Read => send!(client.describe_dts_jobs().region("cn-hangzhou")),
            Kind::Write => send!(client.start_dts_job().dts_job_id("l3m1213ye7l****")),
            Kind::ProtectedWrite => {
                send!(
                    client
                        .create_migration_job()
                        .region("cn-hangzhou")
                        .migration_job_class("small")
                )
            }
        }
    });
    match plan.dropped {
        None => called.await,
        Some(after) => {
            let dropped = tokio::time::timeout(Duration::from_millis(after), called);
            dropped.await.unwrap_or(Ended::Abandoned)
        }
    }
}
