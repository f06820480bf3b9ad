//! Files as they were at a git revision.

use std::collections::BTreeMap;
use std::io::{BufRead as _, BufReader, Read as _, Write as _};
use std::path::PathBuf;
use std::process::{Command, Stdio};
use std::thread;

use crate::cargo::root;

/// A git command in the root of the workspace.
fn git(arguments: &[&str]) -> Command {
    let mut command = Command::new("git");
    command.args(arguments).current_dir(root());
    command
}

/// What a git command prints.
fn output(arguments: &[&str]) -> Result<Vec<u8>, String> {
    let output = git(arguments)
        .output()
        .map_err(|error| format!("cannot start git: {error}"))?;
    if output.status.success() {
        return Ok(output.stdout);
    }
    let told = String::from_utf8_lossy(&output.stderr);
    Err(format!("git {}: {}", arguments.join(" "), told.trim()))
}

/// The commit that a revision names, in short.
pub(crate) fn commit(revision: &str) -> Result<String, String> {
    let commit = format!("{revision}^{{commit}}");
    let name = output(&[
        "rev-parse",
        "--verify",
        "--short",
        "--end-of-options",
        &commit,
    ])
    .map_err(|error| format!("no revision \"{revision}\" ({error})"))?;
    Ok(String::from_utf8_lossy(&name).trim().to_owned())
}

/// A text file as it was at a commit; nothing if it was not there.
pub(crate) fn text(commit: &str, path: &str) -> Option<String> {
    let bytes = output(&["show", &format!("{commit}:./{path}")]).ok()?;
    String::from_utf8(bytes).ok()
}

/// Every file of a folder as it was at a commit, by its path below the folder.
pub(crate) fn folder(commit: &str, folder: &str) -> Result<BTreeMap<PathBuf, Vec<u8>>, String> {
    let listing = output(&["ls-tree", "-r", "-z", commit, &format!("{folder}/")])?;
    let listing = String::from_utf8_lossy(&listing).into_owned();
    // `<mode> <type> <object>\t<path>`
    let entries = listing.split('\0').filter_map(|entry| {
        let (head, path) = entry.split_once('\t')?;
        let object = head.rsplit(' ').next()?;
        let path = path.strip_prefix(folder)?.trim_start_matches('/');
        Some((object.to_owned(), PathBuf::from(path)))
    });
    let entries: Vec<(String, PathBuf)> = entries.collect();
    contents(&entries)
}

/// The contents of objects, all from one process.
fn contents(entries: &[(String, PathBuf)]) -> Result<BTreeMap<PathBuf, Vec<u8>>, String> {
    let failed = |error: std::io::Error| format!("git cat-file: {error}");
    let mut child = git(&["cat-file", "--batch"])
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .map_err(failed)?;
    let (Some(mut input), Some(output)) = (child.stdin.take(), child.stdout.take()) else {
        return Err("git cat-file has no pipes".into());
    };
    let names: String = entries
        .iter()
        .map(|(object, _)| format!("{object}\n"))
        .collect();
    // Written beside the reading: either pipe may be full.
    let writer = thread::spawn(move || input.write_all(names.as_bytes()));
    let mut output = BufReader::new(output);
    let mut files = BTreeMap::new();
    for (object, path) in entries {
        // `<object> <type> <size>`, the content, and a line end.
        let mut head = String::new();
        output.read_line(&mut head).map_err(failed)?;
        let size = head.trim_end().rsplit(' ').next();
        let size: usize = size
            .and_then(|size| size.parse().ok())
            .ok_or_else(|| format!("git cat-file: no content of {object}"))?;
        let mut content = vec![0; size + 1];
        output.read_exact(&mut content).map_err(failed)?;
        content.pop();
        files.insert(path.clone(), content);
    }
    drop(output);
    let _ = writer.join();
    child.wait().map_err(failed)?;
    Ok(files)
}
