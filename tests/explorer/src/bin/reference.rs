//! `reference`: the reference as a static site.

use std::io::{self, Write as _};
use std::path::PathBuf;
use std::process::ExitCode;

use alicloud_explorer::{Catalog, site};
use clap::Parser;

/// Writes a page for every operation that has a spec: files that can be read from a disk or put on any host.
#[derive(Parser)]
#[command(name = "docs", version)]
struct Options {
    /// The folder to write to
    #[arg(long, value_name = "DIR", default_value = "target/reference")]
    out: PathBuf,
    /// The folder of the specs, instead of that of the workspace
    #[arg(long, value_name = "DIR")]
    specs: Option<PathBuf>,
}

fn main() -> ExitCode {
    let options = Options::parse();
    let catalog = match &options.specs {
        Some(folder) => Catalog::load(folder),
        None => Catalog::of_workspace(),
    };
    let written = catalog.and_then(|catalog| site::write(&catalog, &options.out));
    let outcome = match written {
        Ok(pages) => {
            let first = options.out.join("index.html");
            writeln!(io::stdout(), "{pages} pages; open {}", first.display())
        }
        Err(error) => {
            let _ = writeln!(io::stderr(), "docs: {error}");
            return ExitCode::FAILURE;
        }
    };
    match outcome {
        Ok(()) => ExitCode::SUCCESS,
        Err(_) => ExitCode::FAILURE,
    }
}
