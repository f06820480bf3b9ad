//! Operation files.

use std::fmt::Write as _;

use super::super::draft::{Answer, Operation, Schema, Shape};
use super::{Page, STEP};
use crate::spec::{Effect, Method};

/// The text of an operation file.
pub(in crate::import) fn operation(operation: &Operation, stem: &str) -> String {
    let mut page = Page::new(stem);
    head(&mut page, operation);
    if !operation.parameters.is_empty() {
        page.gap();
        page.block("parameters", |page| {
            operation
                .parameters
                .iter()
                .for_each(|parameter| page.parameter(parameter))
        });
    }
    page.gap();
    body(&mut page, "response", operation.response.as_ref());
    if !operation.response_headers.is_empty() {
        page.gap();
        page.members("response_headers", &operation.response_headers);
    }
    if !operation.other_responses.is_empty() {
        page.gap();
        page.block("other_responses", |page| {
            for (status, schema) in &operation.other_responses {
                body(page, status, schema.as_ref());
            }
        });
    }
    page.errors(&operation.errors);
    examples(&mut page, &operation.examples);
    page.finish()
}

fn head(page: &mut Page, operation: &Operation) {
    page.entry("operation", &operation.wire);
    page.entry_if("name", operation.name.as_ref());
    page.entry_if("summary", operation.summary.as_ref());
    page.entry_if("description", operation.description.as_ref());
    page.entry("documentation", &operation.documentation);
    page.raw("effect", effect_word(operation.effect));
    if operation.method != Method::Post {
        page.raw("method", method_word(operation.method));
    }
    if operation.path != "/" {
        page.entry("path", &operation.path);
    }
    if operation.anonymous {
        page.raw("signature", "none");
    }
    if operation.streams {
        page.raw("streams", "true");
    }
    page.entry_if("deprecated", operation.deprecated.as_ref());
    page.entry_if("idempotency_token", operation.idempotency_token.as_ref());
    if let Some(pagination) = &operation.pagination {
        page.block("pagination", |page| {
            for (key, name) in &pagination.entries {
                page.entry(key, name);
            }
        });
    }
    if let Some((operation, interval)) = &operation.asynchronous {
        page.block("asynchronous", |page| {
            page.entry("operation", operation);
            if let Some(interval) = interval {
                page.raw("interval_ms", &interval.to_string());
            }
        });
    }
}

fn body(page: &mut Page, key: &str, schema: Option<&Schema>) {
    match schema {
        // That an answer is an object goes without saying.
        Some(
            schema @ Schema {
                shape: Shape::Object(members),
                description: None,
                example: None,
                ..
            },
        ) if schema.deprecated.is_none() => {
            page.block(key, |page| page.members("fields", members));
        }
        Some(schema) => page.schema(key, schema),
        None => page.raw(key, "none"),
    }
}

fn examples(page: &mut Page, answers: &[Answer]) {
    if answers.is_empty() {
        return;
    }
    page.gap();
    page.block("examples", |page| {
        for answer in answers {
            let indent = page.indent;
            let text = super::scalar::value(&answer.text, indent + STEP);
            let _ = writeln!(page.text, "{:indent$}- {}: {text}", "", answer.format);
        }
    });
}

pub(in crate::import) fn effect_word(effect: Effect) -> &'static str {
    match effect {
        Effect::Read => "read",
        Effect::Create => "create",
        Effect::Update => "update",
        Effect::Delete => "delete",
        Effect::Start => "start",
        Effect::Stop => "stop",
        Effect::Other => "other",
    }
}

fn method_word(method: Method) -> &'static str {
    match method {
        Method::Get => "get",
        Method::Post => "post",
        Method::Put => "put",
        Method::Patch => "patch",
        Method::Delete => "delete",
        Method::Head => "head",
    }
}
