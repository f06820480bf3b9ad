//! The benchmarks the README quotes: `cargo xtask bench [FILTER]`.
//!
//! Each compares our code with a floor in interleaved rounds of one run and prints the ratio: machines are noisy, ratios
//! less so. Times are CPU times of this process.

#![allow(clippy::print_stdout, reason = "a benchmark prints its figures")]

mod call;
mod compile;
mod decode;
mod generate;
mod rounds;
mod sign;

use std::error::Error;

/// The one of `cargo xtask`: the generator makes and drops tokens by the million.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

fn main() -> Result<(), Box<dyn Error>> {
    if let Ok(log) = std::env::var(compile::WRAPPER) {
        return compile::wrap(&log);
    }
    let argument = std::env::args().nth(1).unwrap_or_default();
    if argument == call::SERVE {
        return call::serve();
    }
    if argument == call::CALL {
        return call::call(&std::env::args().nth(2).unwrap_or_default());
    }
    for (name, run) in [
        ("sign", sign::run as fn() -> _),
        ("call", call::run),
        ("decode", decode::run),
        ("generate", generate::run),
        ("compile", compile::run),
    ] {
        if name.contains(&argument) {
            run()?;
        }
    }
    Ok(())
}
