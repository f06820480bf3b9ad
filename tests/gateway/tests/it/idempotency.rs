//! Idempotency tokens: what is repeated happens once.

use alicloud_gateway::{Answer, Fault, Gateway};

use crate::support::{Reply, START, Signer, gateway, raw};

const CREATE: (&str, &str) = ("CreateSynchronizationJob", "2020-01-01");

async fn create(gateway: &Gateway, token: &str) -> Reply {
    let own = [
        ("SourceRegion", "cn-hangzhou"),
        ("DestRegion", "cn-hangzhou"),
        ("SynchronizationJobClass", "small"),
        ("PayType", "PostPaid"),
        ("ClientToken", token),
    ];
    let wire = Signer::default().v3("POST", CREATE, &own, &[]);
    wire.send(gateway).await
}

#[tokio::test]
async fn a_repeated_token_gets_the_first_answer() {
    let gateway = gateway().await;
    let first = create(&gateway, "one").await;
    let again = create(&gateway, "one").await;
    assert_eq!((first.status, &first.body), (200, &again.body));
    let other = create(&gateway, "two").await;
    assert_ne!(first.body, other.body);
    assert_ne!(
        create(&gateway, "").await.body,
        create(&gateway, "").await.body
    );
    let counts = gateway.counts(CREATE.0);
    assert_eq!((counts.received, counts.executed), (5, 4));
}

#[tokio::test]
async fn a_lost_answer_can_be_fetched_again() {
    let gateway = Gateway::builder().jobs(true).start().await.unwrap();
    gateway.inject_next(CREATE.0, Fault::ResetAfterExecution);
    let own = [
        ("SourceRegion", "cn-hangzhou"),
        ("DestRegion", "cn-hangzhou"),
        ("SynchronizationJobClass", "small"),
        ("PayType", "PostPaid"),
        ("ClientToken", "lost"),
    ];
    let wire = Signer::default().v3("POST", CREATE, &own, &[]);
    assert_eq!(raw(gateway.address(), &wire.bytes()).await, b"");
    let second = create(&gateway, "lost").await.json();
    let third = create(&gateway, "lost").await.json();
    assert_eq!(second, third);
    let counts = gateway.counts(CREATE.0);
    assert_eq!((counts.received, counts.executed), (3, 1));
    // There is one job, not three.
    let list = Signer::default().v3(
        "POST",
        ("DescribeSynchronizationJobs", "2020-01-01"),
        &[],
        &[],
    );
    assert_eq!(list.send(&gateway).await.json()["TotalRecordCount"], 1);
}

#[tokio::test]
async fn an_attempt_that_did_not_get_there_leaves_no_answer() {
    let gateway = gateway().await;
    gateway.inject_next(CREATE.0, Fault::ServiceUnavailable);
    assert_eq!(create(&gateway, "one").await.status, 503);
    let first = create(&gateway, "one").await;
    assert_eq!(first.status, 200);
    assert_eq!(gateway.counts(CREATE.0).executed, 1);
}

#[tokio::test]
async fn without_a_token_a_call_that_is_repeated_happens_twice() {
    let gateway = gateway().await;
    gateway.inject_next(START.0, Fault::ResetAfterExecution);
    let start = || Signer::default().v3("POST", START, &[], &[]);
    assert_eq!(raw(gateway.address(), &start().bytes()).await, b"");
    assert_eq!(start().send(&gateway).await.status, 200);
    assert_eq!(gateway.counts(START.0).executed, 2);
}

#[tokio::test]
async fn scripted_answers_count_by_their_status() {
    let gateway = gateway().await;
    gateway.answer_next(START.0, Answer::error(400, "Throttling", "Slow down."));
    gateway.answer_next(START.0, Answer::usual());
    gateway.answer_next(START.0, Answer::hang_up());
    for _ in 0..3 {
        let wire = Signer::default().v3("POST", START, &[], &[]);
        raw(gateway.address(), &wire.bytes()).await;
    }
    let counts = gateway.counts(START.0);
    assert_eq!((counts.received, counts.executed), (3, 2));
}
