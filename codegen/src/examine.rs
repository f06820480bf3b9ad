//! The front end alone: everything that is wrong with specs, and what could be better, without generating anything.

use std::io;
use std::path::Path;

use crate::check::check;
use crate::diagnostic::{Diagnostic, Diagnostics, Severity};
use crate::lint::lint;
use crate::load::{self, Loaded, Selection};
use crate::model::{self, Model};

/// Specs, and what there is to say of them.
#[derive(Debug)]
pub struct Examined {
    /// What was loaded.
    pub loaded: Loaded,
    /// The model. Not to be relied on when there are errors.
    pub model: Model,
    /// Errors and warnings, by file and place.
    pub diagnostics: Vec<Diagnostic>,
}

/// Loads, checks, settles names and lints.
///
/// # Errors
///
/// When the specs cannot be read, or a filter of the selection matches nothing.
pub fn examine(specs: &Path, display: &Path, selection: &Selection) -> io::Result<Examined> {
    let mut diagnostics = Diagnostics::default();
    let loaded = load::load(specs, display, selection, &mut diagnostics)?;
    check(&loaded, &mut diagnostics);
    let model = model::lower(&loaded.services, &mut diagnostics);
    lint(&loaded, &mut diagnostics);
    Ok(Examined {
        diagnostics: diagnostics.sorted(),
        loaded,
        model,
    })
}

impl Examined {
    /// Refuses specs with errors: nothing should be told from them.
    ///
    /// # Errors
    ///
    /// When there are errors, with all of them rendered.
    pub fn require_no_errors(&self) -> Result<(), String> {
        let errors: Vec<String> = self
            .diagnostics
            .iter()
            .filter(|problem| problem.code.severity == Severity::Error)
            .map(|problem| problem.render(&self.loaded.sources))
            .collect();
        if errors.is_empty() {
            Ok(())
        } else {
            Err(errors.join("\n"))
        }
    }
}
