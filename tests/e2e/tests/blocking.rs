//! The face without async: in a program that has no runtime at all, and in one whose runtime waits for it.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    reason = "a test that cannot go on fails"
)]

use std::io::{BufRead as _, BufReader, Write as _};
use std::net::TcpListener;
use std::sync::mpsc;
use std::time::{Duration, Instant};

use alicloud::client::{Intercept, Outgoing};
use alicloud::credentials::UriCredentials;
use alicloud::dts::v20200101::Client;
use alicloud::{Config, Credentials, ErrorKind};
use alicloud_gateway::Gateway;

/// The gateway, on a thread with a runtime that the client knows nothing of. It stops when the sender is dropped.
fn gateway() -> (String, mpsc::Sender<()>) {
    let (endpoint, started) = mpsc::channel();
    let (stop, stopped) = mpsc::channel::<()>();
    std::thread::spawn(move || {
        let runtime = tokio::runtime::Runtime::new().unwrap();
        let gateway = Gateway::builder().sts("STS.id", "secret", "token");
        let gateway = runtime.block_on(gateway.start()).unwrap();
        endpoint.send(gateway.endpoint()).unwrap();
        let _ = stopped.recv();
    });
    (started.recv().unwrap(), stop)
}

fn client(endpoint: &str) -> Client {
    let credentials = Credentials::new("testAccessKeyId", "testAccessKeySecret");
    let config = Config::builder()
        .endpoint(endpoint)
        .credentials(credentials);
    Client::new(&config.build().unwrap())
}

/// Far less than any time limit of a call.
fn at_once<T>(work: impl FnOnce() -> T) -> T {
    let started = Instant::now();
    let done = work();
    let taken = started.elapsed();
    assert!(taken < Duration::from_secs(8), "{taken:?}");
    done
}

/// The runtime of the test has one thread, which `block()` keeps from driving the connections it has.
#[tokio::test]
async fn a_call_blocks_beside_idle_connections_of_the_runtime_it_blocks() {
    let (endpoint, _running) = gateway();
    let client = client(&endpoint);
    for _ in 0..3 {
        let call = || client.start_dts_job().dts_job_id("x").send();
        call().await.unwrap();
        at_once(|| call().block()).unwrap();
    }
    // A call that is under way there stands still, and nothing waits for it.
    let mut waiting = Box::pin(client.start_dts_job().dts_job_id("x").send());
    let mut context = std::task::Context::from_waker(std::task::Waker::noop());
    assert!(waiting.as_mut().poll(&mut context).is_pending());
    at_once(|| client.start_dts_job().dts_job_id("x").send().block()).unwrap();
    waiting.await.unwrap();
}

/// Gives credentials out, after a while.
fn slow_credentials() -> String {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let address = listener.local_addr().unwrap();
    std::thread::spawn(move || {
        for stream in listener.incoming() {
            std::thread::spawn(move || {
                let mut stream = stream.unwrap();
                let lines = BufReader::new(&stream).lines().map(Result::unwrap);
                assert!(lines.take_while(|line| !line.is_empty()).count() > 1);
                std::thread::sleep(Duration::from_millis(100));
                let given = r#"{"Code":"Success","AccessKeyId":"STS.id","AccessKeySecret":"secret","SecurityToken":"token","Expiration":"2999-01-01T00:00:00Z"}"#;
                let length = given.len();
                let _ = write!(
                    stream,
                    "HTTP/1.1 200 OK\r\ncontent-length: {length}\r\n\r\n{given}"
                );
            });
        }
    });
    format!("http://{address}/keys")
}

#[tokio::test]
async fn credentials_that_are_on_their_way_in_the_blocked_runtime_are_not_waited_for() {
    let (endpoint, _running) = gateway();
    let config = Config::builder()
        .endpoint(endpoint)
        .credentials(UriCredentials::new(slow_credentials()));
    let client = Client::new(&config.build().unwrap());
    let call = || client.start_dts_job().dts_job_id("x").send();
    let mut waiting = Box::pin(call());
    tokio::select! {
        biased;
        _ = &mut waiting => unreachable!("the credentials take longer"),
        () = tokio::time::sleep(Duration::from_millis(30)) => {}
    }
    at_once(|| call().block()).unwrap();
    waiting.await.unwrap();
}

/// Makes a blocking call before each attempt of another.
#[derive(Debug)]
struct Asks(Client);

impl Intercept for Asks {
    fn before_sign(
        &self,
        _: &mut Outgoing<'_>,
    ) -> Result<(), Box<dyn std::error::Error + Send + Sync>> {
        let read = self.0.describe_dts_jobs().region("cn-hangzhou");
        read.send().block()?;
        Ok(())
    }
}

#[test]
fn a_blocking_call_may_make_another() {
    let (endpoint, _running) = gateway();
    let credentials = Credentials::new("testAccessKeyId", "testAccessKeySecret");
    let asking = |client| {
        let config = Config::builder()
            .endpoint(&endpoint)
            .credentials(credentials.clone())
            .interceptor(Asks(client));
        Client::new(&config.build().unwrap())
    };
    // And that one another.
    let client = asking(asking(client(&endpoint)));
    at_once(|| client.start_dts_job().dts_job_id("x").send().block()).unwrap();
}

#[test]
fn calls_block_where_there_is_no_runtime() {
    let (endpoint, _running) = gateway();
    let client = client(&endpoint);
    let answer = client
        .start_dts_job()
        .dts_job_id("x")
        .send()
        .block()
        .unwrap();
    assert_eq!(answer.success, Some(true));
    // Several threads at once share the one that drives them.
    std::thread::scope(|scope| {
        for _ in 0..8 {
            scope.spawn(|| {
                client
                    .start_dts_job()
                    .dts_job_id("x")
                    .send()
                    .block()
                    .unwrap()
            });
        }
    });
    let error = client.start_dts_job().send().block().unwrap_err();
    assert_eq!(error.kind(), ErrorKind::InvalidRequest);
}
