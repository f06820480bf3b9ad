//! The catalog: every operation that has a spec, as the spec has it and under the names generated code has for it.

use std::fmt;
use std::path::{Path, PathBuf};

use alicloud_codegen::model::{self, Model};
use alicloud_codegen::regenerate;
use alicloud_codegen::spec::{self, Field, Scope, Service, file_stem};

/// Every product version there are specs of.
pub struct Catalog {
    services: Vec<Service>,
    model: Model,
}

/// An operation, its product version, and what both are called in Rust.
#[derive(Clone, Copy)]
pub(crate) struct Entry<'a> {
    pub(crate) service: &'a Service,
    pub(crate) spec: &'a spec::Operation,
    pub(crate) version: &'a model::Version,
    pub(crate) operation: &'a model::Operation,
}

impl Catalog {
    /// Loads and checks the specs of a folder.
    ///
    /// # Errors
    ///
    /// When they cannot be read or are wrong: every problem of every file.
    pub fn load(specs: &Path) -> Result<Self, String> {
        let display = Path::new(specs.file_name().unwrap_or(specs.as_os_str()));
        let (loaded, model) =
            regenerate::model(specs, display).map_err(|failure| failure.to_string())?;
        Ok(Self {
            services: loaded.services,
            model,
        })
    }

    /// Loads the specs of this workspace.
    ///
    /// # Errors
    ///
    /// As [`Catalog::load`].
    pub fn of_workspace() -> Result<Self, String> {
        Self::load(&workspace().join("api-specs"))
    }

    /// The product versions, sorted by product and version.
    pub(crate) fn services(&self) -> &[Service] {
        &self.services
    }

    /// The operations of a product version.
    pub(crate) fn entries_of<'a>(
        &'a self,
        service: &'a Service,
    ) -> impl Iterator<Item = Entry<'a>> {
        let folder = folder(service);
        let mut versions = self.model.versions.iter();
        let version = versions.find(|version| version.folder == folder);
        version.into_iter().flat_map(move |version| {
            service.operations.iter().filter_map(move |spec| {
                let mut operations = version.operations.iter();
                Some(Entry {
                    service,
                    spec,
                    version,
                    operation: operations.find(|known| known.wire == spec.name.value)?,
                })
            })
        })
    }

    /// The operation at an address such as `dts/2020-01-01/StartDtsJob`.
    pub(crate) fn find(&self, address: &str) -> Option<Entry<'_>> {
        let (folder_of, stem) = address.rsplit_once('/')?;
        let mut services = self.services.iter();
        let service = services.find(|service| folder(service) == folder_of)?;
        self.entries_of(service)
            .find(|entry| file_stem(&entry.spec.name.value) == stem)
    }
}

impl<'a> Entry<'a> {
    /// The address of its page, without the ending: `dts/2020-01-01/StartDtsJob`.
    pub(crate) fn address(&self) -> String {
        let stem = file_stem(&self.spec.name.value);
        format!("{}/{stem}", folder(self.service))
    }

    /// Reads something with the schemas at hand that the operation may refer to.
    pub(crate) fn with_scope<T>(&self, read: impl for<'s> FnOnce(Entry<'s>, &Scope<'s>) -> T) -> T {
        let shared = Scope::of_service(&self.service.schemas);
        read(*self, &Scope::of_operation(self.spec, &shared))
    }

    /// The parameters as fields of one object.
    pub(crate) fn parameters(&self) -> impl Iterator<Item = &'a Field> {
        self.spec
            .parameters
            .iter()
            .map(|parameter| &parameter.field)
    }
}

/// The folder of a product version below that of the specs.
pub(crate) fn folder(service: &Service) -> String {
    format!("{}/{}", service.folder, service.version.value)
}

/// The root of the workspace.
pub(crate) fn workspace() -> PathBuf {
    let own = Path::new(env!("CARGO_MANIFEST_DIR"));
    own.ancestors().nth(2).unwrap_or(own).to_owned()
}

impl fmt::Debug for Catalog {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_list()
            .entries(self.services.iter().map(folder))
            .finish()
    }
}
