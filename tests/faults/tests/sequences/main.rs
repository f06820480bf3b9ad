//! Ten thousand random sequences of faults through one client, held against a model of what may be claimed.
//!
//! A sequence is one call and what goes wrong with each of its attempts: in the client (credentials, interceptor,
//! connection), on the way, or in the service. The service is a loopback server that counts what it reads and what it
//! executes. Whatever the client reports must agree with those counts: nothing was executed twice, nothing that was
//! read is reported as not sent, and nothing is reported as a success that was not executed. Seeds make a failure
//! repeatable: it names the number of its sequence.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    reason = "a test that cannot go on fails"
)]

mod claim;
mod client;
mod plan;
mod server;

use std::collections::BTreeMap;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use claim::Report;

const SEQUENCES: u64 = 10_000;
/// How many calls are in flight at once: they share the connections, the retry budget and the learned clock.
const IN_FLIGHT: u64 = 24;

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn no_claim_contradicts_what_the_service_counted() {
    let server = server::Server::start().await;
    let client = client::client(&server);
    let next = Arc::new(AtomicU64::new(0));
    let mut workers = Vec::new();
    for _ in 0..IN_FLIGHT {
        let (server, client, next) = (server.clone(), client.clone(), Arc::clone(&next));
        workers.push(tokio::spawn(async move {
            let mut reports = Vec::new();
            loop {
                let number = next.fetch_add(1, Ordering::Relaxed);
                if number >= SEQUENCES {
                    return reports;
                }
                let sequence = server.register(plan::Plan::of(number));
                let ended = client::call(&client, &sequence).await;
                reports.push(claim::check(
                    number,
                    &sequence.settle().await,
                    &ended,
                    sequence.plan.kind,
                ));
            }
        }));
    }
    let mut reports = Vec::new();
    for worker in workers {
        reports.extend(worker.await.unwrap());
    }

    let wrong: Vec<&str> = reports
        .iter()
        .filter_map(|report| report.wrong.as_deref())
        .collect();
    assert!(
        wrong.is_empty(),
        "{} wrong claims:\n{}",
        wrong.len(),
        wrong[..wrong.len().min(10)].join("\n")
    );
    covered(&reports);
}

/// The sequences reach every kind of end, so that the claims above are not held of nothing.
fn covered(reports: &[Report]) {
    let mut ends = BTreeMap::<&str, usize>::new();
    for report in reports {
        *ends.entry(report.end).or_default() += 1;
    }
    for end in [
        "success",
        "InvalidRequest",
        "Credentials",
        "NotSent",
        "OutcomeUnknown",
        "Service",
        "Business",
        "Undecodable",
        "abandoned",
    ] {
        let seen = ends.get(end).copied().unwrap_or_default();
        assert!(seen >= 20, "only {seen} sequences end with {end}: {ends:?}");
    }
    let repeated = reports.iter().filter(|report| report.attempts > 1).count();
    assert!(
        repeated >= 1000,
        "only {repeated} calls had a second attempt"
    );
    let unknown_then_unsent = reports
        .iter()
        .filter(|report| report.unknown_then_unsent)
        .count();
    assert!(
        unknown_then_unsent >= 50,
        "only {unknown_then_unsent} calls may have run before a later attempt that was not sent"
    );
}
