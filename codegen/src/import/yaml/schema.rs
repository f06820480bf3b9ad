//! Schemas and parameters in YAML.

use super::super::draft::{Member, Parameter, Schema, Shape, Value};
use super::Page;
use super::scalar;
use crate::check::primitive::is;
use crate::spec::{Location, Primitive, Requirement, Style};

impl Page {
    /// A mapping from names to schemas.
    pub(in crate::import) fn members(&mut self, key: &str, members: &[Member]) {
        self.block(key, |page| {
            for Member { wire, schema } in members {
                page.schema(wire, schema);
            }
        });
    }

    /// A schema under a key.
    pub(super) fn schema(&mut self, key: &str, schema: &Schema) {
        match short(schema) {
            Some(short) => self.raw(key, &short),
            None => self.block(key, |page| page.parts(schema, |_| {})),
        }
    }

    /// A parameter under its name.
    pub(in crate::import) fn parameter(&mut self, parameter: &Parameter) {
        let Member { wire, schema } = &parameter.member;
        let usual = parameter.location == Location::Query && parameter.style.is_none();
        match short(schema).filter(|_| usual) {
            Some(short) => self.raw(wire, &short),
            None => self.block(wire, |page| {
                page.parts(schema, |page| page.travel(parameter))
            }),
        }
    }

    /// Where a parameter travels, and how.
    fn travel(&mut self, parameter: &Parameter) {
        if let Some(style) = parameter.style {
            self.raw("style", style_word(style));
        }
        if parameter.location != Location::Query {
            self.raw("in", location_word(parameter.location));
        }
    }

    /// The keys of a schema; `between` adds some after the type.
    pub(super) fn parts(&mut self, schema: &Schema, between: impl FnOnce(&mut Self)) {
        match &schema.shape {
            Shape::Ref(name) => self.entry("ref", name),
            shape => self.raw("type", type_word(shape)),
        }
        between(self);
        match schema.required {
            Requirement::Required => self.raw("required", "true"),
            Requirement::Documented => self.raw("required", "documented"),
            Requirement::Optional => {}
        }
        self.entry_if("name", schema.name.as_ref());
        self.entry_if("sensitive", schema.sensitive.as_ref());
        self.entry_if("enum", schema.shared_enum.as_ref());
        self.values("enum", schema);
        self.facts(schema);
        match &schema.shape {
            Shape::List(items) => self.inner("items", items),
            Shape::Map(values) => self.inner("values", values),
            Shape::Object(members) if !members.is_empty() => self.members("fields", members),
            _ => {}
        }
    }

    fn facts(&mut self, schema: &Schema) {
        let given = [
            ("default", &schema.default),
            ("minimum", &schema.minimum),
            ("maximum", &schema.maximum),
        ];
        for (key, value) in given {
            if let Some(value) = value {
                self.value_of(schema, key, value);
            }
        }
        for (key, length) in [
            ("min_length", schema.min_length),
            ("max_length", schema.max_length),
        ] {
            if let Some(length) = length {
                self.raw(key, &length.to_string());
            }
        }
        self.entry_if("pattern", schema.pattern.as_ref());
        self.entry_if("deprecated", schema.deprecated.as_ref());
        self.entry_if("description", schema.description.as_ref());
        if let Some(example) = &schema.example {
            self.value_of(schema, "example", example);
        }
    }

    /// A value of the schema's type: numbers and booleans stand without quotes.
    fn value_of(&mut self, schema: &Schema, key: &str, value: &str) {
        match schema.shape {
            Shape::Primitive(
                primitive @ (Primitive::Int32
                | Primitive::Int64
                | Primitive::Double
                | Primitive::Float
                | Primitive::Boolean),
            ) if is(primitive, value) && !value.starts_with(['+', '.']) => self.raw(key, value),
            _ => self.entry(key, value),
        }
    }

    /// What is inside a list or a map; free JSON goes without saying.
    fn inner(&mut self, key: &str, schema: &Schema) {
        if short(schema).as_deref() != Some("{type: any}") {
            self.schema(key, schema);
        }
    }

    /// The values of an enum: a list, or a mapping where there is more to say of them.
    fn values(&mut self, key: &str, schema: &Schema) {
        let values = &schema.values;
        if values.is_empty() {
            return;
        }
        if values
            .iter()
            .all(|value| value.meaning.is_none() && value.name.is_none())
        {
            let wires = values.iter().map(|value| value.wire.as_str());
            return match schema.shape {
                Shape::Primitive(Primitive::String) => self.list(key, wires),
                _ => self.raw_list(key, wires.map(str::to_owned).collect()),
            };
        }
        self.block(key, |page| {
            for value in values {
                page.value(value);
            }
        });
    }

    fn value(&mut self, value: &Value) {
        match (&value.meaning, &value.name) {
            (None, None) => self.raw(&value.wire, "{}"),
            (Some(meaning), None) => self.entry(&value.wire, meaning),
            (None, Some(name)) => {
                self.raw(&value.wire, &format!("{{name: {}}}", scalar::inline(name)))
            }
            (Some(meaning), Some(name)) => self.block(&value.wire, |page| {
                page.entry("description", meaning);
                page.entry("name", name);
            }),
        }
    }
}

/// A schema of which no more is known than its shape, in brackets.
fn short(schema: &Schema) -> Option<String> {
    let bare = schema.name.is_none()
        && schema.description.is_none()
        && schema.example.is_none()
        && schema.default.is_none()
        && schema.deprecated.is_none()
        && schema.required == Requirement::Optional
        && schema.sensitive.is_none()
        && schema.values.is_empty()
        && schema.shared_enum.is_none()
        && schema.minimum.is_none()
        && schema.maximum.is_none()
        && schema.min_length.is_none()
        && schema.max_length.is_none()
        && schema.pattern.is_none();
    if !bare {
        return None;
    }
    match &schema.shape {
        Shape::Primitive(_) => Some(format!("{{type: {}}}", type_word(&schema.shape))),
        Shape::Ref(name) => Some(format!("{{ref: {}}}", scalar::inline(name))),
        Shape::List(inner) => several("list", "items", inner),
        Shape::Map(inner) => several("map", "values", inner),
        Shape::Object(_) => None,
    }
}

/// A list or map of something simple, in brackets.
fn several(word: &str, key: &str, inner: &Schema) -> Option<String> {
    match (&inner.shape, short(inner)?) {
        (Shape::Primitive(Primitive::Any), _) => Some(format!("{{type: {word}}}")),
        (Shape::Primitive(_) | Shape::Ref(_), inner) => {
            Some(format!("{{type: {word}, {key}: {inner}}}"))
        }
        _ => None,
    }
}

fn type_word(shape: &Shape) -> &'static str {
    match shape {
        Shape::List(_) => "list",
        Shape::Map(_) => "map",
        Shape::Object(_) | Shape::Ref(_) => "object",
        Shape::Primitive(primitive) => match primitive {
            Primitive::String => "string",
            Primitive::Int32 => "int32",
            Primitive::Int64 => "int64",
            Primitive::Float => "float",
            Primitive::Double => "double",
            Primitive::Boolean => "boolean",
            Primitive::Binary => "binary",
            Primitive::Any => "any",
        },
    }
}

fn style_word(style: Style) -> &'static str {
    match style {
        Style::Repeated => "repeated",
        Style::Flat => "flat",
        Style::Json => "json",
        Style::Comma => "comma",
        Style::Space => "space",
        Style::Pipe => "pipe",
    }
}

fn location_word(location: Location) -> &'static str {
    match location {
        Location::Query => "query",
        Location::Form => "form",
        Location::Body => "body",
        Location::Path => "path",
        Location::Header => "header",
        Location::Host => "host",
    }
}
