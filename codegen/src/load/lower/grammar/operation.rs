//! Operation files.

use super::super::{operation, paging, rule, schema};
use super::value::{ERRORS, PARAMETER, VALUE};
use super::{Choice, FIELD, Map, Value, key, required, words};

/// An operation file.
pub(crate) static OPERATION: Map = Map {
    name: "operation",
    about: "An operation of an API.",
    base: None,
    choice: Choice::None,
    alternatives: false,
    keys: &[
        required(
            "operation",
            Value::Text,
            "The name on the wire, and of the file.",
        ),
        key(
            "name",
            Value::Text,
            "A Rust name in CamelCase, where the made one would not do.",
        ),
        key(
            "summary",
            Value::Text,
            "One sentence on what it does, in words of your own.",
        ),
        key("description", Value::Text, "More on it, in Markdown."),
        key(
            "documentation",
            Value::Text,
            "The address of the public page.",
        ),
        required(
            "effect",
            Value::Word(|| words(&operation::EFFECTS)),
            "What it does to the world; decides whether a call may be repeated.",
        ),
        key(
            "method",
            Value::Word(|| words(&operation::METHODS)),
            "The HTTP method; post unless said otherwise.",
        ),
        key(
            "path",
            Value::Text,
            "The path, with holes in braces, in ROA style.",
        ),
        key("deprecated", Value::Text, "Why not to call it any more."),
        key(
            "signature",
            Value::Word(|| words(&operation::SIGNATURES)),
            "none: called without a signature.",
        ),
        key(
            "streams",
            Value::Flag,
            "Whether the answer is a stream of server-sent events.",
        ),
        key(
            "idempotency_token",
            Value::Text,
            "The parameter that makes repeating a call safe.",
        ),
        key(
            "pagination",
            Value::Map(&PAGINATION),
            "How a long list comes in parts.",
        ),
        key(
            "waiters",
            Value::Each(&Value::Map(&WAITER)),
            "States to wait for, by names in snake_case.",
        ),
        key(
            "asynchronous",
            Value::Map(&ASYNCHRONOUS),
            "Where the end of what the operation sets going is seen.",
        ),
        key(
            "sources",
            Value::Words(|| words(&schema::PROVENANCES)),
            "Where the facts come from.",
        ),
        key(
            "parameters",
            Value::Each(&Value::Map(&PARAMETER)),
            "The parameters, by their names on the wire.",
        ),
        key(
            "rules",
            Value::List(&Value::Map(&RULE)),
            "Conditions between parameters.",
        ),
        key(
            "response",
            Value::OneOf(&[Value::Just("none"), Value::Map(&RESPONSE)]),
            "What a good answer looks like; none for one without a body.",
        ),
        key(
            "response_headers",
            Value::Each(&Value::Map(&FIELD)),
            "The headers of a good answer that mean something.",
        ),
        key(
            "other_responses",
            Value::Statuses(
                true,
                &Value::OneOf(&[Value::Just("none"), Value::Map(&RESPONSE)]),
            ),
            "Answers with other statuses, by status or class (5XX).",
        ),
        key(
            "success",
            SUCCESS,
            "What in a 200 answer means failure; none overrides the rules of service.yaml.",
        ),
        key(
            "errors",
            ERRORS,
            "Error codes by HTTP status: names that service.yaml explains, or what is known of each.",
        ),
        key(
            "examples",
            Value::List(&Value::Map(&EXAMPLE)),
            "Requests and the answers to them, as they are on the wire.",
        ),
    ],
};

/// Success rules, or `none`.
pub(super) const SUCCESS: Value =
    Value::OneOf(&[Value::Just("none"), Value::List(&Value::Map(&SUCCESS_RULE))]);

/// A response.
pub(crate) static RESPONSE: Map = Map {
    name: "response",
    about: "The body of an answer; an object unless it has a type.",
    base: Some(&VALUE),
    choice: Choice::None,
    alternatives: false,
    keys: &[],
};

/// A success rule.
pub(crate) static SUCCESS_RULE: Map = Map {
    name: "success_rule",
    about: "What in a 200 answer means that the call failed.",
    base: None,
    choice: Choice::None,
    alternatives: false,
    keys: &[
        required("field", Value::Text, "The field of the answer that tells."),
        required("failed", Value::Texts, "The values that mean failure."),
        key("code", Value::Text, "The field with the error code."),
        key("message", Value::Text, "The field with the error message."),
        key(
            "fill",
            Value::Text,
            "The field that replaces %s in the message.",
        ),
    ],
};

/// A rule between parameters.
pub(crate) static RULE: Map = Map {
    name: "rule",
    about: "A condition between parameters.",
    base: None,
    choice: Choice::OneOf(&rule::KINDS),
    alternatives: false,
    keys: &[
        key(
            "required_when",
            Value::Condition,
            "The parameters must be given when this one has one of these values.",
        ),
        key(
            "required_with",
            Value::Text,
            "The parameters must be given when this one is.",
        ),
        key(
            "ignored_unless",
            Value::Condition,
            "The parameters mean something only when this one has one of these values.",
        ),
        key(
            "ignored_when",
            Value::Condition,
            "The parameters mean nothing when this one has one of these values.",
        ),
        key(
            "at_least_one_of",
            Value::Texts,
            "One of these must be given.",
        ),
        key(
            "exactly_one_of",
            Value::Texts,
            "One of these must be given, and no other.",
        ),
        key(
            "parameters",
            Value::Texts,
            "The parameters the rule is about.",
        ),
    ],
};

/// An example.
pub(crate) static EXAMPLE: Map = Map {
    name: "example",
    about: "A request and the answers to it.",
    base: None,
    choice: Choice::None,
    alternatives: false,
    keys: &[
        key("request", Value::Object, "The parameters and their values."),
        key("json", Value::Text, "The answer in JSON, as text."),
        key("xml", Value::Text, "The answer in XML, as text."),
    ],
};

/// How a long list comes in parts.
pub(crate) static PAGINATION: Map = Map {
    name: "pagination",
    about: "How a long list comes in parts.",
    base: None,
    choice: Choice::None,
    alternatives: true,
    keys: &[
        required(
            "style",
            Value::Word(|| words(&paging::STYLES)),
            "By what the parts are told apart.",
        ),
        key(
            "page",
            Value::Text,
            "The parameter with the page number (page).",
        ),
        key(
            "total",
            Value::Text,
            "The field that says how many items there are in all (page).",
        ),
        key(
            "token",
            Value::Text,
            "The parameter that takes the token (token).",
        ),
        key(
            "next",
            Value::Text,
            "The field with the token of the next part (token).",
        ),
        key(
            "size",
            Value::Text,
            "The parameter that limits how much one answer holds.",
        ),
        key("items", Value::Text, "The field with the items."),
    ],
};

/// Where the end of what an operation sets going is seen.
pub(crate) static ASYNCHRONOUS: Map = Map {
    name: "asynchronous",
    about: "Where the end of what the operation sets going is seen.",
    base: None,
    choice: Choice::None,
    alternatives: false,
    keys: &[
        required(
            "operation",
            Value::Text,
            "The operation that tells how far it is.",
        ),
        key(
            "interval_ms",
            Value::Count,
            "How long to wait between two questions, in milliseconds.",
        ),
    ],
};

/// A state to wait for.
pub(crate) static WAITER: Map = Map {
    name: "waiter",
    about: "A state to wait for by asking again and again.",
    base: None,
    choice: Choice::None,
    alternatives: false,
    keys: &[
        key("description", Value::Text, "What the state means."),
        required("field", Value::Text, "The field of the answer that tells."),
        required(
            "wanted",
            Value::Texts,
            "The values that end the waiting well.",
        ),
        key(
            "failed",
            Value::Texts,
            "The values after which the wanted ones cannot come any more.",
        ),
        key(
            "interval",
            Value::Count,
            "The first pause, in seconds; 5 unless said otherwise.",
        ),
        key(
            "deadline",
            Value::Count,
            "When to give up, in seconds; 1800 unless said otherwise.",
        ),
    ],
};
