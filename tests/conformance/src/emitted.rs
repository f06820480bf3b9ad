//! Emitted Rust: one function per request, written by the sample emitter, in a small crate that is compiled and run.
//!
//! The crate lies under `target/conformance` and depends on the generated client by path. It shares the target folder of
//! the workspace, and its files are written only when they change, so that a second run compiles nothing.

use std::collections::HashMap;
use std::fmt::Write as _;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use alicloud_codegen::model::{Model, Operation, Version};
use alicloud_codegen::sample::{Sample, Secrets, sample};
use serde_json::{Value as Json, json};

use crate::made::Made;
use crate::vector::Vector;

const HARNESS: &str = include_str!("harness.rs");

const MAIN: &str = r#"//! Calls emitted for recorded input: prepares each as the settings have it, and prints what came of it.

mod calls;
mod harness;

use std::error::Error;

fn main() -> Result<(), Box<dyn Error>> {
    let path = std::env::args().nth(1).ok_or("no file of settings was named")?;
    let all: Vec<serde_json::Value> = serde_json::from_str(&std::fs::read_to_string(path)?)?;
    for settings in &all {
        let number = settings["call"].as_u64().ok_or("settings without a call")?;
        let make = calls::find(number).ok_or("settings of a call that is not there")?;
        println!("{}", harness::prepare(settings, &make));
    }
    Ok(())
}
"#;

/// Requests to be made by emitted Rust.
#[derive(Default)]
pub(crate) struct Calls {
    samples: Vec<Sample>,
    /// The inputs of the calls of an operation, each with the number of its call.
    inputs: HashMap<String, Vec<(Json, usize)>>,
    /// The settings of each request; several requests may be of one call.
    settings: Vec<Json>,
    features: Vec<String>,
    /// Whole programs, one for each product version: they are compiled and not run.
    programs: Vec<String>,
}

/// Where the operation of a vector is in the model.
pub(crate) fn find<'m>(model: &'m Model, vector: &Vector) -> Option<(&'m Version, &'m Operation)> {
    let (number, name) = (vector.optional("/version")?, vector.optional("/operation")?);
    // Vectors of the older client do not say where the metadata is; version and operation together name no other.
    let folder = vector.optional("/metadata");
    let mut versions = model.versions.iter();
    versions.find_map(|version| {
        let here = version.version == number && folder.is_none_or(|it| it == version.folder);
        let mut operations = version.operations.iter().filter(|_| here);
        Some((version, operations.find(|known| known.wire == name)?))
    })
}

impl Calls {
    /// Adds a call, unless there is the same one already; its number.
    pub(crate) fn add(&mut self, version: &Version, operation: &Operation, input: &Json) -> usize {
        let of = format!("{} {}", version.folder, operation.wire);
        let inputs = self.inputs.entry(of).or_default();
        if let Some((_, number)) = inputs.iter().find(|(known, _)| known == input) {
            return *number;
        }
        inputs.push((input.clone(), self.samples.len()));
        // Recorded secrets are made up, and the signature depends on them.
        let sample = sample(version, operation, input, Secrets::Shown);
        if !self.features.contains(&version.feature) {
            self.features.push(version.feature.clone());
            self.programs.push(sample.program());
        }
        self.samples.push(sample);
        self.samples.len() - 1
    }

    /// Adds a request of a call; its number among the answers.
    pub(crate) fn request(&mut self, call: usize, mut settings: Json) -> usize {
        settings["call"] = json!(call);
        self.settings.push(settings);
        self.settings.len() - 1
    }

    /// Compiles and runs the program; the request made for each of the settings, in order.
    pub(crate) fn run(&self, root: &Path) -> Result<Vec<Result<Made, String>>, String> {
        if self.settings.is_empty() {
            return Ok(Vec::new());
        }
        let folder = root.join("target/conformance/emitted");
        let _lock = lock(&folder)?;
        self.write(root, &folder)?;
        let settings = Json::Array(self.settings.clone()).to_string();
        let path = folder.join("settings.json");
        write(&path, &settings)?;
        let output = Command::new(std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into()))
            .args(["run", "--quiet", "--"])
            .arg(&path)
            .current_dir(&folder)
            .env("CARGO_TARGET_DIR", target(root))
            .output()
            .map_err(|error| format!("cannot start cargo: {error}"))?;
        if !output.status.success() {
            let said = String::from_utf8_lossy(&output.stderr);
            return Err(format!("the emitted Rust does not compile or run:\n{said}"));
        }
        let printed = String::from_utf8_lossy(&output.stdout);
        let made: Vec<_> = printed.lines().map(read).collect();
        if made.len() == self.settings.len() {
            Ok(made)
        } else {
            Err(format!(
                "the emitted program answered {} of {} requests",
                made.len(),
                self.settings.len()
            ))
        }
    }

    fn write(&self, root: &Path, folder: &Path) -> Result<(), String> {
        write(&folder.join("src/main.rs"), MAIN)?;
        write(&folder.join("src/harness.rs"), HARNESS)?;
        write(&folder.join("src/calls.rs"), &self.calls())?;
        write(&folder.join("Cargo.toml"), &self.manifest(root))?;
        // The versions the workspace was tested with. Cargo takes out what is not used.
        let lock = folder.join("Cargo.lock");
        let own = root.join("Cargo.lock");
        let copied = fs::copy(&own, &lock).map(drop);
        copied.map_err(|error| format!("{}: {error}", own.display()))
    }

    fn manifest(&self, root: &Path) -> String {
        let mut features = self.features.clone();
        features.sort();
        let generated = root.join("generated");
        format!(
            "[package]\nname = \"alicloud-emitted-calls\"\nversion = \"0.0.0\"\nedition = \"2024\"\npublish = false\n\n\
             [workspace]\n\n[dependencies]\n\
             alicloud = {{ path = {:?}, default-features = false, features = {features:?} }}\n\
             base64 = {{ version = \"0.23\", default-features = false, features = [\"alloc\"] }}\n\
             serde_json = {{ version = \"1\", features = [\"preserve_order\"] }}\n\
             tokio = {{ version = \"1\", features = [\"macros\", \"rt-multi-thread\"] }}\n\n\
             [profile.dev]\ndebug = \"line-tables-only\"\n",
            generated.display().to_string()
        )
    }

    /// The module with the calls.
    fn calls(&self) -> String {
        let mut out = String::from(
            "//! Calls, as people would write them.\n\nuse alicloud::Config;\nuse alicloud::client::{Call, ServiceClient};\n\n\
             /// The call of that number.\n\
             pub(crate) fn find(number: u64) -> Option<fn(&Config) -> Call<ServiceClient>> {\n    Some(match number {\n",
        );
        for number in 0..self.samples.len() {
            let _ = writeln!(out, "        {number} => call_{number}::make,");
        }
        out.push_str("        _ => return None,\n    })\n}\n");
        for (number, sample) in self.samples.iter().enumerate() {
            let _ = write!(
                out,
                "\nmod call_{number} {{\n    use super::{{Call, Config, ServiceClient}};\n{}\n\n\
                 pub(super) fn make(config: &Config) -> Call<ServiceClient> {{\n    let client = Client::new(config);\n    \
                 let request = {};\n    alicloud::Request::into_call(request)\n}}\n}}\n",
                sample.imports(),
                sample.expression()
            );
        }
        for (number, program) in self.programs.iter().enumerate() {
            let _ = write!(
                out,
                "\n#[allow(dead_code, reason = \"compiled, not run\")]\nmod program_{number} {{\n{program}}}\n"
            );
        }
        out
    }
}

/// Keeps other runs out of a folder until the file is closed.
fn lock(folder: &Path) -> Result<fs::File, String> {
    let fail = |error: std::io::Error| format!("{}: {error}", folder.display());
    fs::create_dir_all(folder).map_err(fail)?;
    let file = fs::File::create(folder.join("lock")).map_err(fail)?;
    file.lock().map_err(fail)?;
    Ok(file)
}

/// The target folder this very program was built into, so that what both need is compiled once.
fn target(root: &Path) -> PathBuf {
    let set = std::env::var_os("CARGO_TARGET_DIR").map(PathBuf::from);
    set.map_or_else(|| root.join("target"), |set| root.join(set))
}

fn read(line: &str) -> Result<Made, String> {
    let value: Json = serde_json::from_str(line).map_err(|error| error.to_string())?;
    Made::read(&value)
}

/// Writes a file unless it is there already.
fn write(path: &Path, text: &str) -> Result<(), String> {
    let fail = |error: std::io::Error| format!("{}: {error}", path.display());
    if fs::read_to_string(path).is_ok_and(|there| there == text) {
        return Ok(());
    }
    if let Some(parent) = path.parent() {
        fs::create_dir_all(parent).map_err(fail)?;
    }
    fs::write(path, text).map_err(fail)
}
