//! Official document pages, as text copied from a browser: the facts in their tables.
//!
//! A page has a table of parameters, one of response parameters, examples and a table of error codes. Copied, a table
//! comes in one of three shapes (`table`): columns with spaces between them, with bars, or with nothing at all. What its
//! prose says in set phrases (valid values, defaults, conditions) is read by `prose`. Which field lies in which object the
//! copy no longer shows; the sample answer does (`nesting`). Prose itself is no fact, and nobody copies it.

mod column;
mod error_table;
mod nesting;
mod prose;
mod sample;
mod section;
mod table;

use std::fmt;

pub use self::error_table::Listed;
pub use self::prose::Condition;
use self::section::Sections;

/// What a page says.
#[derive(Clone, Debug, Default)]
pub struct Document {
    /// The operation, if the page names it.
    pub operation: Option<String>,
    /// The parameters, without `Action`.
    pub parameters: Vec<Row>,
    /// The fields of the answer, outermost first.
    pub response: Vec<Row>,
    /// Fields of the answer whose place is a guess: the sample lacks them, and they may lie in an object.
    pub guessed: Vec<String>,
    /// The error codes.
    pub errors: Vec<Listed>,
    /// The parameters of the sample request, in order.
    pub request: Vec<(String, String)>,
    /// The sample answer in JSON.
    pub json: Option<String>,
    /// The sample answer in XML.
    pub xml: Option<String>,
}

/// A row of a table.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Row {
    /// The name. In an answer with all the names that lead to it, joined with dots.
    pub name: String,
    /// The type.
    pub kind: RowKind,
    /// Whether it is required; `None` in an answer.
    pub required: Option<bool>,
    /// The example.
    pub example: Option<String>,
    /// The default that the description tells.
    pub default: Option<String>,
    /// The values that the description lists.
    pub values: Vec<String>,
    /// Whether the value is JSON in a string.
    pub json: bool,
    /// Whether the description announces its end.
    pub deprecated: bool,
    /// What the description says about when it counts.
    pub conditions: Vec<Condition>,
}

/// The type of a row.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[allow(missing_docs, reason = "the names say it")]
pub enum RowKind {
    #[default]
    Text,
    Int32,
    Int64,
    Float,
    Double,
    Boolean,
    Object,
    Map,
    Any,
    /// A list of objects.
    Objects,
    /// A list of texts or of something the page does not tell.
    Texts,
}

/// Why a page cannot be used.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Refusal {
    /// The line, from 1.
    pub line: usize,
    /// What is wrong, and the remedy.
    pub message: String,
}

impl fmt::Display for Refusal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "line {}: {}", self.line, self.message)
    }
}

impl std::error::Error for Refusal {}

/// Reads a page.
///
/// # Errors
///
/// When it has no table of parameters and none of response parameters, or a table cannot be read.
pub fn parse(text: &str) -> Result<Document, Refusal> {
    let text = text.replace("\r\n", "\n");
    let sections = Sections::split(&text);
    if sections.parameters.is_empty() && sections.response.is_empty() {
        return Err(Refusal {
            line: 1,
            message: "no table under a line \"Request parameters\" or \"Response parameters\"; copy the whole page as text".into(),
        });
    }
    let mut parameters = table::read(&sections.parameters, true)?;
    let action = parameters.iter().position(|row| row.name == "Action");
    let action = action.map(|at| parameters.remove(at));
    let (json, xml) = sample::answers(&sections.answers);
    let mut response = table::read(&sections.response, false)?;
    let guessed = nesting::settle(&mut response, json.as_deref());
    let request = sample::request(&sections.request);
    let named = action.and_then(|row| row.example);
    let asked = || sample::action(&sections.request);
    Ok(Document {
        operation: named.or_else(asked).or_else(|| section::title(&text)),
        parameters,
        response,
        guessed,
        errors: error_table::read(&sections.errors),
        request,
        json,
        xml,
    })
}
