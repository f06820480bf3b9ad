//! Storing: imported files into the spec folder, whole and only where they changed; files written by hand are left alone.

use std::fs;
use std::io;
use std::path::Path;

use super::report::Version;
use super::{Failure, Options, Translation, compare};
use crate::check::check;
use crate::diagnostic::Diagnostics;
use crate::emit::Files;
use crate::load::{self, Loaded, Selection, is_imported};
use crate::spec::file_stem;
use crate::write;

/// Writes what was translated and says what that changed.
pub(super) fn store(translation: Translation, options: &Options) -> Result<Version, Failure> {
    let wanted = wanted(&translation, options);
    let mut version = Version {
        operations: translation.service.operations.len(),
        folder: translation.folder.clone(),
        ..Version::default()
    };
    differences(&wanted, options, &mut version)?;
    if options.operations.is_empty() {
        orphans(&wanted, options, &mut version)?;
    }
    write::apply(&options.specs, &wanted, &version.changes)?;
    let loaded = examine(options, &mut version)?;
    version.disagreements = compare::disagreements(&loaded, &translation.service, &version);
    version.findings = translation.findings;
    Ok(version)
}

/// The files to write: all of them, or those of the operations asked for.
fn wanted(translation: &Translation, options: &Options) -> Files {
    let mut files = translation.files.clone();
    if !options.operations.is_empty() {
        let mut stems: Vec<String> = options
            .operations
            .iter()
            .map(|name| file_stem(name))
            .collect();
        stems.push("service".into());
        files.retain(|path, _| {
            path.file_stem()
                .is_some_and(|stem| stems.iter().any(|wanted| stem == wanted.as_str()))
        });
    }
    files
}

/// Compares the files with what is there.
fn differences(files: &Files, options: &Options, version: &mut Version) -> Result<(), Failure> {
    for (path, text) in files {
        let full = options.specs.join(path);
        match fs::read_to_string(&full) {
            Ok(found) if found == *text => {}
            Ok(found) if is_imported(&found) => version.changes.changed.push(path.clone()),
            Ok(_) => version.by_hand.push(path.clone()),
            Err(error) if error.kind() == io::ErrorKind::NotFound => {
                version.changes.added.push(path.clone())
            }
            Err(error) => return Err(Failure::read(&full)(error)),
        }
    }
    Ok(())
}

/// Imported files of operations that the metadata no longer has.
fn orphans(files: &Files, options: &Options, version: &mut Version) -> Result<(), Failure> {
    let full = options.specs.join(&version.folder);
    let entries = match fs::read_dir(&full) {
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(()),
        entries => entries.map_err(Failure::read(&full))?,
    };
    for entry in entries {
        let path = version
            .folder
            .join(entry.map_err(Failure::read(&full))?.file_name());
        if !files.contains_key(&path) && is_orphan(&options.specs.join(&path)) {
            version.changes.removed.push(path);
        }
    }
    version.changes.removed.sort();
    Ok(())
}

fn is_orphan(path: &Path) -> bool {
    let yaml = path.extension().is_some_and(|ending| ending == "yaml");
    yaml && path.is_file() && fs::read_to_string(path).is_ok_and(|text| is_imported(&text))
}

/// Loads what is there now, and notes what is wrong with it.
fn examine(options: &Options, version: &mut Version) -> Result<Loaded, Failure> {
    let folder = version.folder.display().to_string().replace('\\', "/");
    let full = options.specs.join(&version.folder);
    let mut diagnostics = Diagnostics::default();
    let loaded = Selection::parse(&[folder])
        .and_then(|selection| {
            load::load(
                &options.specs,
                &options.display,
                &selection,
                &mut diagnostics,
            )
        })
        .map_err(Failure::read(&full))?;
    check(&loaded, &mut diagnostics);
    version.problems = diagnostics
        .sorted()
        .iter()
        .map(|problem| problem.render(&loaded.sources))
        .collect();
    Ok(loaded)
}
