//! `cargo xtask import`.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::path::PathBuf;

use alicloud_codegen::import::{self, Finding, Kind, Options, Report, Version};

use crate::cargo::root;
use crate::fetch::fetch;
use crate::{say, say_error};

/// How many changed files, and how many places of each kind of finding, are named.
const NAMED: usize = 20;
const PLACES: usize = 5;

#[derive(clap::Args)]
pub(crate) struct Arguments {
    /// Official metadata, an `api-docs.json` for each product version.
    #[arg(required_unless_present = "wanted", value_name = "FILE")]
    files: Vec<PathBuf>,
    /// Download the metadata of this product version first; may be given several times.
    #[arg(long = "fetch", value_name = "PRODUCT/VERSION")]
    wanted: Vec<String>,
    /// Download from here, a mirror of the official address.
    #[arg(long, value_name = "BASE", requires = "wanted")]
    metadata_url: Option<String>,
    /// The spec folder.
    #[arg(long, value_name = "DIR")]
    specs: Option<PathBuf>,
    /// Only this operation, and service.yaml; may be given several times.
    #[arg(long = "operation", value_name = "NAME")]
    operations: Vec<String>,
    /// Carry example answers over: they are bulky, and synthesized from the schemas.
    #[arg(long)]
    examples: bool,
    /// Name every place where something could not be expressed.
    #[arg(long)]
    verbose: bool,
}

pub(crate) fn run(arguments: &Arguments) -> Result<(), String> {
    let specs = || arguments.specs.clone();
    let options = Options {
        specs: specs().unwrap_or_else(|| root().join("api-specs")),
        display: specs().unwrap_or_else(|| "api-specs".into()),
        operations: arguments.operations.clone(),
        examples: arguments.examples,
    };
    let mut files = arguments.files.clone();
    files.extend(fetch(&arguments.wanted, arguments.metadata_url.as_deref())?);
    let sources = import::read(&files).map_err(|failure| failure.to_string())?;
    let report = import::import(&sources, &options).map_err(|failure| failure.to_string())?;
    let places = if arguments.verbose {
        usize::MAX
    } else {
        PLACES
    };
    for version in &report.versions {
        say(summary(version, places).trim_end());
    }
    say(&total(&report));
    for failure in &report.failures {
        say_error(&failure.to_string());
    }
    match report.failures.len() {
        0 => Ok(()),
        1 => Err("one file was not imported".into()),
        count => Err(format!("{count} files were not imported")),
    }
}

/// How much there was of everything.
fn total(report: &Report) -> String {
    let versions = &report.versions;
    let sum = |count: fn(&Version) -> usize| versions.iter().map(count).sum::<usize>();
    format!(
        "in all: {} product versions, {} operations, {} files changed, {} things not expressed, {} disagreements, {} problems",
        versions.len(),
        sum(|version| version.operations),
        sum(|version| {
            let changes = &version.changes;
            changes.added.len() + changes.changed.len() + changes.removed.len()
        }),
        sum(|version| version.findings.len()),
        sum(|version| version.disagreements.len()),
        sum(|version| version.problems.len())
    )
}

/// Everything there is to say about a product version.
fn summary(version: &Version, places: usize) -> String {
    let changes = &version.changes;
    let mut out = format!(
        "{}: {} operations; {} files added, {} changed, {} removed\n",
        version.folder.display(),
        version.operations,
        changes.added.len(),
        changes.changed.len(),
        changes.removed.len()
    );
    out += &changed(version);
    if !version.by_hand.is_empty() {
        let plural = if version.by_hand.len() == 1 { "" } else { "s" };
        let _ = writeln!(
            out,
            "  left alone, written by hand: {} file{plural}",
            version.by_hand.len()
        );
        out += &grouped(&version.disagreements, places);
    }
    if !version.findings.is_empty() {
        let _ = writeln!(out, "  not expressed, or not as the metadata has it:");
        out += &grouped(&version.findings, places);
    }
    if !version.problems.is_empty() {
        let _ = writeln!(out, "  wrong now: {}\n", version.problems.len());
        out += &version.problems.join("\n");
    }
    out
}

fn changed(version: &Version) -> String {
    let changes = &version.changes;
    let marked = [
        ("+", &changes.added),
        ("~", &changes.changed),
        ("-", &changes.removed),
    ];
    let lines: Vec<String> = marked
        .into_iter()
        .flat_map(|(mark, paths)| {
            paths
                .iter()
                .map(move |path| format!("  {mark} {}\n", path.display()))
        })
        .collect();
    let more = lines.len().saturating_sub(NAMED);
    let rest = if more > 0 {
        format!("  and {more} more\n")
    } else {
        String::new()
    };
    lines.into_iter().take(NAMED).collect::<String>() + &rest
}

/// Findings by kind: how many, and the first few places.
fn grouped(findings: &[Finding], places: usize) -> String {
    let mut kinds: BTreeMap<Kind, Vec<&Finding>> = BTreeMap::new();
    for finding in findings {
        kinds.entry(finding.kind).or_default().push(finding);
    }
    let mut out = String::new();
    for (kind, found) in kinds {
        let _ = writeln!(out, "  {:6} {}", found.len(), kind.label());
        for finding in found.iter().take(places) {
            let _ = writeln!(out, "           {finding}");
        }
        let more = found.len().saturating_sub(places);
        if more > 0 {
            let _ = writeln!(out, "           and {more} more; --verbose names them");
        }
    }
    out
}
