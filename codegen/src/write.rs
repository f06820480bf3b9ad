//! Writing: atomic, only what changed, and never over a file that is not ours.

use std::collections::BTreeSet;
use std::fmt;
use std::io;
use std::path::{Path, PathBuf};

use crate::emit::{Files, MARK};

/// What happened, or in a check would have happened, to the output folder.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Changes {
    /// Files that were not there.
    pub added: Vec<PathBuf>,
    /// Files with other content.
    pub changed: Vec<PathBuf>,
    /// Generated files that no spec asks for any more.
    pub removed: Vec<PathBuf>,
}

impl Changes {
    /// Whether everything is up to date.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.added.is_empty() && self.changed.is_empty() && self.removed.is_empty()
    }
}

/// Why writing failed.
#[derive(Debug)]
#[non_exhaustive]
pub enum WriteError {
    /// A file is in the way that was not generated.
    NotOurs(PathBuf),
    /// The system refused.
    Io {
        /// What was being done.
        doing: &'static str,
        /// To which file.
        path: PathBuf,
        /// Why not.
        source: io::Error,
        /// Whether some files were changed before.
        midway: bool,
    },
}

impl fmt::Display for WriteError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::NotOurs(path) => write!(
                f,
                "{}: this file was not generated and is in the way; move it, or choose another output folder",
                path.display()
            ),
            Self::Io {
                doing,
                path,
                source,
                midway,
            } => {
                let state = if *midway {
                    "every file is as it was or as it should be; run it again to complete the rest"
                } else {
                    "nothing was changed"
                };
                write!(f, "cannot {doing} {}: {source}; {state}", path.display())
            }
        }
    }
}

impl std::error::Error for WriteError {}

fn failed(doing: &'static str, path: &Path) -> impl FnOnce(io::Error) -> WriteError {
    move |source| WriteError::Io {
        doing,
        path: path.to_owned(),
        source,
        midway: false,
    }
}

fn failed_midway(doing: &'static str, path: &Path) -> impl FnOnce(io::Error) -> WriteError {
    move |source| WriteError::Io {
        doing,
        path: path.to_owned(),
        source,
        midway: true,
    }
}

/// Compares the output folder with what it should hold, below the folders `owned` (the whole folder when empty).
///
/// # Errors
///
/// When a file cannot be read, or one that was not generated is in the way.
pub fn compare(out: &Path, files: &Files, owned: &[PathBuf]) -> Result<Changes, WriteError> {
    let mut changes = Changes::default();
    for (path, text) in files {
        let full = out.join(path);
        match std::fs::read(&full) {
            Ok(found) if found == text.as_bytes() => {}
            Ok(found) if is_ours(&found) => changes.changed.push(path.clone()),
            Ok(_) => return Err(WriteError::NotOurs(full)),
            Err(error) if error.kind() == io::ErrorKind::NotFound => {
                changes.added.push(path.clone())
            }
            Err(error) => return Err(failed("read", &full)(error)),
        }
    }
    let roots = if owned.is_empty() {
        vec![PathBuf::new()]
    } else {
        owned.to_vec()
    };
    for root in roots {
        orphans(out, &root, files, &mut changes.removed)?;
    }
    changes.removed.sort();
    Ok(changes)
}

/// Carries the changes out. All files are first written beside their places, then moved there whole: a system that
/// refuses to hold them leaves everything as it was, and stopping at any moment leaves each file old or new, never half.
///
/// # Errors
///
/// When the system refuses. [`WriteError::Io`] tells whether anything was changed until then; the next run completes it.
pub fn apply(out: &Path, files: &Files, changes: &Changes) -> Result<(), WriteError> {
    let mut staged = Staged::default();
    for path in changes.added.iter().chain(&changes.changed) {
        if let Some(text) = files.get(path) {
            staged.write(&out.join(path), text)?;
        }
    }
    for path in &changes.removed {
        Staged::try_folder(out.join(path).parent().unwrap_or(out))?;
    }
    staged.settle()?;
    remove(out, &changes.removed)
}

/// Files that lie beside their places. Unless they are settled, they go again, and so do folders made for them.
#[derive(Default)]
struct Staged {
    /// What lies where, and where it is to be.
    files: Vec<(PathBuf, PathBuf)>,
    /// Folders that were not there, outer ones first.
    folders: Vec<PathBuf>,
    settled: bool,
}

impl Staged {
    fn write(&mut self, path: &Path, text: &str) -> Result<(), WriteError> {
        let folder = path.parent().unwrap_or(Path::new("."));
        self.make(folder)?;
        let beside = beside(path);
        let written = std::fs::write(&beside, text).map_err(failed("write", &beside));
        // Also when it is only a part of it.
        self.files.push((beside, path.to_owned()));
        written
    }

    fn make(&mut self, folder: &Path) -> Result<(), WriteError> {
        let missing: Vec<_> = folder
            .ancestors()
            .take_while(|folder| !folder.as_os_str().is_empty() && !folder.exists())
            .collect();
        for folder in missing.into_iter().rev() {
            std::fs::create_dir(folder).map_err(failed("create", folder))?;
            self.folders.push(folder.to_owned());
        }
        Ok(())
    }

    /// Finds out whether files can be removed from a folder: where one can be put.
    fn try_folder(folder: &Path) -> Result<(), WriteError> {
        let probe = beside(&folder.join("removal"));
        std::fs::write(&probe, "").map_err(failed("write", &probe))?;
        std::fs::remove_file(&probe).map_err(failed("remove", &probe))
    }

    /// Moves everything to its place.
    fn settle(mut self) -> Result<(), WriteError> {
        self.settled = true;
        for (beside, path) in &self.files {
            std::fs::rename(beside, path).map_err(failed_midway("replace", path))?;
        }
        Ok(())
    }
}

impl Drop for Staged {
    fn drop(&mut self) {
        // Of files that were moved nothing is left to remove.
        for (beside, _) in &self.files {
            let _ = std::fs::remove_file(beside);
        }
        if !self.settled {
            for folder in self.folders.iter().rev() {
                let _ = std::fs::remove_dir(folder);
            }
        }
    }
}

/// Where a file is written before it is moved to its place.
fn beside(path: &Path) -> PathBuf {
    let name = path.file_name().unwrap_or_default().to_string_lossy();
    path.with_file_name(format!(".{name}.{}.new", std::process::id()))
}

/// Removes files, and folders that nothing is left in.
fn remove(out: &Path, files: &[PathBuf]) -> Result<(), WriteError> {
    let mut folders = BTreeSet::new();
    for path in files {
        let full = out.join(path);
        std::fs::remove_file(&full).map_err(failed_midway("remove", &full))?;
        folders.extend(
            path.ancestors()
                .skip(1)
                .filter(|folder| !folder.as_os_str().is_empty())
                .map(Path::to_owned),
        );
    }
    for folder in folders.into_iter().rev() {
        // Fails for a folder that still holds something, which is what keeps it.
        let _ = std::fs::remove_dir(out.join(folder));
    }
    Ok(())
}

/// Generated files below `folder` that are not to be there, and what an interrupted run left beside them.
fn orphans(
    out: &Path,
    folder: &Path,
    files: &Files,
    found: &mut Vec<PathBuf>,
) -> Result<(), WriteError> {
    let full = out.join(folder);
    let entries = match std::fs::read_dir(&full) {
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(()),
        entries => entries.map_err(failed("read", &full))?,
    };
    for entry in entries {
        let entry = entry.map_err(failed("read", &full))?;
        let path = folder.join(entry.file_name());
        let kind = entry.file_type().map_err(failed("read", &full))?;
        if kind.is_dir() && entry.file_name() != "target" {
            orphans(out, &path, files, found)?;
        } else if kind.is_file() && !files.contains_key(&path) && is_orphan(&out.join(&path))? {
            found.push(path);
        }
    }
    Ok(())
}

fn is_orphan(path: &Path) -> Result<bool, WriteError> {
    let name = path.file_name().unwrap_or_default().to_string_lossy();
    let left_over = name.starts_with('.') && name.ends_with(".new");
    let generated = name.ends_with(".rs") || name == "Cargo.toml";
    if left_over {
        return Ok(true);
    }
    Ok(generated && is_ours(&std::fs::read(path).map_err(failed("read", path))?))
}

/// Whether a file bears our mark in its first line.
fn is_ours(content: &[u8]) -> bool {
    let line = content
        .split(|byte| *byte == b'\n')
        .next()
        .unwrap_or_default();
    line.windows(MARK.len())
        .any(|window| window == MARK.as_bytes())
}
