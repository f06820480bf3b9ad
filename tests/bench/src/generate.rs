//! The generator: everything from nothing, and a run that finds nothing to do; over the committed specs and, where it is at
//! hand, over all the official metadata beside the project.

use std::error::Error;
use std::fs;
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use alicloud_codegen::cache::Cache;
use alicloud_codegen::emit::Dependency;
use alicloud_codegen::import;
use alicloud_codegen::load::Selection;
use alicloud_codegen::regenerate::{Options, model, regenerate};
use cpu_time::ProcessTime;

const ROUNDS: usize = 5;

pub(crate) fn run() -> Result<(), Box<dyn Error>> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../..");
    println!("regenerate: load, check, emit, format, write (median of {ROUNDS})");
    let specs = root.join("api-specs");
    over("the committed specs", &specs)?;
    let metadata = files(&root.join("../shared/openmeta"), "json")?;
    if metadata.is_empty() {
        println!("  all official metadata: not at hand");
        return Ok(());
    }
    let imported = tempfile::tempdir()?;
    let options = import::Options {
        specs: imported.path().to_owned(),
        display: "api-specs".into(),
        operations: Vec::new(),
        examples: false,
    };
    // What is no metadata of a product version is reported, and left out here.
    import::import(&import::read(&metadata)?, &options)?;
    over("all official metadata", imported.path())
}

/// Measures a spec folder, and prints a line for each kind of run.
fn over(what: &str, specs: &Path) -> Result<(), Box<dyn Error>> {
    let operations: usize = model(specs, Path::new("api-specs"))?
        .1
        .versions
        .iter()
        .map(|version| version.operations.len())
        .sum();
    let memory = tempfile::tempdir()?;
    let mut times = [Vec::new(), Vec::new()];
    for _ in 0..ROUNDS {
        let out = tempfile::tempdir()?;
        let options = Options {
            specs: specs.to_owned(),
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
            regenerate(&options)?;
            times.push((cpu.elapsed(), wall.elapsed()));
        }
    }
    let [full, idle] = times.map(median);
    println!(
        "  {what:<22} {operations:>5} operations {:>8.0} ms CPU {:>8.0} ms  {:>6.0} operations a CPU second",
        millis(full.0),
        millis(full.1),
        operations as f64 / full.0.as_secs_f64()
    );
    println!(
        "  {:<22} {:>5} {:>19.0} ms CPU {:>8.0} ms  {:>5.0}x cheaper",
        "  nothing to do",
        "",
        millis(idle.0),
        millis(idle.1),
        full.0.as_secs_f64() / idle.0.as_secs_f64()
    );
    if let Some(peak) = peak_memory() {
        println!("  {:<22} {peak} MiB at the most, so far", "  memory");
    }
    Ok(())
}

fn median(mut times: Vec<(Duration, Duration)>) -> (Duration, Duration) {
    times.sort();
    times.get(ROUNDS / 2).copied().unwrap_or_default()
}

fn millis(time: Duration) -> f64 {
    time.as_secs_f64() * 1e3
}

/// The most memory this process ever held, where the system tells.
fn peak_memory() -> Option<u64> {
    let status = fs::read_to_string("/proc/self/status").ok()?;
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:"))?;
    let kilobytes: u64 = line.trim().trim_end_matches("kB").trim().parse().ok()?;
    Some(kilobytes / 1024)
}

/// The files with an extension in a folder, below it too.
fn files(folder: &Path, extension: &str) -> Result<Vec<PathBuf>, Box<dyn Error>> {
    let mut found = Vec::new();
    let Ok(entries) = fs::read_dir(folder) else {
        return Ok(found);
    };
    for entry in entries {
        let path = entry?.path();
        if path.is_dir() {
            found.extend(files(&path, extension)?);
        } else if path.extension().is_some_and(|found| found == extension) {
            found.push(path);
        }
    }
    found.sort();
    Ok(found)
}
