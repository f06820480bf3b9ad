//! From checked specs to the model: names settled, references resolved, texts made safe.

mod codes;
mod enums;
mod operation;
mod paging;
mod request;
mod response;
mod shared;

use super::docs::sanitize;
use super::names::Place;
use super::scope::Scope;
use super::{Docs, Model, Version};
use crate::diagnostic::Diagnostics;
use crate::spec::{EnumUse, Kind, Primitive, Schema, Service};

/// Lowers every product version. Collisions of names are reported; what is returned then must not be emitted.
#[must_use]
pub fn lower(services: &[Service], diagnostics: &mut Diagnostics) -> Model {
    let mut versions: Vec<_> = services
        .iter()
        .map(|service| version(service, diagnostics))
        .collect();
    versions.sort_by(|a, b| a.folder.cmp(&b.folder));
    Model { versions }
}

fn version(service: &Service, diagnostics: &mut Diagnostics) -> Version {
    let compact: String = service
        .version
        .value
        .chars()
        .filter(char::is_ascii_alphanumeric)
        .collect();
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
    let enums = [enums::shared(service, diagnostics), inline].concat();
    Version {
        folder: format!("{}/{}", service.folder, service.version.value),
        product_feature: service.folder.clone(),
        feature: format!("{}-{}", service.folder, compact.to_ascii_lowercase()),
        product_module: super::names::words(&service.folder).join("_"),
        module: format!("v{}", compact.to_ascii_lowercase()),
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
        default: schema
            .default
            .as_ref()
            .and_then(|default| code_span(&default.value)),
        deprecated: schema
            .deprecated
            .as_deref()
            .map(|reason| reason.trim().replace('\n', " ")),
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
