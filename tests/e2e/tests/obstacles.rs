//! The obstacle course: names and texts that trip generators are generated, and compile with warnings denied.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    reason = "a test that cannot go on fails"
)]

mod support;

use alicloud_codegen::regenerate::regenerate;

#[test]
fn obstacle_course_compiles_with_warnings_denied() {
    let out = tempfile::tempdir().unwrap();
    let options = support::options("tests/e2e/fixtures/obstacle-course", out.path());
    if let Err(failure) = regenerate(&options) {
        panic!("{failure}");
    }
    support::lint(out.path());
}
