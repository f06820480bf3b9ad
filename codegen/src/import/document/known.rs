//! What the specs of a product version already say of parameters and fields, by name.

use std::collections::HashMap;

use crate::spec::{Field, Kind, Schema, Service};

/// Descriptions by name, the most frequent first.
pub(super) struct Known<'s> {
    parameters: Counts<'s>,
    fields: Counts<'s>,
}

type Counts<'s> = HashMap<&'s str, HashMap<&'s str, usize>>;

impl<'s> Known<'s> {
    pub(super) fn of(service: &'s Service) -> Self {
        let mut known = Self {
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
        best(&self.parameters, name)
    }

    /// What a field of the answer itself is.
    pub(super) fn field(&self, name: &str) -> Option<String> {
        best(&self.fields, name)
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
