//! The first page, with the products, and a page for each product version, with its operations.

use alicloud_codegen::model::first_sentence;
use alicloud_codegen::spec::{Effect, Service};
use maud::{Markup, html};

use super::Medium;
use super::layout::Page;
use super::text::{link, markdown};
use crate::catalog::{Catalog, Entry, folder};

/// The first page.
pub(crate) fn home(catalog: &Catalog, medium: Medium) -> String {
    let body = html! {
        h1 { "API reference" }
        p.lead {
            "Every operation that has a spec: what it does, what it takes and answers, and which errors it knows. "
            "Press " kbd { "/" } " to search."
        }
        div.cards {
            @for service in catalog.services() {
                article.card {
                    h2 { a href={ (folder(service)) "/index.html" } { (title(service)) } }
                    p.meta { code { (service.product.value) } " " (service.version.value) " · "
                        (service.operations.len()) " operations" }
                    @if let Some(description) = &service.description { (markdown(first_sentence(description))) }
                }
            }
        }
    };
    let page = Page {
        title: "API reference",
        depth: 0,
        medium,
        scripts: &[],
        body,
    };
    page.render()
}

/// The page of a product version.
pub(crate) fn version(catalog: &Catalog, service: &Service, medium: Medium) -> String {
    let heading = format!("{} {}", title(service), service.version.value);
    let body = html! {
        h1 { (heading) }
        @if let Some(description) = &service.description { (markdown(description)) }
        @if let Some(page) = service.documentation.as_deref().and_then(link) {
            p { a href=(page) rel="noreferrer" { "Public documentation" } }
        }
        ul.operations {
            @for entry in catalog.entries_of(service) { (operation(&entry)) }
        }
    };
    let page = Page {
        title: &heading,
        depth: 2,
        medium,
        scripts: &[],
        body,
    };
    page.render()
}

fn operation(entry: &Entry<'_>) -> Markup {
    let address = entry.address();
    let file = address.rsplit('/').next().unwrap_or_default();
    html! {
        li {
            a href={ (super::data::encoded(file)) ".html" } { (entry.spec.name.value) }
            " " span class={ "effect " (effect(entry.spec.effect)) } { (effect(entry.spec.effect)) }
            " " span.summary { (entry.operation.summary) }
        }
    }
}

/// What people call a product.
pub(crate) fn title(service: &Service) -> &str {
    service.title.as_deref().unwrap_or(&service.product.value)
}

/// What an operation does to the world, in a word.
pub(crate) fn effect(effect: Effect) -> &'static str {
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
