//! Answers as a tree of fields: what came, by the names of the spec, beside what the spec says of it.

use alicloud_codegen::spec::{Kind, Schema, Scope};
use alicloud_runtime::Value;
use serde_json::{Map, Value as Json};

use crate::catalog::Entry;
use crate::input::MASK;
use crate::render::schema::Drawing;

const MAX_DEPTH: usize = 64;

/// A decoded answer, and the secrets in it, which nothing may show.
#[derive(Debug, Default)]
pub(crate) struct Decoded {
    pub(crate) tree: Json,
    pub(crate) secrets: Vec<String>,
}

/// Decodes by the spec what the runtime read.
pub(crate) fn decode(entry: &Entry<'_>, value: &Value) -> Decoded {
    entry.with_scope(|entry, scope| {
        let mut reader = Reader {
            drawing: Drawing {
                scope,
                enums: &entry.service.enums,
            },
            scope,
            secrets: Vec::new(),
        };
        let tree = reader.node("", entry.spec.response.as_ref(), value, 0);
        Decoded {
            tree,
            secrets: reader.secrets,
        }
    })
}

struct Reader<'s, 'a> {
    scope: &'s Scope<'a>,
    drawing: Drawing<'s, 'a>,
    secrets: Vec<String>,
}

impl<'a> Reader<'_, 'a> {
    fn node(
        &mut self,
        name: &str,
        schema: Option<&'a Schema>,
        value: &Value,
        depth: usize,
    ) -> Json {
        let mut node = Map::new();
        node.insert("name".into(), name.into());
        match schema {
            Some(schema) => {
                node.insert("type".into(), self.drawing.words(schema, None).into());
                let description = schema.description.as_deref().map(str::trim);
                node.extend(description.map(|text| ("description".to_owned(), text.into())));
            }
            None => {
                node.insert("unknown".into(), true.into());
            }
        }
        let resolved = schema.and_then(|schema| self.scope.resolve(schema));
        if [schema, resolved]
            .iter()
            .flatten()
            .any(|it| it.sensitive.is_secret())
        {
            self.keep_secret(value);
            node.insert("value".into(), MASK.into());
            return Json::Object(node);
        }
        let (name, inside) = self.inside(resolved.map(|schema| &schema.kind), value, depth);
        node.insert(name.into(), inside);
        Json::Object(node)
    }

    fn inside(
        &mut self,
        kind: Option<&'a Kind>,
        value: &Value,
        depth: usize,
    ) -> (&'static str, Json) {
        match (kind, value.exposed()) {
            _ if depth > MAX_DEPTH => ("value", "...".into()),
            (Some(Kind::List(inner)), Value::List(items)) => {
                ("children", self.items(Some(inner), items, depth))
            }
            // XML does not tell a list of one from the one.
            (Some(Kind::List(inner)), single) => {
                let items = std::slice::from_ref(single);
                ("children", self.items(Some(inner), items, depth))
            }
            (_, Value::List(items)) => ("children", self.items(None, items, depth)),
            (kind, Value::Object(members)) => {
                let members = members.iter().map(|(name, value)| {
                    let schema = match kind {
                        Some(Kind::Object(fields)) => {
                            let mut fields = fields.iter();
                            let field = fields.find(|field| field.name.value == name);
                            field.map(|field| &field.schema)
                        }
                        Some(Kind::Map(inner)) => Some(&**inner),
                        _ => None,
                    };
                    self.node(name, schema, value, depth + 1)
                });
                ("children", members.collect())
            }
            (_, scalar) => ("value", text(scalar)),
        }
    }

    fn items(&mut self, inner: Option<&'a Schema>, items: &[Value], depth: usize) -> Json {
        let items = items.iter().enumerate();
        items
            .map(|(at, item)| self.node(&(at + 1).to_string(), inner, item, depth + 1))
            .collect()
    }

    fn keep_secret(&mut self, value: &Value) {
        match value.exposed() {
            Value::List(items) => items.iter().for_each(|item| self.keep_secret(item)),
            Value::Object(members) => members.iter().for_each(|(_, item)| self.keep_secret(item)),
            scalar => {
                let text = scalar.scalar_text().unwrap_or_default();
                if !text.is_empty() {
                    self.secrets.push(text.into_owned());
                }
            }
        }
    }
}

fn text(scalar: &Value) -> Json {
    scalar
        .scalar_text()
        .map_or(Json::Null, |text| text.into_owned().into())
}
