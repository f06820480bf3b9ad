//! The whole pipeline: specs in, files out, nothing written when anything is wrong.

use std::fmt;
use std::io;
use std::path::{Path, PathBuf};

use crate::cache::Cache;
use crate::check::check;
use crate::diagnostic::Diagnostics;
use crate::emit::{self, Dependency, Files};
use crate::format::FormatError;
use crate::load::{self, Loaded, Selection};
use crate::model::{self, Model};
use crate::write::{self, Changes, WriteError};

/// What to generate, from where, to where.
#[derive(Clone, Debug)]
pub struct Options {
    /// The spec folder.
    pub specs: PathBuf,
    /// How messages name the spec folder.
    pub display: PathBuf,
    /// The output folder.
    pub out: PathBuf,
    /// How the generated crate depends on the runtime.
    pub runtime: Dependency,
    /// Which product versions to emit. All of them are loaded and checked.
    pub selection: Selection,
    /// Whether to compare only.
    pub check: bool,
    /// The memory of the last run, to make a run with nothing to do cheap. A check never trusts it.
    pub cache: Option<Cache>,
}

/// Why nothing was generated.
#[derive(Debug)]
#[non_exhaustive]
pub enum Failure {
    /// The specs are wrong: every problem, rendered.
    Specs(Vec<String>),
    /// The specs cannot be read.
    Read(io::Error),
    /// The generator is wrong.
    Emit(FormatError),
    /// The output cannot be written.
    Write(WriteError),
}

impl fmt::Display for Failure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Specs(problems) => {
                for problem in problems {
                    writeln!(f, "{problem}")?;
                }
                let plural = if problems.len() == 1 { "" } else { "s" };
                write!(
                    f,
                    "{} problem{plural} in the specs; nothing was written",
                    problems.len()
                )
            }
            Self::Read(error) => write!(f, "cannot read the specs: {error}"),
            Self::Emit(error) => error.fmt(f),
            Self::Write(error) => error.fmt(f),
        }
    }
}

impl std::error::Error for Failure {}

impl From<FormatError> for Failure {
    fn from(error: FormatError) -> Self {
        Self::Emit(error)
    }
}

impl From<WriteError> for Failure {
    fn from(error: WriteError) -> Self {
        Self::Write(error)
    }
}

/// Loads and checks specs and settles their names.
///
/// # Errors
///
/// When anything is wrong with them: every problem of every file.
pub fn model(specs: &Path, display: &Path) -> Result<(Loaded, Model), Failure> {
    let mut diagnostics = Diagnostics::default();
    let loaded = load::load(specs, display, &Selection::default(), &mut diagnostics)
        .map_err(Failure::Read)?;
    check(&loaded, &mut diagnostics);
    let model = model::lower(&loaded.services, &mut diagnostics);
    if diagnostics.is_empty() {
        return Ok((loaded, model));
    }
    let problems = diagnostics.sorted();
    Err(Failure::Specs(
        problems
            .iter()
            .map(|problem| problem.render(&loaded.sources))
            .collect(),
    ))
}

/// Told how far a run is: how many operations are generated, of how many.
pub type Progress<'p> = &'p dyn Fn(usize, usize);

/// Runs the pipeline. With [`Options::check`] nothing is written, and the changes say what would be.
///
/// # Errors
///
/// When the specs are wrong, or something cannot be read or written.
pub fn regenerate(options: &Options) -> Result<Changes, Failure> {
    regenerate_with(options, &|_, _| {})
}

/// Runs the pipeline like [`regenerate`], and tells how far it is.
///
/// # Errors
///
/// When the specs are wrong, or something cannot be read or written.
pub fn regenerate_with(options: &Options, progress: Progress<'_>) -> Result<Changes, Failure> {
    let cache = options.cache.as_ref().filter(|_| !options.check);
    if cache.is_some_and(|cache| cache.is_current(&options.specs, &options.out)) {
        return Ok(Changes::default());
    }
    let changes = run(options, progress)?;
    if let Some(cache) = cache {
        cache.remember(&options.specs, &options.out);
    }
    Ok(changes)
}

fn run(options: &Options, progress: Progress<'_>) -> Result<Changes, Failure> {
    let versions = load::versions(&options.specs).map_err(Failure::Read)?;
    let selected = options
        .selection
        .choose(&options.display, versions.clone())
        .map_err(Failure::Read)?;
    let (_, model) = model(&options.specs, &options.display)?;
    let partial = selected.len() < versions.len();
    let mut files = emit::root(&model, &options.runtime)?;
    let mut owned = Vec::new();
    let all = model
        .versions
        .iter()
        .map(|version| version.operations.len())
        .sum();
    let mut done = 0;
    progress(done, all);
    for version in &model.versions {
        if partial
            && !selected
                .iter()
                .any(|(product, number)| version.folder == format!("{product}/{number}"))
        {
            continue;
        }
        owned.push(
            Path::new("src")
                .join(&version.product_module)
                .join(&version.module),
        );
        files.extend(emit::version(version)?);
        done += version.operations.len();
        progress(done, all);
    }
    finish(options, &files, if partial { &owned } else { &[] })
}

fn finish(options: &Options, files: &Files, owned: &[PathBuf]) -> Result<Changes, Failure> {
    let changes = write::compare(&options.out, files, owned)?;
    if !options.check {
        write::apply(&options.out, files, &changes)?;
    }
    Ok(changes)
}
