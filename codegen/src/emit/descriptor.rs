//! Descriptors: the JSON text the runtime reads an operation's table from. Only what differs from the empty descriptor is
//! written.

use super::json::{Json, Members};
use super::paging;
use crate::model::{Argument, Face, Home, Operation, Parameter, Version};
use crate::spec::{
    Condition, Effect, ErrorCode, Location, Method, Requirement, RetryAdvice, Rule, RuleKind,
    Spanned, Style, SuccessRule,
};

pub(super) fn operation(version: &Version, item: &Operation) -> Json {
    let mut members = Members::default();
    members.text("name", &item.wire);
    members.optional("method", method(item.method));
    members.optional("path", Some(item.path.as_str()).filter(|path| *path != "/"));
    members.optional("effect", effect(item.effect));
    members.flag("anonymous", item.anonymous);
    let parameters = item.parameters.iter();
    members.list(
        "parameters",
        parameters.map(|parameter| self::parameter(version, item, parameter, 0)),
    );
    members.optional("idempotency_token", item.idempotency_token.as_deref());
    members.extend(
        item.pagination
            .as_ref()
            .map(|pagination| ("pagination", paging::descriptor(pagination))),
    );
    members.list("rules", item.rules.iter().map(rule));
    members.list("success", item.success.iter().map(success));
    members.list("errors", item.errors.iter().map(error_code));
    members.optional("documentation", item.documentation.as_deref());
    members.into()
}

fn method(method: Method) -> Option<&'static str> {
    match method {
        Method::Post => None,
        Method::Get => Some("GET"),
        Method::Put => Some("PUT"),
        Method::Patch => Some("PATCH"),
        Method::Delete => Some("DELETE"),
        Method::Head => Some("HEAD"),
    }
}

fn effect(effect: Effect) -> Option<&'static str> {
    match effect {
        Effect::Other => None,
        Effect::Read => Some("read"),
        Effect::Create => Some("create"),
        Effect::Update => Some("update"),
        Effect::Delete => Some("delete"),
        Effect::Start => Some("start"),
        Effect::Stop => Some("stop"),
    }
}

/// Objects that hold themselves are described this deep; deeper fields are sent all the same, only not checked.
const MAX_DEPTH: usize = 6;

fn parameter(version: &Version, operation: &Operation, item: &Parameter, depth: usize) -> Json {
    let mut members = Members::default();
    members.text("name", &item.wire);
    members.optional("in", location(item.location));
    members.optional("style", item.style.and_then(style));
    members.optional("type", kind(&item.argument));
    members.optional("required", required(item.required));
    members.flag("sensitive", item.sensitive);
    members.optional("default", item.docs.default.as_deref());
    limits(item, &mut members);
    let face = fields_of(version, operation, &item.argument).filter(|_| depth < MAX_DEPTH);
    if let Some(face) = face {
        let fields = face.fields.iter();
        members.list(
            "fields",
            fields.map(|field| parameter(version, operation, field, depth + 1)),
        );
    }
    members.into()
}

/// The object an argument is, or is a list or map of.
fn fields_of<'a>(
    version: &'a Version,
    operation: &'a Operation,
    argument: &Argument,
) -> Option<&'a Face> {
    match argument {
        Argument::Face(path) => {
            let faces = if path.home == Home::Operation {
                &operation.faces
            } else {
                &version.faces
            };
            faces.iter().find(|face| face.name == path.name)
        }
        Argument::List(inner) | Argument::Map(inner) => fields_of(version, operation, inner),
        _ => None,
    }
}

fn location(location: Location) -> Option<&'static str> {
    match location {
        Location::Query => None,
        Location::Form => Some("form"),
        Location::Body => Some("body"),
        Location::Path => Some("path"),
        Location::Header => Some("header"),
        Location::Host => Some("host"),
    }
}

fn style(style: Style) -> Option<&'static str> {
    match style {
        Style::Repeated | Style::Flat => None,
        Style::Json => Some("json"),
        Style::Comma => Some("comma"),
        Style::Space => Some("space"),
        Style::Pipe => Some("pipe"),
    }
}

fn kind(argument: &Argument) -> Option<&'static str> {
    match argument {
        Argument::Text | Argument::Enum(_) => None,
        Argument::Bool => Some("boolean"),
        Argument::Int32 => Some("int32"),
        Argument::Int64 => Some("int64"),
        Argument::Float => Some("float"),
        Argument::Double => Some("double"),
        Argument::Binary => Some("binary"),
        Argument::Any => Some("any"),
        Argument::Face(_) => Some("object"),
        Argument::List(_) => Some("list"),
        Argument::Map(_) => Some("map"),
    }
}

fn required(required: Requirement) -> Option<&'static str> {
    match required {
        Requirement::Optional => None,
        Requirement::Documented => Some("documented"),
        Requirement::Required => Some("required"),
    }
}

fn limits(item: &Parameter, members: &mut Members) {
    let whole = matches!(item.argument, Argument::Int32 | Argument::Int64);
    let (minimum, maximum) = (item.range.0.as_deref(), item.range.1.as_deref());
    let mut number = |name, text: Option<String>| {
        members.extend(text.map(|text| (name, Json::Number(text))));
    };
    number("minimum", minimum.and_then(|text| bound(text, whole)));
    number("maximum", maximum.and_then(|text| bound(text, whole)));
    number("min_length", item.length.0.map(|length| length.to_string()));
    number("max_length", item.length.1.map(|length| length.to_string()));
}

/// The end of a range, with a point or an exponent when it is no whole number: that is how the runtime tells.
fn bound(text: &str, whole: bool) -> Option<String> {
    if let Some(number) = text.parse::<i64>().ok().filter(|_| whole) {
        return Some(number.to_string());
    }
    let number = text
        .parse::<f64>()
        .ok()
        .filter(|number| number.is_finite())?;
    Some(format!("{number:?}"))
}

fn rule(rule: &Rule) -> Json {
    let parameters = texts(&rule.parameters);
    let mut members = Members::default();
    let with = |members: &mut Members, name, when: Option<&Condition>| {
        members.extend([(name, parameters)]);
        if let Some(when) = when {
            members.text("parameter", &when.parameter.value);
            members.extend([("values", texts(&when.values))]);
        }
    };
    match &rule.kind {
        RuleKind::RequiredWhen(when) => with(&mut members, "required_when", Some(when)),
        RuleKind::IgnoredUnless(when) => with(&mut members, "ignored_unless", Some(when)),
        RuleKind::IgnoredWhen(when) => with(&mut members, "ignored_when", Some(when)),
        RuleKind::AtLeastOneOf => with(&mut members, "at_least_one_of", None),
        RuleKind::ExactlyOneOf => with(&mut members, "exactly_one_of", None),
        RuleKind::RequiredWith(other) => {
            with(&mut members, "required_with", None);
            members.text("other", &other.value);
        }
    }
    members.into()
}

fn texts(texts: &[Spanned<String>]) -> Json {
    Json::List(
        texts
            .iter()
            .map(|text| Json::Text(text.value.clone()))
            .collect(),
    )
}

fn success(rule: &SuccessRule) -> Json {
    let mut members = Members::default();
    let failed = rule.failed.iter().cloned().map(Json::Text).collect();
    members.text("field", &rule.field.value);
    members.extend([("failed", Json::List(failed))]);
    for (name, path) in [
        ("code", &rule.code),
        ("message", &rule.message),
        ("fill", &rule.fill),
    ] {
        members.optional(name, path.as_ref().map(|path| path.value.as_str()));
    }
    members.into()
}

fn error_code(item: &ErrorCode) -> Json {
    let mut members = Members::default();
    members.text("code", &item.code.value);
    members.extend([("status", Json::Number(item.status.to_string()))]);
    let meaning = item.meaning.as_deref().unwrap_or_default().trim();
    members.optional("meaning", Some(meaning).filter(|text| !text.is_empty()));
    let retry = item.retry.map(|advice| match advice {
        RetryAdvice::Never => "never",
        RetryAdvice::Later => "later",
        RetryAdvice::NewCredentials => "new_credentials",
    });
    members.optional("retry", retry);
    members.into()
}
