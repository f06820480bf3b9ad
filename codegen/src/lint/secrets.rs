//! Secrets that nobody marked: what the import would mark, in specs that people write.

use crate::diagnostic::{Diagnostics, catalogue};
use crate::secret::{self, Named, Parts, Secrets, Tree};
use crate::spec::{Field, Kind, Location, Operation, Parameter, Schema, Sensitivity, Service};

impl Tree for Schema {
    fn parts(&self) -> Parts<'_, Self> {
        match &self.kind {
            _ if self.enumeration.is_some() => Parts::Open,
            Kind::Primitive(primitive) => Parts::of(self.sent_as.unwrap_or(*primitive)),
            Kind::List(inner) | Kind::Map(inner) => Parts::Several(inner),
            Kind::Object(fields) => Parts::Members(fields.iter().map(named).collect()),
            Kind::Ref(name) => Parts::Ref(&name.value),
        }
    }

    /// Marks of a spec are looked at when something is found.
    fn is_marked(&self) -> bool {
        false
    }
}

fn named(field: &Field) -> Named<'_, Schema> {
    (&field.name.value, &field.schema)
}

/// Warns of secrets that nothing is said of.
pub(super) fn lint(service: &Service, diagnostics: &mut Diagnostics) {
    let schemas: Vec<_> = service
        .schemas
        .iter()
        .map(|(name, schema)| (name.value.as_str(), schema))
        .collect();
    let operations: Vec<_> = service.operations.iter().map(seen).collect();
    let secrets = secret::find(&schemas, &operations);
    let mut report = Report {
        secrets,
        diagnostics,
    };
    for (name, schema) in schemas {
        report.look(name, schema);
    }
    for operation in &service.operations {
        let name = &operation.name.value;
        for parameter in &operation.parameters {
            report.look(&parameter.field.name.value, &parameter.field.schema);
        }
        for header in &operation.response_headers {
            report.look(&header.name.value, &header.schema);
        }
        let others = operation
            .other_responses
            .iter()
            .filter_map(|(_, schema)| schema.as_ref());
        for answer in operation.response.iter().chain(others) {
            report.look(name, answer);
        }
    }
}

fn seen(operation: &Operation) -> secret::Operation<'_, Schema> {
    secret::Operation {
        name: &operation.name.value,
        parameters: operation.parameters.iter().map(placed).collect(),
        answer: operation.response.as_ref(),
        headers: operation.response_headers.iter().map(named).collect(),
        others: operation
            .other_responses
            .iter()
            .filter_map(|(_, schema)| schema.as_ref())
            .collect(),
    }
}

fn placed(parameter: &Parameter) -> (Location, Named<'_, Schema>) {
    (parameter.location, named(&parameter.field))
}

struct Report<'d> {
    secrets: Secrets<Schema>,
    diagnostics: &'d mut Diagnostics,
}

impl Report<'_> {
    /// Looks at what has a name, and at what is inside of it. What is part of a secret needs no mark of its own.
    fn look(&mut self, name: &str, schema: &Schema) {
        if says(schema) {
            return;
        }
        if let Some(reason) = self.secrets.reason(schema) {
            let message = format!(
                "\"{name}\" seems to be a secret: {reason}; write \"sensitive: true\", or \"sensitive: false\" if it is none"
            );
            self.diagnostics
                .report(catalogue::UNMARKED_SECRET, schema.span, message);
        }
        self.inside(schema);
    }

    fn inside(&mut self, schema: &Schema) {
        match &schema.kind {
            Kind::Object(fields) => {
                for field in fields {
                    self.look(&field.name.value, &field.schema);
                }
            }
            Kind::List(inner) | Kind::Map(inner) => self.inside(inner),
            Kind::Primitive(_) | Kind::Ref(_) => {}
        }
    }
}

/// Whether it is said of a value, or of what a list or map holds, that it is a secret or none.
fn says(schema: &Schema) -> bool {
    let inner = match &schema.kind {
        Kind::List(inner) | Kind::Map(inner) => Some(inner),
        _ => None,
    };
    match schema.sensitive {
        Sensitivity::Secret(_) => true,
        // Of an object it says nothing about its fields.
        Sensitivity::Open => !matches!(schema.kind, Kind::Object(_)),
        Sensitivity::Unsaid => inner.is_some_and(|inner| says(inner)),
    }
}
