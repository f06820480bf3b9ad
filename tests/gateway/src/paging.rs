//! Which part of a list a call asks for.

use alicloud_codegen::spec::{Operation, PageStyle, Pagination};

use crate::parameters::Given;
use crate::refusal::Refusal;

/// How much a part holds when neither the call nor the spec says.
const SIZE: usize = 10;

/// More than this no part holds, whatever a call asks for.
const MAX_SIZE: usize = 1000;

/// Tokens are this and where their part starts: nothing a client could mistake for a number.
const TOKEN: &str = "part-";

/// A part of a list.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Part {
    /// Its number, from 1.
    pub(crate) number: usize,
    /// How much it holds at most.
    pub(crate) size: usize,
    start: usize,
}

impl Part {
    /// The items of the part.
    pub(crate) fn of<T: Clone>(&self, items: &[T]) -> Vec<T> {
        items
            .iter()
            .skip(self.start)
            .take(self.size)
            .cloned()
            .collect()
    }

    /// How much the part of a list of that length holds.
    pub(crate) fn len(&self, all: usize) -> usize {
        all.saturating_sub(self.start).min(self.size)
    }

    /// The token of the part behind this one, if there is one.
    pub(crate) fn next_token(&self, all: usize) -> Option<String> {
        let next = self.start.saturating_add(self.size);
        (next < all).then(|| format!("{TOKEN}{next}"))
    }
}

/// The part a call asks for. What is no number counts as not given, and there is no page before the first.
pub(crate) fn part(
    operation: &Operation,
    pagination: &Pagination,
    given: &Given,
) -> Result<Part, Refusal> {
    let size = pagination.size.as_ref().map(|size| size.value.as_str());
    let size = size.and_then(|size| {
        let asked = number(given.get(size).map(String::as_str));
        asked.or_else(|| number(default(operation, size)))
    });
    let size = size.unwrap_or(SIZE).min(MAX_SIZE);
    let start = match &pagination.style {
        PageStyle::Page { page, .. } => {
            let number = number(given.get(&page.value).map(String::as_str)).unwrap_or(1);
            (number - 1).saturating_mul(size)
        }
        PageStyle::Token { token, .. } => start(operation, &token.value, given)?,
    };
    Ok(Part {
        number: start / size + 1,
        size,
        start,
    })
}

fn start(operation: &Operation, token: &str, given: &Given) -> Result<usize, Refusal> {
    let given = given.get(token).map(String::as_str).unwrap_or_default();
    // The documents of some operations have a token for the first part, too.
    if given.is_empty() || default(operation, token) == Some(given) {
        return Ok(0);
    }
    let start = given
        .strip_prefix(TOKEN)
        .and_then(|start| start.parse().ok());
    start.ok_or_else(|| Refusal::invalid_parameter(token, "a token of an earlier answer"))
}

fn number(text: Option<&str>) -> Option<usize> {
    text?.parse().ok().filter(|number| *number > 0)
}

fn default<'a>(operation: &'a Operation, name: &str) -> Option<&'a str> {
    let mut parameters = operation.parameters.iter();
    let parameter = parameters.find(|parameter| parameter.field.name.value == name)?;
    let default = parameter.field.schema.default.as_ref();
    default.map(|default| default.value.as_str())
}
