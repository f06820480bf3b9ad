//! `cargo xtask regenerate`.

use std::collections::BTreeMap;
use std::path::{Component, Path, PathBuf};
use std::time::Instant;

use alicloud_codegen::cache::Cache;
use alicloud_codegen::emit::Dependency;
use alicloud_codegen::load::Selection;
use alicloud_codegen::regenerate::{Options, regenerate_with};
use alicloud_codegen::write::Changes;

use crate::cargo::root;
use crate::progress::Bar;
use crate::say;
use crate::watch::watch;

/// How many changed files are named.
const NAMED: usize = 20;

#[derive(clap::Args)]
pub(crate) struct Arguments {
    /// Compare only: fail when the generated code is not what the specs say.
    #[arg(long)]
    check: bool,
    /// Stay, and generate again whenever a spec changes. Ctrl-C ends it.
    #[arg(long, conflicts_with = "check")]
    watch: bool,
    /// The spec folder.
    #[arg(long, value_name = "DIR")]
    specs: Option<PathBuf>,
    /// The output folder; becomes a complete crate.
    #[arg(long, value_name = "DIR")]
    out: Option<PathBuf>,
    /// Only these, such as `dts` or `dts/2020-01-01`.
    #[arg(value_name = "PRODUCT[/VERSION]")]
    products: Vec<String>,
}

pub(crate) fn run(arguments: &Arguments) -> Result<(), String> {
    let own_out = root().join("generated");
    let out = arguments.out.clone().unwrap_or_else(|| own_out.clone());
    let in_workspace = absolute(&out) == absolute(&own_out);
    let options = Options {
        specs: arguments
            .specs
            .clone()
            .unwrap_or_else(|| root().join("api-specs")),
        display: arguments
            .specs
            .clone()
            .unwrap_or_else(|| "api-specs".into()),
        runtime: Dependency {
            path: runtime_path(&out),
            in_workspace,
        },
        cache: Cache::new(
            &root().join("target/regenerate"),
            &settings(arguments, &out),
        )
        .ok(),
        selection: Selection::parse(&arguments.products).map_err(|error| error.to_string())?,
        check: arguments.check,
        out,
    };
    if arguments.watch {
        return watch(&options.specs, || {
            say(&match once(&options) {
                Ok(told) => told,
                Err(problems) => problems,
            });
        });
    }
    let begun = Instant::now();
    let changes = with_progress(&options)?;
    if arguments.check && !changes.is_empty() {
        return Err(format!(
            "{}the generated code is out of date; run `cargo xtask regenerate` and commit what it writes",
            summary(&changes)
        ));
    }
    say(&told(&changes, begun));
    Ok(())
}

/// Generates once, with a progress bar where it takes long.
fn with_progress(options: &Options) -> Result<Changes, String> {
    let bar = Bar::start();
    let changes = regenerate_with(options, &|done, all| bar.set(done, all));
    bar.finish();
    changes.map_err(|failure| failure.to_string())
}

/// Generates once; what there is to say of it.
fn once(options: &Options) -> Result<String, String> {
    let begun = Instant::now();
    Ok(told(&with_progress(options)?, begun))
}

fn told(changes: &Changes, begun: Instant) -> String {
    let seconds = begun.elapsed().as_secs_f64();
    format!("{}{} ({seconds:.1} s)", summary(changes), verdict(changes))
}

/// Everything but the files that a run depends on.
fn settings(arguments: &Arguments, out: &Path) -> String {
    format!(
        "{:?} {:?} {:?}",
        arguments.specs,
        absolute(out),
        arguments.products
    )
}

fn verdict(changes: &Changes) -> String {
    if changes.is_empty() {
        return "generated code is up to date".into();
    }
    let Changes {
        added,
        changed,
        removed,
    } = changes;
    format!(
        "{} added, {} changed, {} removed in {}",
        added.len(),
        changed.len(),
        removed.len(),
        places(changes)
    )
}

/// Where the changed files are: how many of them in each product version.
fn places(changes: &Changes) -> String {
    let mut places: BTreeMap<String, usize> = BTreeMap::new();
    let Changes {
        added,
        changed,
        removed,
    } = changes;
    for path in added.iter().chain(changed).chain(removed) {
        let names: Vec<_> = path.iter().map(|name| name.to_string_lossy()).collect();
        let place = match names.as_slice() {
            [src, product, version, _, ..] if src == "src" => format!("{product}::{version}"),
            _ => "the crate itself".to_owned(),
        };
        *places.entry(place).or_default() += 1;
    }
    let places = places
        .iter()
        .map(|(place, count)| format!("{place} ({count})"));
    places.collect::<Vec<_>>().join(", ")
}

fn summary(changes: &Changes) -> String {
    let marked = |mark: &'static str, paths: &[PathBuf]| {
        paths
            .iter()
            .map(move |path| format!("  {mark} {}\n", path.display()))
            .collect::<Vec<_>>()
    };
    let lines: Vec<_> = [
        marked("+", &changes.added),
        marked("~", &changes.changed),
        marked("-", &changes.removed),
    ]
    .concat();
    let more = lines.len().saturating_sub(NAMED);
    let rest = if more > 0 {
        format!("  and {more} more\n")
    } else {
        String::new()
    };
    lines.into_iter().take(NAMED).collect::<String>() + &rest
}

/// The path from the output folder to the runtime crate: relative where both lie in the workspace, so that a clone can be
/// moved; absolute elsewhere.
fn runtime_path(out: &Path) -> String {
    let (out, root) = (absolute(out), absolute(&root()));
    let path = match out.strip_prefix(&root) {
        Ok(inside) => inside
            .components()
            .map(|_| "..")
            .collect::<PathBuf>()
            .join("runtime"),
        Err(_) => root.join("runtime"),
    };
    path.display().to_string().replace('\\', "/")
}

/// The absolute path, without `.` and `..`. The folder need not exist.
fn absolute(path: &Path) -> PathBuf {
    let mut out = std::env::current_dir().unwrap_or_default();
    for part in path.components() {
        match part {
            Component::CurDir => {}
            Component::ParentDir => {
                out.pop();
            }
            other => out.push(other),
        }
    }
    out
}
