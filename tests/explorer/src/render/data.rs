//! What scripts search in: operations with their parameters, and error codes. Scripts that set a variable, since a page
//! that is read from a file cannot fetch anything.

use std::collections::BTreeMap;

use alicloud_codegen::spec::{ErrorCode, RetryAdvice, Service};
use alicloud_runtime::error::ErrorKind;
use alicloud_runtime::test_util::FakeError;
use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};
use serde_json::{Value as Json, json};

use crate::catalog::{Catalog, Entry, folder};

/// What a path segment may hold as it is.
const SEGMENT: &AsciiSet = &NON_ALPHANUMERIC
    .remove(b'-')
    .remove(b'.')
    .remove(b'_')
    .remove(b'~');

/// A file name as a segment of an address.
pub(crate) fn encoded(segment: &str) -> String {
    utf8_percent_encode(segment, SEGMENT).to_string()
}

/// The index of operations: `[[folder, title, [[file, name, summary, [parameter, ..]], ..]], ..]`.
pub(crate) fn index(catalog: &Catalog) -> String {
    let services = catalog.services().iter().map(|service| {
        let operations = catalog.entries_of(service).map(|entry| operation(&entry));
        json!([
            folder(service),
            service.product.value,
            operations.collect::<Vec<_>>()
        ])
    });
    script("alicloudIndex", &services.collect())
}

fn operation(entry: &Entry<'_>) -> Json {
    let address = entry.address();
    let file = address.rsplit('/').next().unwrap_or_default();
    let names = entry.parameters().map(|field| field.name.value.as_str());
    json!([
        encoded(file),
        entry.spec.name.value,
        entry.operation.summary,
        names.collect::<Vec<_>>()
    ])
}

/// A code as one product version knows it.
#[derive(Default)]
struct Known {
    statuses: Vec<u16>,
    meaning: Option<String>,
    retry: Option<RetryAdvice>,
    /// Whether any operation may answer with it.
    anywhere: bool,
    operations: Vec<String>,
}

impl Known {
    fn learn(&mut self, code: &ErrorCode) {
        self.status(code.status);
        let meaning = code.meaning.as_deref().map(|text| text.trim().to_owned());
        self.meaning = self.meaning.take().or(meaning);
        self.retry = self.retry.or(code.retry);
    }

    fn advice(&self, code: &str) -> Option<&'static str> {
        let statuses = self.statuses.iter().copied();
        let mut advice = statuses.filter_map(|status| advice_for(code, status, self.retry));
        advice.next()
    }

    fn status(&mut self, status: u16) {
        if !self.statuses.contains(&status) {
            self.statuses.push(status);
        }
    }
}

/// The error codes: `[[code, [[folder, product, [status, ..], meaning, advice, anywhere, [operation file, ..]], ..]], ..]`.
pub(crate) fn codes(catalog: &Catalog) -> String {
    let mut codes: BTreeMap<&str, Vec<Json>> = BTreeMap::new();
    for service in catalog.services() {
        for (code, known) in of_service(service) {
            let operations = known.operations.iter().map(|name| encoded(name));
            codes.entry(code).or_default().push(json!([
                folder(service),
                service.product.value,
                known.statuses,
                known.meaning,
                known.advice(code),
                known.anywhere,
                operations.collect::<Vec<_>>()
            ]));
        }
    }
    script(
        "alicloudCodes",
        &codes
            .into_iter()
            .map(|(code, places)| json!([code, places]))
            .collect(),
    )
}

fn of_service(service: &Service) -> BTreeMap<&str, Known> {
    let mut codes: BTreeMap<&str, Known> = BTreeMap::new();
    let listed = |code: &str| {
        let mut errors = service
            .operations
            .iter()
            .flat_map(|operation| &operation.errors);
        errors.any(|known| known.code.value == code)
    };
    for code in &service.errors {
        let known = codes.entry(&code.code.value).or_default();
        known.learn(code);
        known.anywhere = !listed(&code.code.value);
    }
    for operation in &service.operations {
        for error in &operation.errors {
            let known = codes.entry(&error.code.value).or_default();
            known.status(error.status);
            if let Some(own) = &error.own {
                known.learn(own);
            }
            let file = alicloud_codegen::spec::file_stem(&operation.name.value);
            if !known.operations.contains(&file) {
                known.operations.push(file);
            }
        }
    }
    codes
}

/// Whether calling again can help after an error, in words: by the advice of the spec, else by what the client makes of
/// code and status. `None` when neither says.
pub(crate) fn advice_for(
    code: &str,
    status: u16,
    retry: Option<RetryAdvice>,
) -> Option<&'static str> {
    if let Some(retry) = retry {
        return Some(advice(retry));
    }
    let error = FakeError::new(ErrorKind::Service)
        .code(code)
        .status(status)
        .build();
    if error.is_throttling() {
        Some(
            "The spec gives no advice; the client takes it for throttling, and calls again after a pause.",
        )
    } else if error.may_pass() {
        Some(
            "The spec gives no advice; the client takes it for something that passes, and repeats calls that only read.",
        )
    } else {
        None
    }
}

/// Retry advice in words.
pub(crate) fn advice(advice: RetryAdvice) -> &'static str {
    match advice {
        RetryAdvice::Never => "The same call fails the same way; change it first.",
        RetryAdvice::Later => "The same call may succeed after a while.",
        RetryAdvice::NewCredentials => "The same call may succeed with fresh credentials.",
    }
}

/// A script that sets one variable. `<` cannot end the script, wherever it is put.
fn script(name: &str, value: &Json) -> String {
    let text = value.to_string().replace('<', "\\u003c");
    format!("window.{name} = {text};\n")
}
