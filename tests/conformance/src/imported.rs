//! Descriptors made of official metadata, for products without generated code: imported as specs, and read as such.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;

use alicloud::Params;
use alicloud::operation::{Location, Operation, Service};
use alicloud_codegen::diagnostic::Diagnostics;
use alicloud_codegen::import::{Source, translate};
use alicloud_codegen::load::{Selection, load};
use alicloud_codegen::spec::file_stem;
use alicloud_gateway::descriptor;

use crate::input::by_parameter;
use crate::raw::{RawCall, tree};
use crate::vector::Vector;

/// A product version and an operation of it.
type Key = (String, String);

/// What the metadata says of some operations.
#[derive(Clone, Debug, Default)]
pub(crate) struct Imported(BTreeMap<Key, (Service, Operation)>);

impl Imported {
    /// Imports those operations, as far as there is metadata of them. The specs are written to a folder of their own.
    pub(crate) fn read(
        metadata: &Path,
        folder: &Path,
        wanted: &BTreeSet<Key>,
    ) -> Result<Self, String> {
        let fail = |error: std::io::Error| format!("{}: {error}", folder.display());
        if folder.exists() {
            fs::remove_dir_all(folder).map_err(fail)?;
        }
        let products: BTreeSet<_> = wanted.iter().map(|(product, _)| product).collect();
        for product in products {
            let path = metadata.join(format!("{product}.json"));
            let Ok(text) = fs::read_to_string(&path) else {
                continue;
            };
            let name = path.display().to_string();
            let translation = translate(&Source { name, text }, false);
            let translation = translation.map_err(|failure| failure.to_string())?;
            let operations = wanted.iter().filter(|(known, _)| known == product);
            let stems = operations.map(|(_, operation)| file_stem(operation));
            let mut stems: BTreeSet<String> = stems.collect();
            stems.insert("service".into());
            for (file, text) in &translation.files {
                let stem = file.file_stem().unwrap_or_default().to_string_lossy();
                if stems.contains(stem.as_ref()) {
                    write(&folder.join(file), text)?;
                }
            }
        }
        Self::load(folder)
    }

    fn load(folder: &Path) -> Result<Self, String> {
        let mut found = BTreeMap::new();
        if folder.exists() {
            let mut diagnostics = Diagnostics::default();
            let selection = Selection::default();
            let loaded = load(folder, Path::new("imported"), &selection, &mut diagnostics);
            let loaded = loaded.map_err(|error| error.to_string())?;
            if let Some(problem) = diagnostics.sorted().first() {
                return Err(problem.render(&loaded.sources));
            }
            for service in &loaded.services {
                let product = service.product.value.to_lowercase();
                let folder = format!("{product}/{}", service.version.value);
                for operation in &service.operations {
                    let key = (folder.clone(), operation.name.value.clone());
                    let described = descriptor::operation(service, operation);
                    found.insert(key, (descriptor::service(service), described));
                }
            }
        }
        Ok(Self(found))
    }

    /// The call of a vector, when the metadata predicts what was recorded.
    pub(crate) fn call(&self, vector: &Vector) -> Result<Option<RawCall>, String> {
        let Some(key) = key(vector) else {
            return Ok(None);
        };
        let Some((service, operation)) = self.0.get(&key) else {
            return Ok(None);
        };
        // Some clients know of form parameters that the metadata has elsewhere, and it shows though none is set.
        let form = vector.optional("/expected/headers/content-type")
            == Some("application/x-www-form-urlencoded");
        let mut parameters = operation.parameters.iter();
        if form && !parameters.any(|known| known.location == Location::Form) {
            return Ok(None);
        }
        let mut parameters = operation.parameters.iter();
        let body = parameters.find(|known| known.location == Location::Body);
        let knows = |name: &str| operation.parameter(name).is_some();
        let body = body.map(|body| body.name.as_ref());
        let mut params = Params::new();
        for (name, value) in by_parameter(vector, &operation.path, knows, body)? {
            params.set(name, tree(&value)?);
        }
        Ok(Some(RawCall {
            service: service.clone(),
            operation: operation.clone(),
            params,
        }))
    }
}

/// The operation a vector should be predicted by: where recording and metadata are known to be of different ages, they say
/// different things.
pub(crate) fn key(vector: &Vector) -> Option<Key> {
    if vector.optional("/metadata_status") != Some("match") {
        return None;
    }
    let (product, operation) = (
        vector.optional("/metadata")?,
        vector.optional("/operation")?,
    );
    Some((product.to_owned(), operation.to_owned()))
}

fn write(path: &Path, text: &str) -> Result<(), String> {
    let fail = |error: std::io::Error| format!("{}: {error}", path.display());
    if let Some(parent) = path.parent() {
        fs::create_dir_all(parent).map_err(fail)?;
    }
    fs::write(path, text).map_err(fail)
}
