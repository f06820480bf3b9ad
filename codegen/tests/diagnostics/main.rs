//! What people are told about specs that are wrong: every message with its place, as a snapshot.

#![allow(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

mod examples;
mod files;
mod keys;
mod meanings;
mod paging;
#[path = "../support/mod.rs"]
mod support;
mod waiters;

use crate::support::{report, write};

/// A service that is right, for the operations of the tests to belong to.
const SERVICE: &str = "\
product: Demo
version: \"2024-01-01\"
style: rpc
errors:
  400:
    Throttling.User:
      retry: later
  403:
    Forbidden.Access:
      meaning: Not allowed.
enums:
  Direction:
    values: [Forward, Reverse]
schemas:
  Tag:
    fields:
      Key: {type: string}
      Value: {type: string}
  Name: {type: string}
";

/// What is reported of a spec folder with these files.
fn report_of(files: &[(&str, &[u8])]) -> String {
    let root = tempfile::tempdir().unwrap();
    write(root.path(), files);
    report(root.path())
}

/// What is reported of an operation `Start` of the service above.
fn report_of_operation(content: &str) -> String {
    report_of(&[
        ("demo/2024-01-01/service.yaml", SERVICE.as_bytes()),
        ("demo/2024-01-01/Start.yaml", content.as_bytes()),
    ])
}

/// What is reported of a service without operations.
fn report_of_service(content: &str) -> String {
    report_of(&[("demo/2024-01-01/service.yaml", content.as_bytes())])
}

/// Compares with the snapshot of the test it is used in. The report alone: the spec it is about stands in the test.
macro_rules! snapshot {
    ($report:expr) => {
        insta::with_settings!({ snapshot_path => "../snapshots", omit_expression => true }, {
            insta::assert_snapshot!($report)
        })
    };
}
pub(crate) use snapshot;
