//! Descriptions by name: what `parameter_descriptions` of `service.yaml` says of every parameter and field of a name that
//! has no description of its own.
//!
//! `RegionId` is the same thing in all of a product's operations; it is described once. A description that nothing bears
//! the name of is reported: it was meant for something that is gone, or it is misspelt.

use std::collections::{HashMap, HashSet};

use super::lower::Lower;
use crate::diagnostic::catalogue;
use crate::spec::{Field, Kind, Schema, Service};

/// Gives descriptions to what has none.
pub(super) fn describe(lower: &mut Lower<'_>, service: &mut Service) {
    if service.parameter_descriptions.is_empty() {
        return;
    }
    let entries = std::mem::take(&mut service.parameter_descriptions);
    let mut descriptions = Descriptions {
        by_name: entries
            .iter()
            .map(|(name, text)| (name.value.as_str(), text.as_str()))
            .collect(),
        met: HashSet::new(),
    };
    descriptions.service(service);
    for (name, _) in &entries {
        if !descriptions.met.contains(name.value.as_str()) {
            let message = format!(
                "description of \"{}\" applies to nothing: no parameter or field has that name; correct or remove it",
                name.value
            );
            lower.report(catalogue::DESCRIPTION_OF_NOTHING, name.span, message);
        }
    }
    service.parameter_descriptions = entries;
}

struct Descriptions<'e> {
    by_name: HashMap<&'e str, &'e str>,
    met: HashSet<&'e str>,
}

impl Descriptions<'_> {
    fn service(&mut self, service: &mut Service) {
        for (_, schema) in &mut service.schemas {
            self.inside(schema);
        }
        for operation in &mut service.operations {
            for parameter in &mut operation.parameters {
                self.field(&mut parameter.field);
            }
            if let Some(response) = &mut operation.response {
                self.inside(response);
            }
            for header in &mut operation.response_headers {
                self.field(header);
            }
        }
    }

    fn field(&mut self, field: &mut Field) {
        if let Some((name, text)) = self.by_name.get_key_value(field.name.value.as_str()) {
            self.met.insert(name);
            let own = &mut field.schema.description;
            *own = own.take().or_else(|| Some((*text).to_owned()));
        }
        self.inside(&mut field.schema);
    }

    fn inside(&mut self, schema: &mut Schema) {
        match &mut schema.kind {
            Kind::List(inner) | Kind::Map(inner) => self.inside(inner),
            Kind::Object(fields) => {
                for field in fields {
                    self.field(field);
                }
            }
            Kind::Primitive(_) | Kind::Ref(_) => {}
        }
    }
}
