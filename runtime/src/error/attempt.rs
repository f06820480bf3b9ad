//! What became of each attempt of a call.

use std::fmt;
use std::time::Duration;

use super::{Error, ErrorKind};
use crate::redact::brief;

/// How much of a code or a cause is shown, in characters.
const LONGEST: usize = 200;

/// One attempt of a call that failed.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Attempt {
    /// What is certain about it.
    pub kind: ErrorKind,
    /// How long the client waited before it.
    pub delay: Duration,
    /// The HTTP status, when there was an answer.
    pub status: Option<u16>,
    /// The error code, when the answer had one.
    pub code: Option<String>,
    /// The ID of the request, when the answer had one.
    pub request_id: Option<String>,
    /// Why there was no answer, or none that can be read.
    pub cause: Option<String>,
    /// Whether the service may have carried it out.
    pub may_have_run: bool,
}

impl Attempt {
    pub(crate) fn of(error: &Error, delay: Duration) -> Self {
        let cause = Some(error.cause()).filter(|cause| !cause.is_empty());
        Self {
            kind: error.kind(),
            delay,
            status: error.status(),
            code: error.code().map(ToOwned::to_owned),
            request_id: error.request_id().map(ToOwned::to_owned),
            may_have_run: error.may_have_run(),
            cause: cause.map(|cause| cause.trim_start_matches(": ").to_owned()),
        }
    }
}

/// Tells several attempts, those in a row that ended alike once. What is `known` of the cause is not told again.
pub(super) fn tell(attempts: &[Attempt], known: &str) -> String {
    let mut runs: Vec<(&Attempt, String, usize)> = Vec::new();
    for attempt in attempts {
        let text = attempt.to_string();
        match runs.last_mut() {
            Some((_, last, times)) if *last == text => *times += 1,
            _ => runs.push((attempt, text, 1)),
        }
    }
    let count = attempts.len();
    if let [(attempt, text, _)] = &runs[..] {
        let is_known = |cause: &String| known.contains(cause.as_str());
        if attempt.cause.as_ref().is_some_and(is_known) {
            let cause = None;
            let brief = Attempt {
                cause,
                ..(*attempt).clone()
            };
            return format!("{count} attempts, each: {brief}");
        }
        return format!("{count} attempts, each: {text}");
    }
    let runs = runs.iter().map(|(_, text, times)| match times {
        1 => text.clone(),
        times => format!("{times} times {text}"),
    });
    format!("{count} attempts: {}", runs.collect::<Vec<_>>().join(", "))
}

impl fmt::Display for Attempt {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.kind {
            ErrorKind::NotSent => f.write_str("not sent")?,
            ErrorKind::OutcomeUnknown => f.write_str("no answer")?,
            _ => write!(f, "HTTP {}", self.status.unwrap_or(0))?,
        }
        match (&self.code, &self.cause) {
            (Some(code), _) => write!(f, " {}", brief(code, LONGEST)),
            (None, Some(cause)) => write!(f, " ({})", brief(cause, LONGEST)),
            (None, None) => Ok(()),
        }
    }
}
