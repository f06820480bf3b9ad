//! Many calls at once: none is lost, connections are counted, memory stays what it is. In a process of its own, since
//! other tests take memory, too.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    reason = "a helper that fails fails its test"
)]

#[allow(dead_code, reason = "other tests need more of it")]
#[path = "../it/support.rs"]
mod support;

use std::sync::Arc;

use alicloud_gateway::Gateway;
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::TcpStream;
use tokio::task::JoinSet;

use crate::support::{START, Signer};

const IN_FLIGHT: usize = 100;

/// Calls on one connection, one after another.
async fn calls(gateway: &Gateway, count: usize) -> usize {
    let mut stream = TcpStream::connect(gateway.address()).await.unwrap();
    let (mut good, mut answer) = (0, Vec::new());
    for _ in 0..count {
        let wire = Signer::default().v3("POST", START, &[("DtsJobId", "mine")], &[]);
        stream.write_all(&wire.bytes_with("")).await.unwrap();
        answer.clear();
        while !whole(&answer) {
            assert!(stream.read_buf(&mut answer).await.unwrap() > 0);
        }
        good += usize::from(answer.starts_with(b"HTTP/1.1 200 "));
    }
    good
}

/// Whether all of the body is there that the head announces.
fn whole(answer: &[u8]) -> bool {
    let text = String::from_utf8_lossy(answer);
    let Some((head, body)) = text.split_once("\r\n\r\n") else {
        return false;
    };
    let mut lines = head.lines();
    let length = lines.find_map(|line| line.strip_prefix("content-length: "));
    body.len() == length.unwrap().parse::<usize>().unwrap()
}

async fn batch(gateway: &Arc<Gateway>, each: usize) -> usize {
    let mut running = JoinSet::new();
    for _ in 0..IN_FLIGHT {
        let gateway = Arc::clone(gateway);
        running.spawn(async move { calls(&gateway, each).await });
    }
    running.join_all().await.into_iter().sum()
}

/// The memory this process has in use, where that can be told.
fn memory() -> Option<usize> {
    let text = std::fs::read_to_string("/proc/self/statm").ok()?;
    let pages: usize = text.split(' ').nth(1)?.parse().ok()?;
    Some(pages * 4096)
}

#[tokio::test(flavor = "multi_thread")]
async fn ten_thousand_calls_at_a_hundred_in_flight() {
    let gateway = Gateway::builder().recordings(100).start().await.unwrap();
    let gateway = Arc::new(gateway);
    assert_eq!(batch(&gateway, 20).await, 2_000);
    let before = memory();
    assert_eq!(batch(&gateway, 100).await, 10_000);
    let grown = memory()
        .zip(before)
        .map(|(after, before)| after.saturating_sub(before));
    assert!(grown.is_none_or(|grown| grown < 16 << 20), "{grown:?}");
    let counts = gateway.counts("StartDtsJob");
    assert_eq!((counts.received, counts.executed), (12_000, 12_000));
    assert_eq!(gateway.connections(), 200);
    assert_eq!(gateway.requests().len(), 100);
}
