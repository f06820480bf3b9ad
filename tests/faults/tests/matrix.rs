//! What every cell of the fault matrix must be, worked out by hand from what each fault does.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    reason = "a test that cannot go on fails"
)]

use alicloud::ErrorKind;
use alicloud_faults::{Cell, Kind, Outcome, Strikes, run};

const ANSWERED: Outcome = Outcome::Answered;
const UNKNOWN: Outcome = Outcome::Failed(ErrorKind::OutcomeUnknown);
const NOT_SENT: Outcome = Outcome::Failed(ErrorKind::NotSent);
const SERVICE: Outcome = Outcome::Failed(ErrorKind::Service);
const NO_KEY: Outcome = Outcome::Failed(ErrorKind::Credentials);
const UNREADABLE: Outcome = Outcome::Failed(ErrorKind::Undecodable);

/// How a fault is to be met.
enum Expected {
    /// The same for every call: the outcome, the attempts and how often it ran, when the fault strikes always and once.
    Alike((Outcome, usize, u64), (Outcome, usize, u64)),
    /// The outcome is unknown to the client: a read and a protected write are repeated, a plain write is not. Told is
    /// whether the call ran behind the fault, and the outcome when it strikes always.
    Unknown { ran: bool, outcome: Outcome },
    /// The first attempt may have run, and nothing listens where later ones go. Told is whether it ran, and the outcome of
    /// a plain write, which has no later ones.
    ThenRefused { ran: bool, write: Outcome },
}

use Expected::{Alike, ThenRefused, Unknown};

/// By fault: what is expected, and whether the ID of the request is known when the fault strikes to the end.
const EXPECTED: &[(&str, Expected, bool)] = &[
    (
        "connection refused",
        Alike((NOT_SENT, 3, 0), (NOT_SENT, 3, 0)),
        false,
    ),
    (
        "clock skewed by an hour",
        Alike((ANSWERED, 2, 1), (ANSWERED, 2, 1)),
        true,
    ),
    (
        "stale connection",
        Alike((ANSWERED, 1, 1), (ANSWERED, 1, 1)),
        true,
    ),
    (
        "reset after executing, then refused",
        ThenRefused {
            ran: true,
            write: UNKNOWN,
        },
        false,
    ),
    (
        "503, then refused",
        ThenRefused {
            ran: false,
            write: SERVICE,
        },
        true,
    ),
    (
        "200 with a login page",
        Alike((UNREADABLE, 1, 0), (UNREADABLE, 1, 0)),
        true,
    ),
    (
        "200 with null",
        Alike((UNREADABLE, 1, 0), (UNREADABLE, 1, 0)),
        true,
    ),
    (
        "200 with a list",
        Alike((UNREADABLE, 1, 0), (UNREADABLE, 1, 0)),
        true,
    ),
    (
        "200 with a text",
        Alike((UNREADABLE, 1, 0), (UNREADABLE, 1, 0)),
        true,
    ),
    (
        "200 with a number",
        Alike((UNREADABLE, 1, 0), (UNREADABLE, 1, 0)),
        true,
    ),
    (
        "404 that repeats the request",
        Alike((SERVICE, 1, 0), (SERVICE, 1, 0)),
        true,
    ),
    (
        "503 throttled by header, wait 50 ms",
        Alike((SERVICE, 3, 0), (ANSWERED, 2, 1)),
        true,
    ),
    (
        "reset before reading",
        Unknown {
            ran: false,
            outcome: UNKNOWN,
        },
        false,
    ),
    (
        "reset after reading",
        Unknown {
            ran: false,
            outcome: UNKNOWN,
        },
        false,
    ),
    (
        "reset after executing",
        Unknown {
            ran: true,
            outcome: UNKNOWN,
        },
        false,
    ),
    (
        "slow headers",
        Unknown {
            ran: true,
            outcome: UNKNOWN,
        },
        false,
    ),
    (
        "slow body",
        Unknown {
            ran: true,
            outcome: UNKNOWN,
        },
        true,
    ),
    (
        "truncated body",
        Unknown {
            ran: true,
            outcome: UNKNOWN,
        },
        true,
    ),
    (
        "wrong content length",
        Alike((UNREADABLE, 1, 1), (UNREADABLE, 1, 1)),
        true,
    ),
    (
        "502 with HTML, not executed",
        Unknown {
            ran: false,
            outcome: SERVICE,
        },
        false,
    ),
    (
        "502 with HTML, executed",
        Unknown {
            ran: true,
            outcome: SERVICE,
        },
        false,
    ),
    (
        "200 with empty body",
        Alike((UNREADABLE, 1, 1), (UNREADABLE, 1, 1)),
        true,
    ),
    (
        "200 with XML for JSON",
        Alike((UNREADABLE, 1, 1), (UNREADABLE, 1, 1)),
        true,
    ),
    (
        "Throttling.User",
        Alike((SERVICE, 3, 0), (ANSWERED, 2, 1)),
        true,
    ),
    (
        "Throttling.User, wait 50 ms",
        Alike((SERVICE, 3, 0), (ANSWERED, 2, 1)),
        true,
    ),
    (
        "503 ServiceUnavailable",
        Unknown {
            ran: false,
            outcome: SERVICE,
        },
        true,
    ),
    (
        "expired token",
        Alike((SERVICE, 2, 0), (ANSWERED, 2, 1)),
        true,
    ),
    (
        "invalid JSON",
        Alike((UNREADABLE, 1, 1), (UNREADABLE, 1, 1)),
        true,
    ),
    (
        "100 MB body",
        Alike((UNREADABLE, 1, 1), (UNREADABLE, 1, 1)),
        true,
    ),
    (
        "compressed body",
        Alike((ANSWERED, 1, 1), (ANSWERED, 1, 1)),
        true,
    ),
    (
        "gzip bomb of 100 MB",
        Alike((UNREADABLE, 1, 1), (UNREADABLE, 1, 1)),
        true,
    ),
    (
        "credentials: slow headers",
        Alike((ANSWERED, 1, 1), (ANSWERED, 1, 1)),
        false,
    ),
    (
        "credentials: slow body",
        Alike((ANSWERED, 1, 1), (ANSWERED, 1, 1)),
        false,
    ),
    (
        "credentials: wrong content length",
        Alike((NO_KEY, 0, 0), (NO_KEY, 0, 0)),
        false,
    ),
    (
        "credentials: 200 with XML for JSON",
        Alike((NO_KEY, 0, 0), (NO_KEY, 0, 0)),
        false,
    ),
    (
        "credentials: expired token",
        Alike((NO_KEY, 0, 0), (NO_KEY, 0, 0)),
        false,
    ),
    (
        "credentials: 100 MB body",
        Alike((NO_KEY, 0, 0), (ANSWERED, 1, 1)),
        false,
    ),
    (
        "credentials: compressed body",
        Alike((ANSWERED, 1, 1), (ANSWERED, 1, 1)),
        false,
    ),
    (
        "credentials: gzip bomb of 100 MB",
        Alike((NO_KEY, 0, 0), (ANSWERED, 1, 1)),
        false,
    ),
    (
        "credentials: reset before reading",
        Alike((NO_KEY, 0, 0), (ANSWERED, 1, 1)),
        false,
    ),
    (
        "credentials: reset after executing",
        Alike((NO_KEY, 0, 0), (ANSWERED, 1, 1)),
        false,
    ),
    (
        "credentials: truncated body",
        Alike((NO_KEY, 0, 0), (ANSWERED, 1, 1)),
        false,
    ),
    (
        "credentials: 502 with HTML",
        Alike((NO_KEY, 0, 0), (ANSWERED, 1, 1)),
        false,
    ),
    (
        "credentials: 503",
        Alike((NO_KEY, 0, 0), (ANSWERED, 1, 1)),
        false,
    ),
    (
        "credentials: Throttling.User",
        Alike((NO_KEY, 0, 0), (ANSWERED, 1, 1)),
        false,
    ),
    (
        "credentials: 503 throttled by header",
        Alike((NO_KEY, 0, 0), (ANSWERED, 1, 1)),
        false,
    ),
    (
        "credentials: 200 with a login page",
        Alike((NO_KEY, 0, 0), (NO_KEY, 0, 0)),
        false,
    ),
    (
        "credentials: 200 with null",
        Alike((NO_KEY, 0, 0), (NO_KEY, 0, 0)),
        false,
    ),
    (
        "credentials: 200 with empty body",
        Alike((NO_KEY, 0, 0), (NO_KEY, 0, 0)),
        false,
    ),
    (
        "credentials: invalid JSON",
        Alike((NO_KEY, 0, 0), (NO_KEY, 0, 0)),
        false,
    ),
    (
        "credentials: 404 that repeats it",
        Alike((NO_KEY, 0, 0), (NO_KEY, 0, 0)),
        false,
    ),
];

/// Outcome, attempts and how often the call ran.
fn expected(fault: &Expected, strikes: Strikes, kind: Kind) -> (Outcome, usize, u64) {
    match (fault, strikes) {
        (Alike(always, _), Strikes::Always) => *always,
        (Alike(_, once), Strikes::Once) => *once,
        (ThenRefused { ran, write }, _) => match kind {
            Kind::Write => (*write, 1, u64::from(*ran)),
            Kind::Read | Kind::ProtectedWrite => (UNKNOWN, 3, u64::from(*ran)),
        },
        (Unknown { ran, outcome }, _) => match (kind, strikes) {
            (Kind::Write, _) => (*outcome, 1, u64::from(*ran)),
            (Kind::Read, Strikes::Always) => (*outcome, 3, if *ran { 3 } else { 0 }),
            (Kind::ProtectedWrite, Strikes::Always) => (*outcome, 3, u64::from(*ran)),
            (Kind::Read, Strikes::Once) => (ANSWERED, 2, if *ran { 2 } else { 1 }),
            (Kind::ProtectedWrite, Strikes::Once) => (ANSWERED, 2, 1),
        },
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn every_fault_is_met_as_it_should_be() {
    let cells = run().await.unwrap();
    let mut met: Vec<&str> = cells.iter().map(|cell| cell.fault).collect();
    met.dedup();
    assert_eq!(met.len(), EXPECTED.len());
    let mut wrong = Vec::new();
    for cell in &cells {
        let Cell {
            fault,
            strikes,
            kind,
            outcome,
            attempts,
            executed,
            request_id,
        } = cell;
        let (_, met, known) = EXPECTED
            .iter()
            .find(|(name, ..)| name == fault)
            .expect(fault);
        let told = (*outcome, *attempts, *executed);
        let should = expected(met, *strikes, *kind);
        let id = *outcome == ANSWERED || *known;
        if told != should || *request_id != id {
            wrong.push(format!("{cell}\n  should be {should:?}, request ID {id}"));
        }
        // The one promise above all others.
        assert!(
            *kind == Kind::Read || *executed <= 1,
            "executed twice: {cell}"
        );
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}
