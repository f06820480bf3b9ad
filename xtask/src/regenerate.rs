//! `cargo xtask regenerate`.

use std::path::{Component, Path, PathBuf};

use alicloud_codegen::cache::Cache;
use alicloud_codegen::emit::Dependency;
use alicloud_codegen::load::Selection;
use alicloud_codegen::regenerate::{Options, regenerate};
use alicloud_codegen::write::Changes;

use crate::cargo::root;
use crate::say;

/// How many changed files are named.
const NAMED: usize = 20;

#[derive(clap::Args)]
pub(crate) struct Arguments {
    /// Compare only: fail when the generated code is not what the specs say.
    #[arg(long)]
    check: bool,
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
    let changes = regenerate(&options).map_err(|failure| failure.to_string())?;
    if arguments.check && !changes.is_empty() {
        return Err(format!(
            "{}the generated code is out of date; run `cargo xtask regenerate` and commit what it writes",
            summary(&changes)
        ));
    }
    say(&format!("{}{}", summary(&changes), verdict(&changes)));
    Ok(())
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
        "{} added, {} changed, {} removed",
        added.len(),
        changed.len(),
        removed.len()
    )
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
