//! The rustc wrapper: runs rustc and, for the crate that is measured, watches what it uses.

use std::error::Error;
use std::fs;
use std::process::Command;
use std::time::Duration;

/// The variable that makes this program a wrapper; it names the file the figures go to.
pub(crate) const WRAPPER: &str = "ALICLOUD_BENCH_RUSTC";

/// Runs rustc with the arguments of this program and exits as it did.
pub(crate) fn wrap(log: &str) -> Result<(), Box<dyn Error>> {
    let mut arguments = std::env::args_os().skip(1);
    let mut rustc = Command::new(arguments.next().ok_or("no rustc")?);
    let arguments: Vec<_> = arguments.collect();
    let measured = arguments
        .windows(2)
        .any(|pair| pair[0] == "--crate-name" && pair[1] == "alicloud");
    let mut child = rustc.args(&arguments).spawn()?;
    let (mut ticks, mut peak) = (0_u64, 0_u64);
    let status = loop {
        if let Some(status) = child.try_wait()? {
            break status;
        }
        ticks = ticks.max(user_ticks(child.id()).unwrap_or_default());
        peak = peak.max(peak_kib(child.id()).unwrap_or_default());
        std::thread::sleep(Duration::from_millis(5));
    };
    if measured {
        fs::write(log, format!("{ticks} {peak}\n"))?;
    }
    std::process::exit(status.code().unwrap_or(1))
}

/// User CPU time so far, in hundredths of a second.
fn user_ticks(process: u32) -> Option<u64> {
    let text = fs::read_to_string(format!("/proc/{process}/stat")).ok()?;
    // The name, in parentheses, may hold spaces; the fields after it do not.
    text.rsplit_once(')')?
        .1
        .split_whitespace()
        .nth(11)?
        .parse()
        .ok()
}

/// Peak resident memory so far.
fn peak_kib(process: u32) -> Option<u64> {
    let text = fs::read_to_string(format!("/proc/{process}/status")).ok()?;
    let line = text.lines().find_map(|line| line.strip_prefix("VmHWM:"))?;
    line.split_whitespace().next()?.parse().ok()
}
