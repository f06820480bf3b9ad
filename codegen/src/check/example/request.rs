//! Example requests: parameters that exist, with values of the right kind, and none missing.
//!
//! A request is kept as JSON, without the places of its parts. When something is wrong with one, its file is parsed once more
//! to find them: that costs nothing as long as the examples are right.

use serde_json::{Map, Value as Json};

use crate::check::{Context, primitive, remedy};
use crate::diagnostic::{Diagnostics, catalogue};
use crate::load::yaml::{self, Node, Value};
use crate::spec::{Field, Kind, Primitive, Requirement, Schema, Span, Spanned, Style};

pub(super) fn check(context: &Context<'_>, request: &Spanned<Json>, diagnostics: &mut Diagnostics) {
    let Json::Object(members) = &request.value else {
        return;
    };
    let mut walk = Walk {
        context,
        path: Vec::new(),
        problems: Vec::new(),
    };
    for (name, value) in members {
        walk.parameter(name, value);
    }
    report(context, request.span, walk.problems, diagnostics);
    missing(context, request.span, members, diagnostics);
}

/// Reports the parameters without which the service refuses a call.
fn missing(
    context: &Context<'_>,
    request: Span,
    members: &Map<String, Json>,
    diagnostics: &mut Diagnostics,
) {
    for parameter in &context.operation.parameters {
        let name = &parameter.field.name.value;
        if parameter.required == Requirement::Required && !members.contains_key(name) {
            let message =
                format!("example request lacks \"{name}\", which is \"required: true\"; add it");
            diagnostics.report(catalogue::REQUEST_LACKS, request, message);
        }
    }
}

/// One step from the request down to a part of it.
#[derive(Clone, Copy)]
enum Step<'w> {
    Key(&'w str),
    Index(usize),
}

struct Problem<'w> {
    path: Vec<Step<'w>>,
    /// Whether it is the last key of the path that is wrong, and not the value under it.
    of_key: bool,
    message: String,
}

struct Walk<'w, 'a> {
    context: &'w Context<'a>,
    path: Vec<Step<'w>>,
    problems: Vec<Problem<'w>>,
}

impl<'w> Walk<'w, '_> {
    fn parameter(&mut self, name: &'w str, value: &'w Json) {
        self.path.push(Step::Key(name));
        let parameters = &self.context.operation.parameters;
        match parameters
            .iter()
            .find(|parameter| parameter.field.name.value == name)
        {
            None => self.unknown(name, parameters.iter().map(|parameter| &parameter.field)),
            // The text of a JSON parameter may be given as it is.
            Some(parameter) if parameter.style == Some(Style::Json) && value.is_string() => {}
            Some(parameter) => self.value(&parameter.field.schema, value),
        }
        self.path.pop();
    }

    fn value(&mut self, schema: &Schema, value: &'w Json) {
        let Some(kind) = self
            .context
            .scope
            .resolve(schema)
            .map(|schema| &schema.kind)
        else {
            return;
        };
        match (kind, value) {
            (_, Json::Null) | (Kind::Primitive(Primitive::Any | Primitive::Binary), _) => {}
            (Kind::Primitive(_), Json::Bool(_) | Json::Number(_) | Json::String(_)) => {}
            (Kind::List(items), Json::Array(values)) => {
                for (index, value) in values.iter().enumerate() {
                    self.step(Step::Index(index), items, value);
                }
            }
            (Kind::Map(values), Json::Object(members)) => {
                for (name, value) in members {
                    self.step(Step::Key(name), values, value);
                }
            }
            (Kind::Object(fields), Json::Object(members)) => {
                for (name, value) in members {
                    self.field(fields, name, value);
                }
            }
            _ => self.mismatch(kind, value),
        }
    }

    fn step(&mut self, step: Step<'w>, schema: &Schema, value: &'w Json) {
        self.path.push(step);
        self.value(schema, value);
        self.path.pop();
    }

    fn field(&mut self, fields: &[Field], name: &'w str, value: &'w Json) {
        match fields.iter().find(|field| field.name.value == name) {
            Some(field) => self.step(Step::Key(name), &field.schema, value),
            None => {
                self.path.push(Step::Key(name));
                self.unknown(name, fields);
                self.path.pop();
            }
        }
    }

    fn unknown<'f>(&mut self, name: &str, known: impl IntoIterator<Item = &'f Field>) {
        let known = known.into_iter().map(|field| field.name.value.as_str());
        let remedy = remedy(name, known, "declare it under \"parameters\" or remove it");
        let path = self.shown();
        let message = format!(
            "example request names a parameter \"{path}\" that the operation does not have{remedy}"
        );
        self.problem(true, message);
    }

    fn mismatch(&mut self, kind: &Kind, value: &Json) {
        let wanted = primitive::kind_name(kind);
        let found = match value {
            Json::Array(_) => "a list",
            Json::Object(_) => "a mapping",
            _ => "a single value",
        };
        let path = self.shown();
        self.problem(
            false,
            format!("example request: \"{path}\" must be {wanted}, not {found}"),
        );
    }

    /// The path as names with dots between them.
    fn shown(&self) -> String {
        let names = self.path.iter().filter_map(|step| match step {
            Step::Key(name) => Some(*name),
            Step::Index(_) => None,
        });
        names.collect::<Vec<_>>().join(".")
    }

    fn problem(&mut self, of_key: bool, message: String) {
        let path = self.path.clone();
        self.problems.push(Problem {
            path,
            of_key,
            message,
        });
    }
}

/// Reports the problems, each at its place if that can be found again.
fn report(
    context: &Context<'_>,
    request: Span,
    problems: Vec<Problem<'_>>,
    diagnostics: &mut Diagnostics,
) {
    if problems.is_empty() {
        return;
    }
    let text = context.facts.sources.text(request.file);
    let root = yaml::parse(request.file, text).ok().flatten();
    let node = root.as_ref().and_then(|root| written_at(root, request));
    for problem in problems {
        let place = node.and_then(|node| locate(node, &problem));
        let code = if problem.of_key {
            catalogue::REQUEST_NAME
        } else {
            catalogue::REQUEST_SHAPE
        };
        diagnostics.report(code, place.unwrap_or(request), problem.message);
    }
}

/// The node of a span.
fn written_at(node: &Node, span: Span) -> Option<&Node> {
    if node.span == span {
        return Some(node);
    }
    match &node.value {
        Value::Scalar { .. } => None,
        Value::Sequence(items) => items.iter().find_map(|item| written_at(item, span)),
        Value::Mapping(entries) => entries.iter().find_map(|(_, node)| written_at(node, span)),
    }
}

fn locate(request: &Node, problem: &Problem<'_>) -> Option<Span> {
    let mut node = request;
    let mut key = request.span;
    for step in &problem.path {
        (key, node) = match (step, &node.value) {
            (Step::Key(name), Value::Mapping(entries)) => {
                let (key, node) = entries.iter().find(|(key, _)| key.value == *name)?;
                (key.span, node)
            }
            (Step::Index(index), Value::Sequence(items)) => (key, items.get(*index)?),
            _ => return None,
        };
    }
    Some(if problem.of_key { key } else { node.span })
}
