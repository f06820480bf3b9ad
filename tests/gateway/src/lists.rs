//! Lists that tests lay down: the gateway hands them out page by page, or token by token, as the spec says.

use std::collections::HashMap;
use std::fmt;
use std::sync::{Arc, PoisonError, RwLock};

use alicloud_codegen::spec::{Kind, PageStyle, Pagination, Schema, Scope};
use serde_json::{Value, json};

use crate::catalog::{Catalog, Served};
use crate::paging::{self, Part};
use crate::parameters::Given;
use crate::project::{project, set};
use crate::refusal::Refusal;

/// How deep below the top of an answer its list is looked for.
const MAX_DEPTH: usize = 4;

/// Why a list cannot be served.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum ListError {
    /// There is no spec of the operation.
    Unknown(String),
    /// The spec says nothing of pages or tokens.
    NotPaged(String),
    /// The spec does not say where the items are, and the response has no list either.
    NoItems(String),
}

impl fmt::Display for ListError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Unknown(operation) => write!(f, "there is no spec of {operation}"),
            Self::NotPaged(operation) => {
                write!(f, "the spec of {operation} has no pagination")
            }
            Self::NoItems(operation) => {
                write!(f, "the response of {operation} has no list of objects")
            }
        }
    }
}

impl std::error::Error for ListError {}

/// The lists of one gateway, by operation.
#[derive(Debug, Default)]
pub(crate) struct Lists(RwLock<HashMap<String, Arc<Vec<Value>>>>);

impl Lists {
    /// Lays down the list of every operation of that name that comes in parts.
    pub(crate) fn serve(
        &self,
        catalog: &Catalog,
        operation: &str,
        items: Vec<Value>,
    ) -> Result<(), ListError> {
        let named = catalog
            .operations()
            .filter(|served| served.spec.name.value == operation);
        let named: Vec<_> = named.collect();
        let mut paged = named
            .iter()
            .filter(|served| served.spec.pagination.is_some());
        let name = || operation.to_owned();
        if named.is_empty() {
            return Err(ListError::Unknown(name()));
        }
        if paged.clone().next().is_none() {
            return Err(ListError::NotPaged(name()));
        }
        if !paged.any(|served| items_path(*served).is_some()) {
            return Err(ListError::NoItems(name()));
        }
        let mut lists = self.0.write().unwrap_or_else(PoisonError::into_inner);
        lists.insert(name(), Arc::new(items));
        Ok(())
    }

    /// The part of its list a call asked for; nothing when no list was laid down.
    pub(crate) fn answer(
        &self,
        served: Served<'_>,
        given: &Given,
        request_id: &str,
    ) -> Option<Result<Value, Refusal>> {
        let lists = self.0.read().unwrap_or_else(PoisonError::into_inner);
        let items = Arc::clone(lists.get(&served.spec.name.value)?);
        drop(lists);
        let pagination = served.spec.pagination.as_ref()?;
        let path = items_path(served)?;
        let part = match paging::part(served.spec, pagination, given) {
            Ok(part) => part,
            Err(refusal) => return Some(Err(refusal)),
        };
        let mut facts = json!({"RequestId": request_id, "Success": true, "HttpStatusCode": 200});
        facts_of_part(&mut facts, pagination, &part, items.len());
        let mut document = project(served.service, served.spec, &facts)?;
        // As they were laid down, whatever the spec knows of them.
        set(&mut document, &path, part.of(&items).into());
        Some(Ok(document))
    }
}

/// What an answer says of the part it holds: the total, the number and size of the page, the token of the next part.
pub(crate) fn facts_of_part(facts: &mut Value, pagination: &Pagination, part: &Part, all: usize) {
    let held = part.len(all);
    let next = || json!(part.next_token(all));
    let (path, value) = match &pagination.style {
        PageStyle::Page { total, .. } => (total.as_ref(), json!(all)),
        PageStyle::Token { next: path, .. } => (Some(path), next()),
    };
    let Some(path) = path.map(|path| path.value.as_str()) else {
        return;
    };
    let beside = |name: &str| match path.rsplit_once('.') {
        Some((parent, _)) => format!("{parent}.{name}"),
        None => name.to_owned(),
    };
    for (name, value) in [
        ("PageNumber", json!(part.number)),
        ("PageSize", json!(part.size)),
        ("MaxResults", json!(part.size)),
        ("PageRecordCount", json!(held)),
        ("TotalCount", json!(all)),
        ("TotalRecordCount", json!(all)),
    ] {
        set(facts, &beside(name), value);
    }
    set(facts, path, value);
}

/// Where the items of an operation that comes in parts are: where the spec says, else the first list of objects there is.
pub(crate) fn items_path(served: Served<'_>) -> Option<String> {
    let items = served.spec.pagination.as_ref()?.items.as_ref();
    if let Some(items) = items {
        return Some(items.value.clone());
    }
    let shared = Scope::of_service(&served.service.schemas);
    let scope = Scope::of_operation(served.spec, &shared);
    first_list(&scope, served.spec.response.as_ref()?, 0)
}

fn first_list<'a>(scope: &Scope<'a>, schema: &'a Schema, depth: usize) -> Option<String> {
    let Kind::Object(fields) = &scope.resolve(schema)?.kind else {
        return None;
    };
    let is_list = |schema: &'a Schema| match scope.resolve(schema).map(|schema| &schema.kind) {
        Some(Kind::List(items)) => scope
            .resolve(items)
            .is_some_and(|items| matches!(items.kind, Kind::Object(_))),
        _ => false,
    };
    let own = fields.iter().find(|field| is_list(&field.schema));
    let own = own.map(|field| field.name.value.clone());
    own.or_else(|| {
        let mut fields = fields.iter().filter(|_| depth < MAX_DEPTH);
        fields.find_map(|field| {
            let below = first_list(scope, &field.schema, depth + 1)?;
            Some(format!("{}.{below}", field.name.value))
        })
    })
}
