//! `cargo xtask`: the command line of the workspace.
//!
//! It depends on the generator alone, so that the main job never waits for a TLS stack to compile. Commands that need
//! more, such as the gateway, are binaries of packages under `tests/`, started through cargo.

mod cargo;
mod check;
mod diff;
mod environment;
mod explorer;
mod fetch;
mod git;
mod import;
mod new;
mod official_clients;
mod policy;
mod progress;
mod regenerate;
mod schema;
mod size;
mod specs;
mod supply_chain;
mod test;
mod watch;

use std::io::{self, Write as _};
use std::process::ExitCode;

use clap::{Parser, Subcommand};

/// The generator makes and drops tokens by the million, which the system's allocator spends a third of the time on.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

/// Generates and tests the client.
#[derive(Parser)]
#[command(name = "cargo xtask", version, about)]
struct Arguments {
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    /// Generates the client from the specs.
    Regenerate(regenerate::Arguments),
    /// Checks the specs alone: every error and warning, with its place, its code and a remedy.
    Check(check::Arguments),
    /// Tells what changed since a revision, for those who use the crate, and the version that asks for.
    Diff(diff::Arguments),
    /// Writes the file of a new operation: a skeleton, or the facts of an official document.
    New(new::Arguments),
    /// Prints the RAM policy that allows just the operations named.
    Policy(policy::Arguments),
    /// Writes the JSON Schema of the spec language, and the line in each spec that names it.
    Schema(schema::Arguments),
    /// Turns official metadata into specs; overlays and specs written by hand stay as they are.
    Import(import::Arguments),
    /// Runs every check: format, lints, generated code, tests, documentation, official clients.
    Test,
    /// Serves the operations on loopback, as the service would: see `cargo xtask gateway --help`.
    #[command(disable_help_flag = true)]
    Gateway {
        /// Passed on to the gateway.
        #[arg(trailing_var_arg = true, allow_hyphen_values = true)]
        arguments: Vec<String>,
    },
    /// Serves a page for every operation: reference, form, signed request, run, sample code: see `cargo xtask explore --help`.
    #[command(disable_help_flag = true)]
    Explore {
        /// Passed on.
        #[arg(trailing_var_arg = true, allow_hyphen_values = true)]
        arguments: Vec<String>,
    },
    /// Writes the reference of every operation as a static site: see `cargo xtask docs --help`.
    #[command(disable_help_flag = true)]
    Docs {
        /// Passed on.
        #[arg(trailing_var_arg = true, allow_hyphen_values = true)]
        arguments: Vec<String>,
    },
    /// Prints what becomes of calls when something goes wrong on the way.
    Faults,
    /// Holds the client to what official clients did: see `cargo xtask conformance --help`.
    #[command(disable_help_flag = true)]
    Conformance {
        /// Passed on.
        #[arg(trailing_var_arg = true, allow_hyphen_values = true)]
        arguments: Vec<String>,
    },
    /// Builds a program with one call for release, and holds its size to a budget.
    Size,
    /// Runs the benchmarks that the README quotes.
    Bench {
        /// Only benchmarks whose name contains this.
        filter: Option<String>,
    },
}

fn main() -> ExitCode {
    let outcome = match Arguments::parse().command {
        Command::Regenerate(arguments) => regenerate::run(&arguments),
        Command::Check(arguments) => check::run(&arguments),
        Command::Diff(arguments) => diff::run(&arguments),
        Command::New(arguments) => new::run(&arguments),
        Command::Policy(arguments) => policy::run(&arguments),
        Command::Schema(arguments) => schema::run(&arguments),
        Command::Import(arguments) => import::run(&arguments),
        Command::Test => test::all(),
        Command::Gateway { arguments } => cargo::program("alicloud-gateway", "gateway", &arguments),
        Command::Explore { arguments } => {
            cargo::program("alicloud-explorer", "explore", &arguments)
        }
        Command::Docs { arguments } => cargo::program("alicloud-explorer", "reference", &arguments),
        Command::Faults => cargo::program("alicloud-faults", "faults", &[]),
        Command::Conformance { arguments } => {
            cargo::program("alicloud-conformance", "conformance", &arguments)
        }
        Command::Size => size::check(),
        Command::Bench { filter } => cargo::bench(filter.as_deref()),
    };
    match outcome {
        Ok(()) => ExitCode::SUCCESS,
        Err(message) => {
            say_error(&message);
            ExitCode::FAILURE
        }
    }
}

/// What people are told goes to standard output. Nobody need listen to the end: `cargo xtask check | head` is fine.
fn say(message: &str) {
    let _ = writeln!(io::stdout().lock(), "{message}");
}

/// What went wrong goes to standard error.
fn say_error(message: &str) {
    let _ = writeln!(io::stderr().lock(), "{message}");
}
