//! The page of an operation: what it does, what it takes, its rules, what it answers, its errors, documented samples.

use alicloud_codegen::model::{condition_text, values_text};
use alicloud_codegen::spec::{Kind, Location, Rule, RuleKind, Schema, Scope, Spanned};
use maud::{Markup, html};

use super::home::{effect, title};
use super::layout::Page;
use super::schema::{Drawing, Extra};
use super::text::{link, markdown};
use super::{Medium, data, workbench};
use crate::catalog::Entry;

/// The page.
pub(crate) fn page(entry: &Entry<'_>, medium: Medium) -> String {
    let name = &entry.spec.name.value;
    let reference = entry.with_scope(|entry, scope| reference(&entry, scope));
    let body = html! {
        nav.crumbs aria-label="Where this is" {
            a href="index.html" { (title(entry.service)) " " (entry.service.version.value) }
        }
        h1 { (name) " " span class={ "effect " (effect(entry.spec.effect)) } { (effect(entry.spec.effect)) } }
        (lead(entry))
        @if medium == Medium::Server {
            div.columns { div.reference { (reference) } (workbench::section(entry)) }
        } @else {
            div.reference { (reference) }
        }
    };
    let scripts: &[&str] = match medium {
        Medium::Server => &["explore.js"],
        Medium::Files => &[],
    };
    let page = Page {
        title: name,
        depth: 2,
        medium,
        scripts,
        body,
    };
    page.render()
}

fn lead(entry: &Entry<'_>) -> Markup {
    let spec = entry.spec;
    html! {
        div.lead { (markdown(&entry.operation.summary)) }
        @if let Some(why) = &spec.deprecated {
            div.notice { strong { "Deprecated. " } (markdown(why)) }
        }
        @if let Some(description) = &spec.description { (markdown(description)) }
        p.meta {
            code { (entry.operation.module) } " in the crate · "
            @if entry.service.roa { code { (format!("{:?}", spec.method).to_uppercase()) " " (spec.path.value) } " · " }
            @if spec.anonymous { "not signed · " }
            @if let Some(page) = spec.documentation.as_deref().and_then(link) {
                a href=(page) rel="noreferrer" { "Public documentation" }
            } @else { "no public page" }
        }
    }
}

fn reference<'a>(entry: &Entry<'a>, scope: &Scope<'a>) -> Markup {
    let drawing = Drawing {
        scope,
        enums: &entry.service.enums,
    };
    html! {
        section aria-labelledby="parameters" {
            h2 id="parameters" { "Parameters" }
            @if entry.spec.parameters.is_empty() { p { "None." } }
            ul.tree {
                @for parameter in &entry.spec.parameters {
                    @let extra = Extra {
                        place: place(parameter.location),
                        style: parameter.style,
                        required: parameter.required,
                    };
                    (drawing.field(&parameter.field, extra, &mut Vec::new()))
                }
            }
        }
        (rules(&entry.spec.rules))
        (response(entry, &drawing))
        (errors(entry))
        (samples(entry))
    }
}

/// Where a parameter travels, when it is not the usual place.
fn place(location: Location) -> Option<&'static str> {
    match location {
        Location::Query => None,
        Location::Form => Some("in the form"),
        Location::Body => Some("the body"),
        Location::Path => Some("in the path"),
        Location::Header => Some("a header"),
        Location::Host => Some("in the host name"),
    }
}

fn rules(rules: &[Rule]) -> Markup {
    if rules.is_empty() {
        return html! {};
    }
    html! {
        section aria-labelledby="rules" {
            h2 id="rules" { "Rules" }
            ul { @for rule in rules { li { (markdown(&rule_text(rule))) } } }
        }
    }
}

fn rule_text(rule: &Rule) -> String {
    let names: Vec<_> = rule.parameters.iter().map(|name| &name.value).collect();
    let all: Vec<_> = names.iter().map(|name| format!("`{name}`")).collect();
    let all = all.join(", ");
    match &rule.kind {
        RuleKind::RequiredWhen(when) => {
            format!("Required when {}: {all}.", condition_text(when))
        }
        RuleKind::RequiredWith(Spanned { value, .. }) => format!("Required with `{value}`: {all}."),
        RuleKind::IgnoredUnless(when) => {
            format!("Ignored unless {}: {all}.", condition_text(when))
        }
        RuleKind::IgnoredWhen(when) => format!("Ignored when {}: {all}.", condition_text(when)),
        RuleKind::AtLeastOneOf => format!("At least one of {} is required.", values_text(&names)),
        RuleKind::ExactlyOneOf => format!("Exactly one of {} is required.", values_text(&names)),
    }
}

fn response<'a>(entry: &Entry<'a>, drawing: &Drawing<'_, 'a>) -> Markup {
    html! {
        section aria-labelledby="response" {
            h2 id="response" { "Response" }
            @match &entry.spec.response {
                None => { p { "No body." } }
                Some(schema) => { (answer(schema, drawing)) }
            }
            @if !entry.spec.response_headers.is_empty() {
                h3 { "Headers" }
                (drawing.fields(&entry.spec.response_headers, &mut Vec::new()))
            }
        }
    }
}

fn answer<'a>(schema: &'a Schema, drawing: &Drawing<'_, 'a>) -> Markup {
    let resolved = drawing.scope.resolve(schema);
    match resolved.map(|schema| &schema.kind) {
        Some(Kind::Object(fields)) => {
            let mut above: Vec<*const Schema> =
                resolved.map(std::ptr::from_ref).into_iter().collect();
            drawing.fields(fields, &mut above)
        }
        _ => html! { p { span.type { (drawing.words(schema, None)) } } },
    }
}

fn errors(entry: &Entry<'_>) -> Markup {
    let known = &entry.operation.errors;
    html! {
        section aria-labelledby="errors" {
            h2 id="errors" { "Errors" }
            @if known.is_empty() {
                p { "None of its own. Any operation may answer with the codes of the product." }
            } @else {
                div.scroll { table {
                    thead { tr { th scope="col" { "Status" } th scope="col" { "Code" } th scope="col" { "Meaning" }
                        th scope="col" { "Again?" } } }
                    tbody {
                        @for error in known {
                            tr {
                                td { (error.status) }
                                td { a href={ "../../errors.html#" (data::encoded(&error.code.value)) } {
                                    code { (error.code.value) } } }
                                td { @if let Some(text) = &error.meaning { (markdown(text)) } }
                                td { @if let Some(advice) = data::advice_for(&error.code.value, error.status, error.retry) { (advice) } }
                            }
                        }
                    }
                } }
            }
        }
    }
}

fn samples(entry: &Entry<'_>) -> Markup {
    let examples = &entry.spec.examples;
    if examples.is_empty() {
        return html! {};
    }
    html! {
        section aria-labelledby="samples" {
            h2 id="samples" { "Documented samples" }
            @for example in examples {
                @if let Some(request) = &example.request {
                    @if let Ok(text) = serde_json::to_string_pretty(&request.value) {
                        h3 { "Request" } pre tabindex="0" { code { (text) } }
                    }
                }
                @if let Some(json) = &example.json { h3 { "JSON" } pre tabindex="0" { code { (json.value.trim_end()) } } }
                @if let Some(xml) = &example.xml { h3 { "XML" } pre tabindex="0" { code { (xml.value.trim_end()) } } }
            }
        }
    }
}
