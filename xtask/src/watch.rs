//! Doing something again whenever a file of the spec folder changes.
//!
//! The folder is looked at a few times a second: that costs little for some thousands of files, and works on every file
//! system, shared ones included. A change is acted on when it is over, since editors and imports write many files.

use std::collections::BTreeMap;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};
use std::thread;
use std::time::{Duration, SystemTime};

use crate::say;

/// How long to wait between two looks.
const PAUSE: Duration = Duration::from_millis(250);

/// The size and time of every file.
type State = BTreeMap<PathBuf, (u64, Option<SystemTime>)>;

/// Does it now, and again after every change, until the program is stopped.
pub(crate) fn watch(folder: &Path, mut run: impl FnMut()) -> Result<(), String> {
    let look = || {
        let mut state = State::new();
        match read(folder, &mut state) {
            Ok(()) => Ok(state),
            Err(error) => Err(format!("{}: {error}", folder.display())),
        }
    };
    let mut known = look()?;
    run();
    say(&format!("watching {}; Ctrl-C ends it", folder.display()));
    loop {
        thread::sleep(PAUSE);
        let mut now = look()?;
        if now == known {
            continue;
        }
        // Until two looks in a row see the same.
        loop {
            thread::sleep(PAUSE);
            let later = look()?;
            if later == now {
                break;
            }
            now = later;
        }
        known = now;
        run();
    }
}

/// Adds the files of a folder. One that goes while it is looked at is gone.
fn read(folder: &Path, state: &mut State) -> io::Result<()> {
    for entry in fs::read_dir(folder)? {
        let entry = entry?;
        let path = entry.path();
        match entry.metadata() {
            Ok(data) if data.is_dir() => read(&path, state)?,
            Ok(data) => drop(state.insert(path, (data.len(), data.modified().ok()))),
            Err(error) if error.kind() == io::ErrorKind::NotFound => {}
            Err(error) => return Err(error),
        }
    }
    Ok(())
}
