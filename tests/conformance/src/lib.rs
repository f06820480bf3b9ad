//! Conformance: what genuine official clients did, done again by ours, and compared.
//!
//! A vector is one recorded fact. Requests are made again by Rust that the sample emitter writes for their input, compiled
//! and run (`emitted`); by raw calls with descriptors made of official metadata (`imported`) or, where there is none, put
//! together from the recording (`recorded`). What of them is compared is in `compare`. Texts, endpoints, credentials and
//! errors go to the runtime's own functions. `cargo xtask conformance` prints what became of each file; the tests hold the
//! selection under `vectors/` to it.

mod compare;
mod credentials;
mod emitted;
mod endpoints;
mod errors;
mod harness;
mod imported;
mod input;
mod made;
mod outcome;
mod raw;
mod recorded;
mod requests;
mod settings;
mod texts;
mod vector;
mod wire;

use std::path::{Path, PathBuf};

use alicloud_codegen::model::Model;

pub use outcome::{Checked, FileReport, Means, Outcome, heading};
pub use vector::{Vector, VectorFile, read};

use vector::Kind;

/// The root of the workspace.
#[must_use]
pub fn root() -> PathBuf {
    let own = Path::new(env!("CARGO_MANIFEST_DIR"));
    own.ancestors().nth(2).unwrap_or(own).to_owned()
}

/// The selection of vectors that travels with this package.
#[must_use]
pub fn own_vectors() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("vectors")
}

/// The official metadata at hand: all of it, or the selection that travels with this package.
#[must_use]
pub fn metadata() -> PathBuf {
    let all = root().join("../shared/openmeta");
    if all.is_dir() {
        return all;
    }
    Path::new(env!("CARGO_MANIFEST_DIR")).join("metadata")
}

/// Checks vector files; a report for each, in order. Operations that are neither generated nor in the metadata are called
/// by what their recording shows of them.
///
/// # Errors
///
/// When the specs or the metadata cannot be used, or the emitted Rust does not compile. That a vector differs is no error.
pub fn check(files: &[VectorFile], metadata: &Path) -> Result<Vec<FileReport>, String> {
    let root = root();
    let specs = root.join("api-specs");
    let model = alicloud_codegen::regenerate::model(&specs, Path::new("api-specs"));
    let (_, model) = model.map_err(|failure| failure.to_string())?;
    check_with(files, &model, metadata, &root)
}

fn check_with(
    files: &[VectorFile],
    model: &Model,
    metadata: &Path,
    root: &Path,
) -> Result<Vec<FileReport>, String> {
    let all = || files.iter().flat_map(|file| &file.vectors);
    let requests: Vec<&Vector> = all().filter(|vector| is_request(vector)).collect();
    let checked = requests::check_all(&requests, model, metadata, root)?;
    let mut of_requests = checked.into_iter();
    let tables = endpoints::Tables::of(all());
    let mut reports = Vec::new();
    for file in files {
        let mut report = FileReport {
            file: file.name.clone(),
            ..FileReport::default()
        };
        for vector in &file.vectors {
            let checked = if is_request(vector) {
                let next = of_requests.next();
                next.unwrap_or_else(|| Err("it was not checked".into()))
            } else {
                by_functions(vector, &tables)
            };
            report.vectors.push((vector.name().to_owned(), checked));
        }
        reports.push(report);
    }
    Ok(reports)
}

fn is_request(vector: &Vector) -> bool {
    matches!(
        vector.kind(),
        Ok(Kind::V3 | Kind::V1Rpc | Kind::V1Roa | Kind::Operation)
    )
}

/// Checks what needs no request.
fn by_functions(vector: &Vector, tables: &endpoints::Tables<'_>) -> Checked {
    match vector.kind()? {
        Kind::Serialization => texts::check_serialization(vector),
        Kind::Encoding => texts::check_encoding(vector),
        Kind::Endpoint => tables.check(vector),
        Kind::Credentials => credentials::check(vector),
        Kind::Errors => errors::check(vector),
        Kind::V3 | Kind::V1Rpc | Kind::V1Roa | Kind::Operation => {
            Err("a request is checked with all others".into())
        }
    }
}
