//! The catalog: every operation that is served, with what is needed to check a call and to answer it.

use std::fmt;
use std::io;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError};

use alicloud_codegen::diagnostic::Diagnostics;
use alicloud_codegen::load::{Selection, load};
use alicloud_codegen::spec;
use alicloud_runtime::operation::Operation;

use crate::descriptor;
use crate::sample::{Samples, samples};

/// Why specs cannot be served.
#[derive(Debug)]
pub(crate) enum CatalogError {
    /// They cannot be read.
    Read(io::Error),
    /// They are wrong: every problem, rendered.
    Specs(Vec<String>),
}

/// Every product version that is served.
pub(crate) struct Catalog {
    pub(crate) services: Vec<ServedService>,
}

/// A product version and its operations.
pub(crate) struct ServedService {
    pub(crate) spec: spec::Service,
    pub(crate) operations: Vec<ServedOperation>,
}

/// What is worked out once for an operation.
pub(crate) struct ServedOperation {
    pub(crate) descriptor: Operation,
    pub(crate) samples: Samples,
}

/// An operation, its spec and its service.
#[derive(Clone, Copy)]
pub(crate) struct Served<'a> {
    pub(crate) service: &'a spec::Service,
    pub(crate) spec: &'a spec::Operation,
    pub(crate) operation: &'a ServedOperation,
}

impl Catalog {
    pub(crate) fn new(services: Vec<spec::Service>) -> Self {
        let services = services.into_iter().map(ServedService::new).collect();
        Self { services }
    }

    /// Loads every spec of a folder.
    pub(crate) fn load(root: &Path) -> Result<Self, CatalogError> {
        let mut diagnostics = Diagnostics::default();
        let display = Path::new(root.file_name().unwrap_or(root.as_os_str()));
        let loaded = load(root, display, &Selection::default(), &mut diagnostics)
            .map_err(CatalogError::Read)?;
        if diagnostics.is_empty() {
            return Ok(Self::new(loaded.services));
        }
        let problems = diagnostics.sorted();
        let rendered = problems
            .iter()
            .map(|problem| problem.render(&loaded.sources));
        Err(CatalogError::Specs(rendered.collect()))
    }

    /// The specs of this workspace, loaded once in a process however many gateways are started in it.
    pub(crate) fn of_workspace() -> Result<Arc<Self>, CatalogError> {
        static LOADED: Mutex<Option<Arc<Catalog>>> = Mutex::new(None);
        let mut loaded = LOADED.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(catalog) = &*loaded {
            return Ok(Arc::clone(catalog));
        }
        let catalog = Arc::new(Self::load(&workspace_specs())?);
        *loaded = Some(Arc::clone(&catalog));
        Ok(catalog)
    }

    /// Every operation, service by service.
    pub(crate) fn operations(&self) -> impl Iterator<Item = Served<'_>> {
        self.services.iter().flat_map(ServedService::operations)
    }
}

fn workspace_specs() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../../api-specs")
}

impl ServedService {
    fn new(spec: spec::Service) -> Self {
        let operations = spec.operations.iter().map(|operation| ServedOperation {
            descriptor: descriptor::operation(&spec, operation),
            samples: samples(&spec, operation),
        });
        Self {
            operations: operations.collect(),
            spec,
        }
    }

    fn operations(&self) -> impl Iterator<Item = Served<'_>> {
        let pairs = self.spec.operations.iter().zip(&self.operations);
        pairs.map(|(spec, operation)| Served {
            service: &self.spec,
            spec,
            operation,
        })
    }
}

impl fmt::Debug for Catalog {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let operations = self.operations().map(|served| &served.spec.name.value);
        f.debug_list().entries(operations).finish()
    }
}
