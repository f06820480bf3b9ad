//! Adding an operation is adding a file: specs are copied, one new file joins them, the result compiles and the new
//! operation is called through the gateway.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    reason = "a test that cannot go on fails"
)]

mod support;

use std::fs;
use std::path::Path;

use alicloud_codegen::regenerate::regenerate;
use alicloud_gateway::Gateway;

const OPERATION: &str = r#"
operation: DescribeSynchronizationJobHealth
summary: Tells how a data synchronization job is doing.
effect: read
parameters:
  SynchronizationJobId:
    type: string
    required: true
    description: The ID of the synchronization instance.
response:
  fields:
    RequestId: {type: string, description: The ID of the request.}
    Success: {type: boolean, description: Whether the call did what it was asked to.}
    ErrCode: {type: string, description: The error code of a call that failed.}
    ErrMessage: {type: string, description: The error message of a call that failed.}
    Status:
      type: string
      description: What the job is doing.
      enum: {Synchronizing: It copies changes., Failed: It stopped on an error.}
    Delay: {type: int64, description: How far the destination is behind.}
examples:
  - request: {SynchronizationJobId: dtsf19100l2186****}
    json: '{"RequestId": "0A5C", "Success": true, "Status": "Synchronizing", "Delay": "12"}'
"#;

const CALLER: &str = r#"
use alicloud::dts::v20200101::Client;
use alicloud::{Config, Credentials};

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), alicloud::Error> {
    let endpoint = std::env::args().nth(1).unwrap_or_default();
    let credentials = Credentials::new("testAccessKeyId", "testAccessKeySecret");
    let client = Client::new(&Config::builder().endpoint(endpoint).credentials(credentials).build()?);
    let answer = client.describe_synchronization_job_health().synchronization_job_id("dtsf19100l2186****").send().await?;
    println!("{:?} {:?}", answer.status, answer.delay);
    Ok(())
}
"#;

fn copy(from: &Path, to: &Path) {
    fs::create_dir_all(to).unwrap();
    for entry in fs::read_dir(from).unwrap() {
        let entry = entry.unwrap();
        let target = to.join(entry.file_name());
        if entry.file_type().unwrap().is_dir() {
            copy(&entry.path(), &target);
        } else {
            fs::copy(entry.path(), target).unwrap();
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_new_file_is_a_new_operation() {
    let folder = tempfile::tempdir().unwrap();
    let (specs, out, caller) = (
        folder.path().join("specs"),
        folder.path().join("alicloud"),
        folder.path().join("caller"),
    );
    copy(&support::root().join("api-specs"), &specs);
    fs::write(
        specs.join("dts/2020-01-01/DescribeSynchronizationJobHealth.yaml"),
        OPERATION,
    )
    .unwrap();
    if let Err(failure) = regenerate(&support::options(&specs, &out)) {
        panic!("{failure}");
    }
    fs::create_dir_all(caller.join("src")).unwrap();
    let manifest = "[package]\nname = \"caller\"\nedition = \"2024\"\n\n[workspace]\n\n[dependencies]\n\
         alicloud = { path = \"../alicloud\", features = [\"dts\"] }\n\
         tokio = { version = \"1\", features = [\"macros\", \"rt\"] }\n";
    fs::write(caller.join("Cargo.toml"), manifest).unwrap();
    fs::write(caller.join("src/main.rs"), CALLER).unwrap();

    let gateway = Gateway::builder().specs(&specs).start().await.unwrap();
    let endpoint = gateway.endpoint();
    let printed = tokio::task::spawn_blocking(move || {
        support::run(support::cargo(
            &caller,
            &["run", "--quiet", "--", &endpoint],
        ))
    });
    assert_eq!(
        printed.await.unwrap().trim(),
        "Some(\"Synchronizing\") Some(12)"
    );
    assert_eq!(gateway.requests().len(), 1);
}
