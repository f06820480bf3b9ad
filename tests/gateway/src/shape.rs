//! What a spec says of the value at a wire name, such as `Tag.1.Key`.
//!
//! Flattening is undone just far enough for that: names of fields, numbers of items and keys of maps are told apart by
//! what the spec has at their place.

use alicloud_codegen::spec::{self, Field, Kind, Primitive, Schema, Scope, Style};

/// A name with more parts than this means nothing to any spec.
const MAX_PARTS: usize = 32;

/// How deep a value is searched for parts that are sensitive.
const MAX_DEPTH: usize = 8;

/// The parameters of an operation, with everything their refs lead to.
pub(crate) struct Shapes<'a> {
    operation: &'a spec::Operation,
    scope: Scope<'a>,
}

/// What is at a name.
#[derive(Clone, Copy)]
pub(crate) struct Found<'a> {
    /// Its schema, refs followed.
    pub(crate) schema: &'a Schema,
    /// Whether it, something it is in, or something in it is sensitive.
    pub(crate) sensitive: bool,
    /// The style of the parameter, when the name is that of a whole parameter.
    pub(crate) style: Option<Style>,
}

impl<'a> Shapes<'a> {
    /// `shared` holds the schemas of the service.
    pub(crate) fn new(operation: &'a spec::Operation, shared: &'a Scope<'a>) -> Self {
        Self {
            operation,
            scope: Scope::of_operation(operation, shared),
        }
    }

    /// What the spec says of the value at a name; nothing for a name it does not know.
    pub(crate) fn find(&self, name: &str) -> Option<Found<'a>> {
        if name.split('.').count() > MAX_PARTS {
            return None;
        }
        let parameters = &self.operation.parameters;
        if let Some(whole) = parameters.iter().find(|item| item.field.name.value == name) {
            let style = whole.style;
            return Some(Found {
                style,
                ..self.at(&whole.field.schema, None, false)?
            });
        }
        let fields = parameters.iter().map(|item| &item.field);
        self.part_of(fields, name, false)
    }

    /// Whether the value at a name must not be shown. What no spec knows may be anything, so it must not.
    pub(crate) fn is_sensitive(&self, name: &str) -> bool {
        self.find(name).is_none_or(|found| found.sensitive)
    }

    /// The value at the rest of a name below a schema.
    fn at(&self, schema: &'a Schema, rest: Option<&str>, sensitive: bool) -> Option<Found<'a>> {
        let resolved = self.scope.resolve(schema)?;
        let sensitive = sensitive || schema.sensitive.is_secret() || resolved.sensitive.is_secret();
        let Some(rest) = rest else {
            let sensitive = sensitive || self.holds_secret(resolved, 0);
            return Some(Found {
                schema: resolved,
                sensitive,
                style: None,
            });
        };
        let (part, below) = match rest.split_once('.') {
            Some((part, below)) => (part, Some(below)),
            None => (rest, None),
        };
        match &resolved.kind {
            Kind::Object(fields) => self.part_of(fields.iter(), rest, sensitive),
            Kind::List(items) if part.parse::<u32>().is_ok() => self.at(items, below, sensitive),
            // Keys may have dots in them, but one cannot tell when the values have names as well.
            Kind::Map(values) if self.is_scalar(values) => self.at(values, None, sensitive),
            Kind::Map(values) => self.at(values, below, sensitive),
            Kind::Primitive(Primitive::Any) => self.at(resolved, None, sensitive),
            _ => None,
        }
    }

    /// The part of an object at a name: a field of that literal name first.
    fn part_of(
        &self,
        fields: impl Iterator<Item = &'a Field> + Clone,
        name: &str,
        sensitive: bool,
    ) -> Option<Found<'a>> {
        let named = |name: &str| fields.clone().find(|field| field.name.value == name);
        if let Some(field) = named(name) {
            return self.at(&field.schema, None, sensitive);
        }
        name.match_indices('.').find_map(|(dot, _)| {
            let parent = named(&name[..dot])?;
            self.at(&parent.schema, Some(&name[dot + 1..]), sensitive)
        })
    }

    fn is_scalar(&self, schema: &'a Schema) -> bool {
        let resolved = self.scope.resolve(schema);
        resolved.is_some_and(|schema| matches!(schema.kind, Kind::Primitive(_)))
    }

    fn holds_secret(&self, schema: &'a Schema, depth: usize) -> bool {
        let inside = |inner: &'a Schema| {
            let resolved = self.scope.resolve(inner);
            inner.sensitive.is_secret()
                || resolved.is_some_and(|inner| self.holds_secret(inner, depth + 1))
        };
        schema.sensitive.is_secret()
            || depth < MAX_DEPTH
                && match &schema.kind {
                    Kind::Object(fields) => fields.iter().any(|field| inside(&field.schema)),
                    Kind::List(inner) | Kind::Map(inner) => inside(inner),
                    Kind::Primitive(_) | Kind::Ref(_) => false,
                }
    }
}
