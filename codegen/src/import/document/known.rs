//! What the specs of a product version already say of parameters and fields, by name.

use std::collections::{HashMap, HashSet};

use crate::spec::{Field, Kind, NamedEnum, Schema, Service};

/// Descriptions by name, the most frequent first.
pub(super) struct Known<'s> {
    service: &'s Service,
    parameters: Counts<'s>,
    fields: Counts<'s>,
}

type Counts<'s> = HashMap<&'s str, HashMap<&'s str, usize>>;

impl<'s> Known<'s> {
    pub(super) fn of(service: &'s Service) -> Self {
        let mut known = Self {
            service,
            parameters: Counts::new(),
            fields: Counts::new(),
        };
        for operation in &service.operations {
            for parameter in &operation.parameters {
                count(&mut known.parameters, &parameter.field);
            }
            let top = operation.response.iter().flat_map(fields);
            top.for_each(|field| count(&mut known.fields, field));
        }
        known
    }

    /// What a parameter of that name is.
    pub(super) fn parameter(&self, name: &str) -> Option<String> {
        best(&self.parameters, name).filter(|_| !self.is_general(name))
    }

    /// What a field of the answer itself is.
    pub(super) fn field(&self, name: &str) -> Option<String> {
        best(&self.fields, name).filter(|_| !self.is_general(name))
    }

    /// The shared enum that has just these values.
    pub(super) fn shared_enum(&self, values: &[String]) -> Option<String> {
        let wanted: HashSet<&str> = values.iter().map(String::as_str).collect();
        let same = |found: &&NamedEnum| {
            let known = found.values.iter().map(|value| value.value.value.as_str());
            known.collect::<HashSet<_>>() == wanted
        };
        let found = self.service.enums.iter().find(same)?;
        Some(found.name.value.clone())
    }

    /// Whether `service.yaml` describes everything of that name, so that a file need not.
    fn is_general(&self, name: &str) -> bool {
        let mut general = self.service.parameter_descriptions.iter();
        general.any(|(known, _)| known.value == name)
    }
}

fn fields(schema: &Schema) -> &[Field] {
    match &schema.kind {
        Kind::Object(fields) => fields,
        _ => &[],
    }
}

fn count<'s>(counts: &mut Counts<'s>, field: &'s Field) {
    if let Some(description) = &field.schema.description {
        let said = counts.entry(&field.name.value).or_default();
        *said.entry(description).or_default() += 1;
    }
}

/// The description given most often; of two given equally often the first in order, so that it is always the same.
fn best(counts: &Counts<'_>, name: &str) -> Option<String> {
    let said = counts.get(name)?.iter();
    let best = said.max_by_key(|(text, count)| (**count, std::cmp::Reverse(**text)))?;
    Some((*best.0).to_owned())
}
