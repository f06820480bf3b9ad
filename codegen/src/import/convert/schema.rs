//! Schemas: shapes and what is known of a value.
//!
//! Everything is optional and may contradict itself: properties on a string, items on an object, a type nobody knows. The
//! type is believed first, the parts second. A reference to an object stays one; a reference to anything else is replaced
//! by what it names, since only objects have types of their own.

use serde_json::Value;

use super::super::draft::{Member, Schema, Shape};
use super::super::metadata::value::{entries, flag, has_entries, member, said, scalar, text};
use super::super::report::Kind;
use super::{Converter, enumeration, limit};
use crate::secret::Reason;
use crate::spec::{Primitive, Requirement};

/// How deep schemas may nest. The deepest known has 28 levels; YAML files may not nest without end either.
const MAX_DEPTH: usize = 48;

/// Keys that say something which is used, or which means nothing to a client.
const KNOWN: &[&str] = &[
    "$ref",
    "additionalProperties",
    "allowEmptyValue",
    "backendName",
    "bizType",
    "checkBlank",
    "default",
    "deprecated",
    "description",
    "docRequired",
    "enum",
    "enumValueTitles",
    "enumValues",
    "example",
    "examples",
    "exclusiveMaximum",
    "exclusiveMinimum",
    "extendType",
    "format",
    "index",
    "isFileTransferUrl",
    "itemName",
    "itemNode",
    "items",
    "maxItems",
    "maxLength",
    "maximum",
    "minItems",
    "minLength",
    "minimum",
    "name",
    "nullToEmpty",
    "nullable",
    "parseType",
    "pattern",
    "properties",
    "readOnly",
    "ref",
    "required",
    "sdkPropertyName",
    "sensitive",
    "title",
    "trim",
    "type",
    "valueMapping",
    "visibility",
    "xml",
];

/// Whether a schema becomes an object with fields.
pub(super) fn is_object(node: &Value) -> bool {
    let typed = text(node, "type").is_none_or(|word| word.eq_ignore_ascii_case("object"));
    typed && has_entries(node, "properties")
}

impl<'d> Converter<'d> {
    /// Converts a schema.
    pub(super) fn schema(&mut self, node: &'d Value) -> Schema {
        if self.depth >= MAX_DEPTH {
            self.notes
                .note(Kind::TooDeep, format!("more than {MAX_DEPTH} levels"));
            return Schema::any();
        }
        self.depth += 1;
        let mut schema = match self.referenced(node) {
            Some(schema) => schema,
            None => Schema::of(self.shape(node)),
        };
        self.depth -= 1;
        self.facts(node, &mut schema);
        schema
    }

    /// Converts a named part of something.
    pub(super) fn member(&mut self, wire: &str, node: &'d Value) -> Member {
        self.notes.push(wire);
        let mut schema = self.schema(node);
        self.notes.pop();
        // An answer is decoded whatever it lacks.
        schema.required = if self.answer {
            Requirement::Optional
        } else {
            requirement(node)
        };
        Member {
            wire: wire.to_owned(),
            schema,
        }
    }

    /// What a reference leads to; `None` for a schema that is none, or that says everything itself.
    fn referenced(&mut self, node: &'d Value) -> Option<Schema> {
        let reference = text(node, "$ref")?;
        if has_entries(node, "properties") || member(node, "items").is_some() {
            return None;
        }
        let found = reference
            .strip_prefix("#/components/schemas/")
            .and_then(|name| self.schemas.get_key_value(name));
        let Some((name, target)) = found.map(|(name, target)| (*name, *target)) else {
            self.notes.note(Kind::DanglingReference, reference);
            return Some(Schema::any());
        };
        if is_object(target) {
            return Some(Schema::of(Shape::Ref(name.to_owned())));
        }
        if self.copying.contains(&name) {
            self.notes.note(Kind::RecursiveReference, name);
            return Some(Schema::any());
        }
        self.copying.push(name);
        let schema = self.schema(target);
        self.copying.pop();
        Some(schema)
    }

    fn shape(&mut self, node: &'d Value) -> Shape {
        if !node.is_object() {
            self.notes
                .note(Kind::Unreadable, "a schema that is no object");
            return Shape::Primitive(Primitive::Any);
        }
        let Some(word) = text(node, "type") else {
            return self.untyped(node);
        };
        let format = text(node, "format").unwrap_or_default();
        let found = primitive(word, format, self.is_whole());
        if let Some(primitive) = found {
            if has_entries(node, "properties") || member(node, "items").is_some() {
                self.notes
                    .note(Kind::MisplacedParts, format!("parts of a {word}"));
            }
            return Shape::Primitive(primitive);
        }
        match word.to_ascii_lowercase().as_str() {
            "object" | "map" => self.object(node),
            "array" | "list" => self.list(node),
            _ => {
                self.notes.note(Kind::UnknownType, word);
                Shape::Primitive(Primitive::Any)
            }
        }
    }

    /// The shape that the parts make likely.
    fn untyped(&mut self, node: &'d Value) -> Shape {
        if member(node, "type").is_some() {
            self.notes.note(Kind::Unreadable, "a type that is no word");
        }
        if has_entries(node, "properties") || member(node, "additionalProperties").is_some() {
            self.object(node)
        } else if member(node, "items").is_some() {
            self.list(node)
        } else if member(node, "enum").is_some() {
            Shape::Primitive(Primitive::String)
        } else {
            Shape::Primitive(Primitive::Any)
        }
    }

    fn object(&mut self, node: &'d Value) -> Shape {
        let open = member(node, "additionalProperties").filter(|open| **open != Value::Bool(false));
        if member(node, "items").is_some() {
            self.notes.note(Kind::MisplacedParts, "items of an object");
        }
        if has_entries(node, "properties") {
            if open.is_some() {
                self.notes.note(Kind::OpenObject, "");
            }
            let members = entries(node, "properties");
            return Shape::Object(
                members
                    .map(|(wire, node)| self.member(wire, node))
                    .collect(),
            );
        }
        match open {
            Some(values) if values.is_object() => Shape::Map(Box::new(self.schema(values))),
            Some(_) => Shape::Map(Box::new(Schema::any())),
            None => Shape::Primitive(Primitive::Any),
        }
    }

    fn list(&mut self, node: &'d Value) -> Shape {
        if has_entries(node, "properties") {
            self.notes.note(Kind::MisplacedParts, "fields of a list");
        }
        match member(node, "items") {
            Some(items) => Shape::List(Box::new(self.schema(items))),
            None => {
                self.notes.note(Kind::FreeAnswerObject, "no items");
                Shape::List(Box::new(Schema::any()))
            }
        }
    }

    /// Whether the schema looked at is the whole body of a request or an answer, which may be bytes.
    fn is_whole(&self) -> bool {
        self.depth == 1 + self.copying.len()
    }

    /// Adds what is known of the value. Of a reference, what stands beside it counts more than what it leads to.
    fn facts(&mut self, node: &Value, schema: &mut Schema) {
        let described = text(node, "description").or_else(|| text(node, "title"));
        schema.description = described
            .map(str::to_owned)
            .or_else(|| schema.description.take());
        let example = member(node, "example").and_then(example);
        schema.example = example.or_else(|| schema.example.take());
        if flag(node, "deprecated") {
            schema.deprecated = Some("The service marks it as deprecated.".into());
        }
        if flag(node, "isFileTransferUrl") {
            self.notes.note(Kind::FileUpload, "");
        }
        if self.answer && flag(node, "required") {
            self.notes.note(Kind::AnswerRequirement, "");
        }
        if flag(node, "sensitive") {
            schema.sensitive = Some(Reason::Metadata.to_string());
        }
        enumeration::read(&mut self.notes, node, schema);
        limit::read(&mut self.notes, node, schema);
        self.unknown_keys(node);
    }

    fn unknown_keys(&mut self, node: &Value) {
        for key in node.as_object().into_iter().flat_map(serde_json::Map::keys) {
            if !KNOWN.contains(&key.as_str()) {
                self.notes.note(Kind::UnknownKey, key);
            }
        }
    }
}

/// Whether something must be given, as the service and as its documents have it.
pub(super) fn requirement(node: &Value) -> Requirement {
    match (said(node, "required"), said(node, "docRequired")) {
        (Some(true), _) => Requirement::Required,
        (_, Some(true)) => Requirement::Documented,
        _ => Requirement::Optional,
    }
}

/// An example as text; anything with parts as JSON.
fn example(value: &Value) -> Option<String> {
    let text = scalar(value).unwrap_or_else(|| value.to_string());
    let text = text.trim();
    (!text.is_empty()).then(|| text.to_owned())
}

/// The type without parts that a type and a format stand for. Bytes exist only as a `whole` body.
fn primitive(word: &str, format: &str, whole: bool) -> Option<Primitive> {
    let word = word.to_ascii_lowercase();
    Some(match (word.as_str(), format) {
        ("string", "binary") | ("file" | "binary", _) if whole => Primitive::Binary,
        ("string" | "file" | "binary", _) => Primitive::String,
        ("integer", "int32") => Primitive::Int32,
        ("integer" | "long", _) => Primitive::Int64,
        ("int" | "int32", _) => Primitive::Int32,
        ("int64", _) => Primitive::Int64,
        ("number", "float") | ("float", _) => Primitive::Float,
        ("number" | "double", _) => Primitive::Double,
        ("boolean" | "bool", _) => Primitive::Boolean,
        ("any", _) => Primitive::Any,
        _ => return None,
    })
}
