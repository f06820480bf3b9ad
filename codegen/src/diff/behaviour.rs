//! What a program does not see when it compiles: how a call travels, what may be repeated, what counts as failure.

use crate::model::{Operation, Parameter, Waiter};
use crate::spec::{PageStyle, Requirement, Rule, RuleKind};

/// Facts by name, each a text that is compared.
pub(super) type Behaviour = Vec<(&'static str, String)>;

pub(super) fn of_operation(operation: &Operation) -> Behaviour {
    let success = operation.success.iter().map(|rule| {
        let told = [&rule.code, &rule.message, &rule.fill];
        let told: Vec<&str> = told
            .iter()
            .map(|path| path.as_ref().map_or("-", |path| &path.value))
            .collect();
        format!(
            "{}={} {}",
            rule.field.value,
            rule.failed.join("|"),
            told.join(" ")
        )
    });
    let pages = operation
        .pagination
        .as_ref()
        .map(|pages| match &pages.style {
            PageStyle::Page { page, .. } => format!("page {}", page.value),
            PageStyle::Token { token, next } => format!("token {} {}", token.value, next.value),
        });
    vec![
        ("name on the wire", operation.wire.clone()),
        ("method", format!("{:?}", operation.method)),
        ("path", operation.path.clone()),
        ("effect", format!("{:?}", operation.effect)),
        (
            "signature",
            if operation.anonymous { "none" } else { "usual" }.into(),
        ),
        (
            "idempotency token",
            operation.idempotency_token.clone().unwrap_or_default(),
        ),
        ("signs of failure", success.collect::<Vec<_>>().join("; ")),
        ("pagination", pages.unwrap_or_default()),
    ]
}

pub(super) fn of_parameter(parameter: &Parameter) -> Behaviour {
    let style = parameter.style.map(|style| format!("{style:?}"));
    let text = |value: &Option<String>| value.clone().unwrap_or_default();
    let count = |value: Option<u64>| value.map(|count| count.to_string()).unwrap_or_default();
    vec![
        ("name on the wire", parameter.wire.clone()),
        ("location", format!("{:?}", parameter.location)),
        ("style", style.unwrap_or_default()),
        (
            "sensitivity",
            if parameter.sensitive {
                "secret"
            } else {
                "open"
            }
            .into(),
        ),
        ("minimum", text(&parameter.range.0)),
        ("maximum", text(&parameter.range.1)),
        ("min_length", count(parameter.length.0)),
        ("max_length", count(parameter.length.1)),
        (
            "requirement",
            if parameter.required == Requirement::Required {
                "required"
            } else {
                "optional"
            }
            .into(),
        ),
    ]
}

pub(super) fn of_waiter(waiter: &Waiter) -> Behaviour {
    vec![
        ("field", waiter.field.clone()),
        ("wanted values", waiter.wanted.join(", ")),
        ("failed values", waiter.failed.join(", ")),
        ("interval", waiter.interval.to_string()),
        ("deadline", waiter.deadline.to_string()),
    ]
}

/// Whether a call may be refused now that was sent before: the fact is a demand that became stricter.
pub(super) fn is_stricter(name: &str, before: &str, after: &str) -> bool {
    let number = |text: &str| text.parse::<f64>().ok();
    match name {
        "requirement" => after == "required",
        // No limit is the loosest.
        "minimum" | "min_length" => match (number(before), number(after)) {
            (_, None) => false,
            (None, Some(_)) => true,
            (Some(before), Some(after)) => after > before,
        },
        "maximum" | "max_length" => match (number(before), number(after)) {
            (_, None) => false,
            (None, Some(_)) => true,
            (Some(before), Some(after)) => after < before,
        },
        _ => false,
    }
}

/// A rule as a text, and whether a call that breaks it is refused.
pub(super) fn rule(rule: &Rule) -> (String, bool) {
    let about: Vec<&str> = rule
        .parameters
        .iter()
        .map(|name| name.value.as_str())
        .collect();
    let about = format!("`{}`", about.join("`, `"));
    match &rule.kind {
        RuleKind::RequiredWhen(condition) => (
            format!(
                "{about} required when {}",
                crate::model::condition_text(condition)
            ),
            true,
        ),
        RuleKind::RequiredWith(other) => (format!("{about} required with `{}`", other.value), true),
        RuleKind::IgnoredUnless(condition) => (
            format!(
                "{about} ignored unless {}",
                crate::model::condition_text(condition)
            ),
            false,
        ),
        RuleKind::IgnoredWhen(condition) => (
            format!(
                "{about} ignored when {}",
                crate::model::condition_text(condition)
            ),
            false,
        ),
        RuleKind::AtLeastOneOf => (format!("at least one of {about}"), true),
        RuleKind::ExactlyOneOf => (format!("exactly one of {about}"), true),
    }
}
