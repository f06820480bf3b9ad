//! The answer side: plain structs.

use std::collections::{HashMap, HashSet};

use super::super::docs::sanitize;
use super::super::names::Place;
use super::super::scope::Scope;
use super::super::{AnswerType, Enum, Field, FieldType, Home, Struct, TypePath};
use super::shared::{Shared, references};
use super::{docs, enums};
use crate::diagnostic::Diagnostics;
use crate::spec::{self, EnumUse, Kind, Primitive, Schema};

/// Lowers the answer side of one file.
pub(super) struct Structs<'s, 'a> {
    pub(super) shared: &'s mut Shared<'a>,
    pub(super) types: &'s mut Scope,
    pub(super) named: &'s HashMap<&'a str, &'a Schema>,
    pub(super) done: HashMap<&'a str, String>,
    pub(super) prefix: String,
    pub(super) home: Home,
    /// Whether what is being lowered is inside of something sensitive.
    pub(super) secret: bool,
    pub(super) structs: Vec<Struct>,
    pub(super) enums: Vec<Enum>,
}

impl<'a> Structs<'_, 'a> {
    /// Lowers a schema of `service.yaml`.
    pub(super) fn shared(
        shared: &mut Shared<'a>,
        name: String,
        schema: &'a Schema,
        diagnostics: &mut Diagnostics,
    ) -> Vec<Struct> {
        let mut types = Scope::new(Place::Type);
        let mut structs = Structs {
            shared,
            types: &mut types,
            named: &HashMap::new(),
            done: HashMap::new(),
            prefix: name.clone(),
            home: Home::Types,
            secret: schema.sensitive.is_secret(),
            structs: Vec::new(),
            enums: Vec::new(),
        };
        if let Kind::Object(fields) = &schema.kind {
            structs.structure(name, schema, fields, diagnostics);
        }
        let (structs, enums) = (structs.structs, structs.enums);
        shared.add_enums(enums);
        structs
    }

    /// Lowers the answer of an operation. An object becomes a struct of that name; so does an answer without a body, which
    /// has no fields.
    pub(super) fn answer(
        &mut self,
        name: &str,
        response: Option<&'a Schema>,
        diagnostics: &mut Diagnostics,
    ) -> AnswerType {
        let Some(schema) = response.map(|schema| self.resolve(schema)) else {
            self.structs.push(Struct {
                name: name.to_owned(),
                description: String::new(),
                fields: Vec::new(),
            });
            return AnswerType::Struct;
        };
        match &schema.kind {
            Kind::Object(fields) => {
                self.secret = schema.sensitive.is_secret();
                self.structure(name.to_owned(), schema, fields, diagnostics);
                AnswerType::Struct
            }
            Kind::Primitive(Primitive::Binary) => AnswerType::Binary,
            // What a list or map holds is named after the operation.
            _ => {
                let item = format!("{}Item", name.strip_suffix("Response").unwrap_or(name));
                AnswerType::Plain(self.field_type(schema, &item, false, diagnostics))
            }
        }
    }

    /// Follows references to what they name.
    fn resolve(&self, schema: &'a Schema) -> &'a Schema {
        let (mut schema, mut seen) = (schema, HashSet::new());
        while let Kind::Ref(name) = &schema.kind {
            let target = self
                .named
                .get(name.value.as_str())
                .copied()
                .or_else(|| self.shared.get(&name.value));
            match target.filter(|_| seen.insert(name.value.as_str())) {
                Some(target) => schema = target,
                None => break,
            }
        }
        schema
    }

    fn structure(
        &mut self,
        name: String,
        schema: &'a Schema,
        fields: &'a [spec::Field],
        diagnostics: &mut Diagnostics,
    ) {
        let mut names = Scope::new(Place::Field);
        let at = self.structs.len();
        let description = sanitize(schema.description.as_deref().unwrap_or_default());
        self.structs.push(Struct {
            name,
            description,
            fields: Vec::new(),
        });
        let fields = fields
            .iter()
            .map(|field| self.field(field, &mut names, diagnostics))
            .collect();
        if let Some(structure) = self.structs.get_mut(at) {
            structure.fields = fields;
        }
    }

    fn field(
        &mut self,
        field: &'a spec::Field,
        names: &mut Scope,
        diagnostics: &mut Diagnostics,
    ) -> Field {
        let (wire, schema) = (&field.name, &field.schema);
        let given = schema
            .name
            .as_ref()
            .filter(|_| !super::names_a_type(schema));
        Field {
            wire: wire.value.clone(),
            name: names.settle(&wire.value, given, wire.span, diagnostics),
            ty: self.field_type(schema, &wire.value, true, diagnostics),
            docs: docs(schema),
        }
    }

    /// The type of a field. `direct` is whether the value would lie in the struct itself, not in a list or map.
    fn field_type(
        &mut self,
        schema: &'a Schema,
        wire: &str,
        direct: bool,
        diagnostics: &mut Diagnostics,
    ) -> FieldType {
        let secret = schema.sensitive.within(self.secret);
        let outer = std::mem::replace(&mut self.secret, secret);
        let ty = self.shape_type(schema, wire, direct, diagnostics);
        self.secret = outer;
        ty
    }

    fn shape_type(
        &mut self,
        schema: &'a Schema,
        wire: &str,
        direct: bool,
        diagnostics: &mut Diagnostics,
    ) -> FieldType {
        match &schema.kind {
            Kind::Primitive(primitive) => self.scalar(*primitive, schema, wire, diagnostics),
            Kind::List(items) => {
                FieldType::List(Box::new(self.field_type(items, wire, false, diagnostics)))
            }
            Kind::Map(values) => {
                FieldType::Map(Box::new(self.field_type(values, wire, false, diagnostics)))
            }
            Kind::Object(fields) => {
                if let Some(done) = schema
                    .name
                    .as_ref()
                    .and_then(|name| self.done.get(name.value.as_str()))
                {
                    return FieldType::Struct(TypePath {
                        home: self.home,
                        name: done.clone(),
                    });
                }
                let name = self
                    .types
                    .settle(wire, schema.name.as_ref(), schema.span, diagnostics);
                self.done.extend(
                    schema
                        .name
                        .as_ref()
                        .map(|given| (given.value.as_str(), name.clone())),
                );
                self.structure(name.clone(), schema, fields, diagnostics);
                FieldType::Struct(TypePath {
                    home: self.home,
                    name,
                })
            }
            Kind::Ref(name) => self.reference(&name.value, direct, diagnostics),
        }
    }

    fn reference(&mut self, name: &str, direct: bool, diagnostics: &mut Diagnostics) -> FieldType {
        if let Some((key, schema)) = self.named.get_key_value(name) {
            let ty = self.field_type(schema, key, direct, diagnostics);
            return match ty {
                FieldType::Struct(path) if direct && holds_itself(schema, name) => {
                    FieldType::Boxed(path)
                }
                ty => ty,
            };
        }
        match self.shared.get(name) {
            Some(Schema {
                kind: Kind::Object(_),
                ..
            }) => {
                let path = self.shared.structure(name);
                if direct && self.shared.is_recursive(name) {
                    FieldType::Boxed(path)
                } else {
                    FieldType::Struct(path)
                }
            }
            Some(schema) if !self.shared.is_recursive(name) => {
                self.field_type(schema, name, direct, diagnostics)
            }
            _ => FieldType::Any,
        }
    }

    fn scalar(
        &mut self,
        primitive: Primitive,
        schema: &'a Schema,
        wire: &str,
        diagnostics: &mut Diagnostics,
    ) -> FieldType {
        let primitive = schema.sent_as.unwrap_or(primitive);
        // A switch or one of a few known values is no secret for what it is part of.
        let closed = primitive == Primitive::Boolean || schema.enumeration.is_some();
        if schema.sensitive.is_secret() || self.secret && !closed {
            return FieldType::Secret;
        }
        match primitive {
            Primitive::String => match &schema.enumeration {
                Some(EnumUse::Named(name)) => FieldType::Enum(TypePath {
                    home: Home::Types,
                    name: enums::shared_name(&name.value),
                }),
                Some(EnumUse::Inline { span, values }) => {
                    let full = enums::inline_name(&self.prefix, wire);
                    let given = schema.name.as_ref();
                    let name = self.types.settle(&full, given, *span, diagnostics);
                    self.enums
                        .push(enums::inline(name.clone(), wire, values, diagnostics));
                    FieldType::Enum(TypePath {
                        home: enums::home(self.home),
                        name,
                    })
                }
                None => FieldType::Text,
            },
            Primitive::Int32 | Primitive::Int64 => FieldType::Int,
            Primitive::Float | Primitive::Double => FieldType::Float,
            Primitive::Boolean => FieldType::Bool,
            Primitive::Binary => FieldType::Text,
            Primitive::Any => FieldType::Any,
        }
    }
}

/// Whether an object of the operation refers to itself.
fn holds_itself(schema: &Schema, name: &str) -> bool {
    references(schema).iter().any(|reference| reference == name)
}
