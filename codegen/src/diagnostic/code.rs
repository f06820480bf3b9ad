//! Codes: one for each kind of problem, stable, so that people can look it up and programs can tell it apart.

use std::fmt::Write as _;

/// How bad a problem is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Severity {
    /// Nothing can be generated.
    Error,
    /// The spec works and could say more.
    Warning,
}

impl Severity {
    /// The word for it.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Error => "error",
            Self::Warning => "warning",
        }
    }
}

/// A kind of problem. The catalogue has them all, and a code once given keeps its meaning.
#[derive(Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Code {
    /// The code, such as `S012`.
    pub id: &'static str,
    /// How bad it is.
    pub severity: Severity,
    /// What it is, in a few words.
    pub title: &'static str,
    /// Why it is a problem.
    pub explanation: &'static str,
    /// What to do about it.
    pub remedy: &'static str,
    /// Files of `demo/2024-01-01` that have the problem, by name, each with its content. Where `service.yaml` is not
    /// among them it is [`SERVICE`].
    pub example: &'static [(&'static str, &'static [u8])],
}

/// The product version that the examples of the catalogue belong to.
pub const SERVICE: &str = "\
product: Demo
version: \"2024-01-01\"
style: rpc
errors:
  400:
    Throttling.User: {retry: later}
enums:
  Direction: {values: [Forward, Reverse]}
";

impl Code {
    /// Everything there is to say of it, for `--explain`.
    #[must_use]
    pub fn explain(&self) -> String {
        let mut out = format!(
            "{}[{}]: {}\n\n{}\n\nRemedy: {}\n",
            self.severity.name(),
            self.id,
            self.title,
            self.explanation,
            self.remedy
        );
        for (name, content) in self.example {
            let _ = writeln!(out, "\nFor example, `{name}`:\n");
            for line in String::from_utf8_lossy(content).lines() {
                let _ = writeln!(out, "{}", format!("    {line}").trim_end());
            }
        }
        out
    }
}
