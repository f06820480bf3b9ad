//! Writing a new operation: a skeleton to fill in, or the facts of an official document.

mod skeleton;

use std::collections::BTreeMap;
use std::fmt;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use crate::check::check;
use crate::diagnostic::{Diagnostic, Diagnostics, Severity, did_you_mean};
use crate::document::Document;
use crate::import::{Samples, effect_of, operation_file};
use crate::language::{self, FileKind};
use crate::load::{self, Selection};
use crate::spec::{Service, file_stem};

/// Where a new operation goes.
#[derive(Clone, Debug)]
pub struct Target {
    /// The folder of the product version, such as `dts/2020-01-01`.
    pub folder: String,
    /// The operation.
    pub operation: String,
}

/// Why no file was written.
#[derive(Debug)]
#[non_exhaustive]
pub enum AuthorError {
    /// The operation cannot be called that.
    Name(String),
    /// The operation is there already.
    Exists(PathBuf),
    /// The page is about another operation.
    OtherOperation {
        /// The one the page is about.
        page: String,
        /// The one asked for.
        asked: String,
    },
    /// The folder has no service that can be read.
    NoService(String),
    /// Something cannot be read or written.
    Io(io::Error),
}

impl fmt::Display for AuthorError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Name(name) => write!(
                f,
                "\"{name}\" is no name of an operation; write it as the service does, such as StartDtsJob"
            ),
            Self::Exists(path) => write!(
                f,
                "{} is there already; change it, or remove it first",
                path.display()
            ),
            Self::OtherOperation { page, asked } => write!(
                f,
                "the page is about {page} and not about {asked}{}",
                did_you_mean(asked, [page.as_str()])
            ),
            Self::NoService(folder) => write!(
                f,
                "the service.yaml of {folder} cannot be used; `cargo xtask check` says why"
            ),
            Self::Io(error) => error.fmt(f),
        }
    }
}

impl std::error::Error for AuthorError {}

impl From<io::Error> for AuthorError {
    fn from(error: io::Error) -> Self {
        Self::Io(error)
    }
}

/// Writes the file of a new operation, from a document if there is one; returns its path below the spec folder.
///
/// # Errors
///
/// When there is no such product version, the operation is there already, or the page is about another one.
pub fn write(
    specs: &Path,
    display: &Path,
    target: &Target,
    document: Option<&Document>,
) -> Result<PathBuf, AuthorError> {
    let name = &target.operation;
    let usable = name.starts_with(|c: char| c.is_ascii_alphabetic())
        && name.bytes().all(|byte| byte.is_ascii_alphanumeric());
    if !usable {
        return Err(AuthorError::Name(name.clone()));
    }
    if let Some(page) = document.and_then(|document| document.operation.as_ref())
        && page != name
    {
        return Err(AuthorError::OtherOperation {
            page: page.clone(),
            asked: name.clone(),
        });
    }
    let service = service(specs, display, &target.folder)?;
    let folder = target.folder.trim_end_matches('/');
    let path = Path::new(folder).join(format!("{}.yaml", file_stem(name)));
    let full = specs.join(&path);
    if full.exists() {
        return Err(AuthorError::Exists(display.join(&path)));
    }
    let text = match document {
        Some(document) => from_document(document, name, &service),
        None => from_nothing(name, &service),
    };
    let text = language::with_line(&text, FileKind::Operation);
    fs::write(&full, text)
        .map_err(|error| io::Error::new(error.kind(), format!("{}: {error}", full.display())))?;
    Ok(path)
}

/// The product version, as it is now.
fn service(specs: &Path, display: &Path, folder: &str) -> Result<Service, AuthorError> {
    let selection = Selection::parse(&[folder.to_owned()])?;
    if !folder.trim_end_matches('/').contains('/') {
        let message = format!("\"{folder}\" names no version; write PRODUCT/VERSION");
        return Err(io::Error::new(io::ErrorKind::InvalidInput, message).into());
    }
    let mut diagnostics = Diagnostics::default();
    let loaded = load::load(specs, display, &selection, &mut diagnostics)?;
    let mut services = loaded.services.into_iter();
    services
        .next()
        .ok_or_else(|| AuthorError::NoService(folder.to_owned()))
}

fn from_nothing(name: &str, service: &Service) -> String {
    let head =
        "# Replace the examples below by what the document says, and remove what does not apply.\n";
    let address = crate::import::documentation(service, name);
    skeleton::skeleton(name, head, &address, effect_of(name))
}

/// The file of a page, with as much of its samples as the facts agree with: samples are not always true.
fn from_document(document: &Document, name: &str, service: &Service) -> String {
    let head = "\
# The facts of an official document. Say in words of your own what the operation does (summary) and what parameters and
# fields are (description); `cargo xtask check` names those that lack it. Then remove these lines.
";
    let tries = [
        (true, true, true),
        (true, true, false),
        (true, false, true),
        (true, false, false),
        (false, true, true),
        (false, true, false),
        (false, false, true),
    ];
    let write = |(request, json, xml)| {
        let samples = Samples { request, json, xml };
        operation_file(document, name, head, service, samples)
    };
    let mut texts = tries.into_iter().map(write);
    let true_one = texts.find(|text| problems(service, name, text).is_empty());
    true_one.unwrap_or_else(|| write((false, false, false)))
}

/// What is wrong with the examples of a file that is not written yet.
fn problems(service: &Service, name: &str, text: &str) -> Vec<Diagnostic> {
    let folder = Path::new(&service.folder).join(&service.version.value);
    let alone = format!(
        "product: {}\nversion: \"{}\"\nstyle: rpc\n",
        service.product.value, service.version.value
    );
    let files = BTreeMap::from([
        (folder.join("service.yaml"), alone),
        (
            folder.join(format!("{}.yaml", file_stem(name))),
            text.to_owned(),
        ),
    ]);
    let mut diagnostics = Diagnostics::default();
    let loaded = load::texts(&files, &mut diagnostics);
    check(&loaded, &mut diagnostics);
    let is_sample = |problem: &Diagnostic| {
        problem.code.severity == Severity::Error && problem.code.id.starts_with("S06")
    };
    diagnostics.sorted().into_iter().filter(is_sample).collect()
}
