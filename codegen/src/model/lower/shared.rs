//! Schemas of `service.yaml`: lowered once per side that uses them, answers into `types`, requests into `params`.

use std::collections::{BTreeMap, BTreeSet};

use super::super::names::{Place, rust_name};
use super::super::scope::Scope;
use super::super::{Enum, Face, Home, Struct, TypePath};
use super::request::Faces;
use super::response::Structs;
use crate::diagnostic::Diagnostics;
use crate::spec::{Kind, Schema, Service};

/// The shared schemas of a product version, and which of them are used where.
pub(super) struct Shared<'a> {
    schemas: BTreeMap<&'a str, &'a Schema>,
    recursive: BTreeSet<&'a str>,
    used_in_requests: BTreeSet<&'a str>,
    used_in_answers: BTreeSet<&'a str>,
    /// Enums listed on the spot, by name; an object used on both sides lists them twice.
    enums: BTreeMap<String, Enum>,
}

impl<'a> Shared<'a> {
    pub(super) fn new(service: &'a Service, diagnostics: &mut Diagnostics) -> Self {
        let mut scope = Scope::new(Place::Type);
        for named in &service.enums {
            scope.settle(&named.name.value, None, named.name.span, diagnostics);
        }
        for (name, _) in &service.schemas {
            scope.settle(&name.value, None, name.span, diagnostics);
        }
        let schemas: BTreeMap<_, _> = service
            .schemas
            .iter()
            .map(|(name, schema)| (name.value.as_str(), schema))
            .collect();
        let recursive = schemas
            .keys()
            .copied()
            .filter(|name| reaches_itself(&schemas, name))
            .collect();
        Self {
            schemas,
            recursive,
            used_in_requests: BTreeSet::new(),
            used_in_answers: BTreeSet::new(),
            enums: BTreeMap::new(),
        }
    }

    /// The schema of that name.
    pub(super) fn get(&self, name: &str) -> Option<&'a Schema> {
        self.schemas.get(name).copied()
    }

    /// Whether a schema can hold itself.
    pub(super) fn is_recursive(&self, name: &str) -> bool {
        self.recursive.contains(name)
    }

    /// The type a shared object is in requests.
    pub(super) fn face(&mut self, name: &str) -> TypePath {
        self.used_in_requests
            .extend(self.schemas.get_key_value(name).map(|(name, _)| *name));
        TypePath {
            home: Home::Params,
            name: type_name(name),
        }
    }

    /// The type a shared object is in answers.
    pub(super) fn structure(&mut self, name: &str) -> TypePath {
        self.used_in_answers
            .extend(self.schemas.get_key_value(name).map(|(name, _)| *name));
        TypePath {
            home: Home::Types,
            name: type_name(name),
        }
    }

    /// Keeps enums that a shared schema lists on the spot.
    pub(super) fn add_enums(&mut self, enums: Vec<Enum>) {
        self.enums
            .extend(enums.into_iter().map(|item| (item.name.clone(), item)));
    }

    /// Lowers what was used, and what that uses in turn.
    pub(super) fn finish(
        mut self,
        diagnostics: &mut Diagnostics,
    ) -> (Vec<Struct>, Vec<Face>, Vec<Enum>) {
        let (mut structs, mut faces) = (BTreeMap::new(), BTreeMap::new());
        loop {
            let answers = self
                .used_in_answers
                .iter()
                .find(|name| !structs.contains_key(*name))
                .copied();
            let requests = self
                .used_in_requests
                .iter()
                .find(|name| !faces.contains_key(*name))
                .copied();
            if let Some((name, schema)) = answers.and_then(|name| Some((name, self.get(name)?))) {
                structs.insert(
                    name,
                    Structs::shared(&mut self, type_name(name), schema, diagnostics),
                );
            } else if let Some((name, schema)) =
                requests.and_then(|name| Some((name, self.get(name)?)))
            {
                faces.insert(
                    name,
                    Faces::shared(&mut self, type_name(name), schema, diagnostics),
                );
            } else {
                break;
            }
        }
        let structs = structs.into_values().flatten().collect();
        (
            structs,
            faces.into_values().flatten().collect(),
            self.enums.into_values().collect(),
        )
    }
}

fn type_name(name: &str) -> String {
    rust_name(name, Place::Type).unwrap_or_else(|| "Nameless".into())
}

fn reaches_itself(schemas: &BTreeMap<&str, &Schema>, start: &str) -> bool {
    let mut seen = BTreeSet::new();
    let mut next: Vec<String> = schemas
        .get(start)
        .map(|schema| references(schema))
        .unwrap_or_default();
    while let Some(name) = next.pop() {
        if name == start {
            return true;
        }
        if let Some(schema) = schemas.get(name.as_str()).filter(|_| seen.insert(name)) {
            next.extend(references(schema));
        }
    }
    false
}

/// The names a schema refers to, at any depth.
pub(super) fn references(schema: &Schema) -> Vec<String> {
    match &schema.kind {
        Kind::Primitive(_) => Vec::new(),
        Kind::List(inner) | Kind::Map(inner) => references(inner),
        Kind::Object(fields) => fields
            .iter()
            .flat_map(|field| references(&field.schema))
            .collect(),
        Kind::Ref(name) => vec![name.value.clone()],
    }
}
