//! Operation files.

use super::cursor::{Cursor, Entry};
use super::grammar;
use super::schema::PROVENANCES;
use super::{Lower, Node, Span, Spanned};
use super::{error_code, example, kind, paging, parameter, responses, rule, success, waiter};
use crate::spec::{
    Effect, Field, FileId, Kind, Location, Method, Operation, Provenance, Scope, Style,
};

pub(super) const EFFECTS: [(&str, Effect); 7] = [
    ("read", Effect::Read),
    ("create", Effect::Create),
    ("update", Effect::Update),
    ("delete", Effect::Delete),
    ("start", Effect::Start),
    ("stop", Effect::Stop),
    ("other", Effect::Other),
];

pub(super) const METHODS: [(&str, Method); 6] = [
    ("get", Method::Get),
    ("post", Method::Post),
    ("put", Method::Put),
    ("patch", Method::Patch),
    ("delete", Method::Delete),
    ("head", Method::Head),
];

/// Whether a request goes without a signature.
pub(super) const SIGNATURES: [(&str, bool); 1] = [("none", true)];

/// Reads an operation file; `stem` is the file's name without its ending, `service` what `service.yaml` has names for.
pub(in crate::load) fn operation(
    lower: &mut Lower<'_>,
    file: FileId,
    stem: &str,
    node: Node,
    service: &Scope<'_>,
) -> Option<Operation> {
    let mut map = Cursor::open(
        lower,
        &grammar::OPERATION,
        "an operation file",
        Span::start_of(file),
        node,
    )?;
    let mut operation = head(lower, &mut map, stem);
    operation.parameters = parameter::parameters(lower, map.take("parameters"));
    operation.rules = rule::rules(lower, map.take("rules"));
    operation.response = responses::response(lower, map.take("response"));
    operation.response_headers = headers(lower, map.take("response_headers"));
    operation.other_responses = responses::others(lower, map.take("other_responses"));
    operation.success = success::success(lower, map.take("success"));
    operation.errors = error_code::of_operation(lower, map.take("errors"));
    operation.examples = example::examples(lower, map.take("examples"));
    map.finish(lower);
    settle_styles(&mut operation, service);
    Some(operation)
}

/// The keys that describe the operation as a whole.
fn head(lower: &mut Lower<'_>, map: &mut Cursor, stem: &str) -> Operation {
    let effect = map.require(
        lower,
        "effect",
        "say what it does: read, create, update, delete, start, stop or other",
    );
    let path = lower.text(map.take("path"));
    Operation {
        name: name(lower, map, stem),
        rust_name: lower.text(map.take("name")),
        summary: lower.prose(map.take("summary")),
        description: lower.prose(map.take("description")),
        documentation: lower.prose(map.take("documentation")),
        effect: lower
            .keyword("effect", &EFFECTS, effect)
            .unwrap_or(Effect::Other),
        method: lower
            .keyword("method", &METHODS, map.take("method"))
            .unwrap_or(Method::Post),
        path: path.unwrap_or_else(|| Spanned::new("/".to_owned(), map.place)),
        deprecated: lower.reason(map.take("deprecated")),
        imported: lower.is_imported(map.place.file),
        anonymous: lower
            .keyword("signature", &SIGNATURES, map.take("signature"))
            .unwrap_or_default(),
        streams: lower.flag(map.take("streams")).unwrap_or_default(),
        idempotency_token: lower.text(map.take("idempotency_token")),
        pagination: paging::pagination(lower, map.take("pagination")),
        waiters: waiter::waiters(lower, map.take("waiters")),
        asynchronous: paging::asynchronous(lower, map.take("asynchronous")),
        sources: sources(lower, map.take("sources")),
        parameters: Vec::new(),
        rules: Vec::new(),
        response: None,
        response_headers: Vec::new(),
        other_responses: Vec::new(),
        success: None,
        errors: Vec::new(),
        examples: Vec::new(),
    }
}

/// The operation's name; the file's, when the file does not say.
fn name(lower: &mut Lower<'_>, map: &mut Cursor, stem: &str) -> Spanned<String> {
    let remedy = format!("write \"operation: {stem}\" in the first line");
    let entry = map.require(lower, "operation", &remedy);
    let name = lower.text(entry);
    name.unwrap_or_else(|| Spanned::new(stem.to_owned(), map.place))
}

fn sources(lower: &mut Lower<'_>, entry: Option<Entry>) -> Vec<Provenance> {
    let words = lower.texts(entry);
    words
        .iter()
        .filter_map(|word| lower.word("source", &PROVENANCES, word))
        .collect()
}

/// The headers of a good answer.
fn headers(lower: &mut Lower<'_>, entry: Option<Entry>) -> Vec<Field> {
    entry
        .map(|entry| kind::fields(lower, entry))
        .unwrap_or_default()
}

/// Gives parameters that are refs the usual style of what they refer to.
fn settle_styles(operation: &mut Operation, service: &Scope<'_>) {
    let parameters = &operation.parameters;
    let is_ref = |kind: &Kind| matches!(kind, Kind::Ref(_));
    if !parameters
        .iter()
        .any(|parameter| is_ref(&parameter.field.schema.kind))
    {
        return;
    }
    let scope = Scope::of_operation(operation, service);
    let styles: Vec<Option<Style>> = parameters
        .iter()
        .map(|parameter| match parameter.style {
            None if parameter.location != Location::Body => {
                Style::usual(&scope.resolve(&parameter.field.schema)?.kind)
            }
            style => style,
        })
        .collect();
    for (parameter, style) in operation.parameters.iter_mut().zip(styles) {
        parameter.style = style;
    }
}
