//! What an example answer holds, and whether it is what the response describes.
//!
//! Decoding is tolerant, and so is this: null stands for anything, a single value for a list of one, JSON in a string for the
//! value it holds, and numbers, booleans and strings for one another as long as the text can be read. Only one thing is
//! stricter here than in a client: a field the response lacks is an error, because then the spec is incomplete.

use std::fmt;
use std::ops::Range;

use super::place;
use crate::check::{Context, primitive, remedy};
use crate::diagnostic::{Code, Diagnostics, catalogue};
use crate::spec::{Field, Kind, Primitive, Schema, Scope, Spanned};

/// The most of a wrong text that is shown.
const SHOWN: usize = 40;

/// How many lists a single value may stand for.
const MAX_LISTS: usize = 16;

/// Stands for any item of a list in a path.
const ITEM: &str = "[]";

/// The format of an answer.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Format {
    Json,
    Xml,
}

impl fmt::Display for Format {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Json => "valid JSON",
            Self::Xml => "well-formed XML",
        })
    }
}

/// A value of an answer and the bytes it was read from.
pub(super) struct Answer {
    pub(super) range: Range<usize>,
    pub(super) value: Value,
}

pub(super) enum Value {
    Null,
    /// A text, a number or a boolean.
    Scalar(String),
    List(Vec<Answer>),
    Object(Vec<Member>),
}

/// A field of an object.
pub(super) struct Member {
    pub(super) name: String,
    /// Where the name stands.
    pub(super) at: Range<usize>,
    pub(super) answer: Answer,
}

impl fmt::Display for Value {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Null => f.write_str("null"),
            Self::List(_) => f.write_str("a list"),
            Self::Object(_) => f.write_str("an object"),
            Self::Scalar(text) => match text.char_indices().nth(SHOWN) {
                Some((end, _)) => write!(f, "\"{}...\"", text.get(..end).unwrap_or_default()),
                None => write!(f, "\"{text}\""),
            },
        }
    }
}

/// Reports what in the answer does not agree with the response.
pub(super) fn check(
    context: &Context<'_>,
    response: &Schema,
    answer: &Answer,
    text: &Spanned<String>,
    diagnostics: &mut Diagnostics,
) {
    let mut walk = Walk {
        context,
        text,
        path: Vec::new(),
        diagnostics,
    };
    walk.value(response, answer);
}

struct Walk<'w, 'a> {
    context: &'w Context<'a>,
    text: &'w Spanned<String>,
    /// The names of the fields that lead to the value being looked at.
    path: Vec<&'w str>,
    diagnostics: &'w mut Diagnostics,
}

impl<'w> Walk<'w, '_> {
    fn value(&mut self, schema: &Schema, answer: &'w Answer) {
        let Some(kind) = self
            .context
            .scope
            .resolve(schema)
            .map(|schema| &schema.kind)
        else {
            return;
        };
        match (kind, &answer.value) {
            (_, Value::Null) => {}
            (Kind::List(items), Value::List(values)) => {
                values.iter().for_each(|value| self.item(items, value));
            }
            (Kind::Primitive(primitive), Value::Scalar(text)) => {
                if !primitive::decodes(*primitive, text) {
                    self.mismatch(kind, answer);
                }
            }
            (Kind::Primitive(Primitive::Any), _) => {}
            (Kind::List(_) | Kind::Map(_) | Kind::Object(_), Value::Scalar(text))
                if is_json(text) => {}
            (Kind::List(items), _) => match innermost(&self.context.scope, items) {
                Some(item) => self.value(item, answer),
                None => self.mismatch(kind, answer),
            },
            (Kind::Map(values), Value::Object(members)) => {
                members
                    .iter()
                    .for_each(|member| self.member(values, member));
            }
            (Kind::Object(fields), Value::Object(members)) => {
                members.iter().for_each(|member| self.field(fields, member));
            }
            _ => self.mismatch(kind, answer),
        }
    }

    fn item(&mut self, schema: &Schema, answer: &'w Answer) {
        self.path.push(ITEM);
        self.value(schema, answer);
        self.path.pop();
    }

    fn member(&mut self, schema: &Schema, member: &'w Member) {
        self.path.push(&member.name);
        self.value(schema, &member.answer);
        self.path.pop();
    }

    fn field(&mut self, fields: &[Field], member: &'w Member) {
        match fields.iter().find(|field| field.name.value == member.name) {
            Some(field) => self.member(&field.schema, member),
            None => self.unknown(fields, member),
        }
    }

    fn unknown(&mut self, fields: &[Field], member: &Member) {
        let known = fields.iter().map(|field| field.name.value.as_str());
        let remedy = remedy(
            &member.name,
            known,
            "describe it under \"response\" or remove it",
        );
        let path = match self.path.is_empty() {
            true => member.name.clone(),
            false => format!("{}.{}", self.shown(), member.name),
        };
        let message =
            format!("example answer has a field \"{path}\" that the response does not{remedy}");
        self.report(catalogue::ANSWER_FIELD, &member.at, message);
    }

    fn mismatch(&mut self, kind: &Kind, answer: &Answer) {
        let wanted = primitive::kind_name(kind);
        let what = match self.path.is_empty() {
            true => "the whole of it".to_owned(),
            false => format!("field \"{}\"", self.shown()),
        };
        let found = &answer.value;
        let message = format!(
            "example answer does not decode: {what} is {wanted} in the response and {found} here; correct one of them"
        );
        self.report(catalogue::ANSWER_SHAPE, &answer.range, message);
    }

    fn shown(&self) -> String {
        self.path.join(".").replace(".[]", "[]")
    }

    fn report(&mut self, code: &'static Code, range: &Range<usize>, message: String) {
        let span = place::place(self.context.facts.sources, self.text, range.clone());
        self.diagnostics.report(code, span, message);
    }
}

/// What a list of lists holds in the end, which a single value may stand for as well. A list of itself holds nothing.
fn innermost<'s>(scope: &'s Scope<'_>, mut schema: &'s Schema) -> Option<&'s Schema> {
    for _ in 0..MAX_LISTS {
        match &scope.resolve(schema)?.kind {
            Kind::List(items) => schema = items,
            _ => return Some(schema),
        }
    }
    None
}

/// Whether a text is an object or list written as JSON.
fn is_json(text: &str) -> bool {
    text.trim_start().starts_with(['{', '['])
        && serde_json::from_str::<serde_json::Value>(text).is_ok()
}
