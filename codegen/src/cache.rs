//! The memory of the last run: whether specs, generator and output are still what they were.
//!
//! A run with nothing to do should cost little more than reading the files. What is remembered is a hash of everything
//! that goes in and of everything that came out, so that a hand edit of either is noticed; losing the memory, or
//! mistrusting it, only costs a full run. It lies under `target`, never in a commit.

use std::collections::hash_map::DefaultHasher;
use std::fs;
use std::hash::{Hash as _, Hasher as _};
use std::io;
use std::path::{Path, PathBuf};

/// Where the memory of one output folder lies.
#[derive(Clone, Debug)]
pub struct Cache {
    file: PathBuf,
    generator: u64,
}

impl Cache {
    /// The memory in a folder, of a run with these settings. It is void for any other build of the generator.
    ///
    /// # Errors
    ///
    /// When the running program cannot be found.
    pub fn new(folder: &Path, settings: &str) -> io::Result<Self> {
        let program = fs::metadata(std::env::current_exe()?)?;
        let mut generator = DefaultHasher::new();
        (program.len(), program.modified()?, settings).hash(&mut generator);
        let mut name = DefaultHasher::new();
        settings.hash(&mut name);
        Ok(Self {
            file: folder.join(format!("{:016x}", name.finish())),
            generator: generator.finish(),
        })
    }

    /// Whether a run would change nothing.
    pub(crate) fn is_current(&self, specs: &Path, out: &Path) -> bool {
        let remembered = fs::read_to_string(&self.file);
        match (remembered, self.state(specs, out)) {
            (Ok(remembered), Ok(state)) => remembered == state,
            _ => false,
        }
    }

    /// Remembers how things are after a run. Failing to is no failure of the run.
    pub(crate) fn remember(&self, specs: &Path, out: &Path) {
        let written = self.state(specs, out).and_then(|state| {
            fs::create_dir_all(self.file.parent().unwrap_or(Path::new(".")))?;
            fs::write(&self.file, state)
        });
        if written.is_err() {
            let _ = fs::remove_file(&self.file);
        }
    }

    fn state(&self, specs: &Path, out: &Path) -> io::Result<String> {
        let mut inside = DefaultHasher::new();
        hash_folder(specs, &mut inside)?;
        let mut outside = DefaultHasher::new();
        fs::read(out.join("Cargo.toml"))?.hash(&mut outside);
        hash_folder(&out.join("src"), &mut outside)?;
        Ok(format!(
            "{:016x} {:016x} {:016x}\n",
            self.generator,
            inside.finish(),
            outside.finish()
        ))
    }
}

/// Hashes names and contents, in sorted order.
fn hash_folder(folder: &Path, hasher: &mut DefaultHasher) -> io::Result<()> {
    let entries: io::Result<Vec<_>> = fs::read_dir(folder)?.collect();
    let mut entries = entries?;
    entries.sort_unstable_by_key(fs::DirEntry::file_name);
    for entry in entries {
        let path = entry.path();
        entry.file_name().hash(hasher);
        if entry.file_type()?.is_dir() {
            hash_folder(&path, hasher)?;
        } else {
            hasher.write(&fs::read(&path)?);
        }
    }
    Ok(())
}
