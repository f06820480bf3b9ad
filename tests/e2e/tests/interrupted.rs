//! `regenerate` that is killed, that has no room and that has no permission: every file stays whole, an error changes
//! nothing, and the next run repairs what there is to repair.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::print_stdout,
    reason = "a test that cannot go on fails, and says what it skips"
)]
#![cfg(unix)]

mod support;

use std::collections::BTreeMap;
use std::fs::{self, Permissions};
use std::os::unix::fs::PermissionsExt as _;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};
use std::thread::sleep;
use std::time::{Duration, Instant};

/// How often a run is killed.
const KILLS: u32 = 50;
/// How many operations there are: enough for writing to take a while.
const OPERATIONS: usize = 60;

/// Numbers that look random and are the same on every run (Knuth's MMIX generator).
struct Numbers(u64);

impl Numbers {
    fn up_to(&mut self, bound: Duration) -> Duration {
        const MULTIPLIER: u64 = 6_364_136_223_846_793_005;
        self.0 = self
            .0
            .wrapping_mul(MULTIPLIER)
            .wrapping_add(1_442_695_040_888_963_407);
        bound * u32::try_from(self.0 >> 40).unwrap() / (1 << 24)
    }
}

/// A product in two editions: texts differ in all operations, and each edition has some that the other lacks.
struct Place {
    folder: tempfile::TempDir,
    program: PathBuf,
}

impl Place {
    /// The program is copied, so that any user can start it.
    fn new() -> Self {
        let folder = tempfile::tempdir().unwrap();
        fs::set_permissions(folder.path(), Permissions::from_mode(0o755)).unwrap();
        let program = folder.path().join("xtask");
        fs::copy(support::xtask(), &program).unwrap();
        let place = Self { folder, program };
        for edition in ["one", "two"] {
            place.write_specs(edition);
        }
        place
    }

    fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    fn write_specs(&self, edition: &str) {
        let folder = self.path(edition).join("course/2024-01-01");
        fs::create_dir_all(&folder).unwrap();
        let service = "product: Course\nversion: \"2024-01-01\"\nstyle: rpc\n";
        fs::write(folder.join("service.yaml"), service).unwrap();
        for number in 0..OPERATIONS {
            // Some are called after the edition.
            let name = match number % 10 {
                0 => format!("Get{edition}{number}"),
                _ => format!("Get{number}"),
            };
            let parameters = "parameters:\n  Id: {type: string, required: true}\n  Names: {type: list, items: {type: string}}\n";
            let text = format!(
                "operation: {name}\nsummary: Of edition {edition}.\neffect: read\n{parameters}"
            );
            fs::write(folder.join(format!("{name}.yaml")), text).unwrap();
        }
    }

    fn command(&self, edition: &str, out: &Path) -> Command {
        let mut command = Command::new(&self.program);
        command
            .args(["regenerate", "--specs"])
            .arg(self.path(edition));
        command.arg("--out").arg(out).stdin(Stdio::null());
        command
    }

    /// Generates an edition to the end.
    fn generate(&self, edition: &str, out: &Path) {
        support::run(self.command(edition, out));
    }
}

/// Whether a file is one that lies beside its place, waiting to be moved there.
fn is_waiting(path: &Path) -> bool {
    let name = path.file_name().unwrap().to_string_lossy();
    name.starts_with('.') && name.ends_with(".new")
}

/// Whether writing has begun, seen in the folder most of it goes to.
fn begun(out: &Path) -> bool {
    let folder = out.join("src/course/v20240101");
    let mut entries = fs::read_dir(folder).into_iter().flatten().flatten();
    entries.any(|entry| is_waiting(&entry.path()))
}

#[test]
fn a_run_killed_at_any_point_leaves_whole_files_and_the_next_one_repairs() {
    let place = Place::new();
    let (one, two, out) = (
        place.path("is-one"),
        place.path("is-two"),
        place.path("out"),
    );
    place.generate("one", &one);
    let started = Instant::now();
    place.generate("two", &two);
    let whole = started.elapsed();
    place.generate("one", &out);
    let editions = [("one", support::files(&one)), ("two", support::files(&two))];
    let (mut numbers, mut unfinished, mut mixed) = (Numbers(27), 0, 0);
    for kill in 0..KILLS {
        let (edition, wanted) = &editions[usize::try_from(kill + 1).unwrap() % 2];
        let mut child = place
            .command(edition, &out)
            .stdout(Stdio::null())
            .spawn()
            .unwrap();
        // Half of them anywhere, half of them while it writes.
        if kill % 2 == 0 {
            sleep(numbers.up_to(whole));
        } else {
            let given_up = Instant::now() + whole * 20;
            while !begun(&out) && child.try_wait().unwrap().is_none() && Instant::now() < given_up {
            }
            sleep(numbers.up_to(Duration::from_millis(30)));
        }
        child.kill().unwrap();
        child.wait().unwrap();

        let found = support::files(&out);
        let settled = found.iter().filter(|(path, _)| !is_waiting(path));
        for (path, content) in settled.clone() {
            let whole = editions
                .iter()
                .any(|(_, files)| files.get(path) == Some(content));
            assert!(whole, "kill {kill}: {path:?} is in no edition");
        }
        unfinished += usize::from(found.keys().any(|path| is_waiting(path)));
        let of = |edition: &BTreeMap<PathBuf, Vec<u8>>| {
            settled.clone().any(|(path, content)| {
                edition.get(path) == Some(content)
                    && editions
                        .iter()
                        .any(|(_, other)| other.get(path) != Some(content))
            })
        };
        mixed += usize::from(of(&editions[0].1) && of(&editions[1].1));
        place.generate(edition, &out);
        assert!(support::files(&out) == *wanted, "kill {kill}: not repaired");
    }
    println!("{KILLS} kills: {unfinished} left files waiting, {mixed} left files of both editions");
    assert!(unfinished > 0, "no kill met a run that was writing");
}

/// What a run that cannot write says; it has to fail.
fn refused(output: &Output) -> String {
    let said = String::from_utf8_lossy(&output.stderr).into_owned();
    assert!(!output.status.success(), "{said}");
    assert!(!said.contains("panicked"), "{said}");
    said
}

/// Whether this is root, who may mount, and whom no permission stops.
fn is_root() -> bool {
    let id = Command::new("id").arg("-u").output().unwrap();
    id.stdout == b"0\n"
}

/// Says that something is not tried; where everything has to be, that is a failure.
fn skip(why: &str) {
    let everything = std::env::var("CI").is_ok_and(|ci| ci == "true");
    assert!(!everything, "could not be tried: {why}");
    println!("skipped: {why}");
}

/// A small file system, unmounted in the end.
struct Disk(PathBuf);

impl Disk {
    fn mount(folder: &Path, kilobytes: u64) -> Option<Self> {
        fs::create_dir_all(folder).unwrap();
        let options = format!("size={kilobytes}k");
        let mut mount = Command::new("mount");
        mount
            .args(["-t", "tmpfs", "-o", &options, "tmpfs"])
            .arg(folder);
        let mounted = mount.output().is_ok_and(|output| output.status.success());
        mounted.then(|| Self(folder.to_owned()))
    }

    fn resize(&self, kilobytes: u64) {
        let mut mount = Command::new("mount");
        let options = format!("remount,size={kilobytes}k");
        support::run({
            mount.args(["-o", &options]).arg(&self.0);
            mount
        });
    }
}

impl Drop for Disk {
    fn drop(&mut self) {
        let _ = Command::new("umount").arg(&self.0).status();
    }
}

#[test]
fn a_full_disk_is_reported_and_changes_nothing() {
    let place = Place::new();
    let Some(disk) = Disk::mount(&place.path("disk"), 8192) else {
        return skip("a full disk: a small file system cannot be mounted here");
    };
    let out = disk.0.join("out");
    place.generate("one", &out);
    let before = support::files(&out);
    let used: usize = before
        .values()
        .map(|content| content.len().next_multiple_of(4096))
        .sum();
    // Room for about half of what is written beside the files that are there.
    disk.resize(u64::try_from(used).unwrap() / 1024 * 3 / 2);
    let said = refused(&place.command("two", &out).output().unwrap());
    assert!(said.contains("No space left on device"), "{said}");
    assert!(said.contains("nothing was changed"), "{said}");
    assert!(support::files(&out) == before, "something was changed");

    disk.resize(8192);
    place.generate("two", &out);
    let fresh = place.path("fresh");
    place.generate("two", &fresh);
    assert!(support::files(&out) == support::files(&fresh));
}

#[test]
fn a_folder_without_permission_is_reported_and_changes_nothing() {
    let place = Place::new();
    let out = place.path("out");
    place.generate("one", &out);
    let before = support::files(&out);
    // Tried as somebody whom permissions stop. The last folder written to is the one that cannot be.
    let locked = out.join("src/course/v20240101");
    let ours = [out.clone(), out.join("src"), out.join("src/course")];
    if is_root() {
        for path in support::files(&out)
            .keys()
            .map(|path| out.join(path))
            .chain(ours)
        {
            support::run({
                let mut chown = Command::new("chown");
                chown.arg("65534:65534").arg(path);
                chown
            });
        }
    }
    fs::set_permissions(&locked, Permissions::from_mode(0o555)).unwrap();
    let mut command = if is_root() {
        let inner = place.command("two", &out);
        let mut command = Command::new("setpriv");
        command
            .args(["--reuid=65534", "--regid=65534", "--clear-groups"])
            .arg(inner.get_program())
            .args(inner.get_args());
        command
    } else {
        place.command("two", &out)
    };
    let output = match command.output() {
        Ok(output) => output,
        Err(error) => return skip(&format!("a folder without permission: setpriv: {error}")),
    };
    let said = refused(&output);
    assert!(said.contains("Permission denied"), "{said}");
    assert!(said.contains("nothing was changed"), "{said}");
    assert!(support::files(&out) == before, "something was changed");
    fs::set_permissions(&locked, Permissions::from_mode(0o755)).unwrap();
}
