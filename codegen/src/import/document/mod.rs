//! From a document page to an operation file: its facts, and of its prose nothing.
//!
//! What things are is for a person to say, in words of their own. Where the specs of the product version already
//! describe a parameter or field of that name, their description is taken over.

mod known;
mod rows;
mod sample;

use std::collections::BTreeMap;

use self::known::Known;
use super::convert::effect;
use super::convert::operation::public_page;
use super::convert::secret;
use super::draft::{self, Member, Operation, Parameter, Schema, Shape};
use super::naming;
use super::yaml::{Page, effect_word};
use crate::document::{Condition, Document};
use crate::spec::{Effect, Method, Service};

/// Which parts of a page's samples go into the file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Samples {
    /// The request.
    pub(crate) request: bool,
    /// The answer in JSON.
    pub(crate) json: bool,
    /// The answer in XML.
    pub(crate) xml: bool,
}

/// The text of an operation file; `head` are its first lines.
pub(crate) fn operation_file(
    document: &Document,
    name: &str,
    head: &str,
    service: &Service,
    samples: Samples,
) -> String {
    let known = Known::of(service);
    let mut page = Page::after(head.to_owned());
    page.entry("operation", name);
    page.entry("documentation", &documentation(service, name));
    page.raw("effect", effect_of(name));
    page.raw("sources", "[document]");
    let (parameters, fields) = settled(
        name,
        rows::parameters(&document.parameters, &known),
        rows::response(&document.response, &known),
    );
    if !parameters.is_empty() {
        page.gap();
        page.block("parameters", |page| {
            for parameter in &parameters {
                page.parameter(parameter);
            }
        });
    }
    rules(&mut page, document);
    page.gap();
    match fields.as_slice() {
        [] => page.raw("response", "none"),
        fields => page.block("response", |page| page.members("fields", fields)),
    }
    errors(&mut page, document, service);
    sample::examples(&mut page, document, &parameters, samples);
    page.finish()
}

/// The address of the public page.
pub(crate) fn documentation(service: &Service, name: &str) -> String {
    public_page(&service.folder, &service.version.value, name)
}

/// The word for the effect that the name of an operation tells.
pub(crate) fn effect_of(name: &str) -> &'static str {
    effect_word(effect::by_name(name))
}

/// The same with secrets marked, and with a Rust name wherever two would collide.
fn settled(
    name: &str,
    parameters: Vec<Parameter>,
    fields: Vec<Member>,
) -> (Vec<Parameter>, Vec<Member>) {
    let operation = Operation {
        wire: name.to_owned(),
        name: None,
        summary: None,
        description: None,
        documentation: String::new(),
        effect: Effect::Other,
        method: Method::Post,
        path: "/".to_owned(),
        anonymous: false,
        streams: false,
        deprecated: None,
        idempotency_token: None,
        pagination: None,
        asynchronous: None,
        parameters,
        response: Some(Schema::of(Shape::Object(fields))),
        response_headers: Vec::new(),
        other_responses: Vec::new(),
        errors: Vec::new(),
        examples: Vec::new(),
    };
    let mut service = draft::Service {
        product: String::new(),
        version: String::new(),
        roa: false,
        endpoints: draft::Endpoints::default(),
        success: Vec::new(),
        errors: Vec::new(),
        schemas: Vec::new(),
        operations: vec![operation],
    };
    secret::mark(&mut service);
    naming::settle(&mut service);
    let operation = service.operations.pop();
    operation.map_or_else(Default::default, |operation| {
        let fields = match operation.response.map(|schema| schema.shape) {
            Some(Shape::Object(fields)) => fields,
            _ => Vec::new(),
        };
        (operation.parameters, fields)
    })
}

/// The conditions, those of one kind and one cause together.
fn rules(page: &mut Page, document: &Document) {
    let mut rules: Vec<(&'static str, Cause, Vec<&str>)> = Vec::new();
    for condition in document.parameters.iter().flat_map(|row| &row.conditions) {
        let (key, cause, parameter) = parts(condition);
        match rules
            .iter_mut()
            .find(|(other, same, _)| *other == key && *same == cause)
        {
            Some((_, _, parameters)) if parameters.contains(&parameter) => {}
            Some((_, _, parameters)) => parameters.push(parameter),
            None => rules.push((key, cause, vec![parameter])),
        }
    }
    if rules.is_empty() {
        return;
    }
    page.gap();
    page.block("rules", |page| {
        for (key, cause, parameters) in rules {
            page.item(|page| {
                match cause {
                    Cause::Given(other) => page.entry(key, other),
                    Cause::Has(other, values) => page.block(key, |page| {
                        page.list(other, values.iter().map(String::as_str));
                    }),
                }
                page.list("parameters", parameters.into_iter());
            });
        }
    });
}

/// What a condition depends on.
#[derive(PartialEq, Eq)]
enum Cause<'d> {
    Given(&'d str),
    Has(&'d str, &'d [String]),
}

fn parts(condition: &Condition) -> (&'static str, Cause<'_>, &str) {
    match condition {
        Condition::RequiredWhen {
            parameter,
            other,
            values,
        } => ("required_when", Cause::Has(other, values), parameter),
        Condition::IgnoredUnless {
            parameter,
            other,
            values,
        } => ("ignored_unless", Cause::Has(other, values), parameter),
        Condition::IgnoredWhen {
            parameter,
            other,
            values,
        } => ("ignored_when", Cause::Has(other, values), parameter),
        Condition::RequiredWith { parameter, other } => {
            ("required_with", Cause::Given(other), parameter)
        }
    }
}

/// The error codes by status. One that `service.yaml` does not explain gets room for what it means.
fn errors(page: &mut Page, document: &Document, service: &Service) {
    let mut statuses: BTreeMap<u16, Vec<&str>> = BTreeMap::new();
    for error in &document.errors {
        let codes = statuses.entry(error.status).or_default();
        if !codes.contains(&error.code.as_str()) {
            codes.push(&error.code);
        }
    }
    if statuses.is_empty() {
        return;
    }
    let explained = |status: u16, code: &str| {
        let mut known = service.errors.iter();
        known.any(|known| known.status == status && known.code.value == code)
    };
    page.gap();
    page.block("errors", |page| {
        for (status, codes) in statuses {
            let key = status.to_string();
            if codes.iter().all(|code| explained(status, code)) {
                page.list(&key, codes.into_iter());
                continue;
            }
            page.block(&key, |page| {
                for code in codes {
                    match explained(status, code) {
                        true => page.raw(code, ""),
                        false => page.raw(code, "{}  # {meaning: ..., retry: never}"),
                    }
                }
            });
        }
    });
}
