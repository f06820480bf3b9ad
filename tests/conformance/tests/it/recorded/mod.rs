//! Every recorded request, made again from a descriptor and the recorded input.
//!
//! What a request was made of is compared twice: as the runtime writes it, JSON texts by meaning; and with the recorded
//! JSON texts put in, byte for byte, signature included.

mod call;
mod generated;
mod raw;
mod texts;
mod v1;
mod v3;

use std::collections::BTreeMap;

use crate::vector::{Vector, recorded, selected};

/// What became of a vector.
enum Outcome {
    /// Made again, byte for byte; from the generated descriptor, or from one put together.
    Reproduced { generated: bool },
    /// Not something the runtime does, for a reason.
    NotApplicable(&'static str),
}

const REPRODUCED: Outcome = Outcome::Reproduced { generated: false };

/// What became of a vector, or how it differs.
type Checked = Result<Outcome, String>;

/// Makes a vector again.
type Check = fn(&Vector) -> Checked;

/// Compares, and says what differs.
macro_rules! ensure_eq {
    ($left:expr, $right:expr, $($what:tt)+) => {
        let (left, right) = (&$left, &$right);
        if left != right {
            return Err(format!("{}:\n  ours     {left:?}\n  recorded {right:?}", format!($($what)+)));
        }
    };
}
pub(crate) use ensure_eq;

/// Checks every vector of a kind, tells what was compared, and fails on any difference. Of the selection that travels with
/// this package, so many can be reproduced.
fn check_all(kind: &str, of_selection: usize, check: Check) {
    assert_eq!(check_each(kind, selected(kind), check), of_selection);
    match recorded(kind) {
        Some(all) => assert!(check_each(kind, all, check) >= of_selection),
        None => println!("{kind}: the other recordings are not at hand"),
    }
}

/// How many vectors were reproduced.
fn check_each(kind: &str, vectors: Vec<Vector>, check: Check) -> usize {
    let (mut reproduced, mut from_specs) = (0, 0);
    let mut reasons = BTreeMap::<_, usize>::new();
    let mut differences = Vec::new();
    for vector in vectors {
        match check(&vector) {
            Ok(Outcome::Reproduced { generated }) => {
                reproduced += 1;
                from_specs += usize::from(generated);
            }
            Ok(Outcome::NotApplicable(why)) => *reasons.entry(why).or_default() += 1,
            Err(difference) => differences.push(format!("{}: {difference}", vector.text("/name"))),
        }
    }
    println!("{kind}: {reproduced} reproduced, {from_specs} of them from generated descriptors");
    for (why, count) in reasons {
        println!("{kind}: {count} not applicable: {why}");
    }
    assert!(differences.is_empty(), "{}", differences.join("\n"));
    reproduced
}

#[test]
fn v3_rpc() {
    check_all("v3_rpc", 18, v3::check);
}

#[test]
fn v3_roa() {
    check_all("v3_roa", 17, v3::check);
}

#[test]
fn v1_rpc() {
    check_all("v1_rpc", 16, v1::check_rpc);
}

#[test]
fn v1_roa() {
    check_all("v1_roa", 10, v1::check_roa);
}

#[test]
fn serialization() {
    check_all("serialization", 65, texts::check_serialization);
}

#[test]
fn encoding() {
    check_all("encoding", 20, texts::check_encoding);
}

/// A check that cannot fail would be none: a changed secret, parameter or path is a difference.
#[test]
fn changed_recordings_are_told_apart() {
    let checks: [(&str, Check, &str); 6] = [
        ("v3_rpc", v3::check, "/expected_subset_headers/signature"),
        ("v3_rpc", v3::check, "/expected/headers/x-acs-date"),
        ("v3_roa", v3::check, "/expected/path"),
        ("v1_rpc", v1::check_rpc, "/expected/signature"),
        ("v1_roa", v1::check_roa, "/expected/signature"),
        ("encoding", texts::check_encoding, "/expected/path_segment"),
    ];
    for (kind, check, pointer) in checks {
        let mut vectors = selected(kind);
        vectors.retain(|vector| vector.optional(pointer).is_some());
        let changed = vectors
            .into_iter()
            .find(|vector| matches!(check(vector), Ok(Outcome::Reproduced { .. })))
            .unwrap()
            .changed(pointer);
        assert!(check(&changed).is_err(), "{kind} {pointer}");
    }
}
