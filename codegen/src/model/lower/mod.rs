//! From checked specs to the model: names settled, references resolved, texts made safe.

mod codes;
mod enums;
mod operation;
mod paging;
mod request;
mod response;
mod shared;

use std::collections::HashMap;

use super::docs::sanitize;
use super::names::{Place, feature};
use super::scope::Scope;
use super::{Docs, Model, Version};
use crate::diagnostic::Diagnostics;
use crate::spec::{EnumUse, Kind, Primitive, Schema, Service};

/// Lowers every product version. Collisions of names are reported; what is returned then must not be emitted.
#[must_use]
pub fn lower(services: &[Service], diagnostics: &mut Diagnostics) -> Model {
    let mut products = Products::default();
    let mut versions: Vec<_> = services
        .iter()
        .map(|service| version(service, &mut products, diagnostics))
        .collect();
    versions.sort_by(|a, b| a.folder.cmp(&b.folder));
    Model { versions }
}

/// The modules of products, and those of their versions.
struct Products {
    scope: Scope,
    known: HashMap<String, (String, Scope)>,
}

impl Default for Products {
    fn default() -> Self {
        Self {
            scope: Scope::new(Place::Product),
            known: HashMap::new(),
        }
    }
}

impl Products {
    /// The modules of a product and of its version.
    fn settle(&mut self, service: &Service, diagnostics: &mut Diagnostics) -> (String, String) {
        let folder = &service.folder;
        let (product, versions) = self.known.entry(folder.clone()).or_insert_with(|| {
            let span = service.product.span;
            let module = self.scope.settle(folder, None, span, diagnostics);
            (module, Scope::new(Place::Module))
        });
        let version = &service.version;
        let module: String = version
            .value
            .chars()
            .filter(char::is_ascii_alphanumeric)
            .collect();
        let module = format!("v{}", module.to_ascii_lowercase());
        let module = versions.claim(module, &version.value, version.span, diagnostics);
        (product.clone(), module)
    }
}

fn version(service: &Service, products: &mut Products, diagnostics: &mut Diagnostics) -> Version {
    let (product_module, module) = products.settle(service, diagnostics);
    let mut modules = Scope::new(Place::Module);
    let mut requests = Scope::new(Place::Type);
    requests.claim(
        "Client".into(),
        "the client",
        service.product.span,
        diagnostics,
    );
    let mut shared = shared::Shared::new(service, diagnostics);
    let mut operations: Vec<_> = service
        .operations
        .iter()
        .map(|spec| {
            operation::lower(
                service,
                spec,
                &mut modules,
                &mut requests,
                &mut shared,
                diagnostics,
            )
        })
        .collect();
    let (structs, faces, inline) = shared.finish(diagnostics);
    paging::settle_items(&mut operations, &structs);
    let mut enums = [enums::shared(service, diagnostics), inline].concat();
    enums::settle_answered(&mut enums, &structs, &mut operations);
    Version {
        folder: format!("{}/{}", service.folder, service.version.value),
        product_feature: feature(&service.folder),
        feature: format!("{}-{}", service.folder, &module[1..]),
        product_module,
        module,
        product: service.product.value.clone(),
        version: service.version.value.clone(),
        title: sanitize(service.title.as_deref().unwrap_or(&service.product.value)),
        description: sanitize(service.description.as_deref().unwrap_or_default()),
        documentation: service.documentation.clone(),
        roa: service.roa,
        endpoints: service.endpoints.clone(),
        errors: service.errors.clone(),
        codes: codes::constants(service, &operations),
        enums,
        structs,
        faces,
        operations,
    }
}

/// Whether the `name` a schema gives is that of a type: on an object or an inline enum. Elsewhere it is that of the setter
/// or field.
fn names_a_type(schema: &Schema) -> bool {
    match &schema.kind {
        Kind::Object(_) => true,
        Kind::Primitive(Primitive::String) => {
            matches!(schema.enumeration, Some(EnumUse::Inline { .. }))
        }
        _ => false,
    }
}

/// The documentation of a value.
fn docs(schema: &Schema) -> Docs {
    Docs {
        description: sanitize(schema.description.as_deref().unwrap_or_default()),
        example: schema.example.as_deref().and_then(code_span),
        default: schema.default.as_ref().map(|default| default.value.clone()),
        deprecated: schema
            .deprecated
            .as_deref()
            .map(|reason| sanitize(reason).replace('\n', " ")),
    }
}

/// Text as a code span; `None` for what cannot be one, or is too long to help.
fn code_span(text: &str) -> Option<String> {
    let text = text.trim();
    let plain =
        !text.is_empty() && text.chars().count() <= 200 && !text.contains(['`', '\n', '\r']);
    let safe = plain && sanitize(&format!("`{text}`")) == format!("`{text}`");
    safe.then(|| format!("`{text}`"))
}
