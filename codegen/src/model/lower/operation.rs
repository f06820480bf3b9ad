//! One operation: names of its module and types, both sides, resolved errors and success rules.

use std::collections::HashMap;

use super::super::docs::sanitize;
use super::super::names::Place;
use super::super::scope::Scope;
use super::super::{AnswerType, Home, Operation};
use super::paging;
use super::request::Faces;
use super::response::Structs;
use super::shared::Shared;
use crate::diagnostic::Diagnostics;
use crate::spec::{self, ErrorCode, Kind, Schema, Service, SuccessRule};

pub(super) fn lower<'a>(
    service: &'a Service,
    spec: &'a spec::Operation,
    modules: &mut Scope,
    requests: &mut Scope,
    shared: &mut Shared<'a>,
    diagnostics: &mut Diagnostics,
) -> Operation {
    let (wire, given) = (&spec.name, spec.rust_name.as_ref());
    let mut types = Scope::new(Place::Type);
    let request = requests.settle(&wire.value, given, wire.span, diagnostics);
    types.claim(request.clone(), &wire.value, wire.span, diagnostics);
    let base = request.trim_end_matches('_').to_owned();
    let response = types.claim(
        format!("{base}Response"),
        "the answer",
        wire.span,
        diagnostics,
    );
    let module = given.map_or(wire.value.as_str(), |given| &given.value);
    let module = modules.settle(module, None, wire.span, diagnostics);
    let named = named_objects(spec);

    let mut faces = Faces {
        shared,
        types: &mut types,
        named: &named,
        done: HashMap::new(),
        prefix: base.clone(),
        home: Home::Operation,
        secret: false,
        faces: Vec::new(),
        enums: Vec::new(),
    };
    let place = if spec.pagination.is_some() {
        Place::PagedSetter
    } else {
        Place::Setter
    };
    let parameters = faces.parameters(&spec.parameters, place, diagnostics);
    let (faces, mut enums) = (faces.faces, faces.enums);
    let mut structs = Structs {
        shared,
        types: &mut types,
        named: &named,
        done: HashMap::new(),
        prefix: base,
        home: Home::Operation,
        secret: false,
        structs: Vec::new(),
        enums: Vec::new(),
    };
    let answer = structs.answer(&response, spec.response.as_ref(), diagnostics);
    let paging = paging::paging(spec, &answer);
    // Bytes are nobody's events.
    let streams = spec.streams && answer != AnswerType::Binary;
    let (structs, mut answer_enums) = (structs.structs, structs.enums);
    enums.append(&mut answer_enums);
    Operation {
        wire: wire.value.clone(),
        request,
        response,
        answer,
        streams,
        anonymous: spec.anonymous,
        headers: headers(spec),
        module,
        summary: sanitize(spec.summary.as_deref().unwrap_or_default()),
        description: spec.description.as_deref().map(sanitize),
        documentation: spec.documentation.clone(),
        deprecated: spec.deprecated.as_deref().map(sanitize),
        effect: spec.effect,
        method: spec.method,
        path: spec.path.value.clone(),
        idempotency_token: spec
            .idempotency_token
            .as_ref()
            .map(|name| name.value.clone()),
        pagination: spec.pagination.clone(),
        paging,
        waiters: paging::waiters(spec),
        parameters,
        rules: spec.rules.clone(),
        success: success(service, spec),
        errors: errors(service, spec),
        structs,
        faces,
        enums,
        example: example(spec),
    }
}

/// The objects of an operation that have a name of their own, at any depth.
fn named_objects(spec: &spec::Operation) -> HashMap<&str, &Schema> {
    let mut named = HashMap::new();
    let mut next: Vec<&Schema> = spec
        .parameters
        .iter()
        .map(|parameter| &parameter.field.schema)
        .collect();
    next.extend(&spec.response);
    while let Some(schema) = next.pop() {
        match &schema.kind {
            Kind::Primitive(_) | Kind::Ref(_) => {}
            Kind::List(inner) | Kind::Map(inner) => next.push(inner),
            Kind::Object(fields) => {
                named.extend(
                    schema
                        .name
                        .as_ref()
                        .map(|name| (name.value.as_str(), schema)),
                );
                next.extend(fields.iter().map(|field| &field.schema));
            }
        }
    }
    named
}

/// The operation's own success rules, or those of the service whose field its answer has.
fn success(service: &Service, spec: &spec::Operation) -> Vec<SuccessRule> {
    if let Some(own) = &spec.success {
        return own.clone();
    }
    let has = |path: &spec::Spanned<String>| {
        spec.response
            .as_ref()
            .is_some_and(|response| has_field(service, response, &path.value, 8))
    };
    let applicable = service.success.iter().filter(|rule| has(&rule.field));
    applicable
        .map(|rule| SuccessRule {
            code: rule.code.clone().filter(|path| has(path)),
            message: rule.message.clone().filter(|path| has(path)),
            fill: rule.fill.clone().filter(|path| has(path)),
            ..rule.clone()
        })
        .collect()
}

/// Whether an answer has a field at a dotted path. `depth` bounds the references followed.
fn has_field(service: &Service, schema: &Schema, path: &str, depth: usize) -> bool {
    match &schema.kind {
        Kind::Object(fields) => {
            if fields.iter().any(|field| field.name.value == path) {
                return true;
            }
            path.match_indices('.').any(|(dot, _)| {
                let parent = fields.iter().find(|field| field.name.value == path[..dot]);
                parent.is_some_and(|parent| {
                    has_field(service, &parent.schema, &path[dot + 1..], depth)
                })
            })
        }
        Kind::Ref(name) if depth > 0 => {
            let target = service
                .schemas
                .iter()
                .find(|(known, _)| known.value == name.value);
            target.is_some_and(|(_, schema)| has_field(service, schema, path, depth - 1))
        }
        _ => false,
    }
}

/// The error codes of an operation, with what `service.yaml` says of those listed by name.
fn errors(service: &Service, spec: &spec::Operation) -> Vec<ErrorCode> {
    let known = |code: &str, status: u16| {
        let same = |entry: &&ErrorCode| entry.code.value == code;
        service
            .errors
            .iter()
            .filter(same)
            .find(|entry| entry.status == status)
    };
    let resolve = |listed: &spec::ErrorRef| {
        let own = listed
            .own
            .clone()
            .filter(|own| own.meaning.is_some() || own.retry.is_some());
        own.or_else(|| known(&listed.code.value, listed.status).cloned())
            .unwrap_or_else(|| ErrorCode {
                code: listed.code.clone(),
                status: listed.status,
                meaning: None,
                retry: None,
            })
    };
    spec.errors.iter().map(resolve).collect()
}

/// The headers of a good answer that mean something, each with what it says.
fn headers(spec: &spec::Operation) -> Vec<(String, String)> {
    let text = |schema: &Schema| sanitize(schema.description.as_deref().unwrap_or_default());
    spec.response_headers
        .iter()
        .map(|field| (field.name.value.clone(), text(&field.schema)))
        .collect()
}

/// The request of the first example that has one.
fn example(spec: &spec::Operation) -> serde_json::Value {
    let request = spec
        .examples
        .iter()
        .find_map(|example| example.request.as_ref());
    request.map_or_else(
        || serde_json::Value::Object(serde_json::Map::new()),
        |request| request.value.clone(),
    )
}
