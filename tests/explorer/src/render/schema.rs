//! Values as people read them: a type in words, and a tree of fields with what is known of each.

use alicloud_codegen::spec::{
    EnumUse, EnumValue, Field, Kind, NamedEnum, Primitive, Requirement, Schema, Scope, Style,
};
use maud::{Markup, html};

use super::text::markdown;
use crate::form::word;

/// How deep a tree is shown.
const MAX_DEPTH: usize = 12;

/// What trees of one operation are drawn with.
pub(crate) struct Drawing<'s, 'a> {
    pub(crate) scope: &'s Scope<'a>,
    pub(crate) enums: &'a [NamedEnum],
}

/// What a parameter says beyond its schema.
#[derive(Clone, Copy, Default)]
pub(crate) struct Extra {
    pub(crate) place: Option<&'static str>,
    pub(crate) style: Option<Style>,
    pub(crate) required: Requirement,
}

impl<'a> Drawing<'_, 'a> {
    /// Fields as a tree.
    pub(crate) fn fields(&self, fields: &'a [Field], above: &mut Vec<*const Schema>) -> Markup {
        html! {
            ul.tree {
                @for field in fields {
                    @let extra = Extra { required: field.schema.required, ..Extra::default() };
                    (self.field(field, extra, above))
                }
            }
        }
    }

    /// One field, and what is inside it.
    pub(crate) fn field(
        &self,
        field: &'a Field,
        extra: Extra,
        above: &mut Vec<*const Schema>,
    ) -> Markup {
        let schema = &field.schema;
        html! {
            li {
                div.field {
                    code.name { (field.name.value) } " "
                    span.type { (self.words(schema, extra.style)) }
                    (requirement(extra.required))
                    @if let Some(place) = extra.place { " " span.tag { (place) } }
                    @if schema.sensitive.is_secret() { " " span.tag title="Never shown in requests, logs or samples" { "secret" } }
                    @if schema.deprecated.is_some() { " " span.tag.warn { "deprecated" } }
                }
                (self.facts(schema))
                (self.inside(schema, above))
            }
        }
    }

    /// Everything known of a value but its parts.
    fn facts(&self, schema: &'a Schema) -> Markup {
        let description = schema.description.as_deref();
        let description = description.or_else(|| {
            let resolved = self.scope.resolve(schema)?;
            resolved.description.as_deref()
        });
        let limits = limits(schema);
        html! {
            @if let Some(text) = description { div.description { (markdown(text)) } }
            @if let Some(why) = &schema.deprecated { div.description.warn { (markdown(why)) } }
            @if !limits.is_empty() { p.limits { (limits.join(" · ")) } }
            @let values = self.values(schema);
            @if !values.is_empty() {
                dl.enum {
                    @for value in values {
                        div {
                            dt { code { (value.value.value) } }
                            dd { @if let Some(text) = &value.description { (markdown(text)) } }
                        }
                    }
                }
            }
        }
    }

    /// The values of an enum, of the value itself or of the items of a list.
    pub(crate) fn values(&self, schema: &'a Schema) -> &'a [EnumValue] {
        match &schema.enumeration {
            Some(EnumUse::Inline { values, .. }) => values,
            Some(EnumUse::Named(name)) => {
                let mut enums = self.enums.iter();
                let found = enums.find(|known| known.name.value == name.value);
                found.map_or(&[], |known| &known.values)
            }
            None => match &schema.kind {
                Kind::List(inner) => self.values(inner),
                _ => &[],
            },
        }
    }

    fn inside(&self, schema: &'a Schema, above: &mut Vec<*const Schema>) -> Markup {
        let Some((object, fields)) = self.object(schema) else {
            return html! {};
        };
        let again = above.contains(&(object as *const Schema));
        if again || above.len() >= MAX_DEPTH {
            return html! { p.limits { "Its fields are those of the object it is part of." } };
        }
        above.push(object);
        let fields = self.fields(fields, above);
        above.pop();
        html! { details open { summary { "Fields" } (fields) } }
    }

    /// The object a value is, or its items or entries are.
    fn object(&self, schema: &'a Schema) -> Option<(&'a Schema, &'a [Field])> {
        let mut current = schema;
        for _ in 0..MAX_DEPTH {
            let resolved = self.scope.resolve(current)?;
            match &resolved.kind {
                Kind::Object(fields) => return Some((resolved, fields)),
                Kind::List(inner) | Kind::Map(inner) => current = inner,
                _ => return None,
            }
        }
        None
    }

    /// A type in words.
    pub(crate) fn words(&self, schema: &'a Schema, style: Option<Style>) -> String {
        let kind = self.kind_words(schema, 0);
        match style {
            Some(Style::Json) => format!("{kind}, as JSON text"),
            Some(Style::Comma) => format!("{kind}, separated by commas"),
            Some(Style::Space) => format!("{kind}, separated by spaces"),
            Some(Style::Pipe) => format!("{kind}, separated by |"),
            Some(Style::Repeated | Style::Flat) | None => kind,
        }
    }

    fn kind_words(&self, schema: &'a Schema, depth: usize) -> String {
        let Some(resolved) = self.scope.resolve(schema) else {
            return "any".to_owned();
        };
        match &resolved.kind {
            Kind::Primitive(primitive) => words(*primitive).to_owned(),
            Kind::Object(_) => "object".to_owned(),
            Kind::List(_) | Kind::Map(_) if depth > MAX_DEPTH => "list".to_owned(),
            Kind::List(inner) => format!("list of {}", self.kind_words(inner, depth + 1)),
            Kind::Map(inner) => format!("map to {}", self.kind_words(inner, depth + 1)),
            Kind::Ref(_) => "any".to_owned(),
        }
    }
}

fn requirement(required: Requirement) -> Markup {
    html! {
        @match required {
            Requirement::Required => { " " span.tag.required { "required" } }
            Requirement::Documented => {
                " " span.tag.required title="The document says so, the metadata does not" { "required by the document" }
            }
            Requirement::Optional => {}
        }
    }
}

fn words(primitive: Primitive) -> &'static str {
    match primitive {
        Primitive::Any => "any JSON",
        other => word(other),
    }
}

/// Limits, default and example in words.
fn limits(schema: &Schema) -> Vec<String> {
    let mut limits = Vec::new();
    let text = |text: &alicloud_codegen::spec::Spanned<String>| text.value.clone();
    match (
        schema.minimum.as_ref().map(text),
        schema.maximum.as_ref().map(text),
    ) {
        (Some(least), Some(most)) => limits.push(format!("from {least} to {most}")),
        (Some(least), None) => limits.push(format!("at least {least}")),
        (None, Some(most)) => limits.push(format!("at most {most}")),
        (None, None) => {}
    }
    let unit = if matches!(schema.kind, Kind::List(_)) {
        "items"
    } else {
        "characters"
    };
    match (schema.min_length, schema.max_length) {
        (Some(least), Some(most)) => limits.push(format!("{least} to {most} {unit}")),
        (Some(least), None) => limits.push(format!("at least {least} {unit}")),
        (None, Some(most)) => limits.push(format!("at most {most} {unit}")),
        (None, None) => {}
    }
    limits.extend(schema.pattern.as_ref().map(|it| format!("pattern {it}")));
    let default = schema.default.as_ref();
    limits.extend(default.map(|it| format!("default {}", it.value.trim())));
    let example = schema
        .example
        .as_ref()
        .filter(|_| !schema.sensitive.is_secret());
    limits.extend(example.map(|it| format!("example {}", it.trim())));
    limits
}
