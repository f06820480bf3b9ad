//! The documentation page of an operation: what it does, its parameters, its rules, its errors, an example, the link.

mod walking;

pub(super) use walking::waiting;

use std::fmt::Write as _;

use super::example;
use crate::model::{Operation, Parameter, Version, code, condition_text, first_sentence, sanitize};
use crate::spec::{ErrorCode, Requirement, RetryAdvice, Rule, RuleKind, Spanned};

pub(super) fn page(version: &Version, operation: &Operation) -> String {
    let mut page = String::new();
    page.push_str(if operation.summary.is_empty() {
        "No summary."
    } else {
        &operation.summary
    });
    for part in [
        operation
            .deprecated
            .as_ref()
            .map(|reason| format!("**Deprecated**: {reason}")),
        operation.description.clone(),
        parameters(operation),
        rules(operation),
        errors(version, operation),
        headers(operation),
        walking::pages(version, operation),
        walking::events(version, operation),
        walking::waits(version, operation),
        Some(example_section(version, operation)),
        operation
            .documentation
            .as_ref()
            .map(|link| format!("Public documentation: <{link}>")),
    ]
    .into_iter()
    .flatten()
    {
        page.push_str("\n\n");
        page.push_str(part.trim_end());
    }
    page
}

fn parameters(operation: &Operation) -> Option<String> {
    if operation.parameters.is_empty() {
        return None;
    }
    let mut table = String::from(
        "# Parameters\n\n| on the wire | setter | required | |\n| --- | --- | --- | --- |\n",
    );
    for parameter in &operation.parameters {
        let Parameter {
            wire, setter, docs, ..
        } = parameter;
        let required = match parameter.required {
            Requirement::Optional => "",
            Requirement::Documented => "by the documentation",
            Requirement::Required => "yes",
        };
        let about = first_sentence(&docs.description).replace('\n', " ");
        let _ = writeln!(
            table,
            "| {} | [`{setter}`](Self::{setter}) | {required} | {about} |",
            code(wire)
        );
    }
    Some(table)
}

fn rules(operation: &Operation) -> Option<String> {
    if operation.rules.is_empty() {
        return None;
    }
    let mut list = String::from("# Rules\n\n");
    for rule in &operation.rules {
        let _ = writeln!(list, "- {}", rule_text(rule));
    }
    Some(list)
}

fn rule_text(rule: &Rule) -> String {
    let parameters = names(&rule.parameters);
    let plural = rule.parameters.len() > 1;
    let (is, it) = if plural {
        ("are", "them")
    } else {
        ("is", "it")
    };
    match &rule.kind {
        RuleKind::RequiredWhen(when) => {
            format!("{parameters} {is} required when {}.", condition_text(when))
        }
        RuleKind::RequiredWith(other) => {
            format!("{parameters} {is} required with {}.", code(&other.value))
        }
        RuleKind::IgnoredUnless(when) => {
            format!(
                "{parameters}: the service takes no notice of {it} unless {}.",
                condition_text(when)
            )
        }
        RuleKind::IgnoredWhen(when) => {
            format!(
                "{parameters}: the service takes no notice of {it} when {}.",
                condition_text(when)
            )
        }
        RuleKind::AtLeastOneOf => format!("At least one of {parameters} is required."),
        RuleKind::ExactlyOneOf => format!("Exactly one of {parameters} is required."),
    }
}

fn names(names: &[Spanned<String>]) -> String {
    names
        .iter()
        .map(|name| code(&name.value))
        .collect::<Vec<_>>()
        .join(", ")
}

fn errors(version: &Version, operation: &Operation) -> Option<String> {
    if operation.errors.is_empty() {
        return None;
    }
    let mut table = String::from(
        "# Errors\n\n| status | code | calling again | |\n| --- | --- | --- | --- |\n",
    );
    for ErrorCode {
        code,
        status,
        meaning,
        retry,
    } in &operation.errors
    {
        let again = match retry {
            Some(RetryAdvice::Never) => "does not help",
            Some(RetryAdvice::Later) => "may help",
            Some(RetryAdvice::NewCredentials) => "may help with new credentials",
            None => "",
        };
        let wire = code.value.trim();
        let shown = self::code(wire);
        let shown = match version.codes.iter().find(|constant| constant.code == wire) {
            Some(constant) => format!("[{shown}](super::error_code::{})", constant.name),
            None => shown,
        };
        let meaning = sanitize(meaning.as_deref().unwrap_or_default()).replace('\n', " ");
        let _ = writeln!(table, "| {status} | {shown} | {again} | {meaning} |");
    }
    Some(table)
}

fn headers(operation: &Operation) -> Option<String> {
    if operation.headers.is_empty() {
        return None;
    }
    let mut table = String::from("# Headers of the answer\n\n| header | |\n| --- | --- |\n");
    for (name, about) in &operation.headers {
        let _ = writeln!(table, "| {} | {} |", code(name), about.replace('\n', " "));
    }
    Some(table)
}

fn example_section(version: &Version, operation: &Operation) -> String {
    let example = example::call(version, operation, &operation.example);
    let mut lines = vec![
        "# Example".to_owned(),
        String::new(),
        "```no_run".to_owned(),
    ];
    lines.extend(example.import.lines().map(ToOwned::to_owned));
    lines.push(
        "# async fn example(config: &alicloud::Config) -> Result<(), alicloud::Error> {".into(),
    );
    lines.push("let client = Client::new(config);".into());
    lines.extend(example.statement.lines().map(ToOwned::to_owned));
    lines.push("println!(\"{answer:?}\");".into());
    lines.extend(["# Ok(())", "# }", "```"].map(ToOwned::to_owned));
    lines.join("\n")
}
