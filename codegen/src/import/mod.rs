//! Importing: from the official metadata of a product version to spec files.
//!
//! `metadata` reads the document, `convert` turns it into drafts and deals with every quirk of the format, `naming` settles
//! what would collide in Rust, `yaml` writes the drafts down, and `store` puts the files into the spec folder. The files are
//! a pure function of the metadata: what people know beyond it goes into overlays, which loading merges. Nothing is
//! dropped in silence: what the spec language cannot say is in the report.

mod compare;
mod convert;
mod document;
mod draft;
mod failure;
mod metadata;
mod naming;
mod notes;
mod prove;
mod report;
mod store;
mod yaml;

use std::collections::HashSet;
use std::path::{Path, PathBuf};

pub(crate) use self::document::{Samples, documentation, effect_of, operation_file};
pub use self::failure::Failure;
pub use self::report::{Finding, Kind, Report, Version};

use self::draft::Service;
use self::metadata::Document;
use crate::emit::Files;
use crate::spec::file_stem;

/// A metadata file.
#[derive(Clone, Debug)]
pub struct Source {
    /// What messages call it.
    pub name: String,
    /// Its content.
    pub text: String,
}

/// Where to import to, and how much.
#[derive(Clone, Debug, Default)]
pub struct Options {
    /// The spec folder.
    pub specs: PathBuf,
    /// How messages name the spec folder.
    pub display: PathBuf,
    /// The only operations to write; all of them when empty.
    pub operations: Vec<String>,
    /// Whether to carry example answers over.
    pub examples: bool,
}

/// Spec files made of a metadata file, not written yet.
#[derive(Debug)]
pub struct Translation {
    /// The folder below the spec folder, such as `dts/2020-01-01`.
    pub folder: PathBuf,
    /// The files, by path below the spec folder.
    pub files: Files,
    /// What could not be said.
    pub findings: Vec<Finding>,
    service: Service,
}

/// Reads metadata files.
///
/// # Errors
///
/// When one cannot be read.
pub fn read(paths: &[PathBuf]) -> Result<Vec<Source>, Failure> {
    let read = |path: &PathBuf| {
        let bytes = std::fs::read(path).map_err(Failure::read(path))?;
        let name = path.display().to_string();
        match String::from_utf8(bytes) {
            Ok(text) => Ok(Source { name, text }),
            Err(_) => Err(Failure::refused(&name, "not UTF-8")),
        }
    };
    paths.iter().map(read).collect()
}

/// Turns a metadata file into spec files, without looking at any other file.
///
/// # Errors
///
/// When the file is not JSON, or not the metadata of something this client can call.
pub fn translate(source: &Source, examples: bool) -> Result<Translation, Failure> {
    let document = Document::parse(&source.name, &source.text)?;
    let (mut service, mut findings) = convert::convert(&document, examples);
    findings.extend(naming::settle(&mut service));
    let folder = Path::new(&service.product.to_lowercase()).join(&service.version);
    let mut files = written(&service, &folder);
    if examples && prove::prove(&mut service, &files, &mut findings) {
        files = written(&service, &folder);
    }
    Ok(Translation {
        folder,
        files,
        findings,
        service,
    })
}

/// The files of a service.
fn written(service: &Service, folder: &Path) -> Files {
    let mut files = Files::new();
    files.insert(folder.join("service.yaml"), yaml::service(service));
    for operation in &service.operations {
        let stem = file_stem(&operation.wire);
        let text = yaml::operation(operation, &stem);
        files.insert(folder.join(format!("{stem}.yaml")), text);
    }
    files
}

/// Imports metadata files. Each stands for itself: one that cannot be used keeps none of the others from being imported.
///
/// # Errors
///
/// When the spec folder cannot be read or written, or when none of the files has an operation that was asked for.
pub fn import(sources: &[Source], options: &Options) -> Result<Report, Failure> {
    let mut report = Report::default();
    let mut translations: Vec<Translation> = Vec::new();
    for source in sources {
        match translate(source, options.examples) {
            Ok(done) if translations.iter().any(|other| other.folder == done.folder) => {
                let why = format!("another file has {} already", done.folder.display());
                report.failures.push(Failure::refused(&source.name, why));
            }
            Ok(done) => translations.push(done),
            Err(failure) => report.failures.push(failure),
        }
    }
    unknown_operations(&translations, options)?;
    for translation in translations {
        report.versions.push(store::store(translation, options)?);
    }
    Ok(report)
}

/// Refuses names of operations that no file has.
fn unknown_operations(translations: &[Translation], options: &Options) -> Result<(), Failure> {
    let known: HashSet<&str> = translations
        .iter()
        .flat_map(|translation| &translation.service.operations)
        .map(|operation| operation.wire.as_str())
        .collect();
    match options
        .operations
        .iter()
        .find(|name| !known.contains(name.as_str()))
    {
        // Without any file there is something else to complain about.
        Some(name) if !translations.is_empty() => {
            let mut names: Vec<&str> = known.into_iter().collect();
            names.sort_unstable();
            let close = crate::diagnostic::did_you_mean(name, names);
            Err(Failure::refused(
                name,
                format!("no such operation in the metadata{close}"),
            ))
        }
        _ => Ok(()),
    }
}
