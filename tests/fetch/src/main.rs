//! `fetch`: downloads official metadata. What was saved is named on standard output, one path a line.

use std::io::{self, Write as _};
use std::path::PathBuf;
use std::process::ExitCode;

use alicloud_fetch::{Limits, Mirror, OFFICIAL, Wanted, fetch, save};
use clap::Parser;

/// Downloads the official metadata of product versions.
#[derive(Parser)]
#[command(name = "fetch", version)]
struct Options {
    /// The folder to save it in, as PRODUCT/VERSION.json
    #[arg(long, value_name = "DIR")]
    into: PathBuf,
    /// Where it comes from; http is for this very machine
    #[arg(long, value_name = "BASE", default_value = OFFICIAL)]
    metadata_url: Mirror,
    /// Which product versions
    #[arg(required = true, value_name = "PRODUCT/VERSION")]
    wanted: Vec<Wanted>,
}

#[tokio::main(flavor = "current_thread")]
async fn main() -> ExitCode {
    let options = Options::parse();
    let mut outcome = ExitCode::SUCCESS;
    for wanted in &options.wanted {
        let downloaded = fetch(&options.metadata_url, wanted, Limits::default()).await;
        let saved = downloaded.and_then(|document| save(&options.into, wanted, &document));
        match saved {
            Ok(path) => {
                let _ = writeln!(io::stdout(), "{}", path.display());
            }
            Err(error) => {
                let from = options.metadata_url.address(wanted);
                let _ = writeln!(io::stderr(), "{wanted}: {error}\n  {from}");
                outcome = ExitCode::FAILURE;
            }
        }
    }
    outcome
}
