//! `cargo xtask new`.

use std::fs;
use std::path::{Path, PathBuf};

use alicloud_codegen::author::{Target, write};
use alicloud_codegen::diagnostic::{Diagnostic, Severity};
use alicloud_codegen::document::{Document, parse};
use alicloud_codegen::examine::examine;
use alicloud_codegen::load::Selection;

use crate::say;
use crate::specs::Folder;

#[derive(clap::Args)]
pub(crate) struct Arguments {
    #[command(flatten)]
    specs: Folder,
    /// The product version the operation belongs to, such as `dts/2020-01-01`.
    #[arg(value_name = "PRODUCT/VERSION")]
    folder: String,
    /// The operation, as the service spells it.
    #[arg(required_unless_present = "from_doc")]
    operation: Option<String>,
    /// Take the facts from an official document: the whole page, copied from a browser into a text file.
    #[arg(long, value_name = "FILE")]
    from_doc: Option<PathBuf>,
}

pub(crate) fn run(arguments: &Arguments) -> Result<(), String> {
    let document = arguments.from_doc.as_deref().map(read).transpose()?;
    let named = || document.as_ref()?.operation.clone();
    let operation = arguments
        .operation
        .clone()
        .or_else(named)
        .ok_or("the page does not say which operation it is about; name it")?;
    let target = Target {
        folder: arguments.folder.clone(),
        operation,
    };
    let (specs, display) = (arguments.specs.path(), arguments.specs.display());
    let path =
        write(&specs, &display, &target, document.as_ref()).map_err(|error| error.to_string())?;
    let path = display.join(path);
    say(&format!("wrote {}", path.display()));
    if let Some(document) = &document {
        say(&facts(document));
    }
    report(arguments, &path)
}

fn read(path: &Path) -> Result<Document, String> {
    let text = fs::read_to_string(path).map_err(|error| format!("{}: {error}", path.display()))?;
    parse(&text).map_err(|refusal| format!("{}: {refusal}", path.display()))
}

/// What was read, so that a table that was missed is noticed.
fn facts(document: &Document) -> String {
    let conditions = document.parameters.iter().map(|row| row.conditions.len());
    let mut out = format!(
        "read {} parameters with {} conditions, {} response fields and {} error codes",
        document.parameters.len(),
        conditions.sum::<usize>(),
        document.response.len(),
        document.errors.len()
    );
    if !document.guessed.is_empty() {
        out += &format!(
            "\nthe sample answer lacks these fields, so look where they belong: {}",
            document.guessed.join(", ")
        );
    }
    out
}

/// Everything there is to say of the new file.
fn report(arguments: &Arguments, path: &Path) -> Result<(), String> {
    let selection = Selection::parse(std::slice::from_ref(&arguments.folder))
        .map_err(|error| error.to_string())?;
    let found = examine(
        &arguments.specs.path(),
        &arguments.specs.display(),
        &selection,
    )
    .map_err(|error| error.to_string())?;
    let sources = &found.loaded.sources;
    let own = |problem: &&Diagnostic| sources.path(problem.span.file) == path;
    let mut errors = 0;
    for problem in found.diagnostics.iter().filter(own) {
        errors += usize::from(problem.code.severity == Severity::Error);
        say(&problem.render(sources));
    }
    if errors > 0 {
        return Err(format!("{errors} to mend in {}", path.display()));
    }
    say("next: fill in what is missing, `cargo xtask check`, `cargo xtask regenerate`");
    Ok(())
}
