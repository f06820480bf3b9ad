//! Specs whose every text and name is made of pieces that end, begin or hide something: what comes of them compiles, is
//! documented and has examples that compile, with warnings denied.

#![allow(
    clippy::unwrap_used,
    clippy::panic,
    reason = "a test that cannot go on fails"
)]

#[allow(dead_code, reason = "the generator's own test uses the rest of it")]
#[path = "../../../codegen/tests/hostile/specs.rs"]
mod specs;
mod support;

use alicloud_codegen::regenerate::regenerate;

use crate::specs::{NAME_PIECES, PIECES, Words, specs, write};

/// How many product versions the pieces are spread over.
const VERSIONS: usize = 6;

#[test]
fn hostile_texts_compile_as_code_as_documentation_and_as_examples() {
    let folder = tempfile::tempdir().unwrap();
    let (from, out) = (folder.path().join("specs"), folder.path().join("alicloud"));
    let size = |pieces: &[&str]| pieces.len().div_ceil(VERSIONS);
    let chunks = PIECES
        .chunks(size(PIECES))
        .zip(NAME_PIECES.chunks(size(NAME_PIECES)));
    for (at, (texts, names)) in chunks.enumerate() {
        let words = Words {
            text: texts.concat(),
            name: names.concat(),
            code: names.concat(),
        };
        write(&from, &format!("2024-01-0{}", at + 1), specs(&words));
    }
    let options = support::options(&from, &out);
    if let Err(failure) = regenerate(&options) {
        panic!("{failure}");
    }
    assert_eq!(
        std::fs::read_dir(out.join("src/hostile")).unwrap().count(),
        VERSIONS + 1
    );
    support::lint(&out);
    let mut doc = support::cargo(&out, &["doc", "--quiet", "--all-features", "--no-deps"]);
    doc.env("RUSTDOCFLAGS", "--deny warnings");
    support::run(doc);
    // Without a transport there is less to compile.
    let features = ["--no-default-features", "--features", "hostile"];
    let test = [&["test", "--doc"][..], &features].concat();
    let examples = support::run(support::cargo(&out, &test));
    // Of each operation, of a state to wait for, of events, and on the front page.
    assert_eq!(passed(&examples), 5 * VERSIONS + 1, "{examples}");
}

/// How many examples were compiled, or compiled and run.
fn passed(output: &str) -> usize {
    let results = output.split("test result: ok. ").skip(1);
    let counts = results.filter_map(|rest| rest.split_once(" passed"));
    counts
        .map(|(count, _)| count.parse::<usize>().unwrap())
        .sum()
}
