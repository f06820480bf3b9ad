//! Lists in parts and states to wait for: which methods a request gets for them.

use super::super::docs::sanitize;
use super::super::{AnswerType, Field, FieldType, Home, Items, Operation, Paging, Struct, Waiter};
use crate::spec::{self, PageStyle, Pagination, Spanned};

/// The walk over the parts of a list, each of which has to be a document, not bytes or a stream. Where the items are is
/// settled later.
pub(super) fn paging(spec: &spec::Operation, answer: &AnswerType) -> Option<Paging> {
    let walked = spec.pagination.is_some() && !spec.streams && *answer != AnswerType::Binary;
    walked.then_some(Paging { items: None })
}

/// Finds the items of every list that can be walked. Structs of `service.yaml` are on the way to some of them, so this
/// comes when all structs are there. Without its items nobody can tell where a list by page number ends.
pub(super) fn settle_items(operations: &mut [Operation], shared: &[Struct]) {
    for operation in operations {
        let items = operation.pagination.as_ref();
        let items = items.and_then(|pagination| pagination.items.as_ref());
        let found = items.and_then(|path| items_at(operation, shared, &path.value));
        let by_token = operation.pagination.as_ref().is_some_and(is_by_token);
        operation.paging = operation
            .paging
            .take()
            .filter(|_| by_token || found.is_some())
            .map(|_| Paging { items: found });
    }
}

fn is_by_token(pagination: &Pagination) -> bool {
    matches!(pagination.style, PageStyle::Token { .. })
}

fn items_at(operation: &Operation, shared: &[Struct], path: &str) -> Option<Items> {
    let answer = structure(&operation.structs, &operation.response)?;
    let mut way = Vec::new();
    find(operation, shared, answer, path, &mut way);
    match &way.last()?.ty {
        FieldType::List(item) => Some(Items {
            path: way.iter().map(|field| field.name.clone()).collect(),
            item: (**item).clone(),
            deprecated: way.iter().any(|field| field.docs.deprecated.is_some()),
        }),
        _ => None,
    }
}

/// The fields a dotted path leads through. A name may have dots in it, so at each level the names there decide.
fn find<'m>(
    operation: &'m Operation,
    shared: &'m [Struct],
    structure: &'m Struct,
    path: &str,
    way: &mut Vec<&'m Field>,
) -> bool {
    structure.fields.iter().any(|field| {
        let Some(rest) = path.strip_prefix(field.wire.as_str()) else {
            return false;
        };
        way.push(field);
        let found = rest.is_empty()
            || rest.strip_prefix('.').is_some_and(|rest| {
                inside(operation, shared, &field.ty)
                    .is_some_and(|inner| find(operation, shared, inner, rest, way))
            });
        if !found {
            way.pop();
        }
        found
    })
}

/// The struct a field holds.
fn inside<'m>(
    operation: &'m Operation,
    shared: &'m [Struct],
    ty: &FieldType,
) -> Option<&'m Struct> {
    match ty {
        FieldType::Struct(path) | FieldType::Boxed(path) if path.home == Home::Operation => {
            structure(&operation.structs, &path.name)
        }
        FieldType::Struct(path) | FieldType::Boxed(path) => structure(shared, &path.name),
        _ => None,
    }
}

fn structure<'m>(structs: &'m [Struct], name: &str) -> Option<&'m Struct> {
    structs.iter().find(|structure| structure.name == name)
}

/// The states that can be waited for.
pub(super) fn waiters(spec: &spec::Operation) -> Vec<Waiter> {
    spec.waiters.iter().map(waiter).collect()
}

fn waiter(spec: &spec::Waiter) -> Waiter {
    let name = &spec.name.value;
    let values =
        |values: &[Spanned<String>]| values.iter().map(|value| value.value.clone()).collect();
    Waiter {
        name: name.clone(),
        method: format!("wait_until_{name}"),
        constant: format!("UNTIL_{}", name.to_ascii_uppercase()),
        description: spec.description.as_deref().map(sanitize),
        field: spec.field.value.clone(),
        wanted: values(&spec.wanted),
        failed: values(&spec.failed),
        interval: spec.interval.value,
        deadline: spec.deadline.value,
    }
}
