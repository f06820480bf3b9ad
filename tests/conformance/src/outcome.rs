//! What becomes of a vector, and how it is told.

use std::collections::BTreeMap;
use std::fmt::{self, Write as _};

/// By what means a vector was made again.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Means {
    /// Rust written by the sample emitter, compiled and run.
    Emitted,
    /// A raw call with a descriptor made of official metadata.
    Imported,
    /// A raw call with a descriptor put together from the recording, where no spec knows the call.
    Recorded,
    /// The runtime's own functions.
    Functions,
}

impl fmt::Display for Means {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Emitted => "emitted Rust",
            Self::Imported => "imported metadata",
            Self::Recorded => "names alone",
            Self::Functions => "runtime",
        })
    }
}

/// What became of a vector.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Outcome {
    /// Ours is the same.
    Passed(Means),
    /// Nothing the client does, for a reason.
    NotApplicable(&'static str),
}

/// What became of a vector, or how ours differs.
pub type Checked = Result<Outcome, String>;

/// The vectors of a file, by name, and what became of them.
#[derive(Clone, Debug, Default)]
pub struct FileReport {
    /// The name of the file.
    pub file: String,
    /// Each vector, in the order of the file.
    pub vectors: Vec<(String, Checked)>,
}

impl FileReport {
    /// How many passed.
    #[must_use]
    pub fn passed(&self) -> usize {
        let passed = |checked: &Checked| matches!(checked, Ok(Outcome::Passed(_)));
        self.vectors.iter().filter(|(_, it)| passed(it)).count()
    }

    /// Those that failed, each with how ours differs.
    pub fn failures(&self) -> impl Iterator<Item = (&str, &str)> {
        let failures = self.vectors.iter();
        failures
            .filter_map(|(name, checked)| Some((name.as_str(), checked.as_ref().err()?.as_str())))
    }

    /// How many passed by each means.
    #[must_use]
    pub fn by_means(&self) -> BTreeMap<Means, usize> {
        let mut counts = BTreeMap::new();
        for (_, checked) in &self.vectors {
            if let Ok(Outcome::Passed(means)) = checked {
                *counts.entry(*means).or_default() += 1;
            }
        }
        counts
    }

    /// How many are not applicable, by reason.
    #[must_use]
    pub fn reasons(&self) -> BTreeMap<&'static str, usize> {
        let mut counts = BTreeMap::new();
        for (_, checked) in &self.vectors {
            if let Ok(Outcome::NotApplicable(why)) = checked {
                *counts.entry(*why).or_default() += 1;
            }
        }
        counts
    }
}

/// The heading of the table of reports.
#[must_use]
pub fn heading() -> String {
    format!(
        "{:<24}{:>8}{:>8}{:>16}",
        "file", "passed", "failed", "not applicable"
    )
}

impl fmt::Display for FileReport {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let reasons = self.reasons();
        let means = self.by_means().into_iter();
        let means: Vec<_> = means
            .map(|(it, count)| format!("{count} by {it}"))
            .collect();
        write!(
            f,
            "{:<24}{:>8}{:>8}{:>16}  {}",
            self.file,
            self.passed(),
            self.failures().count(),
            reasons.values().sum::<usize>(),
            means.join(", ")
        )?;
        for (why, count) in reasons {
            write!(f, "\n    {count} not applicable: {why}")?;
        }
        for (name, difference) in self.failures() {
            let mut shown = String::new();
            for line in difference.lines() {
                let _ = write!(shown, "\n        {line}");
            }
            write!(f, "\n    FAILED {name}{shown}")?;
        }
        Ok(())
    }
}

/// Compares, and says what differs.
macro_rules! ensure_eq {
    ($left:expr, $right:expr, $($what:tt)+) => {
        // A match, so that what is compared may be temporary.
        match (&$left, &$right) {
            (left, right) => {
                if left != right {
                    return Err(format!(
                        "{}:\nours     {left:?}\nrecorded {right:?}",
                        format!($($what)+)
                    ));
                }
            }
        }
    };
}
pub(crate) use ensure_eq;
