//! Where a walk through a long list stands: what came, where the next part is, and when it goes round in circles.
//!
//! By token: until a response has none for the next part. By number: until a page is empty, or smaller than those before
//! it, unless the service told a total that is not reached yet: then an empty or a short page is asked beyond, once. Totals
//! end nothing by themselves, because some services count the page instead of the list.

use std::collections::HashSet;
use std::hash::{DefaultHasher, Hash as _, Hasher as _};

use crate::decode::{ListSeen, Observed};
use crate::operation::{Bound, Kind, Operation, PageStyle, Pagination, Parameter, Requirement};
use crate::params::{Params, Value};

/// How many items a part holds where nothing is documented and the size has to be given.
const SIZE: i64 = 50;

/// Where the next part is.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Place {
    /// Where the caller's own parameters say.
    Start,
    /// At a page, or behind a token.
    At(Value),
}

/// What was seen so far.
#[derive(Debug, Default)]
pub(super) struct Walk {
    items: u64,
    largest: usize,
    /// The number of the first page.
    first: Option<i64>,
    /// Whether the last page was empty although the total was not reached.
    was_empty: bool,
    /// Hashes of the tokens, or of the pages, that came: what comes again is a circle.
    seen: HashSet<u64>,
}

/// What follows a part.
pub(super) enum Next {
    /// Another part, there.
    Part(Value),
    /// Nothing: the list is complete.
    End,
    /// Nothing that makes sense, and why.
    Astray(String),
}

impl Walk {
    /// Works out what follows a part. `params` are the caller's, `place` is where the part was.
    pub(super) fn advance(
        &mut self,
        paging: &Pagination,
        params: &Params,
        place: Option<&Place>,
        observed: &Observed,
    ) -> Next {
        let list = paging.items.as_ref().and_then(|path| observed.list(path));
        match &paging.style {
            PageStyle::Token { token, next } => {
                let given = given(params, token, place);
                self.after_token(given, observed.get(next).unwrap_or_default())
            }
            PageStyle::Page { page, total } => {
                let given = given(params, page, place);
                let size = paging
                    .size
                    .as_ref()
                    .and_then(|size| number(params.get(size)?));
                let total = total.as_ref().and_then(|path| observed.get(path));
                let total = total.and_then(|total| total.trim().parse().ok());
                let page = Page {
                    number: given.and_then(number).unwrap_or(1),
                    size: size.and_then(|size| usize::try_from(size).ok()),
                    total,
                };
                match self.after_page(&page, list.as_ref()) {
                    Ok(true) => Next::Part(page.following(given)),
                    Ok(false) => Next::End,
                    Err(why) => Next::Astray(why),
                }
            }
        }
    }

    fn after_token(&mut self, given: Option<&Value>, next: &str) -> Next {
        if let Some(given) = given.and_then(Value::scalar_text) {
            self.seen.insert(hash(&given));
        }
        if next.is_empty() {
            Next::End
        } else if self.seen.insert(hash(next)) {
            Next::Part(Value::Text(next.to_owned()))
        } else {
            let why =
                "the service hands out the same part of the list again: its token was seen before";
            Next::Astray(why.to_owned())
        }
    }

    /// Whether there is likely to be another page.
    fn after_page(&mut self, page: &Page, list: Option<&ListSeen>) -> Result<bool, String> {
        let count = list.map_or(0, |list| list.count);
        self.items += count as u64;
        let full = page.size.unwrap_or_default().max(self.largest);
        let short = count < full;
        self.largest = self.largest.max(count);
        // A walk that begins in the middle has not seen what came before.
        let first = *self.first.get_or_insert(page.number);
        let passed = u64::try_from(first.saturating_sub(1)).unwrap_or_default();
        let size = page.size.unwrap_or(self.largest) as u64;
        let came = self.items.saturating_add(passed.saturating_mul(size));
        let missing = page.total.filter(|total| came < *total);
        let told = |what: &str| match page.total {
            Some(total) => format!("{what}: {came} of {total} items came"),
            None => what.to_owned(),
        };
        let again = list.is_some_and(|list| count > 0 && !self.seen.insert(list.fingerprint));
        if again {
            return Err(told(
                "the service hands out the same part of the list again",
            ));
        }
        let was_empty = std::mem::replace(&mut self.was_empty, count == 0);
        match missing {
            Some(_) if count == 0 && was_empty => Err(told(
                "the service hands out empty parts before the list is complete",
            )),
            Some(_) => Ok(true),
            None => Ok(count > 0 && !short),
        }
    }
}

/// A page that came.
struct Page {
    number: i64,
    /// How many items were asked for.
    size: Option<usize>,
    /// How many items there are in all, as the service tells it.
    total: Option<u64>,
}

impl Page {
    /// The number of the next page. A number given as text stays text.
    fn following(&self, given: Option<&Value>) -> Value {
        let number = self.number.saturating_add(1);
        match given {
            Some(Value::Text(_)) => Value::Text(number.to_string()),
            _ => Value::Int(number),
        }
    }
}

/// What told apart the part that came: its place, or what the caller set.
fn given<'v>(params: &'v Params, name: &str, place: Option<&'v Place>) -> Option<&'v Value> {
    match place {
        Some(Place::At(value)) => Some(value),
        _ => params.get(name),
    }
}

fn number(value: &Value) -> Option<i64> {
    value.scalar_text()?.trim().parse().ok()
}

fn hash(text: &str) -> u64 {
    let mut hasher = DefaultHasher::new();
    text.hash(&mut hasher);
    hasher.finish()
}

/// Gives the number and the size of the first page where the operation insists on them and the caller gave none.
pub(super) fn begin(operation: &Operation, params: &mut Params, added: &Params) {
    let Some(paging) = &operation.pagination else {
        return;
    };
    let page = match &paging.style {
        PageStyle::Page { page, .. } => Some(page),
        PageStyle::Token { .. } => None,
    };
    let first = page.map(|page| (page, 1));
    let size = paging.size.as_ref();
    let size = size.map(|name| (name, operation.parameter(name).map_or(SIZE, size_of)));
    for (name, number) in first.into_iter().chain(size) {
        let known = operation.parameter(name);
        let required = known.filter(|known| known.required != Requirement::Optional);
        let given = params.get(name).is_some() || added.get(name).is_some();
        if let (Some(known), false) = (required, given) {
            let value = match known.kind {
                Kind::String => Value::Text(number.to_string()),
                _ => Value::Int(number),
            };
            params.set(name.clone(), value);
        }
    }
}

/// How many items to ask for: as many as the service gives by itself, else as many as it allows.
fn size_of(parameter: &Parameter) -> i64 {
    let bound = |bound: Option<Bound>| match bound {
        Some(Bound::Int(number)) => Some(number),
        _ => None,
    };
    let default = parameter
        .default
        .as_ref()
        .and_then(|default| default.trim().parse().ok());
    let maximum = bound(parameter.limits.maximum);
    let minimum = bound(parameter.limits.minimum).unwrap_or(1);
    let size = default.or(maximum).unwrap_or(SIZE);
    size.min(maximum.unwrap_or(size)).max(minimum)
}
