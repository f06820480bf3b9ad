//! The network around a call: calls that are given up, and what errors say of it.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    reason = "a test that cannot go on fails"
)]

use std::net::TcpListener;
use std::time::Duration;

use alicloud::dts::v20200101::Client;
use alicloud::{Config, Credentials, ErrorKind, RetryPolicy};
use alicloud_gateway::{Fault, Gateway};

#[tokio::test]
async fn a_call_that_is_dropped_is_given_up() {
    let gateway = Gateway::builder().start().await.unwrap();
    let config = Config::builder()
        .endpoint(gateway.endpoint())
        .credentials(Credentials::new("testAccessKeyId", "testAccessKeySecret"));
    let client = Client::new(&config.build().unwrap());
    // Polled never: nothing is sent.
    drop(client.describe_dts_jobs().region("cn-hangzhou").send());
    assert_eq!(gateway.counts("DescribeDtsJobs").received, 0);
    // Given up while the answer is awaited: the retries it would have had are not made.
    gateway.inject_always(
        "DescribeDtsJobs",
        Fault::SlowHeaders(Duration::from_secs(2)),
    );
    let call = client.describe_dts_jobs().region("cn-hangzhou").send();
    let given_up = tokio::time::timeout(Duration::from_millis(200), call).await;
    assert!(given_up.is_err());
    gateway.clear_faults();
    tokio::time::sleep(Duration::from_millis(100)).await;
    client
        .describe_dts_jobs()
        .region("cn-hangzhou")
        .send()
        .await
        .unwrap();
    assert_eq!(gateway.counts("DescribeDtsJobs").received, 2);
}

#[tokio::test]
async fn errors_of_the_network_name_the_host_and_nothing_else_of_the_url() {
    let refusing = TcpListener::bind("127.0.0.1:0")
        .unwrap()
        .local_addr()
        .unwrap();
    // A name that can never have an address, by RFC 6761.
    for (endpoint, said) in [
        (
            format!("http://{refusing}"),
            format!("{refusing} was not reached, nothing was sent"),
        ),
        (
            "https://dts.cn-hangzou.invalid:8443".to_owned(),
            "cannot resolve dts.cn-hangzou.invalid:8443, nothing was sent".to_owned(),
        ),
    ] {
        let config = Config::builder()
            .endpoint(endpoint)
            .retry(RetryPolicy::OFF)
            // Where no name server answers, finding that out takes a while.
            .connect_timeout(Duration::from_secs(40))
            .attempt_timeout(Duration::from_secs(40))
            .credentials(Credentials::new("testid", "testsecret"));
        let client = Client::new(&config.build().unwrap());
        let call = client.start_dts_job().dts_job_id("hunter2").send();
        let error = call.await.unwrap_err();
        assert_eq!(error.kind(), ErrorKind::NotSent);
        let text = error.to_string();
        assert!(text.contains(&said), "{text}");
        assert!(
            !text.contains("hunter2") && !text.contains("Signature"),
            "{text}"
        );
    }
}
