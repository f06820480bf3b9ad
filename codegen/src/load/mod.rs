//! Loading: from the files of the spec folder to [`Service`]s, with the place of everything that is said.
//!
//! `<root>/<product>/<version>/` holds `service.yaml` and one file per operation. Each file is read ([`SourceMap`]), parsed
//! into a tree with positions (`yaml`) and lowered to the spec types (`lower`). Whatever is wrong with a file is reported and
//! left out; only a folder that cannot be read ends the run. Whether what was loaded makes sense is for `check` to say.

mod describe;
mod folder;
pub(crate) mod lower;
mod overlay;
pub(crate) mod yaml;

use std::collections::BTreeMap;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};

pub use self::folder::{Selection, files as spec_files, versions};
use self::lower::Lower;
use self::overlay::Overlays;
use self::yaml::Node;
use crate::diagnostic::{Diagnostics, catalogue};
use crate::spec::{FileId, Scope, Service, SourceMap, Span};

const SERVICE_FILE: &str = "service.yaml";

/// More than any spec needs; positions are counted in 32 bits.
const MAX_BYTES: usize = 64 << 20;

/// How the first line of a file starts that the importer wrote: a file that the next import may overwrite, and that an
/// overlay may add to.
pub const IMPORTED: &str = "# Imported from official metadata by `cargo xtask import`.";

/// Whether the importer wrote a file.
#[must_use]
pub fn is_imported(text: &str) -> bool {
    text.starts_with(IMPORTED)
}

/// Everything that was read.
#[derive(Clone, Debug, Default)]
pub struct Loaded {
    /// The files, for showing diagnostics.
    pub sources: SourceMap,
    /// The product versions, sorted by folder. One whose `service.yaml` cannot be read is left out.
    pub services: Vec<Service>,
}

/// Loads the selected product versions under `root`. In messages the path of a file starts with `display` instead.
///
/// # Errors
///
/// When a folder or file cannot be read, or when a filter of the selection matches nothing.
pub fn load(
    root: &Path,
    display: &Path,
    selection: &Selection,
    diagnostics: &mut Diagnostics,
) -> io::Result<Loaded> {
    let mut loaded = Loaded::default();
    for (product, version) in selection.choose(display, versions(root)?)? {
        let folder = Path::new(&product).join(&version);
        let mut files = Files {
            sources: &mut loaded.sources,
            diagnostics,
        };
        let files = files.read(&root.join(&folder), &display.join(&folder))?;
        let mut lower = Lower::new(&loaded.sources, diagnostics);
        let service = assemble(&mut lower, &product, &version, files);
        loaded.services.extend(service);
    }
    Ok(loaded)
}

/// Loads one product version from memory: files by path, `<product>/<version>/<name>.yaml`.
#[must_use]
pub fn texts(files: &BTreeMap<PathBuf, String>, diagnostics: &mut Diagnostics) -> Loaded {
    let mut loaded = Loaded::default();
    let mut read = Vec::with_capacity(files.len());
    let mut folder = None;
    for (path, text) in files {
        let id = loaded.sources.add(path.clone(), text.clone());
        let stem = path
            .file_stem()
            .unwrap_or_default()
            .to_string_lossy()
            .into_owned();
        folder = folder.or_else(|| Some(path.parent()?.to_owned()));
        read.push(File {
            id,
            stem,
            usable: true,
        });
    }
    // As in a folder: the service first, then the operations.
    read.sort_by_key(|file| file.stem != "service");
    let folder = folder.unwrap_or_default();
    let name = |path: Option<&Path>| {
        path.and_then(Path::file_name)
            .unwrap_or_default()
            .to_string_lossy()
            .into_owned()
    };
    let (product, version) = (name(folder.parent()), name(Some(&folder)));
    let mut lower = Lower::new(&loaded.sources, diagnostics);
    let service = assemble(&mut lower, &product, &version, read);
    loaded.services.extend(service);
    loaded
}

/// A file that was read: its name without the ending, and its content, unless that cannot be used.
struct File {
    id: FileId,
    stem: String,
    usable: bool,
}

struct Files<'a> {
    sources: &'a mut SourceMap,
    diagnostics: &'a mut Diagnostics,
}

impl Files<'_> {
    /// Reads every spec file of a folder, `service.yaml` first.
    fn read(&mut self, folder: &Path, display: &Path) -> io::Result<Vec<File>> {
        let mut names = folder::files(folder)?;
        match names.iter().position(|name| name == SERVICE_FILE) {
            Some(at) => names[..=at].rotate_right(1),
            None => self.missing_service(display),
        }
        let read = |name: &String| self.file(&folder.join(name), &display.join(name));
        names.iter().map(read).collect()
    }

    fn missing_service(&mut self, display: &Path) {
        let id = self.sources.add(display.join(SERVICE_FILE), String::new());
        let message =
            "missing; each version folder needs one, with \"product\", \"version\" and \"style\"";
        self.diagnostics
            .report(catalogue::MISSING_SERVICE, Span::start_of(id), message);
    }

    fn file(&mut self, path: &Path, display: &Path) -> io::Result<File> {
        let bytes = fs::read(path).map_err(|error| folder::at(path, &error))?;
        let text = text(bytes);
        let (text, problem) = match text {
            Ok(text) => (text, None),
            Err(problem) => (String::new(), Some(problem)),
        };
        let id = self.sources.add(display.to_owned(), text);
        let usable = problem.is_none();
        if let Some(problem) = problem {
            self.diagnostics
                .report(catalogue::UNREADABLE_FILE, Span::start_of(id), problem);
        }
        let stem = path.file_stem().unwrap_or_default();
        Ok(File {
            id,
            stem: stem.to_string_lossy().into_owned(),
            usable,
        })
    }
}

/// The content of a file as text, or why it is none.
fn text(bytes: Vec<u8>) -> Result<String, String> {
    if bytes.len() > MAX_BYTES {
        return Err(format!("more than {MAX_BYTES} bytes; split the file"));
    }
    String::from_utf8(bytes).map_err(|error| {
        let offset = error.utf8_error().valid_up_to();
        format!("not UTF-8 from byte {offset} on (counted from 0); save the file as UTF-8")
    })
}

/// Makes a service of the files of a folder. Without a usable `service.yaml` the operations are still looked at, for the
/// sake of what is wrong with them, but there is nothing they could belong to.
fn assemble(
    lower: &mut Lower<'_>,
    product: &str,
    version: &str,
    files: Vec<File>,
) -> Option<Service> {
    let (mut overlays, files) = Overlays::split(files);
    let stems: Vec<String> = files.iter().map(|file| file.stem.clone()).collect();
    let mut files = files.into_iter().peekable();
    let mut service = None;
    if let Some(file) = files.next_if(|file| file.stem == "service") {
        let remedy = "start it with \"product: \" and the product's code";
        let node = tree(lower, &file, remedy);
        let node = overlays.apply(lower, &file, node);
        service = node.and_then(|node| lower::service(lower, file.id, product, version, node));
    }
    let scope = service
        .as_ref()
        .map(|service| Scope::of_service(&service.schemas))
        .unwrap_or_default();
    let mut operations = Vec::new();
    for file in files {
        let remedy = format!("start it with \"operation: {}\"", file.stem);
        let node = tree(lower, &file, &remedy);
        let node = overlays.apply(lower, &file, node);
        operations.extend(
            node.and_then(|node| lower::operation(lower, file.id, &file.stem, node, &scope)),
        );
    }
    overlays.finish(lower, &stems);
    operations.sort_by(|one, other| one.name.value.cmp(&other.name.value));
    let mut service = Service {
        operations,
        ..service?
    };
    describe::describe(lower, &mut service);
    Some(service)
}

/// Parses a file; reports when it is not YAML or when there is nothing in it.
fn tree(lower: &mut Lower<'_>, file: &File, remedy: &str) -> Option<Node> {
    if !file.usable {
        return None;
    }
    match yaml::parse(file.id, lower.text_of(file.id)) {
        Ok(Some(node)) => return Some(node),
        Ok(None) => lower.report(
            catalogue::EMPTY_FILE,
            Span::start_of(file.id),
            format!("empty file; {remedy}"),
        ),
        Err(problem) => lower.push(problem),
    }
    None
}
