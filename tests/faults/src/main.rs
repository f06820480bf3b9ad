//! `cargo xtask faults`: prints the fault matrix, and fails when a write was executed twice.

#![allow(clippy::print_stdout, reason = "it prints the table")]

use std::process::ExitCode;

use alicloud_faults::{Kind, heading, run};

#[tokio::main]
async fn main() -> Result<ExitCode, Box<dyn std::error::Error + Send + Sync>> {
    println!("{}", heading());
    let cells = run().await?;
    for cell in &cells {
        println!("{cell}");
    }
    let twice = cells
        .iter()
        .filter(|cell| cell.kind != Kind::Read && cell.executed > 1)
        .count();
    println!(
        "{} calls, writes executed more than once: {twice}",
        cells.len()
    );
    Ok(if twice == 0 {
        ExitCode::SUCCESS
    } else {
        ExitCode::FAILURE
    })
}
