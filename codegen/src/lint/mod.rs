//! Linting: what a spec that works could say better. Warnings only, found when somebody asks for them.

mod prose;
mod secrets;

use crate::diagnostic::{Diagnostics, catalogue};
use crate::load::Loaded;
use crate::spec::{Field, Kind, Operation, Primitive, Schema, Scope, Spanned};

/// Warns of what is missing in the operations that were loaded.
pub fn lint(loaded: &Loaded, diagnostics: &mut Diagnostics) {
    for service in &loaded.services {
        let scope = Scope::of_service(&service.schemas);
        secrets::lint(service, diagnostics);
        for (name, schema) in &service.schemas {
            Walk {
                scope: &scope,
                diagnostics,
            }
            .inside(&name.value, schema);
        }
        for operation in &service.operations {
            operation_as_a_whole(operation, diagnostics);
            let scope = Scope::of_operation(operation, &scope);
            let mut walk = Walk {
                scope: &scope,
                diagnostics,
            };
            for parameter in &operation.parameters {
                walk.field("parameter", &parameter.field);
            }
            if let Some(response) = &operation.response {
                walk.inside("", response);
            }
            for header in &operation.response_headers {
                walk.field("header", header);
            }
        }
    }
}

fn operation_as_a_whole(operation: &Operation, diagnostics: &mut Diagnostics) {
    let Spanned { value: name, span } = &operation.name;
    if operation.summary.is_none() && operation.description.is_none() {
        let message =
            format!("operation \"{name}\" has no summary; say in one sentence what it does");
        diagnostics.report(catalogue::NO_DESCRIPTION, *span, message);
    }
    let shown = operation
        .examples
        .iter()
        .any(|example| example.request.is_some());
    if !operation.parameters.is_empty() && !shown {
        let message =
            format!("operation \"{name}\" has no example request; add one under \"examples\"");
        diagnostics.report(catalogue::NO_EXAMPLE, *span, message);
    }
}

struct Walk<'w, 'a> {
    scope: &'w Scope<'a>,
    diagnostics: &'w mut Diagnostics,
}

impl Walk<'_, '_> {
    fn field(&mut self, noun: &str, field: &Field) {
        let (name, schema) = (&field.name, &field.schema);
        if !self.is_described(schema) {
            let message = format!(
                "{noun} \"{}\" has no description; say what it is",
                name.value
            );
            self.diagnostics
                .report(catalogue::NO_DESCRIPTION, name.span, message);
        }
        self.inside(&name.value, schema);
    }

    /// Looks at a schema that has a description or needs none, and at the fields inside it.
    fn inside(&mut self, name: &str, schema: &Schema) {
        if let (Kind::Primitive(Primitive::String), None) = (&schema.kind, &schema.enumeration)
            && let Some(values) = schema.description.as_deref().and_then(prose::values)
        {
            let message = format!(
                "the description of \"{name}\" lists {}; list the values under \"enum\" too",
                values.join(", ")
            );
            self.diagnostics
                .report(catalogue::ENUM_IN_PROSE, schema.span, message);
        }
        match &schema.kind {
            Kind::List(inner) | Kind::Map(inner) => self.inside(name, inner),
            Kind::Object(fields) => fields.iter().for_each(|field| self.field("field", field)),
            Kind::Primitive(_) | Kind::Ref(_) => {}
        }
    }

    /// A ref is described where the schema is that it names.
    fn is_described(&self, schema: &Schema) -> bool {
        let target = || match &schema.kind {
            Kind::Ref(name) => self.scope.get(&name.value)?.description.as_ref(),
            _ => None,
        };
        schema.description.is_some() || target().is_some()
    }
}
