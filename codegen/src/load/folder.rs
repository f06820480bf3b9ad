//! The spec folder: which products and versions there are, and which of them are wanted.
//!
//! Names come sorted, so that the order in which a file system lists them never shows in anything that is made of them.

use std::fs;
use std::io;
use std::path::Path;

use crate::diagnostic::did_you_mean;

/// A folder beside the products that holds no specs but the JSON Schema of the spec language.
const SCHEMA_FOLDER: &str = "schema";

/// Which product versions to load. The default is all of them.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Selection {
    filters: Vec<Filter>,
}

#[derive(Clone, Debug, PartialEq, Eq)]
struct Filter {
    product: String,
    version: Option<String>,
}

impl Selection {
    /// Reads filters of the form `PRODUCT` or `PRODUCT/VERSION`. No filters at all select everything.
    ///
    /// # Errors
    ///
    /// When a filter does not have that form.
    pub fn parse(filters: &[String]) -> io::Result<Self> {
        let filters = filters.iter().map(|filter| Filter::parse(filter));
        Ok(Self {
            filters: filters.collect::<io::Result<_>>()?,
        })
    }

    /// Those of the versions that are selected; an error for a filter that selects none.
    pub(crate) fn choose(
        &self,
        display: &Path,
        versions: Vec<(String, String)>,
    ) -> io::Result<Vec<(String, String)>> {
        if self.filters.is_empty() {
            return Ok(versions);
        }
        for filter in &self.filters {
            if !versions.iter().any(|version| filter.matches(version)) {
                let message = filter.unmatched(display, &versions);
                return Err(io::Error::new(io::ErrorKind::NotFound, message));
            }
        }
        let wanted =
            |version: &(String, String)| self.filters.iter().any(|filter| filter.matches(version));
        Ok(versions.into_iter().filter(wanted).collect())
    }
}

impl Filter {
    fn parse(filter: &str) -> io::Result<Self> {
        // The shell completes folder names with a slash at the end.
        let parts: Vec<&str> = filter.trim_end_matches('/').split('/').collect();
        let (product, version) = match parts.as_slice() {
            [product] => (product, None),
            [product, version] => (product, Some((*version).to_owned())),
            _ => return Err(malformed(filter)),
        };
        if product.is_empty() || version.as_deref() == Some("") {
            return Err(malformed(filter));
        }
        Ok(Self {
            product: (*product).to_owned(),
            version,
        })
    }

    fn matches(&self, (product, version): &(String, String)) -> bool {
        self.product == *product && self.version.as_ref().is_none_or(|wanted| wanted == version)
    }

    fn unmatched(&self, display: &Path, versions: &[(String, String)]) -> String {
        let written = match &self.version {
            Some(version) => format!("{}/{version}", self.product),
            None => self.product.clone(),
        };
        let folders: Vec<String> = match &self.version {
            Some(_) => versions
                .iter()
                .map(|(product, version)| format!("{product}/{version}"))
                .collect(),
            None => versions
                .iter()
                .map(|(product, _)| product.clone())
                .collect(),
        };
        let close = did_you_mean(&written, folders.iter().map(String::as_str));
        let mut there: Vec<&str> = folders.iter().map(String::as_str).collect();
        there.dedup();
        format!(
            "no folder {}{close} (there are: {})",
            display.join(&written).display(),
            there.join(", ")
        )
    }
}

fn malformed(filter: &str) -> io::Error {
    let message = format!("\"{filter}\" names no spec folder; write PRODUCT or PRODUCT/VERSION");
    io::Error::new(io::ErrorKind::InvalidInput, message)
}

/// Every product version that has a folder, as product and version, sorted.
///
/// # Errors
///
/// When a folder cannot be read; the error names it.
pub fn versions(root: &Path) -> io::Result<Vec<(String, String)>> {
    let mut versions = Vec::new();
    for product in names(root, |path| path.is_dir())? {
        if product == SCHEMA_FOLDER {
            continue;
        }
        for version in names(&root.join(&product), |path| path.is_dir())? {
            versions.push((product.clone(), version));
        }
    }
    Ok(versions)
}

/// The names of the spec files of a version folder, sorted.
///
/// # Errors
///
/// When the folder cannot be read; the error names it.
pub fn files(folder: &Path) -> io::Result<Vec<String>> {
    names(folder, |path| {
        path.extension().is_some_and(|ending| ending == "yaml") && path.is_file()
    })
}

/// The names of those entries of a folder that are wanted and not hidden, sorted.
fn names(folder: &Path, wanted: impl Fn(&Path) -> bool) -> io::Result<Vec<String>> {
    let mut names = Vec::new();
    for entry in fs::read_dir(folder).map_err(|error| at(folder, &error))? {
        let entry = entry.map_err(|error| at(folder, &error))?;
        let name = entry.file_name().to_string_lossy().into_owned();
        if !name.starts_with('.') && wanted(&entry.path()) {
            names.push(name);
        }
    }
    names.sort_unstable();
    Ok(names)
}

/// An error that names the path it is about.
pub(super) fn at(path: &Path, error: &io::Error) -> io::Error {
    io::Error::new(error.kind(), format!("{}: {error}", path.display()))
}
