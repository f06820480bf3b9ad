//! Names of schemas: what a `ref` may point at, and how to follow it.
//!
//! A `ref` looks among the named objects of its own operation first and among the schemas of `service.yaml` second. Every
//! stage that meets a [`Kind::Ref`] follows it through a [`Scope`], so that all of them agree on what it means.

use std::collections::HashMap;

use super::{Kind, Operation, Schema, Spanned};

/// How many refs may lead to one another before they count as a circle.
const MAX_HOPS: usize = 64;

/// The schemas that have a name, seen from one operation or from `service.yaml` itself.
#[derive(Clone, Debug, Default)]
pub struct Scope<'a> {
    schemas: HashMap<&'a str, &'a Schema>,
    outer: Option<&'a Scope<'a>>,
}

impl<'a> Scope<'a> {
    /// The schemas of `service.yaml`.
    #[must_use]
    pub fn of_service(schemas: &'a [(Spanned<String>, Schema)]) -> Self {
        let schemas = schemas
            .iter()
            .map(|(name, schema)| (name.value.as_str(), schema))
            .collect();
        Self {
            schemas,
            outer: None,
        }
    }

    /// The named objects of an operation, in front of those of its service.
    #[must_use]
    pub fn of_operation(operation: &'a Operation, service: &'a Scope<'a>) -> Self {
        let mut schemas = HashMap::new();
        for root in operation.schemas() {
            root.for_each(&mut |schema| {
                if let Some(name) = schema.object_name() {
                    // The first one wins; that there is a second one is reported by `check`.
                    schemas.entry(name.value.as_str()).or_insert(schema);
                }
            });
        }
        Self {
            schemas,
            outer: Some(service),
        }
    }

    /// The schema of a name.
    #[must_use]
    pub fn get(&self, name: &str) -> Option<&'a Schema> {
        match self.schemas.get(name) {
            Some(schema) => Some(schema),
            None => self.outer?.get(name),
        }
    }

    /// The schema itself, or what its refs lead to; `None` when they lead nowhere or in a circle.
    #[must_use]
    pub fn resolve(&self, schema: &'a Schema) -> Option<&'a Schema> {
        let mut current = schema;
        for _ in 0..MAX_HOPS {
            match &current.kind {
                Kind::Ref(name) => current = self.get(&name.value)?,
                _ => return Some(current),
            }
        }
        None
    }

    /// Every name, in no particular order.
    #[must_use]
    pub fn names(&self) -> Vec<&'a str> {
        let mut names = self.outer.map(Scope::names).unwrap_or_default();
        names.extend(self.schemas.keys());
        names
    }
}

impl Schema {
    /// The name of the type that an object with fields is given, which makes it fit for a `ref`.
    #[must_use]
    pub fn object_name(&self) -> Option<&Spanned<String>> {
        match self.kind {
            Kind::Object(_) => self.name.as_ref(),
            _ => None,
        }
    }

    /// Visits the schema and every schema written inside it. Refs are not followed.
    pub fn for_each<'a>(&'a self, visit: &mut dyn FnMut(&'a Schema)) {
        visit(self);
        match &self.kind {
            Kind::List(inner) | Kind::Map(inner) => inner.for_each(visit),
            Kind::Object(fields) => {
                for field in fields {
                    field.schema.for_each(visit);
                }
            }
            Kind::Primitive(_) | Kind::Ref(_) => {}
        }
    }
}

impl Operation {
    /// The schemas an operation is made of: one for each parameter, the response and its headers, and the other responses.
    pub fn schemas(&self) -> impl Iterator<Item = &Schema> {
        self.parameters
            .iter()
            .map(|parameter| &parameter.field.schema)
            .chain(&self.response)
            .chain(self.response_headers.iter().map(|header| &header.schema))
            .chain(
                self.other_responses
                    .iter()
                    .filter_map(|(_, schema)| schema.as_ref()),
            )
    }
}
