//! Genuine official clients and ours call the same operations with the same inputs; what the gateway recorded of them has
//! to be equal, pair for pair. Called with a wrong secret, each of them has to be refused.
//!
//! The drivers get the inputs as a file, call one operation after the other, and print a line of JSON for each call: the
//! operation, and the error code, null for none. An operation they do not have is `"unsupported"`.

mod compare;
mod inputs;
mod ours;

use std::path::PathBuf;
use std::process::ExitCode;

use clap::Parser;

use crate::compare::{Client, Comparison};

/// How many operations every client has to have been compared in, at least.
const AT_LEAST: usize = 60;

/// Which official clients there are to run.
#[derive(Parser)]
#[command(name = "differential")]
struct Options {
    /// The Python of an environment with the official clients
    #[arg(long, value_name = "PROGRAM")]
    python: Option<PathBuf>,
    /// The folder the official Node clients are installed in
    #[arg(long, value_name = "DIR")]
    node: Option<PathBuf>,
    /// Where drive.py and drive.mjs have their counterparts
    #[arg(long, value_name = "DIR")]
    drivers: PathBuf,
}

impl Options {
    fn clients(&self) -> Vec<Client> {
        let python = self.python.iter().flat_map(|python| {
            let command = [python.clone(), self.drivers.join("differential.py")];
            Client::python(&command)
        });
        let node = self.node.iter().flat_map(|folder| {
            let command = ["node".into(), self.drivers.join("differential.mjs")];
            Client::node(&command, folder)
        });
        python.chain(node).collect()
    }
}

#[tokio::main]
async fn main() -> ExitCode {
    match run(&Options::parse()).await {
        Ok(()) => ExitCode::SUCCESS,
        Err(why) => {
            say(&format!("FAILED  {why}"));
            ExitCode::FAILURE
        }
    }
}

async fn run(options: &Options) -> Result<(), String> {
    let inputs = inputs::inputs();
    let (mut passed, mut failed) = (0, 0);
    for client in options.clients() {
        let comparison = Comparison::of(&client, &inputs).await?;
        let good = comparison.differences.is_empty() && comparison.compared >= AT_LEAST;
        say(&format!(
            "{}  {}: {} operations compared, {} refused with a wrong secret, {} not had",
            if good { "ok" } else { "FAILED" },
            client.name,
            comparison.compared,
            comparison.refused,
            comparison.unsupported
        ));
        for difference in comparison.differences.iter().take(20) {
            say(&format!("        {difference}"));
        }
        if good { passed += 1 } else { failed += 1 }
    }
    say(&format!("{passed} passed, {failed} failed"));
    if failed == 0 {
        Ok(())
    } else {
        Err(format!("{failed} clients differ from ours"))
    }
}

#[allow(clippy::print_stdout, reason = "this is what it is for")]
fn say(line: &str) {
    println!("{line}");
}
