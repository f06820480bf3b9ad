//! Bringing the schemas, and the lines that name them, up to date.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use super::{FileKind, schemas, with_line};
use crate::load::{spec_files, versions};

/// The files below the spec folder that are not what they should be, each with what it should be: schemas, and specs
/// whose line is missing or names another schema.
///
/// # Errors
///
/// When something cannot be read.
pub fn stale(specs: &Path) -> io::Result<Vec<(PathBuf, String)>> {
    let mut stale = Vec::new();
    for (path, wanted) in schemas() {
        match fs::read_to_string(specs.join(&path)) {
            Ok(found) if found == wanted => {}
            Ok(_) => stale.push((path, wanted)),
            Err(error) if error.kind() == io::ErrorKind::NotFound => stale.push((path, wanted)),
            Err(error) => return Err(named(&specs.join(&path), &error)),
        }
    }
    for (product, version) in versions(specs)? {
        let folder = Path::new(&product).join(version);
        for name in spec_files(&specs.join(&folder))? {
            let path = folder.join(&name);
            let full = specs.join(&path);
            let found = fs::read_to_string(&full).map_err(|error| named(&full, &error))?;
            let stem = name.strip_suffix(".yaml").unwrap_or(&name);
            let wanted = with_line(&found, FileKind::of(stem));
            if found != wanted {
                stale.push((path, wanted));
            }
        }
    }
    Ok(stale)
}

/// Writes files below a folder, each whole or not at all.
///
/// # Errors
///
/// When something cannot be written.
pub fn write(specs: &Path, files: &[(PathBuf, String)]) -> io::Result<()> {
    for (path, text) in files {
        let full = specs.join(path);
        let beside = full.with_extension("new");
        if let Some(folder) = full.parent() {
            fs::create_dir_all(folder).map_err(|error| named(folder, &error))?;
        }
        fs::write(&beside, text)
            .and_then(|()| fs::rename(&beside, &full))
            .map_err(|error| named(&full, &error))?;
    }
    Ok(())
}

/// An error that names the path it is about.
fn named(path: &Path, error: &io::Error) -> io::Error {
    io::Error::new(error.kind(), format!("{}: {error}", path.display()))
}
