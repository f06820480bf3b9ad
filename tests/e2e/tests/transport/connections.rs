//! Which connections requests go over.

use std::time::{Duration, Instant};

use alicloud::credentials::UriCredentials;
use alicloud::{ErrorKind, RetryPolicy};

use crate::peer::{GOOD, Peer, Reply, good, http};
use crate::{client, config, write};

/// Time passes in which the runtime does nothing.
fn doze(milliseconds: u64) {
    std::thread::sleep(Duration::from_millis(milliseconds));
}

#[tokio::test]
async fn a_connection_is_kept_for_as_long_as_the_configuration_says() {
    let short = Duration::from_millis(400);
    for (idle, pause, expected) in [
        (Duration::ZERO, 0, [0, 1, 2]),
        (short, 600, [0, 0, 1]),
        (Duration::from_secs(20), 600, [0, 0, 0]),
        (Duration::MAX, 0, [0, 0, 0]),
    ] {
        let peer = Peer::new(good);
        let client = client(config(peer.endpoint()).idle_timeout(idle));
        client.send(write()).await.unwrap();
        client.send(write()).await.unwrap();
        doze(pause);
        client.send(write()).await.unwrap();
        assert_eq!(peer.connections(), expected, "{idle:?}");
    }
}

/// A server that closes a connection need not say so before: the runtime finds out, if it is given the time.
#[tokio::test]
async fn a_connection_that_was_closed_while_nothing_ran_costs_no_call() {
    let peer = Peer::new(|_| Reply::Leave(http("200 OK", "", GOOD)));
    let client = client(config(peer.endpoint()).retry(RetryPolicy::OFF));
    for call in 1..=5 {
        client.send(write()).await.unwrap();
        peer.wait_until_closed(call);
    }
    // Each was carried out once, over a connection of its own.
    assert_eq!(peer.connections(), [0, 1, 2, 3, 4]);
}

#[test]
fn nor_where_the_program_leaves_its_runtime_in_between() {
    let peer = Peer::new(|_| Reply::Leave(http("200 OK", "", GOOD)));
    let client = client(config(peer.endpoint()).retry(RetryPolicy::OFF));
    for flavor in [
        tokio::runtime::Builder::new_current_thread(),
        tokio::runtime::Builder::new_multi_thread(),
    ] {
        let runtime = { flavor }.worker_threads(1).enable_all().build().unwrap();
        for _ in 0..3 {
            runtime.block_on(client.send(write())).unwrap();
            peer.wait_until_closed(peer.seen().len());
        }
    }
    assert_eq!(peer.connections(), [0, 1, 2, 3, 4, 5]);
}

#[tokio::test]
async fn a_retry_does_not_go_over_a_connection_whose_server_failed() {
    for (status, code, expected) in [
        ("503 Service Unavailable", "ServiceUnavailable", [0, 1]),
        ("500 Internal Server Error", "InternalError", [0, 1]),
        ("502 Bad Gateway", "Whatever", [0, 1]),
        // The service is well and only wants fewer calls.
        ("400 Bad Request", "Throttling.User", [0, 0]),
        ("429 Too Many Requests", "Whatever", [0, 0]),
    ] {
        let body = format!(r#"{{"Code":"{code}","Message":"m","RequestId":"2"}}"#);
        let answers = [http(status, "", body), http("200 OK", "", GOOD)];
        let peer = Peer::new(move |asked| Reply::Stay(answers[asked.number.min(1)].clone()));
        let client = client(config(peer.endpoint()));
        let read = client.describe_dts_jobs().region("cn-hangzhou");
        assert_eq!(read.send().await.unwrap().attempts(), 2);
        assert_eq!(peer.connections(), expected, "{status}");
    }
}

#[tokio::test]
async fn nor_does_that_of_an_exchange_for_credentials() {
    let keys = r#"{"Code":"Success","AccessKeyId":"i","AccessKeySecret":"s","SecurityToken":"t","Expiration":"2999-01-01T00:00:00Z"}"#;
    let source = Peer::new(move |asked| match asked.number {
        0 => Reply::Stay(http("503 Service Unavailable", "", "{}")),
        _ => Reply::Stay(http("200 OK", "", keys)),
    });
    let peer = Peer::new(good);
    let credentials = UriCredentials::new(format!("{}/keys", source.endpoint()));
    let client = client(config(peer.endpoint()).credentials(credentials));
    client.send(write()).await.unwrap();
    assert_eq!(source.connections(), [0, 1]);
}

/// Each runtime has connections of its own. That of the first one stands still while the second one runs.
#[test]
fn one_runtime_does_not_wait_for_the_connections_of_another() {
    let peer = Peer::new(good);
    let client = client(config(peer.endpoint()));
    let new = || {
        tokio::runtime::Builder::new_current_thread()
            .enable_all()
            .build()
    };
    let (first, second) = (new().unwrap(), new().unwrap());
    let started = Instant::now();
    for _ in 0..3 {
        first.block_on(client.send(write())).unwrap();
        second.block_on(client.send(write())).unwrap();
    }
    assert!(started.elapsed() < Duration::from_secs(10));
    assert_eq!(peer.connections(), [0, 1, 0, 1, 0, 1]);
    // Runtimes that are gone leave nothing behind that anybody would wait for.
    for _ in 0..40 {
        new().unwrap().block_on(client.send(write())).unwrap();
    }
    first.block_on(client.send(write())).unwrap();
}

#[test]
fn without_a_runtime_a_call_fails_and_says_so() {
    let peer = Peer::new(good);
    let client = client(config(peer.endpoint()).retry(RetryPolicy::OFF));
    let call = client.send(write());
    let mut call = std::pin::pin!(call);
    let mut context = std::task::Context::from_waker(std::task::Waker::noop());
    let std::task::Poll::Ready(Err(error)) = call.as_mut().poll(&mut context) else {
        unreachable!("nothing is waited for");
    };
    assert_eq!(error.kind(), ErrorKind::NotSent);
    assert!(error.to_string().contains("no tokio runtime"), "{error}");
}
