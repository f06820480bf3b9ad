//! `cargo xtask check`.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use alicloud_codegen::diagnostic::export::{count, json, sarif};
use alicloud_codegen::diagnostic::{Code, Severity, catalogue, did_you_mean};
use alicloud_codegen::examine::{Examined, examine};
use alicloud_codegen::load::Selection;

use crate::say;
use crate::specs::Folder;

/// How many warnings are shown.
const SHOWN: usize = 10;

#[derive(clap::Args)]
pub(crate) struct Arguments {
    #[command(flatten)]
    specs: Folder,
    /// Explain a code, such as S012, with an example and the remedy; `all` lists the codes.
    #[arg(long, value_name = "CODE")]
    explain: Option<String>,
    /// How to report: as text, as JSON, or as SARIF 2.1.0 for code hosts and editors.
    #[arg(long, value_enum, default_value = "text")]
    format: Format,
    /// Fail on warnings too.
    #[arg(long)]
    deny_warnings: bool,
    /// Show every warning, not just the first few.
    #[arg(long)]
    all: bool,
    /// Only these, such as `dts` or `dts/2020-01-01`.
    #[arg(value_name = "PRODUCT[/VERSION]")]
    products: Vec<String>,
}

#[derive(Clone, Copy, PartialEq, Eq, clap::ValueEnum)]
enum Format {
    Text,
    Json,
    Sarif,
}

pub(crate) fn run(arguments: &Arguments) -> Result<(), String> {
    if let Some(code) = &arguments.explain {
        say(explanation(code)?.trim_end());
        return Ok(());
    }
    let specs = &arguments.specs;
    let selection = Selection::parse(&arguments.products).map_err(|error| error.to_string())?;
    let found = examine(&specs.path(), &specs.display(), &selection)
        .map_err(|error| format!("cannot read the specs: {error}"))?;
    let sources = &found.loaded.sources;
    match arguments.format {
        Format::Text => say_all(&text(&found, arguments.all)),
        Format::Json => say(&pretty(&json(&found.diagnostics, sources))),
        Format::Sarif => say(&pretty(&sarif(&found.diagnostics, sources))),
    }
    verdict(&found, arguments)
}

fn pretty(value: &impl std::fmt::Display) -> String {
    format!("{value:#}")
}

/// What there is to say of a code, or of all of them in a line each.
fn explanation(wanted: &str) -> Result<String, String> {
    if wanted == "all" {
        let line =
            |code: &Code| format!("{}  {:7}  {}\n", code.id, code.severity.name(), code.title);
        return Ok(catalogue::all().map(line).collect());
    }
    let code = catalogue::find(wanted).ok_or_else(|| {
        let close = did_you_mean(wanted, catalogue::all().map(|code| code.id));
        format!("no code \"{wanted}\"{close}; `cargo xtask check --explain all` lists them")
    })?;
    Ok(code.explain())
}

/// Errors in full, the first warnings, and how many of each warning there are.
fn text(found: &Examined, all: bool) -> String {
    let of = |severity| {
        let problems = found.diagnostics.iter();
        problems.filter(move |problem| problem.code.severity == severity)
    };
    let shown = if all { usize::MAX } else { SHOWN };
    let problems = of(Severity::Error).chain(of(Severity::Warning).take(shown));
    let mut out = String::new();
    for problem in problems {
        let _ = writeln!(out, "{}", problem.render(&found.loaded.sources));
    }
    let hidden = of(Severity::Warning).count().saturating_sub(shown);
    if hidden > 0 {
        let mut counts: BTreeMap<&Code, usize> = BTreeMap::new();
        for warning in of(Severity::Warning) {
            *counts.entry(warning.code).or_default() += 1;
        }
        let _ = writeln!(out, "and {hidden} more warnings; --all shows them. In all:");
        for (code, count) in counts {
            let _ = writeln!(out, "  {count:6} {} {}", code.id, code.title);
        }
    }
    out
}

/// Says a text, if there is one.
fn say_all(text: &str) {
    if !text.is_empty() {
        say(text.trim_end());
    }
}

/// So many of something.
fn counted(count: usize, noun: &str) -> String {
    let plural = if count == 1 { "" } else { "s" };
    format!("{count} {noun}{plural}")
}

/// Whether the specs are good enough.
fn verdict(found: &Examined, arguments: &Arguments) -> Result<(), String> {
    let services = &found.loaded.services;
    let operations: usize = services
        .iter()
        .map(|service| service.operations.len())
        .sum();
    let errors = count(&found.diagnostics, Severity::Error);
    let warnings = count(&found.diagnostics, Severity::Warning);
    let summary = format!(
        "{}: {}, {}",
        counted(operations, "operation"),
        counted(errors, "error"),
        counted(warnings, "warning")
    );
    if errors > 0 {
        return Err(format!(
            "{summary}; `cargo xtask check --explain CODE` says more of a code"
        ));
    }
    if warnings > 0 && arguments.deny_warnings {
        return Err(format!("{summary}, which are denied"));
    }
    if arguments.format == Format::Text {
        say(&summary);
    }
    Ok(())
}
