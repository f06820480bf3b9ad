//! Operations: what is said of each as a whole.

use serde_json::Value;

use super::super::draft::Operation;
use super::super::metadata::Protocol;
use super::super::metadata::value::{entries, flag, items, member, text, texts};
use super::super::report::Kind;
use super::{Converter, effect, error_code, example};
use crate::spec::Method;

/// Keys that say something which is used, or which means nothing to a client.
const KNOWN: &[&str] = &[
    "changeSet",
    "consumes",
    "deprecated",
    "description",
    "errorCodes",
    "eventInfo",
    "extraInfo",
    "flowControl",
    "methods",
    "operationType",
    "parameters",
    "path",
    "produces",
    "ramActions",
    "requestParamsDescription",
    "responseDemo",
    "responseParamsDescription",
    "responses",
    "schemes",
    "security",
    "staticInfo",
    "summary",
    "systemTags",
    "tags",
    "title",
    "translator",
];

/// An interval below this is in seconds or milliseconds, nobody knows.
const SHORTEST_INTERVAL_MS: u64 = 100;

/// The address of the public page of an operation, by the rule that all of them follow.
pub(in crate::import) fn public_page(product: &str, version: &str, operation: &str) -> String {
    let name = operation.to_lowercase();
    format!(
        "https://www.alibabacloud.com/help/en/{product}/developer-reference/api-{product}-{version}-{name}"
    )
}

impl<'d> Converter<'d> {
    /// Converts an operation.
    pub(super) fn operation(&mut self, name: &str, node: &'d Value, examples: bool) -> Operation {
        let method = self.method(node);
        self.answer = false;
        let (path, parameters) = self.parameters(node, method);
        self.answer = true;
        let answers = self.answers(node);
        self.answer = false;
        self.transport(node);
        let summary = text(node, "summary").or_else(|| text(node, "title"));
        let description = text(node, "description").filter(|text| Some(*text) != summary);
        Operation {
            wire: name.to_owned(),
            name: None,
            summary: summary.map(str::to_owned),
            description: description.map(str::to_owned),
            documentation: self.link(name),
            effect: effect::effect(name, node),
            method,
            path,
            anonymous: self.is_anonymous(node),
            streams: streams(node),
            deprecated: deprecated(node),
            idempotency_token: None,
            pagination: None,
            asynchronous: self.asynchronous(node),
            parameters,
            response: answers.good,
            response_headers: answers.headers,
            other_responses: answers.others,
            errors: error_code::of_operation(self, node),
            examples: if examples {
                example::answers(node)
            } else {
                Vec::new()
            },
        }
    }

    /// POST where it is one of several: the order of the list means nothing.
    fn method(&mut self, node: &Value) -> Method {
        let mut known = Vec::new();
        for word in texts(node, "methods") {
            match method(word) {
                Some(method) => known.push(method),
                None => self.notes.note(Kind::Method, word),
            }
        }
        match known.first() {
            Some(first) if !known.contains(&Method::Post) => *first,
            _ => Method::Post,
        }
    }

    /// The public page.
    fn link(&self, name: &str) -> String {
        let product = self.document.product.to_lowercase();
        public_page(&product, &self.document.version, name)
    }

    /// Notes what is said about the operation that the client cannot do, or does not know.
    fn transport(&mut self, node: &Value) {
        let xml = |key| {
            let mut formats = texts(node, key).peekable();
            formats.peek().is_some() && formats.all(|format| format.contains("xml"))
        };
        if xml("consumes") || xml("produces") {
            self.notes.note(Kind::Xml, "");
        }
        if texts(node, "schemes").any(|scheme| matches!(scheme, "ws" | "wss" | "websocket")) {
            self.notes.note(Kind::WebSocket, "");
        }
        for key in node.as_object().into_iter().flat_map(serde_json::Map::keys) {
            if !KNOWN.contains(&key.as_str()) {
                self.notes.note(Kind::UnknownKey, key);
            }
        }
    }

    /// Whether requests go unsigned: only where nobody asks for a key.
    fn is_anonymous(&mut self, node: &Value) -> bool {
        let schemes = items(node, "security").filter_map(Value::as_object);
        let names: Vec<&str> = schemes
            .flat_map(serde_json::Map::keys)
            .map(String::as_str)
            .collect();
        if names.is_empty() || names.contains(&"AK") {
            return false;
        }
        let anonymous = names.contains(&"Anonymous");
        if !anonymous {
            self.notes.note(Kind::Security, names.join(", "));
        }
        anonymous
    }

    /// Where the end of what the operation sets going is seen.
    fn asynchronous(&mut self, node: &Value) -> Option<(String, Option<u64>)> {
        let known = member(node, "staticInfo")?;
        let callback = text(known, "callback")?;
        let (product, version) = (&self.document.product, &self.document.version);
        let here = callback.strip_prefix(product.as_str()).and_then(|rest| {
            rest.strip_prefix("::")?
                .strip_prefix(version.as_str())?
                .strip_prefix("::")
        });
        let found = here.filter(|here| self.document.operations().any(|(name, _)| name == *here));
        let Some(operation) = found else {
            self.notes.note(Kind::Asynchronous, callback);
            return None;
        };
        let interval = member(known, "callbackInterval").and_then(Value::as_u64);
        let usable = interval.filter(|interval| *interval >= SHORTEST_INTERVAL_MS);
        if let (Some(interval), None) = (interval, usable) {
            self.notes.note(
                Kind::Asynchronous,
                format!("an interval of {interval}, in no known unit"),
            );
        }
        Some((operation.to_owned(), usable))
    }

    /// Whether operations are called by name, so that their paths mean nothing.
    pub(super) fn by_name(&self) -> bool {
        self.document.protocol == Protocol::Rpc
    }
}

fn method(word: &str) -> Option<Method> {
    Some(match word.to_ascii_lowercase().as_str() {
        "get" => Method::Get,
        "post" => Method::Post,
        "put" => Method::Put,
        "patch" => Method::Patch,
        "delete" => Method::Delete,
        "head" => Method::Head,
        _ => return None,
    })
}

/// Either of two marks is enough; hardly any operation has both.
fn streams(node: &Value) -> bool {
    texts(node, "schemes").any(|scheme| scheme == "sse")
        || texts(node, "produces").any(|format| format.starts_with("text/event-stream"))
}

/// Why not to call it any more, and what to call instead.
fn deprecated(node: &Value) -> Option<String> {
    if !flag(node, "deprecated") {
        return None;
    }
    let known = member(node, "staticInfo");
    let substitutions = known
        .into_iter()
        .flat_map(|known| texts(known, "substitutions"));
    // `Product::Version::Operation`, of which the last part is enough within the product.
    let names: Vec<&str> = substitutions
        .map(|name| name.rsplit("::").next().unwrap_or(name))
        .collect();
    let reason = "The service marks it as deprecated";
    Some(if names.is_empty() {
        format!("{reason}.")
    } else {
        format!("{reason}; use {} instead.", names.join(" or "))
    })
}

/// The entries of a mapping, for other modules that read operations.
pub(super) fn parts<'d>(node: &'d Value, key: &str) -> Vec<(&'d str, &'d Value)> {
    entries(node, key).collect()
}
