//! The form of an operation as data: what a script needs to know of each parameter to offer a control for it.

use alicloud_codegen::spec::{Field, Kind, Location, Primitive, Requirement, Schema, Scope, Style};
use serde_json::{Map, Value as Json, json};

use crate::catalog::Entry;
use crate::render::schema::Drawing;

/// Objects that hold themselves are offered this deep.
const MAX_DEPTH: usize = 6;

/// The form: the parameters in order, and the first documented request to start from.
pub(crate) fn form(entry: &Entry<'_>) -> Json {
    let parameters = entry.with_scope(|entry, scope| {
        let maker = Maker {
            scope,
            drawing: Drawing {
                scope,
                enums: &entry.service.enums,
            },
        };
        let parameters = entry.spec.parameters.iter().map(|parameter| {
            let mut control = maker.field(&parameter.field, parameter.required, 0);
            control.insert("location".into(), location(parameter.location).into());
            control.insert("json".into(), (parameter.style == Some(Style::Json)).into());
            Json::Object(control)
        });
        parameters.collect::<Vec<_>>()
    });
    let mut examples = entry.spec.examples.iter();
    let example = examples.find_map(|example| example.request.as_ref());
    json!({
        "operation": entry.spec.name.value,
        "effect": crate::render::home::effect(entry.spec.effect),
        "parameters": parameters,
        "example": example.map(|example| &example.value),
    })
}

struct Maker<'s, 'a> {
    scope: &'s Scope<'a>,
    drawing: Drawing<'s, 'a>,
}

impl<'a> Maker<'_, 'a> {
    fn field(&self, field: &'a Field, required: Requirement, depth: usize) -> Map<String, Json> {
        let mut control = self.schema(&field.schema, depth);
        control.insert("name".into(), field.name.value.clone().into());
        let required = match required {
            Requirement::Optional => "",
            Requirement::Documented => "documented",
            Requirement::Required => "required",
        };
        control.insert("required".into(), required.into());
        control
    }

    fn schema(&self, schema: &'a Schema, depth: usize) -> Map<String, Json> {
        let mut control = Map::new();
        let resolved = self.scope.resolve(schema);
        let kind = resolved.map(|schema| &schema.kind);
        let (name, inner) = match kind {
            _ if depth > MAX_DEPTH => ("any", None),
            Some(Kind::Primitive(primitive)) => (word(*primitive), None),
            Some(Kind::List(inner)) => ("list", Some(("item", self.inner(inner, depth)))),
            Some(Kind::Map(inner)) => ("map", Some(("item", self.inner(inner, depth)))),
            Some(Kind::Object(fields)) => {
                let fields = fields
                    .iter()
                    .map(|field| Json::Object(self.field(field, field.schema.required, depth + 1)));
                ("object", Some(("fields", fields.collect())))
            }
            Some(Kind::Ref(_)) | None => ("any", None),
        };
        control.insert("kind".into(), name.into());
        if let Some((name, inner)) = inner {
            control.insert(name.into(), inner);
        }
        self.facts(schema, kind, &mut control);
        control
    }

    fn inner(&self, schema: &'a Schema, depth: usize) -> Json {
        Json::Object(self.schema(schema, depth + 1))
    }

    fn facts(&self, schema: &'a Schema, kind: Option<&Kind>, control: &mut Map<String, Json>) {
        let mut put = |name: &str, value: Option<&str>| {
            if let Some(value) = value {
                control.insert(name.to_owned(), value.trim().into());
            }
        };
        put("description", schema.description.as_deref());
        put(
            "default",
            schema.default.as_ref().map(|it| it.value.as_str()),
        );
        let open = !schema.sensitive.is_secret();
        put("example", schema.example.as_deref().filter(|_| open));
        put("deprecated", schema.deprecated.as_deref());
        if schema.sensitive.is_secret() {
            control.insert("sensitive".into(), true.into());
        }
        // The values of a list's items are those of its item.
        let scalar = !matches!(kind, Some(Kind::List(_) | Kind::Map(_)));
        let values = self.drawing.values(schema).iter().map(|value| {
            let description = value.description.as_deref().unwrap_or_default();
            json!([value.value.value, description])
        });
        let values: Vec<_> = values.collect();
        if scalar && !values.is_empty() {
            control.insert("values".into(), values.into());
        }
    }
}

/// The type as the spec language calls it.
pub(crate) fn word(primitive: Primitive) -> &'static str {
    match primitive {
        Primitive::String => "string",
        Primitive::Int32 => "int32",
        Primitive::Int64 => "int64",
        Primitive::Float => "float",
        Primitive::Double => "double",
        Primitive::Boolean => "boolean",
        Primitive::Binary => "binary",
        Primitive::Any => "any",
    }
}

fn location(location: Location) -> &'static str {
    match location {
        Location::Query => "query",
        Location::Form => "form",
        Location::Body => "body",
        Location::Path => "path",
        Location::Header => "header",
        Location::Host => "host",
    }
}
