//! A bounded run without a fuzzer: every seed, and a fixed number of mutations of the seeds, the same on every run.
//!
//! `FUZZ_FACTOR=100 cargo test --package alicloud-fuzz` tries a hundred times as many.

#![allow(
    clippy::unwrap_used,
    clippy::panic,
    reason = "a test that cannot go on fails"
)]

use std::fs;
use std::panic::catch_unwind;
use std::path::Path;

use alicloud_fuzz::{Mutator, TARGETS, Target};

fn seeds(name: &str) -> Vec<Vec<u8>> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("corpus")
        .join(name);
    let entries = fs::read_dir(&folder).unwrap();
    let mut paths: Vec<_> = entries.map(|entry| entry.unwrap().path()).collect();
    paths.sort();
    paths.iter().map(|path| fs::read(path).unwrap()).collect()
}

/// Calls a target; a panic tells the input.
fn call(name: &str, target: Target, input: &[u8]) {
    if catch_unwind(|| target(input)).is_err() {
        panic!("{name} fails with b\"{}\"", input.escape_ascii());
    }
}

fn run(name: &str) {
    let (_, target, count) = TARGETS.iter().find(|(known, ..)| *known == name).unwrap();
    let seeds = seeds(name);
    assert!(seeds.len() >= 3, "{name} has {} seeds", seeds.len());
    for seed in &seeds {
        call(name, *target, seed);
    }
    let factor = std::env::var("FUZZ_FACTOR").map_or(1, |factor| factor.parse().unwrap());
    let mut mutator = Mutator::new(1);
    for _ in 0..count * factor {
        call(name, *target, &mutator.next(&seeds));
    }
}

macro_rules! bounded {
    ($($name:ident)*) => {
        $(#[test]
        fn $name() {
            run(stringify!($name));
        })*

        #[test]
        fn every_target_is_run() {
            let names: Vec<_> = TARGETS.iter().map(|(name, ..)| *name).collect();
            assert_eq!(names, [$(stringify!($name)),*]);
        }
    };
}

bounded!(spec import json xml events error_body percent time ini cli_config);

/// A target that cannot fail would find nothing.
#[test]
fn mutations_reach_what_is_wrong() {
    let seeds = [b"harmless".to_vec()];
    let mut mutator = Mutator::new(1);
    let inputs: Vec<_> = (0..2000).map(|_| mutator.next(&seeds)).collect();
    assert!(
        inputs
            .iter()
            .any(|input| std::str::from_utf8(input).is_err())
    );
    assert!(inputs.iter().any(|input| input.starts_with(b"{")));
    assert!(inputs.iter().any(|input| input.len() > 2 * seeds[0].len()));
}

/// The wrappers for `cargo fuzz` are those of the targets.
#[test]
fn every_target_has_a_wrapper() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("fuzz");
    let manifest = fs::read_to_string(folder.join("Cargo.toml")).unwrap();
    for (name, ..) in TARGETS {
        let wrapper = fs::read_to_string(folder.join(format!("fuzz_targets/{name}.rs"))).unwrap();
        assert!(wrapper.contains(&format!("\"{name}\"")), "{name}");
        assert!(manifest.contains(&format!("name = \"{name}\"")), "{name}");
    }
}
