//! Pagination and idempotency tokens, found by the names they are known to have.
//!
//! A list comes by token when the request takes one and the answer has the next, and by page when the request takes a
//! number together with a size, or the answer counts the whole. Where an answer has one list, that is the list; where it
//! has several, only people can tell.

use std::collections::HashMap;

use super::super::draft::{Member, Operation, Pagination, Schema, Shape};
use crate::spec::{Effect, Location, Primitive};

const TOKENS: &[&str] = &[
    "nexttoken",
    "nextpagetoken",
    "marker",
    "pagetoken",
    "continuationtoken",
    "scrollid",
];
const PAGES: &[&str] = &[
    "pagenumber",
    "currentpage",
    "pageno",
    "pagenum",
    "pageindex",
    "page",
    "pageid",
];
/// In the order of preference for lists by token; lists by page prefer `pagesize`.
const SIZES: &[&str] = &[
    "maxresults",
    "pagesize",
    "limit",
    "size",
    "maxitems",
    "maxkeys",
];
const TOTALS: &[&str] = &[
    "totalcount",
    "total",
    "totalrecordcount",
    "totalnum",
    "totalsize",
    "totalitemcount",
    "totalrecords",
];

/// How deep fields of the answer are looked at.
const MAX_DEPTH: usize = 3;

/// Adds what can be told of an operation once all of it is there.
pub(super) fn detect(operation: &mut Operation, shared: &HashMap<&str, &Schema>) {
    if operation.effect != Effect::Read {
        operation.idempotency_token = parameter(operation, &["clienttoken"], &[Primitive::String]);
    }
    let Some(response) = &operation.response else {
        return;
    };
    let mut fields = Vec::new();
    collect(response, shared, "", 0, &mut fields);
    // Shallow fields first: a total beside the list is more likely the list's than one further in.
    fields.sort_by_key(|field| field.depth);
    operation.pagination = by_token(operation, &fields).or_else(|| by_page(operation, &fields));
}

/// A field of the answer, outside of lists.
struct Found<'a> {
    path: String,
    name: &'a str,
    depth: usize,
    schema: &'a Schema,
}

fn collect<'a>(
    schema: &'a Schema,
    shared: &HashMap<&str, &'a Schema>,
    prefix: &str,
    depth: usize,
    fields: &mut Vec<Found<'a>>,
) {
    if depth == MAX_DEPTH {
        return;
    }
    for Member { wire, schema } in resolve(schema, shared).members() {
        let path = format!("{prefix}{wire}");
        collect(schema, shared, &format!("{path}."), depth + 1, fields);
        fields.push(Found {
            path,
            name: wire,
            depth,
            schema,
        });
    }
}

/// A schema, or the shared one it refers to.
pub(super) fn resolve<'a>(schema: &'a Schema, shared: &HashMap<&str, &'a Schema>) -> &'a Schema {
    match &schema.shape {
        Shape::Ref(name) => shared.get(name.as_str()).copied().unwrap_or(schema),
        _ => schema,
    }
}

fn by_token(operation: &Operation, fields: &[Found<'_>]) -> Option<Pagination> {
    let token = parameter(operation, TOKENS, &[Primitive::String])?;
    let (same, next) = (bare(&token), format!("next{}", bare(&token)));
    let is_text =
        |field: &&Found<'_>| matches!(field.schema.shape, Shape::Primitive(Primitive::String));
    let named = |name: &str| {
        fields
            .iter()
            .filter(is_text)
            .find(|field| bare(field.name) == name)
    };
    let next = named(&next).or_else(|| named(&same))?;
    let size = parameter(operation, SIZES, WHOLE);
    let entries = [
        ("token", Some(token)),
        ("next", Some(next.path.clone())),
        ("size", size),
        ("items", items(fields)),
    ];
    Some(pagination("token", entries))
}

fn by_page(operation: &Operation, fields: &[Found<'_>]) -> Option<Pagination> {
    let page = parameter(operation, PAGES, WHOLE)?;
    let size =
        parameter(operation, &["pagesize"], WHOLE).or_else(|| parameter(operation, SIZES, WHOLE));
    let is_total = |field: &&Found<'_>| {
        TOTALS.contains(&bare(field.name).as_str())
            && matches!(field.schema.shape, Shape::Primitive(_))
    };
    let total = fields.iter().find(is_total).map(|field| field.path.clone());
    if size.is_none() && total.is_none() {
        return None;
    }
    let entries = [
        ("page", Some(page)),
        ("size", size),
        ("total", total),
        ("items", items(fields)),
    ];
    Some(pagination("page", entries))
}

fn pagination<const N: usize>(
    style: &str,
    entries: [(&'static str, Option<String>); N],
) -> Pagination {
    let named = entries
        .into_iter()
        .filter_map(|(key, name)| Some((key, name?)));
    Pagination {
        entries: std::iter::once(("style", style.to_owned()))
            .chain(named)
            .collect(),
    }
}

/// The only list, or the only list of objects.
fn items(fields: &[Found<'_>]) -> Option<String> {
    let lists: Vec<&Found<'_>> = fields
        .iter()
        .filter(|field| matches!(field.schema.shape, Shape::List(_)))
        .collect();
    if let [only] = lists.as_slice() {
        return Some(only.path.clone());
    }
    let of_objects = |field: &&&Found<'_>| match &field.schema.shape {
        Shape::List(items) => matches!(items.shape, Shape::Object(_) | Shape::Ref(_)),
        _ => false,
    };
    match lists
        .iter()
        .filter(of_objects)
        .collect::<Vec<_>>()
        .as_slice()
    {
        [only] => Some(only.path.clone()),
        _ => None,
    }
}

/// Numbers, and what some operations write them as.
const WHOLE: &[Primitive] = &[Primitive::Int32, Primitive::Int64, Primitive::String];

/// The first of the names that is a parameter of one of the types.
fn parameter(operation: &Operation, names: &[&str], types: &[Primitive]) -> Option<String> {
    let fits = |name: &str| {
        let mut parameters = operation.parameters.iter();
        parameters.find(|parameter| {
            bare(&parameter.member.wire) == name
                && matches!(parameter.location, Location::Query | Location::Form | Location::Header)
                && matches!(&parameter.member.schema.shape, Shape::Primitive(primitive) if types.contains(primitive))
        })
    };
    names
        .iter()
        .find_map(|name| Some(fits(name)?.member.wire.clone()))
}

/// A name without what spellings differ in.
fn bare(name: &str) -> String {
    name.chars()
        .filter(char::is_ascii_alphanumeric)
        .map(|c| c.to_ascii_lowercase())
        .collect()
}
