//! Writes the table of all operations, read off the modules of the generated crate.

use std::error::Error;
use std::fmt::Write as _;
use std::path::{Path, PathBuf};
use std::{env, fs};

const GENERATED: &str = "../../generated/src";

fn main() -> Result<(), Box<dyn Error>> {
    println!("cargo::rerun-if-changed={GENERATED}");
    let mut table = String::from("&[\n");
    for product in folders(Path::new(GENERATED))? {
        for version in folders(&product)? {
            let path = format!("{}::{}", name(&product), name(&version));
            let modules = fs::read_to_string(version.join("mod.rs"))?;
            for (module, request) in modules.lines().filter_map(request) {
                let own = format!("alicloud::{path}");
                writeln!(
                    table,
                    "Entry {{ module: \"{path}\", service: &{own}::service::SERVICE, operation: \
                     &{own}::{module}::OPERATION, read: read::<{own}::{request}> }},"
                )?;
            }
        }
    }
    table.push_str("]\n");
    let out = env::var_os("OUT_DIR").ok_or("cargo did not say where to write")?;
    fs::write(Path::new(&out).join("table.rs"), table)?;
    Ok(())
}

/// The module and the request of a line that re-exports a request.
fn request(line: &str) -> Option<(&str, &str)> {
    let path = line.strip_prefix("pub use self::")?.strip_suffix(';')?;
    path.split_once("::")
        .filter(|(module, _)| *module != "client")
}

fn name(folder: &Path) -> String {
    folder
        .file_name()
        .unwrap_or_default()
        .to_string_lossy()
        .into_owned()
}

fn folders(parent: &Path) -> Result<Vec<PathBuf>, Box<dyn Error>> {
    let mut folders = Vec::new();
    for entry in fs::read_dir(parent)? {
        let path = entry?.path();
        if path.is_dir() {
            folders.push(path);
        }
    }
    folders.sort();
    Ok(folders)
}
