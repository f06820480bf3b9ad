//! What changes between two states of the specs, for those who use the generated crate.
//!
//! Both states are models, so names are those of Rust, settled by the same rules as in generation. `surface` flattens a
//! model into the items people can name; comparing two such lists is all there is to it. What becomes of a request on the
//! wire is told too, since a program that compiles as before may be answered otherwise.

mod behaviour;
mod compare;
mod surface;
mod types;
mod version;

use std::fmt::Write as _;

pub use self::compare::compare;
pub use self::version::bump;

/// How much a change matters.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Grade {
    /// A program that compiled may not compile, or a call that was sent may be refused before it is.
    Breaking,
    /// There is more, or calls are made differently; programs compile as before.
    Addition,
    /// Words only.
    Documentation,
}

impl Grade {
    /// The heading over such changes.
    #[must_use]
    pub fn heading(self) -> &'static str {
        match self {
            Self::Breaking => "Breaking",
            Self::Addition => "Additions",
            Self::Documentation => "Documentation",
        }
    }
}

/// A change.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Change {
    /// How much it matters.
    pub grade: Grade,
    /// The product version, such as `dts/2020-01-01`.
    pub version: String,
    /// What changed, in Markdown.
    pub text: String,
}

/// The changes in Markdown, for a changelog: by grade, then by product version. No more than `most` documentation
/// changes of a product version are listed.
#[must_use]
pub fn markdown(changes: &[Change], most: usize) -> String {
    let mut out = String::new();
    for grade in [Grade::Breaking, Grade::Addition, Grade::Documentation] {
        let graded: Vec<&Change> = changes
            .iter()
            .filter(|change| change.grade == grade)
            .collect();
        if graded.is_empty() {
            continue;
        }
        let _ = writeln!(out, "### {}\n", grade.heading());
        let mut versions: Vec<&str> = graded
            .iter()
            .map(|change| change.version.as_str())
            .collect();
        versions.dedup();
        for version in versions {
            let own = graded.iter().filter(|change| change.version == version);
            let shown = if grade == Grade::Documentation {
                most
            } else {
                usize::MAX
            };
            let rest = own.clone().count().saturating_sub(shown);
            for change in own.take(shown) {
                let _ = writeln!(out, "- `{version}`: {}", change.text);
            }
            if rest > 0 {
                let _ = writeln!(out, "- `{version}`: and {rest} more");
            }
        }
        out.push('\n');
    }
    out
}
