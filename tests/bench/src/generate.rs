//! The generator: everything from nothing, and a run that finds nothing to do.

use std::error::Error;
use std::path::Path;
use std::time::Instant;

use alicloud_codegen::cache::Cache;
use alicloud_codegen::emit::Dependency;
use alicloud_codegen::load::Selection;
use alicloud_codegen::regenerate::{Options, regenerate};
use cpu_time::ProcessTime;

const ROUNDS: usize = 11;

pub(crate) fn run() -> Result<(), Box<dyn Error>> {
    let specs = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../api-specs");
    let memory = tempfile::tempdir()?;
    let mut times = [Vec::new(), Vec::new()];
    let mut files = 0;
    for _ in 0..ROUNDS {
        let out = tempfile::tempdir()?;
        let options = Options {
            specs: specs.clone(),
            display: "api-specs".into(),
            out: out.path().to_owned(),
            runtime: Dependency {
                path: "runtime".into(),
                in_workspace: false,
            },
            selection: Selection::default(),
            check: false,
            cache: Some(Cache::new(memory.path(), "bench")?),
        };
        for times in &mut times {
            let (cpu, wall) = (ProcessTime::now(), Instant::now());
            files = files.max(regenerate(&options)?.added.len());
            times.push((cpu.elapsed(), wall.elapsed()));
        }
    }
    println!("regenerate, {files} files (median of {ROUNDS})");
    for (name, times) in ["everything", "nothing to do"].into_iter().zip(&mut times) {
        times.sort();
        let (cpu, wall) = times.get(ROUNDS / 2).copied().unwrap_or_default();
        println!(
            "  {name:<44} {:>9.2} ms CPU, {:.2} ms",
            cpu.as_secs_f64() * 1e3,
            wall.as_secs_f64() * 1e3
        );
    }
    Ok(())
}
