//! `cargo xtask conformance`: checks vector files, prints what became of them, and fails when anything differs.

#![allow(
    clippy::print_stdout,
    clippy::print_stderr,
    reason = "it prints the table"
)]

use std::path::PathBuf;
use std::process::ExitCode;

use alicloud_conformance::{check, heading, metadata, own_vectors, read};
use clap::Parser;

/// Holds the client to what official clients did.
#[derive(Parser)]
#[command(name = "cargo xtask conformance")]
struct Arguments {
    /// The folder of vector files; by default the selection that travels with the project.
    #[arg(long, value_name = "DIR")]
    vectors: Option<PathBuf>,
    /// The folder of official metadata, for products without generated code; by default `../shared/openmeta` or, where
    /// that is not at hand, the selection that travels with the project.
    #[arg(long, value_name = "DIR")]
    metadata: Option<PathBuf>,
}

fn main() -> ExitCode {
    match run(&Arguments::parse()) {
        Ok(true) => ExitCode::SUCCESS,
        Ok(false) => ExitCode::FAILURE,
        Err(message) => {
            eprintln!("{message}");
            ExitCode::FAILURE
        }
    }
}

/// Whether everything conforms.
fn run(arguments: &Arguments) -> Result<bool, String> {
    let folder = arguments.vectors.clone().unwrap_or_else(own_vectors);
    let metadata = match &arguments.metadata {
        Some(folder) if !folder.is_dir() => {
            return Err(format!("{}: there is no such folder", folder.display()));
        }
        Some(folder) => folder.clone(),
        None => metadata(),
    };
    let reports = check(&read(&folder)?, &metadata)?;
    println!("{}", heading());
    for report in &reports {
        println!("{report}");
    }
    let failures: usize = reports.iter().map(|report| report.failures().count()).sum();
    println!(
        "{} passed, {failures} failed",
        reports.iter().map(|report| report.passed()).sum::<usize>()
    );
    Ok(failures == 0)
}
