//! What comes back: the good answer, its headers, and what the documents say of other statuses.

use serde_json::Value;

use super::super::draft::{Member, Schema};
use super::super::metadata::value::{entries, member};
use super::super::report::Kind;
use super::Converter;

/// The answers of an operation.
pub(super) struct Answers {
    /// The body of a good answer; `None` for one without a body.
    pub(super) good: Option<Schema>,
    pub(super) headers: Vec<Member>,
    pub(super) others: Vec<(String, Option<Schema>)>,
}

impl<'d> Converter<'d> {
    /// Converts the responses of an operation. The good one is the first 2xx that has a body, else the first 2xx.
    pub(super) fn answers(&mut self, node: &'d Value) -> Answers {
        let statuses: Vec<(String, &Value)> = self.statuses(node);
        let is_good = |status: &str| status.starts_with('2');
        let described = |node: &Value| member(node, "schema").is_some();
        let good = statuses
            .iter()
            .position(|(status, node)| is_good(status) && described(node));
        let good = good.or_else(|| statuses.iter().position(|(status, _)| is_good(status)));
        let mut answers = Answers {
            good: None,
            headers: Vec::new(),
            others: Vec::new(),
        };
        for (at, (status, node)) in statuses.into_iter().enumerate() {
            self.notes.push(if Some(at) == good {
                "response"
            } else {
                &status
            });
            let body = member(node, "schema").map(|schema| self.schema(schema));
            if Some(at) == good {
                answers.headers = self.headers(node);
                answers.good = body;
            } else if !answers.others.iter().any(|(known, _)| *known == status) {
                answers.others.push((status, body));
            }
            self.notes.pop();
        }
        answers
    }

    /// The statuses in capitals, without what is none.
    fn statuses(&mut self, node: &'d Value) -> Vec<(String, &'d Value)> {
        let mut statuses = Vec::new();
        for (status, node) in entries(node, "responses") {
            let written = status.trim().to_ascii_uppercase();
            if is_status(&written) {
                statuses.push((written, node));
            } else {
                self.notes.at(Kind::ResponseStatus, status, "");
            }
        }
        statuses
    }

    fn headers(&mut self, node: &'d Value) -> Vec<Member> {
        let mut headers = Vec::new();
        for (name, node) in entries(node, "headers") {
            let schema = member(node, "schema").unwrap_or(node);
            let mut header = self.member(name, schema);
            if header.schema.description.is_none() {
                header.schema.description =
                    super::super::metadata::value::text(node, "description").map(str::to_owned);
            }
            headers.push(header);
        }
        headers
    }
}

/// A status, or a class of them such as `5XX`.
fn is_status(text: &str) -> bool {
    let mut chars = text.chars();
    let first = chars.next().is_some_and(|c| ('1'..='5').contains(&c));
    let rest = chars.as_str();
    first && rest.len() == 2 && (rest == "XX" || rest.bytes().all(|c| c.is_ascii_digit()))
}
