//! The fault matrix: every fault the gateway can inject, met by a call that reads, a call that writes, and a write that an
//! idempotency token protects.
//!
//! Each cell is two calls against a gateway of their own: in one the fault strikes every attempt, in the other only the
//! first. What the client made of it is set against what the gateway did: how often it was asked, how often it executed.

mod calls;
mod fault;

use std::fmt;

pub use calls::{Kind, Outcome};
pub use fault::{Injected, all};

/// How often the fault strikes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Strikes {
    /// Every attempt.
    Always,
    /// The first attempt only.
    Once,
}

/// What became of one call.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Cell {
    /// The fault.
    pub fault: &'static str,
    /// How often it struck.
    pub strikes: Strikes,
    /// What kind of call met it.
    pub kind: Kind,
    /// How the call ended.
    pub outcome: Outcome,
    /// How many attempts the client made.
    pub attempts: usize,
    /// How often the gateway executed the operation.
    pub executed: u64,
    /// Whether the client kept the ID of the request.
    pub request_id: bool,
}

impl fmt::Display for Cell {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let strikes = match self.strikes {
            Strikes::Always => "always",
            Strikes::Once => "once",
        };
        write!(
            f,
            "{:<34} {:<7} {:<16} {:<16} {:>8} {:>9}  {}",
            self.fault,
            strikes,
            self.kind.to_string(),
            self.outcome.to_string(),
            self.attempts,
            self.executed,
            if self.request_id { "yes" } else { "no" }
        )
    }
}

/// How many cells are worked on at the same time.
const AT_ONCE: usize = 12;

/// The heading of the table.
#[must_use]
pub fn heading() -> String {
    format!(
        "{:<34} {:<7} {:<16} {:<16} {:>8} {:>9}  {}",
        "fault", "strikes", "call", "outcome", "attempts", "executed", "request ID"
    )
}

/// Runs the whole matrix.
///
/// # Errors
///
/// When a gateway cannot be started or a configuration cannot be made.
pub async fn run() -> Result<Vec<Cell>, Box<dyn std::error::Error + Send + Sync>> {
    let mut todo = Vec::new();
    for (name, injected) in all() {
        for strikes in [Strikes::Always, Strikes::Once] {
            todo.extend(
                injected
                    .kinds()
                    .iter()
                    .map(|kind| (name, injected, strikes, *kind)),
            );
        }
    }
    // Most cells wait most of the time.
    let mut cells = Vec::with_capacity(todo.len());
    for some in todo.chunks(AT_ONCE) {
        let some = some.iter().map(|(name, injected, strikes, kind)| {
            tokio::spawn(calls::cell(name, *injected, *strikes, *kind))
        });
        for cell in some.collect::<Vec<_>>() {
            cells.push(cell.await??);
        }
    }
    Ok(cells)
}
