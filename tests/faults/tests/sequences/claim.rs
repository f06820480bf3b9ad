//! What an end of a call claims, and whether the counts of the service agree.

use alicloud::{Error, ErrorKind};

use crate::client::Ended;
use crate::plan::{Kind, Step};
use crate::server::State;

/// What became of one sequence.
pub(crate) struct Report {
    /// The kind of its end, in words.
    pub(crate) end: &'static str,
    pub(crate) attempts: usize,
    /// Whether an attempt may have run before a later one that was not sent.
    pub(crate) unknown_then_unsent: bool,
    /// The claim that the counts contradict.
    pub(crate) wrong: Option<String>,
}

pub(crate) fn check(number: u64, state: &State, ended: &Ended, kind: Kind) -> Report {
    let contradiction = match ended {
        Ended::Answered { request_id, .. } => success(number, state, request_id.as_deref()),
        Ended::Failed(error) => failure(state, error, kind),
        Ended::Abandoned => None,
    };
    let twice = (kind != Kind::Read && state.executed > 1).then(|| "executed twice".to_owned());
    let wrong = twice
        .or(contradiction)
        .map(|what| format!("sequence {number}: {what}\n  {kind:?}, {state:?}\n  {ended:?}"));
    let (end, attempts) = match ended {
        Ended::Answered { attempts, .. } => ("success", *attempts),
        Ended::Failed(error) => (word(error.kind()), error.attempts()),
        Ended::Abandoned => ("abandoned", 0),
    };
    Report {
        end,
        attempts,
        unknown_then_unsent: unknown_then_unsent(&state.taken),
        wrong,
    }
}

/// A success was executed, and its response is that of the execution.
fn success(number: u64, state: &State, request_id: Option<&str>) -> Option<String> {
    if state.executed == 0 {
        return Some("reported as a success and not executed".to_owned());
    }
    let id = format!("{number}-{}", state.executed);
    (request_id != Some(id.as_str())).then(|| format!("the response is not that of {id}"))
}

fn failure(state: &State, error: &Error, kind: Kind) -> Option<String> {
    let text = error.to_string();
    let unsent = matches!(
        error.kind(),
        ErrorKind::InvalidRequest | ErrorKind::Credentials | ErrorKind::NotSent
    );
    if unsent && state.executed > 0 {
        return Some("executed, and reported as not sent".to_owned());
    }
    if text.contains("nothing was sent") && state.heads > 0 {
        return Some(format!(
            "reported as not sent, and {} requests arrived",
            state.heads
        ));
    }
    // What may be called again without harm was not executed, or may run twice.
    if kind == Kind::Write && error.is_retryable() && state.executed > 0 {
        return Some("executed, and reported as safe to repeat".to_owned());
    }
    if state.executed > 0 && text.contains("calling again may help") && kind == Kind::Write {
        return Some("executed, and advised to call again".to_owned());
    }
    None
}

/// Whether an attempt reached the service before one that did not leave the client.
fn unknown_then_unsent(taken: &[Step]) -> bool {
    let unsent = |step: &Step| {
        matches!(
            step,
            Step::NoCredentials | Step::Intercepted | Step::Refused
        )
    };
    let reached = taken.iter().position(|step| !unsent(step));
    reached.is_some_and(|at| taken.last().is_some_and(unsent) && at + 1 < taken.len())
}

fn word(kind: ErrorKind) -> &'static str {
    match kind {
        ErrorKind::InvalidRequest => "InvalidRequest",
        ErrorKind::Credentials => "Credentials",
        ErrorKind::NotSent => "NotSent",
        ErrorKind::OutcomeUnknown => "OutcomeUnknown",
        ErrorKind::Service => "Service",
        ErrorKind::Business => "Business",
        ErrorKind::Undecodable => "Undecodable",
        _ => "another kind",
    }
}
