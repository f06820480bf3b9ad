//! The face without async: in a program that has no runtime at all.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    reason = "a test that cannot go on fails"
)]

use std::sync::mpsc;

use alicloud::dts::v20200101::Client;
use alicloud::{Config, Credentials, ErrorKind};
use alicloud_gateway::Gateway;

/// The gateway, on a thread with a runtime that the client knows nothing of. It stops when the sender is dropped.
fn gateway() -> (String, mpsc::Sender<()>) {
    let (endpoint, started) = mpsc::channel();
    let (stop, stopped) = mpsc::channel::<()>();
    std::thread::spawn(move || {
        let runtime = tokio::runtime::Runtime::new().unwrap();
        let gateway = runtime.block_on(Gateway::builder().start()).unwrap();
        endpoint.send(gateway.endpoint()).unwrap();
        let _ = stopped.recv();
    });
    (started.recv().unwrap(), stop)
}

#[test]
fn calls_block_where_there_is_no_runtime() {
    let (endpoint, _running) = gateway();
    let credentials = Credentials::new("testAccessKeyId", "testAccessKeySecret");
    let config = Config::builder()
        .endpoint(endpoint)
        .credentials(credentials);
    let client = Client::new(&config.build().unwrap());
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
