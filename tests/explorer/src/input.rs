//! What was put into a form: read by the spec, with what does not fit its type, and made into a parameter tree.
//!
//! A tree is made of it in two ways: as it is, for running, and with a placeholder for every secret, for everything that
//! is shown.

use alicloud_codegen::spec::{Field, Kind, Primitive, Schema, Scope};
use alicloud_runtime::{Bytes, Params, Value};
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use serde_json::{Map, Number, Value as Json};

use crate::catalog::Entry;

/// What stands for a value that must not be shown.
pub(crate) const MASK: &str = "REDACTED";

/// How deep input may be nested.
const MAX_DEPTH: usize = 64;

/// Input that was read.
#[derive(Debug, Default)]
pub(crate) struct Input {
    /// The parameters by their wire names, numbers as numbers.
    pub(crate) json: Map<String, Json>,
    /// What is not of the type the spec says: the path of the parameter, and the message.
    pub(crate) misfits: Vec<(String, String)>,
}

/// Whether secrets are in a tree or placeholders for them.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Secrets {
    Kept,
    Masked,
}

/// Reads input.
pub(crate) fn read(entry: &Entry<'_>, given: &Map<String, Json>) -> Input {
    let mut input = Input::default();
    entry.with_scope(|entry, scope| {
        for (name, value) in given {
            let known = entry.parameters().find(|field| field.name.value == *name);
            let value = match known {
                Some(field) => {
                    let mut reader = Reader {
                        scope,
                        misfits: &mut input.misfits,
                    };
                    reader.value(&field.schema, value, name, 0)
                }
                None => value.clone(),
            };
            if !value.is_null() {
                input.json.insert(name.clone(), value);
            }
        }
    });
    input
}

struct Reader<'s, 'a> {
    scope: &'s Scope<'a>,
    misfits: &'s mut Vec<(String, String)>,
}

impl<'a> Reader<'_, 'a> {
    fn value(&mut self, schema: &'a Schema, value: &Json, path: &str, depth: usize) -> Json {
        let kind = self.scope.resolve(schema).map(|schema| &schema.kind);
        match (kind, value) {
            _ if depth > MAX_DEPTH => value.clone(),
            (Some(Kind::Primitive(primitive)), _) => self.scalar(*primitive, value, path),
            (Some(Kind::List(inner)), Json::Array(items)) => {
                let items = items.iter().enumerate();
                let items = items.map(|(at, item)| {
                    self.value(inner, item, &format!("{path}.{}", at + 1), depth + 1)
                });
                items.collect()
            }
            (Some(Kind::Map(inner)), Json::Object(members)) => {
                let members = members.iter();
                let members = members.map(|(name, value)| {
                    let path = format!("{path}.{name}");
                    (name.clone(), self.value(inner, value, &path, depth + 1))
                });
                Json::Object(members.collect())
            }
            (Some(Kind::Object(fields)), Json::Object(members)) => {
                let members = members.iter();
                let members = members.map(|(name, value)| {
                    let path = format!("{path}.{name}");
                    let value = match find(fields, name) {
                        Some(field) => self.value(&field.schema, value, &path, depth + 1),
                        None => value.clone(),
                    };
                    (name.clone(), value)
                });
                Json::Object(members.collect())
            }
            _ => value.clone(),
        }
    }

    /// A value without parts. What is not of the type stays as it is, and is reported.
    fn scalar(&mut self, primitive: Primitive, value: &Json, path: &str) -> Json {
        let read = match primitive {
            Primitive::Int32 => whole(value).filter(|number| i32::try_from(*number).is_ok()),
            Primitive::Int64 => whole(value),
            Primitive::Float | Primitive::Double => match fraction(value) {
                Some(number) => return Json::Number(number),
                None => None,
            },
            Primitive::Boolean => match flag(value) {
                Some(flag) => return Json::Bool(flag),
                None => None,
            },
            Primitive::String | Primitive::Binary | Primitive::Any => return value.clone(),
        };
        if let Some(number) = read {
            return number.into();
        }
        if !value.is_null() {
            let demand = match primitive {
                Primitive::Int32 => "a whole number of 32 bits",
                Primitive::Int64 => "a whole number",
                Primitive::Boolean => "true or false",
                _ => "a number",
            };
            let message = format!("{path} must be {demand}");
            self.misfits.push((path.to_owned(), message));
        }
        value.clone()
    }
}

fn whole(value: &Json) -> Option<i64> {
    match value {
        Json::Number(number) => number.as_i64(),
        Json::String(text) => text.trim().parse().ok(),
        _ => None,
    }
}

fn fraction(value: &Json) -> Option<Number> {
    match value {
        Json::Number(number) => Some(number.clone()),
        Json::String(text) => serde_json::from_str(text.trim()).ok(),
        _ => None,
    }
}

fn flag(value: &Json) -> Option<bool> {
    match value {
        Json::Bool(flag) => Some(*flag),
        Json::String(text) => text.trim().parse().ok(),
        _ => None,
    }
}

fn find<'a>(fields: &'a [Field], name: &str) -> Option<&'a Field> {
    fields.iter().find(|field| field.name.value == name)
}

impl Input {
    /// The parameters, those masked that hold a secret where the sample emitter does not look for one: under a flattened
    /// name, or inside of text. It hides the others itself.
    pub(crate) fn without_odd_secrets(&self, entry: &Entry<'_>) -> Map<String, Json> {
        entry.with_scope(|entry, scope| {
            let tree = Tree {
                scope,
                secrets: Secrets::Masked,
            };
            let members = self.json.iter().map(|(name, value)| {
                let top = entry.parameters().any(|field| field.name.value == *name);
                let known = tree.at(entry.parameters(), name);
                let flat = !top && known.is_some_and(|schema| tree.holds_secret(schema, 0));
                let text = value.is_string()
                    && known.is_some_and(|schema| {
                        !schema.sensitive.is_secret() && tree.holds_secret(schema, 0)
                    });
                let value = if flat || text {
                    MASK.into()
                } else {
                    value.clone()
                };
                (name.clone(), value)
            });
            members.collect()
        })
    }

    /// The parameters as a tree.
    pub(crate) fn params(&self, entry: &Entry<'_>, secrets: Secrets) -> Params {
        entry.with_scope(|entry, scope| {
            let tree = Tree { scope, secrets };
            let mut params = Params::new();
            for (name, value) in &self.json {
                let known = tree.at(entry.parameters(), name);
                let value = tree.value(known, value, 0);
                params.set(name.clone(), value);
            }
            params
        })
    }
}

struct Tree<'s, 'a> {
    scope: &'s Scope<'a>,
    secrets: Secrets,
}

impl<'a> Tree<'_, 'a> {
    /// The schema at a name, or at a flattened one such as `SourceEndpoint.Password` or `Tag.1.Key`.
    fn at(&self, mut fields: impl Iterator<Item = &'a Field>, name: &str) -> Option<&'a Schema> {
        let (field, rest) = fields.find_map(|field| {
            let rest = name.strip_prefix(field.name.value.as_str())?;
            (rest.is_empty() || rest.starts_with('.')).then_some((field, rest))
        })?;
        let mut schema = &field.schema;
        for part in rest.split('.').skip(1) {
            schema = match &self.scope.resolve(schema)?.kind {
                Kind::Object(fields) => &find(fields, part)?.schema,
                Kind::List(inner) | Kind::Map(inner) => inner,
                Kind::Primitive(_) | Kind::Ref(_) => return None,
            };
        }
        Some(schema)
    }

    fn value(&self, schema: Option<&'a Schema>, value: &Json, depth: usize) -> Value {
        let resolved = schema.and_then(|schema| self.scope.resolve(schema));
        let secret = [schema, resolved]
            .iter()
            .flatten()
            .any(|it| it.sensitive.is_secret())
            || value.is_string() && resolved.is_some_and(|it| self.holds_secret(it, 0));
        match (secret, self.secrets) {
            (true, Secrets::Masked) => Value::from(MASK),
            (true, Secrets::Kept) => self.open(resolved, value, depth).sensitive(),
            (false, _) => self.open(resolved, value, depth),
        }
    }

    fn open(&self, resolved: Option<&'a Schema>, value: &Json, depth: usize) -> Value {
        match value {
            _ if depth > MAX_DEPTH => Value::Json(value.to_string()),
            Json::Null => Value::Null,
            Json::Bool(flag) => Value::Bool(*flag),
            Json::Number(number) => match (number.as_i64(), number.as_f64()) {
                (Some(whole), _) => Value::Int(whole),
                (None, Some(float)) if number.is_f64() => Value::Float(float),
                _ => Value::Json(number.to_string()),
            },
            Json::String(text) => Value::Text(text.clone()),
            Json::Array(items) => {
                let inner = match resolved.map(|schema| &schema.kind) {
                    Some(Kind::List(inner)) => Some(&**inner),
                    _ => None,
                };
                let items = items.iter();
                Value::List(
                    items
                        .map(|item| self.value(inner, item, depth + 1))
                        .collect(),
                )
            }
            Json::Object(members) => match members.get("$base64").and_then(Json::as_str) {
                Some(text) => Value::Bytes(Bytes::from(STANDARD.decode(text).unwrap_or_default())),
                None => self.object(resolved, members, depth),
            },
        }
    }

    fn object(
        &self,
        resolved: Option<&'a Schema>,
        members: &Map<String, Json>,
        depth: usize,
    ) -> Value {
        let inner = |name: &str| match resolved.map(|schema| &schema.kind) {
            Some(Kind::Object(fields)) => find(fields, name).map(|field| &field.schema),
            Some(Kind::Map(inner)) => Some(&**inner),
            _ => None,
        };
        let members = members.iter();
        let members =
            members.map(|(name, value)| (name.clone(), self.value(inner(name), value, depth + 1)));
        Value::Object(members.collect())
    }

    /// Whether something inside of a value with parts is a secret, which text in its place may then hold.
    fn holds_secret(&self, schema: &'a Schema, depth: usize) -> bool {
        let Some(resolved) = self.scope.resolve(schema).filter(|_| depth < MAX_DEPTH / 8) else {
            return false;
        };
        let inside = match &resolved.kind {
            Kind::List(inner) | Kind::Map(inner) => self.holds_secret(inner, depth + 1),
            Kind::Object(fields) => {
                let mut fields = fields.iter();
                fields.any(|field| self.holds_secret(&field.schema, depth + 1))
            }
            Kind::Primitive(_) | Kind::Ref(_) => false,
        };
        schema.sensitive.is_secret() || resolved.sensitive.is_secret() || inside
    }
}

/// Whether a secret is anywhere in a tree.
pub(crate) fn has_secret(params: &Params) -> bool {
    params.iter().any(|(_, value)| is_secret(value))
}

fn is_secret(value: &Value) -> bool {
    match value {
        Value::Sensitive(_) => true,
        Value::List(items) => items.iter().any(is_secret),
        Value::Object(members) => has_secret(members),
        _ => false,
    }
}
