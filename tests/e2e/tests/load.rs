//! Ten thousand calls, a hundred in flight: nothing is lost, memory stays flat, one connection pool serves all clones.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    reason = "a test that cannot go on fails"
)]

use std::collections::HashSet;

use alicloud::dts::v20200101::Client;
use alicloud::{Config, Credentials};
use alicloud_gateway::Gateway;

const IN_FLIGHT: usize = 100;

/// Peak memory may grow by this much between the first thousand calls and the last.
const GROWTH: u64 = 64 << 20;

/// The memory of this process, gateway included, in bytes; `None` where the system does not tell.
fn memory() -> Option<u64> {
    let pages = std::fs::read_to_string("/proc/self/statm").ok()?;
    Some(pages.split(' ').nth(1)?.parse::<u64>().ok()? * 4096)
}

/// Makes that many calls, a hundred at a time, each by a clone of the client; returns the IDs of the requests.
async fn calls(client: &Client, count: usize) -> HashSet<String> {
    let mut tasks = Vec::new();
    for _ in 0..IN_FLIGHT {
        let client = client.clone();
        tasks.push(tokio::spawn(async move {
            let mut ids = Vec::new();
            for _ in 0..count / IN_FLIGHT {
                let answer = client.start_dts_job().dts_job_id("x").send().await.unwrap();
                assert_eq!(answer.success, Some(true));
                ids.push(answer.into_inner().request_id.unwrap());
            }
            ids
        }));
    }
    let mut all = HashSet::new();
    for task in tasks {
        all.extend(task.await.unwrap());
    }
    all
}

#[tokio::test(flavor = "multi_thread")]
async fn ten_thousand_calls() {
    let gateway = Gateway::builder().recordings(10).start().await.unwrap();
    let config = Config::builder()
        .endpoint(gateway.endpoint())
        .credentials(Credentials::new("testAccessKeyId", "testAccessKeySecret"));
    let client = Client::new(&config.build().unwrap());
    assert_eq!(calls(&client, 1000).await.len(), 1000);
    let before = memory();
    assert_eq!(calls(&client, 10_000).await.len(), 10_000);
    if let (Some(before), Some(after)) = (before, memory()) {
        let grown = after.saturating_sub(before);
        assert!(grown < GROWTH, "{grown} bytes more after 10,000 calls");
    }
    let counts = gateway.counts("StartDtsJob");
    assert_eq!((counts.received, counts.executed), (11_000, 11_000));
    // A call that finds no idle connection begins a new one, and may be served by one that became idle meanwhile: a few
    // more than there are calls in flight, and nowhere near one a call.
    let connections = gateway.connections();
    assert!(
        connections <= 2 * IN_FLIGHT as u64,
        "{connections} connections"
    );
}
