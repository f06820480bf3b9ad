//! Secrets: marks what `secret` finds, with the reason. The metadata marks a handful of them itself.

use super::super::draft::{Member, Operation, Parameter, Schema, Service, Shape};
use crate::secret::{self, Named, Parts, Secrets, Tree};
use crate::spec::Location;

impl Tree for Schema {
    fn parts(&self) -> Parts<'_, Self> {
        match &self.shape {
            _ if !self.values.is_empty() => Parts::Open,
            Shape::Primitive(primitive) => Parts::of(*primitive),
            Shape::List(inner) | Shape::Map(inner) => Parts::Several(inner),
            Shape::Object(members) => Parts::Members(members.iter().map(named).collect()),
            Shape::Ref(name) => Parts::Ref(name),
        }
    }

    fn is_marked(&self) -> bool {
        self.sensitive.is_some()
    }
}

fn named(member: &Member) -> Named<'_, Schema> {
    (&member.wire, &member.schema)
}

/// Marks the secrets of a product version. The marks of the metadata, on whatever they stand, become marks of what is
/// inside.
pub(in crate::import) fn mark(service: &mut Service) {
    let schemas: Vec<_> = service.schemas.iter().map(named).collect();
    let operations: Vec<_> = service.operations.iter().map(seen).collect();
    let secrets = secret::find(&schemas, &operations);
    let operations = service
        .operations
        .iter_mut()
        .flat_map(Operation::schemas_mut);
    let schemas = service.schemas.iter_mut().map(|member| &mut member.schema);
    schemas
        .chain(operations)
        .for_each(|schema| set(schema, &secrets));
}

fn seen(operation: &Operation) -> secret::Operation<'_, Schema> {
    secret::Operation {
        name: &operation.wire,
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
    (parameter.location, named(&parameter.member))
}

fn set(schema: &mut Schema, secrets: &Secrets<Schema>) {
    schema.sensitive = secrets.reason(schema).map(ToString::to_string);
    match &mut schema.shape {
        Shape::List(inner) | Shape::Map(inner) => set(inner, secrets),
        Shape::Object(members) => members
            .iter_mut()
            .for_each(|member| set(&mut member.schema, secrets)),
        Shape::Primitive(_) | Shape::Ref(_) => {}
    }
}
