//! `explore`: the explorer as a program.
//!
//! The first line on stdout is the address and nothing else, so that a script can read it.

use std::io::{self, Write as _};
use std::path::PathBuf;
use std::process::ExitCode;

use alicloud_explorer::Explorer;
use clap::Parser;

/// Serves a page for every operation that has a spec, on loopback: reference, form, signed request, run, sample code.
/// Stops at Ctrl-C.
#[derive(Parser)]
#[command(name = "explore", version)]
struct Options {
    /// The port to listen on; 0 is any that is free
    #[arg(long, default_value_t = 18090)]
    port: u16,
    /// Run calls against this endpoint, signed with the credentials the official clients would find, and not against a
    /// gateway in this process
    #[arg(long, value_name = "URL")]
    endpoint: Option<String>,
    /// The folder of the specs, instead of that of the workspace
    #[arg(long, value_name = "DIR")]
    specs: Option<PathBuf>,
}

#[tokio::main]
async fn main() -> ExitCode {
    match run(Options::parse()).await {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            let _ = writeln!(io::stderr(), "explore: {error}");
            ExitCode::FAILURE
        }
    }
}

async fn run(options: Options) -> Result<(), String> {
    let mut builder = Explorer::builder().port(options.port);
    if let Some(endpoint) = options.endpoint {
        builder = builder.endpoint(endpoint);
    }
    if let Some(specs) = options.specs {
        builder = builder.specs(specs);
    }
    let explorer = builder.start().await?;
    announce(&explorer).map_err(|error| error.to_string())?;
    let interrupted = tokio::signal::ctrl_c().await;
    interrupted.map_err(|error| error.to_string())
}

fn announce(explorer: &Explorer) -> io::Result<()> {
    let mut out = io::stdout();
    writeln!(out, "{}", explorer.url())?;
    writeln!(
        out,
        "calls are run against {}; stop with Ctrl-C",
        explorer.endpoint()
    )?;
    out.flush()
}
