//! Where a fact finds what it is about.

use alicloud_codegen::spec::{EnumUse, Kind, Operation, Requirement, Schema, Service, Style};

/// A parameter, or a part of one.
#[derive(Clone, Copy)]
pub(crate) struct Found<'s> {
    /// What it looks like.
    pub(crate) schema: &'s Schema,
    /// Whether it must be given.
    pub(crate) required: Requirement,
    /// How it is written.
    pub(crate) style: Option<Style>,
}

/// The parameter of a name, or the part of one that a dotted name leads to.
pub(crate) fn find<'s>(operation: &'s Operation, name: &str) -> Option<Found<'s>> {
    let named = |name: &str| {
        let mut parameters = operation.parameters.iter();
        parameters.find(|parameter| parameter.field.name.value == name)
    };
    if let Some(parameter) = named(name) {
        return Some(Found {
            schema: &parameter.field.schema,
            required: parameter.required,
            style: parameter.style,
        });
    }
    let (outer, inner) = name.split_once('.')?;
    let schema = part(&named(outer)?.field.schema, inner)?;
    Some(Found {
        schema,
        required: schema.required,
        style: None,
    })
}

fn part<'s>(schema: &'s Schema, name: &str) -> Option<&'s Schema> {
    let Kind::Object(fields) = &schema.kind else {
        return None;
    };
    if let Some(field) = fields.iter().find(|field| field.name.value == name) {
        return Some(&field.schema);
    }
    let (outer, inner) = name.split_once('.')?;
    let field = fields.iter().find(|field| field.name.value == outer)?;
    part(&field.schema, inner)
}

/// The values a parameter, or an item of it, is known to have.
pub(crate) fn values<'s>(service: &'s Service, schema: &'s Schema) -> Vec<&'s str> {
    let list = match (&schema.enumeration, &schema.kind) {
        (Some(EnumUse::Inline { values, .. }), _) => values,
        (Some(EnumUse::Named(name)), _) => {
            let mut enums = service.enums.iter();
            let named = enums.find(|named| named.name.value == name.value);
            &named.unwrap().values
        }
        (None, Kind::List(items)) => return values(service, items),
        (None, _) => return Vec::new(),
    };
    list.iter()
        .map(|value| value.value.value.as_str())
        .collect()
}
