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
        let asked = number(given.get(size));
        asked.or_else(|| default(operation, size))
    });
    let size = size.unwrap_or(SIZE).min(MAX_SIZE);
    let start = match &pagination.style {
        PageStyle::Page { page, .. } => {
            let number = number(given.get(&page.value)).unwrap_or(1);
            (number - 1).saturating_mul(size)
        }
        PageStyle::Token { token, .. } => start(&token.value, given)?,
    };
    Ok(Part {
        number: start / size + 1,
        size,
        start,
    })
}

fn start(token: &str, given: &Given) -> Result<usize, Refusal> {
    let Some(value) = given.get(token).filter(|value| !value.is_empty()) else {
        return Ok(0);
    };
    let start = value
        .strip_prefix(TOKEN)
        .and_then(|start| start.parse().ok());
    start.ok_or_else(|| Refusal::invalid_parameter(token, "a token of an earlier answer"))
}

fn number(text: Option<&String>) -> Option<usize> {
    text?.parse().ok().filter(|number| *number > 0)
}

fn default(operation: &Operation, name: &str) -> Option<usize> {
    let mut parameters = operation.parameters.iter();
    let parameter = parameters.find(|parameter| parameter.field.name.value == name)?;
    let default = parameter.field.schema.default.as_ref();
    number(default.map(|default| &default.value))
}
