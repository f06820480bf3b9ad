//! Waiters that would wait for what cannot come.

use crate::{report_of_operation, snapshot};

/// The end of every operation here: what it answers.
const RESPONSE: &str = "\
response:
  fields:
    Status: {type: string, enum: {Running: , Finished: , Failed: }}
    Direction: {type: string, enum: Direction}
    State: {type: string}
    Progress: {type: int32}
    Done: {type: boolean}
    Data: {fields: {Items: {type: list}, State: {type: string}}}
    Free: {type: any}
";

/// What is reported of waiters.
fn report_of_waiters(waiters: &str) -> String {
    report_of_operation(&format!(
        "operation: Start\neffect: read\nwaiters:{waiters}{RESPONSE}"
    ))
}

#[test]
fn that_are_right() {
    let report = report_of_waiters(
        "
  finished: {field: Status, wanted: [Finished], failed: [Failed]}
  backwards: {field: Direction, wanted: [Reverse]}
  half_done: {description: Half of it is done., field: Progress, wanted: [50, '51'], interval: 1, deadline: 1}
  done_2: {field: Done, wanted: [true]}
  inner: {field: Data.State, wanted: [whatever]}
",
    );
    assert_eq!(report, "");
}

#[test]
fn of_fields_that_tell_no_state() {
    snapshot!(report_of_waiters(
        "
  a: {field: Stats, wanted: [Finished]}
  b: {field: Data, wanted: [Finished]}
  c: {field: Data.Items, wanted: [Finished]}
  d: {field: Free, wanted: [Finished]}
"
    ));
}

#[test]
fn for_values_that_cannot_be_had() {
    snapshot!(report_of_waiters(
        "
  a: {field: Status, wanted: [Finishd], failed: [Broken]}
  b: {field: Direction, wanted: [forward]}
  c: {field: Progress, wanted: [half]}
  d: {field: Done, wanted: [\"yes\"]}
"
    ));
}

#[test]
fn that_contradict_themselves() {
    snapshot!(report_of_waiters(
        "
  a: {field: State, wanted: [Finished, Finished], failed: [Failed, Finished, Failed]}
  b: {field: State, wanted: [Finished], interval: 0, deadline: 0}
  c: {field: State, wanted: [Finished], interval: 60, deadline: 30}
  d: {field: State, wanted: [Finished], interval: 3600}
"
    ));
}

#[test]
fn whose_names_cannot_be_used() {
    snapshot!(report_of_waiters(
        "
  PrecheckPassed: {field: State, wanted: [Passed]}
  precheck-passed: {field: State, wanted: [Passed]}
  _passed: {field: State, wanted: [Passed]}
  passed_: {field: State, wanted: [Passed]}
  passed: {field: State, wanted: [Passed]}
  passed: {field: State, wanted: [Passed]}
"
    ));
}

#[test]
fn that_cannot_be_read() {
    snapshot!(report_of_waiters(
        "
  a: {}
  b: Finished
  c: {field: State, wanted: [], until: Finished}
  d: {field: State, wanted: Finished, interval: -1, deadline: soon}
"
    ));
}

#[test]
fn of_streams() {
    snapshot!(report_of_operation(
        "\
operation: Start
effect: read
streams: true
waiters:
  finished: {field: Status, wanted: [Finished]}
response:
  fields:
    Status: {type: string}
"
    ));
}
