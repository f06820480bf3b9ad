//! The request side: parameters, and the objects in them as typed faces.

use std::collections::HashMap;

use super::super::docs::sanitize;
use super::super::names::{Place, json_twin};
use super::super::scope::Scope;
use super::super::{Argument, Enum, Face, Home, Parameter, TypePath};
use super::shared::Shared;
use super::{docs, enums};
use crate::diagnostic::Diagnostics;
use crate::spec::{self, EnumUse, Field, Kind, Location, Primitive, Schema, Style};

/// Lowers the request side of one file.
pub(super) struct Faces<'s, 'a> {
    pub(super) shared: &'s mut Shared<'a>,
    /// The names of types in the file.
    pub(super) types: &'s mut Scope,
    /// Objects of the operation that a `ref` may name.
    pub(super) named: &'s HashMap<&'a str, &'a Schema>,
    /// Named objects lowered already, or being lowered.
    pub(super) done: HashMap<&'a str, String>,
    /// What inline enums are named after.
    pub(super) prefix: String,
    pub(super) home: Home,
    /// Whether what is being lowered is inside of something sensitive.
    pub(super) secret: bool,
    pub(super) faces: Vec<Face>,
    pub(super) enums: Vec<Enum>,
}

impl<'a> Faces<'_, 'a> {
    /// Lowers a schema of `service.yaml`.
    pub(super) fn shared(
        shared: &mut Shared<'a>,
        name: String,
        schema: &'a Schema,
        diagnostics: &mut Diagnostics,
    ) -> Vec<Face> {
        let mut types = Scope::new(Place::Type);
        let mut faces = Faces {
            shared,
            types: &mut types,
            named: &HashMap::new(),
            done: HashMap::new(),
            prefix: name.clone(),
            home: Home::Params,
            secret: schema.sensitive.is_secret(),
            faces: Vec::new(),
            enums: Vec::new(),
        };
        if let Kind::Object(fields) = &schema.kind {
            faces.face(name, schema, fields, diagnostics);
        }
        let (faces, enums) = (faces.faces, faces.enums);
        shared.add_enums(enums);
        faces
    }

    /// Lowers the parameters of an operation.
    pub(super) fn parameters(
        &mut self,
        parameters: &'a [spec::Parameter],
        place: Place,
        diagnostics: &mut Diagnostics,
    ) -> Vec<Parameter> {
        let mut setters = Scope::new(place);
        let mut lowered = Vec::with_capacity(parameters.len());
        for parameter in parameters {
            let mut done = self.parameter(&parameter.field, &mut setters, diagnostics);
            done.location = parameter.location;
            done.style = parameter.style;
            done.required = parameter.required;
            let typed_json = parameter.style == Some(Style::Json)
                && matches!(
                    done.argument,
                    Argument::Face(_) | Argument::List(_) | Argument::Map(_)
                );
            if typed_json {
                let name = json_twin(&done.setter);
                let wire = &parameter.field.name;
                done.json_setter = Some(setters.claim(name, &wire.value, wire.span, diagnostics));
            }
            lowered.push(done);
        }
        lowered
    }

    fn parameter(
        &mut self,
        field: &'a Field,
        setters: &mut Scope,
        diagnostics: &mut Diagnostics,
    ) -> Parameter {
        let (wire, schema) = (&field.name, &field.schema);
        // On an object, list of objects or inline enum, `name` names the type; on anything else, the setter.
        let given = schema
            .name
            .as_ref()
            .filter(|_| !super::names_a_type(schema));
        let secret = schema.sensitive.within(self.secret);
        let outer = std::mem::replace(&mut self.secret, secret);
        let argument = self.argument(schema, &wire.value, diagnostics);
        self.secret = outer;
        Parameter {
            wire: wire.value.clone(),
            setter: setters.settle(&wire.value, given, wire.span, diagnostics),
            json_setter: None,
            argument,
            docs: docs(schema),
            location: Location::Query,
            style: None,
            required: schema.required,
            sensitive: secret || holds_secrets(schema),
            range: (text(&schema.minimum), text(&schema.maximum)),
            length: (schema.min_length, schema.max_length),
        }
    }

    fn argument(
        &mut self,
        schema: &'a Schema,
        wire: &str,
        diagnostics: &mut Diagnostics,
    ) -> Argument {
        match &schema.kind {
            Kind::Primitive(primitive) => match &schema.enumeration {
                Some(enumeration) if *primitive == Primitive::String => {
                    Argument::Enum(self.enumeration(enumeration, schema, wire, diagnostics))
                }
                _ => scalar(*primitive),
            },
            Kind::List(items) => Argument::List(Box::new(self.argument(items, wire, diagnostics))),
            Kind::Map(values) => Argument::Map(Box::new(self.argument(values, wire, diagnostics))),
            Kind::Object(fields) => {
                let name = self.object(schema, fields, wire, diagnostics);
                Argument::Face(TypePath {
                    home: self.home,
                    name,
                })
            }
            Kind::Ref(name) => self.reference(&name.value, diagnostics),
        }
    }

    fn object(
        &mut self,
        schema: &'a Schema,
        fields: &'a [Field],
        wire: &str,
        diagnostics: &mut Diagnostics,
    ) -> String {
        if let Some(done) = schema
            .name
            .as_ref()
            .and_then(|name| self.done.get(name.value.as_str()))
        {
            return done.clone();
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
        self.face(name.clone(), schema, fields, diagnostics);
        name
    }

    fn face(
        &mut self,
        name: String,
        schema: &'a Schema,
        fields: &'a [Field],
        diagnostics: &mut Diagnostics,
    ) {
        let mut setters = Scope::new(Place::Setter);
        let at = self.faces.len();
        let description = sanitize(schema.description.as_deref().unwrap_or_default());
        self.faces.push(Face {
            name,
            description,
            fields: Vec::new(),
        });
        let fields = fields
            .iter()
            .map(|field| self.parameter(field, &mut setters, diagnostics))
            .collect();
        if let Some(face) = self.faces.get_mut(at) {
            face.fields = fields;
        }
    }

    fn reference(&mut self, name: &str, diagnostics: &mut Diagnostics) -> Argument {
        if let Some((key, schema)) = self.named.get_key_value(name) {
            return self.argument(schema, key, diagnostics);
        }
        match self.shared.get(name) {
            Some(Schema {
                kind: Kind::Object(_),
                ..
            }) => Argument::Face(self.shared.face(name)),
            // A shared schema that is no object has no type of its own.
            Some(schema) if !self.shared.is_recursive(name) => {
                self.argument(schema, name, diagnostics)
            }
            _ => Argument::Any,
        }
    }

    fn enumeration(
        &mut self,
        enumeration: &'a EnumUse,
        schema: &'a Schema,
        wire: &str,
        diagnostics: &mut Diagnostics,
    ) -> TypePath {
        match enumeration {
            EnumUse::Named(name) => TypePath {
                home: Home::Types,
                name: enums::shared_name(&name.value),
            },
            EnumUse::Inline { span, values } => {
                let full = enums::inline_name(&self.prefix, wire);
                let name = self
                    .types
                    .settle(&full, schema.name.as_ref(), *span, diagnostics);
                self.enums
                    .push(enums::inline(name.clone(), wire, values, diagnostics));
                TypePath {
                    home: enums::home(self.home),
                    name,
                }
            }
        }
    }
}

fn text(value: &Option<spec::Spanned<String>>) -> Option<String> {
    value.as_ref().map(|value| value.value.clone())
}

fn scalar(primitive: Primitive) -> Argument {
    match primitive {
        Primitive::String => Argument::Text,
        Primitive::Int32 => Argument::Int32,
        Primitive::Int64 => Argument::Int64,
        Primitive::Float => Argument::Float,
        Primitive::Double => Argument::Double,
        Primitive::Boolean => Argument::Bool,
        Primitive::Binary => Argument::Binary,
        Primitive::Any => Argument::Any,
    }
}

/// Whether a list or map holds secrets, which are written as one value.
fn holds_secrets(schema: &Schema) -> bool {
    match &schema.kind {
        Kind::List(inner) | Kind::Map(inner) => inner.sensitive.is_secret() || holds_secrets(inner),
        _ => false,
    }
}
