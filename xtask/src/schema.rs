//! `cargo xtask schema`.

use alicloud_codegen::language::{stale, write};

use crate::say;
use crate::specs::Folder;

#[derive(clap::Args)]
pub(crate) struct Arguments {
    #[command(flatten)]
    specs: Folder,
    /// Compare only: fail when something is out of date.
    #[arg(long)]
    check: bool,
}

pub(crate) fn run(arguments: &Arguments) -> Result<(), String> {
    let (specs, display) = (arguments.specs.path(), arguments.specs.display());
    let stale = stale(&specs).map_err(|error| error.to_string())?;
    for (path, _) in &stale {
        say(&format!("  ~ {}", display.join(path).display()));
    }
    match stale.len() {
        0 => say("schemas, and the lines that name them, are up to date"),
        count if arguments.check => {
            return Err(format!(
                "{count} files are out of date; run `cargo xtask schema` and commit what it writes"
            ));
        }
        count => {
            write(&specs, &stale).map_err(|error| error.to_string())?;
            say(&format!("{count} files written"));
        }
    }
    Ok(())
}
