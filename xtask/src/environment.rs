//! Environments under `target/`, made once of a list of pinned versions, and made anew when the list changes.

use std::path::{Path, PathBuf};
use std::process::Command;

use crate::cargo::run;

/// Makes an environment unless it is there and was made from the same list of versions.
pub(crate) fn prepare(
    folder: &Path,
    list: &Path,
    make: impl FnOnce() -> Result<(), String>,
) -> Result<(), String> {
    let wanted = read(list)?;
    let stamp = folder.join("made-from");
    if std::fs::read_to_string(&stamp).is_ok_and(|made| made == wanted) {
        return Ok(());
    }
    std::fs::create_dir_all(folder)
        .map_err(|error| format!("cannot create {}: {error}", folder.display()))?;
    make()?;
    std::fs::write(&stamp, wanted)
        .map_err(|error| format!("cannot write {}: {error}", stamp.display()))
}

/// Makes a Python environment of a list of requirements; the folder of its programs.
pub(crate) fn python(folder: &Path, requirements: &Path) -> Result<PathBuf, String> {
    let programs = folder.join("bin");
    prepare(folder, requirements, || {
        let mut venv = Command::new("python3");
        venv.args(["-m", "venv", "--clear"]).arg(folder);
        run(venv)?;
        let mut pip = Command::new(programs.join("python"));
        pip.args([
            "-m",
            "pip",
            "install",
            "--quiet",
            "--disable-pip-version-check",
            "--requirement",
        ]);
        pip.arg(requirements);
        run(pip)
    })?;
    Ok(programs)
}

pub(crate) fn read(path: &Path) -> Result<String, String> {
    std::fs::read_to_string(path)
        .map_err(|error| format!("cannot read {}: {error}", path.display()))
}
