//! The texts of the specs: everything a user of DTS or STS meets is described, briefly, in sentences.

#![allow(clippy::unwrap_used, reason = "a test that cannot go on fails")]

use std::path::Path;

use alicloud_codegen::diagnostic::Diagnostics;
use alicloud_codegen::load::{Selection, load};
use alicloud_codegen::spec::{EnumUse, Field, Kind, Operation, Schema, Service};

/// The products all of whose texts are written; operations of the others have a summary at least.
const WRITTEN: [&str; 2] = ["dts", "sts"];

fn services() -> Vec<Service> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../api-specs");
    let mut diagnostics = Diagnostics::default();
    let display = Path::new("api-specs");
    let loaded = load(&root, display, &Selection::default(), &mut diagnostics).unwrap();
    assert!(diagnostics.is_empty());
    loaded.services
}

/// The texts of a product version, each with the place it is at. `None` where there should be one and is not.
#[derive(Default)]
struct Texts<'s>(Vec<(String, Option<&'s str>)>);

impl<'s> Texts<'s> {
    fn of(service: &'s Service) -> Self {
        let mut texts = Self::default();
        for (name, schema) in &service.schemas {
            texts.parts(&format!("{}: {}", service.folder, name.value), schema);
        }
        for operation in &service.operations {
            texts.operation(operation);
        }
        texts
    }

    fn operation(&mut self, operation: &'s Operation) {
        let name = &operation.name.value;
        self.0.push((name.clone(), operation.summary.as_deref()));
        for parameter in &operation.parameters {
            self.field(name, &parameter.field);
        }
        if let Some(response) = &operation.response {
            self.parts(&format!("{name} answer"), response);
        }
        for header in &operation.response_headers {
            self.field(&format!("{name} answer"), header);
        }
    }

    fn field(&mut self, place: &str, field: &'s Field) {
        let place = format!("{place} {}", field.name.value);
        let text = field.schema.description.as_deref();
        self.0.push((place.clone(), text));
        if let Some(EnumUse::Inline { values, .. }) = &field.schema.enumeration {
            for value in values {
                // A number or a name of a machine says what it is.
                let text = value.description.as_deref();
                self.0.extend(
                    text.map(|text| (format!("{place} {}", value.value.value), Some(text))),
                );
            }
        }
        self.parts(&place, &field.schema);
    }

    fn parts(&mut self, place: &str, schema: &'s Schema) {
        match &schema.kind {
            Kind::Object(fields) => fields.iter().for_each(|field| self.field(place, field)),
            Kind::List(inner) | Kind::Map(inner) => self.parts(place, inner),
            Kind::Primitive(_) | Kind::Ref(_) => {}
        }
    }
}

/// What is wrong with a text.
fn fault(text: Option<&str>) -> Option<&'static str> {
    let Some(text) = text.map(str::trim) else {
        return Some("no text");
    };
    let sentence = text.ends_with(['.', ':', '?']);
    let start = text
        .starts_with(|c: char| c.is_uppercase() || matches!(c, '`' | '[') || c.is_ascii_digit());
    let words = text.split_whitespace().count();
    match () {
        () if !sentence => Some("no full stop"),
        () if !start => Some("begins in lower case"),
        () if words > 60 => Some("too long"),
        () if text.contains("  ") || text.contains("..") => Some("a slip of the keyboard"),
        () => None,
    }
}

/// What is wrong with the texts of a product version.
fn faults(texts: &Texts<'_>) -> Vec<String> {
    let faulty = texts.0.iter().filter_map(|(place, text)| {
        let fault = fault(*text)?;
        Some(format!("{place}: {fault}: {}", text.unwrap_or_default()))
    });
    faulty.collect()
}

#[test]
fn describe_everything_in_short_sentences() {
    let services = services();
    let mut seen = 0;
    for service in services
        .iter()
        .filter(|service| WRITTEN.contains(&service.folder.as_str()))
    {
        let texts = Texts::of(service);
        let faults = faults(&texts);
        assert!(
            faults.is_empty(),
            "{} faults\n{}",
            faults.len(),
            faults.join("\n")
        );
        seen += texts.0.len();
    }
    assert!(seen > 4000, "{seen}");
}

#[test]
fn say_of_every_operation_what_it_does() {
    for operation in services().iter().flat_map(|service| &service.operations) {
        let summary = operation.summary.as_deref();
        assert_eq!(
            fault(summary),
            None,
            "{}: {summary:?}",
            operation.name.value
        );
    }
}

#[test]
fn can_be_faulty() {
    for (text, wrong) in [
        (None, Some("no text")),
        (Some("The ID of the job"), Some("no full stop")),
        (Some("the ID of the job."), Some("begins in lower case")),
        (Some("The ID  of the job."), Some("a slip of the keyboard")),
        (Some("The ID of the job."), None),
        (Some("`none` starts none of them."), None),
    ] {
        assert_eq!(fault(text), wrong);
    }
}
