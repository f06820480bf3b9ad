//! The obstacle course: names and texts that trip generators are generated, and compile with warnings denied.

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
