//! Long lists walked and states waited for, against a gateway that really pages and keeps jobs.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    reason = "a test that cannot go on fails"
)]

use std::time::{Duration, SystemTime};

use alicloud::client::WaitError;
use alicloud::dataworks_public::v20200518 as dataworks;
use alicloud::dts::v20200101::{self as dts, Client, types};
use alicloud::test_util::{ManualClock, ScriptedTransport};
use alicloud::{Config, ConfigBuilder, Credentials, ErrorKind};
use alicloud_gateway::{Fault, Gateway};

fn config(gateway: &Gateway) -> ConfigBuilder {
    Config::builder()
        .endpoint(gateway.endpoint())
        .credentials(Credentials::new("testAccessKeyId", "testAccessKeySecret"))
}

/// A client whose waiting takes no time.
fn scripted(transport: &ScriptedTransport) -> (Client, ManualClock) {
    let clock = ManualClock::new(SystemTime::UNIX_EPOCH);
    let config = Config::builder()
        .region("cn-hangzhou")
        .credentials(Credentials::new("testid", "testsecret"))
        .transport(transport.clone())
        .clock(clock.clone())
        .sleep(clock.clone());
    (Client::new(&config.build().unwrap()), clock)
}

fn numbered(count: usize, field: &str) -> Vec<serde_json::Value> {
    (0..count)
        .map(|number| serde_json::json!({ field: format!("item-{number}") }))
        .collect()
}

#[tokio::test]
async fn a_list_by_page_number_is_walked_to_its_end() {
    for (total, size, calls) in [(0, 10, 1), (7, 10, 1), (20, 10, 3), (25, 10, 3)] {
        let gateway = Gateway::builder().start().await.unwrap();
        let items = numbered(total, "MigrationJobID");
        gateway.serve_list("DescribeMigrationJobs", items).unwrap();
        let client = Client::new(&config(&gateway).build().unwrap());
        let request = client.describe_migration_jobs().page_size(size);
        let jobs = request.items().collect(usize::MAX).await.unwrap();
        let ids: Vec<_> = jobs
            .into_iter()
            .filter_map(|job| job.migration_job_id)
            .collect();
        let expected: Vec<_> = (0..total).map(|number| format!("item-{number}")).collect();
        assert_eq!(ids, expected, "{total} by {size}");
        let received = gateway.counts("DescribeMigrationJobs").received;
        assert_eq!(received, calls, "{total} by {size}");
    }
}

#[tokio::test]
async fn a_list_by_token_is_walked_to_its_end_and_can_be_left() {
    let gateway = Gateway::builder().start().await.unwrap();
    let items = numbered(23, "Name");
    gateway.serve_list("ListMetaCollections", items).unwrap();
    let client = dataworks::Client::new(&config(&gateway).build().unwrap());
    let list = || {
        client
            .list_meta_collections()
            .collection_type("ALBUM")
            .page_size(10)
    };
    let walked = list().items().collect(usize::MAX).await.unwrap();
    assert_eq!(walked.len(), 23);
    let some = list().items().collect(5).await.unwrap();
    assert_eq!(some.len(), 5);
    // The first page was enough.
    assert_eq!(gateway.counts("ListMetaCollections").received, 3 + 1);
}

#[tokio::test]
async fn a_page_that_fails_for_a_moment_is_asked_for_again_and_a_walk_can_be_resumed() {
    let gateway = Gateway::builder().start().await.unwrap();
    gateway
        .serve_list("DescribeMigrationJobs", numbered(25, "MigrationJobID"))
        .unwrap();
    let client = Client::new(&config(&gateway).build().unwrap());
    let mut pages = client.describe_migration_jobs().page_size(10).pages();
    assert!(pages.resume_from().is_none());
    pages.next().await.unwrap().unwrap();
    gateway.inject_next("DescribeMigrationJobs", Fault::ServiceUnavailable);
    assert_eq!(pages.next().await.unwrap().unwrap().attempts(), 2);
    gateway.inject_always("DescribeMigrationJobs", Fault::InvalidJson);
    assert_eq!(
        pages.next().await.unwrap().unwrap_err().kind(),
        ErrorKind::Undecodable
    );
    assert!(pages.next().await.is_none());
    let at = pages
        .resume_from()
        .unwrap()
        .scalar_text()
        .unwrap()
        .into_owned();
    assert_eq!(at, "3");
    gateway.clear_faults();
    let rest = client.describe_migration_jobs().page_size(10).page_num(3);
    assert_eq!(rest.items().collect(usize::MAX).await.unwrap().len(), 5);
}

#[tokio::test]
async fn a_service_that_repeats_itself_is_left() {
    let page = r#"{"RequestId":"1","Success":true,"TotalRecordCount":1000,
        "MigrationJobs":{"MigrationJob":[{"MigrationJobID":"same"}]}}"#;
    let transport = (0..9).fold(ScriptedTransport::new(), |script, _| {
        script.answer(200, page)
    });
    let (client, _) = scripted(&transport);
    let error = client
        .describe_migration_jobs()
        .items()
        .collect(usize::MAX)
        .await
        .unwrap_err();
    assert!(error.to_string().contains("again"), "{error}");
    assert_eq!(transport.requests().len(), 2);
}

async fn configured(client: &Client) -> String {
    let created = client
        .create_synchronization_job()
        .source_region("cn-hangzhou")
        .dest_region("cn-beijing")
        .synchronization_job_class(types::SynchronizationClass::Small)
        .pay_type(types::PayType::PostPaid)
        .send()
        .await
        .unwrap();
    let job = created.into_inner().synchronization_job_id.unwrap();
    client
        .configure_synchronization_job()
        .synchronization_job_id(job.as_str())
        .synchronization_job_name("orders")
        .structure_initialization(true)
        .data_initialization(true)
        .synchronization_objects([
            dts::configure_synchronization_job::SynchronizationObject::new().db_name("shop"),
        ])
        .with_unchecked()
        .send()
        .await
        .unwrap();
    job
}

/// Shorter than `with_checks(false)` with its import.
trait Unchecked {
    fn with_unchecked(self) -> Self;
}

impl<R: alicloud::Request> Unchecked for R {
    fn with_unchecked(self) -> Self {
        self.with_checks(false)
    }
}

#[tokio::test]
async fn a_job_is_waited_for_from_its_precheck_to_its_running() {
    let gateway = Gateway::builder().jobs(true).start().await.unwrap();
    let clock = ManualClock::new(SystemTime::UNIX_EPOCH);
    let client = Client::new(&config(&gateway).sleep(clock.clone()).build().unwrap());
    let job = configured(&client).await;
    let status = || {
        client
            .describe_synchronization_job_status()
            .synchronization_job_id(job.as_str())
    };
    status().wait_until_precheck_passed().await.unwrap();
    client
        .start_synchronization_job()
        .synchronization_job_id(job.as_str())
        .send()
        .await
        .unwrap();
    let running = status().wait_until_synchronizing().await.unwrap();
    assert_eq!(running.status.as_deref(), Some("Synchronizing"));
    // The first pause of the precheck's waiter is 5 seconds, give or take a tenth; the next is half as long again.
    let seconds: Vec<_> = clock.sleeps().iter().map(Duration::as_secs_f64).collect();
    assert!((4.5..=5.5).contains(&seconds[0]), "{seconds:?}");
    assert!((6.75..=8.25).contains(&seconds[1]), "{seconds:?}");
}

#[tokio::test]
async fn a_precheck_that_fails_ends_the_wait_at_once() {
    let gateway = Gateway::builder().jobs(true).start().await.unwrap();
    let clock = ManualClock::new(SystemTime::UNIX_EPOCH);
    let client = Client::new(&config(&gateway).sleep(clock).build().unwrap());
    let job = configured(&client).await;
    assert!(gateway.fail_precheck(&job));
    let status = client
        .describe_synchronization_job_status()
        .synchronization_job_id(job.as_str());
    let error = status.wait_until_precheck_passed().await.unwrap_err();
    assert_eq!(error.state(), Some("Failed"));
    assert!(matches!(error, WaitError::Failed { .. }), "{error}");
    // What the job's state does not allow fails inside a good answer.
    let early = client
        .start_synchronization_job()
        .synchronization_job_id(job.as_str());
    assert_eq!(early.send().await.unwrap_err().kind(), ErrorKind::Business);
}

#[tokio::test]
async fn a_wait_ends_at_its_deadline() {
    let answer = r#"{"RequestId":"1","Success":"true","Status":"Initializing"}"#;
    let transport = (0..50).fold(ScriptedTransport::new(), |script, _| {
        script.answer(200, answer)
    });
    let (client, clock) = scripted(&transport);
    let status = client
        .describe_synchronization_job_status()
        .synchronization_job_id("x");
    let error = status
        .wait_until_synchronizing()
        .with_interval(Duration::from_secs(10))
        .with_deadline(Duration::from_secs(60))
        .await
        .unwrap_err();
    assert!(matches!(error, WaitError::TimedOut { .. }), "{error}");
    assert_eq!(error.state(), Some("Initializing"));
    let waited: Duration = clock.sleeps().iter().sum();
    assert_eq!(waited, Duration::from_secs(60));
    // A call that fails for good ends it, too.
    let refused = ScriptedTransport::new().answer(403, r#"{"Code":"NoPermission","Message":"m"}"#);
    let (client, _) = scripted(&refused);
    let status = client
        .describe_synchronization_job_status()
        .synchronization_job_id("x");
    let error = status.wait_until_synchronizing().await.unwrap_err();
    assert!(matches!(error, WaitError::Call(_)), "{error}");
}
