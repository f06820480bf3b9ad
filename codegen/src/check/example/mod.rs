//! Examples are tests of the spec: a request that could be sent, and answers that can be decoded.
//!
//! JSON and XML answers are read into one and the same tree (`answer`), so that what is checked of them is written once.
//! Everything is reported at the very place inside the block the answer is written in (`place`).

mod answer;
mod json;
mod place;
mod request;
mod xml;

use self::answer::{Answer, Format};
use super::Context;
use crate::diagnostic::{Diagnostics, catalogue};
use crate::spec::{Kind, Primitive, Spanned};

/// Why a text is not in the format it claims: at which byte, and what is wrong there.
struct Malformed {
    at: usize,
    message: String,
}

pub(super) fn check(context: &Context<'_>, diagnostics: &mut Diagnostics) {
    for example in &context.operation.examples {
        if let Some(request) = &example.request {
            request::check(context, request, diagnostics);
        }
        if let Some(text) = &example.json {
            answer(context, Format::Json, text, diagnostics);
        }
        if let Some(text) = &example.xml {
            answer(context, Format::Xml, text, diagnostics);
        }
    }
}

fn answer(
    context: &Context<'_>,
    format: Format,
    text: &Spanned<String>,
    diagnostics: &mut Diagnostics,
) {
    let Some(response) = &context.operation.response else {
        return unexpected(text, diagnostics);
    };
    let resolved = context.scope.resolve(response).map(|schema| &schema.kind);
    if let Some(Kind::Primitive(Primitive::Binary)) = resolved {
        // Bytes are neither JSON nor XML, whatever an example of them looks like.
        return;
    }
    match format.parse(&text.value) {
        Ok(answer) => answer::check(context, response, &answer, text, diagnostics),
        Err(Malformed { at, message }) => {
            let span = place::place(context.facts.sources, text, at..at + 1);
            diagnostics.report(
                catalogue::ANSWER_MALFORMED,
                span,
                format!("example answer is not {format}: {message}"),
            );
        }
    }
}

/// An operation without a response answers with nothing.
fn unexpected(text: &Spanned<String>, diagnostics: &mut Diagnostics) {
    if !matches!(text.value.trim(), "" | "{}") {
        let message = "example answer of an operation that declares no response; describe it under \"response\" or remove it";
        diagnostics.report(catalogue::ANSWER_UNEXPECTED, text.span, message);
    }
}

impl Format {
    fn parse(self, text: &str) -> Result<Answer, Malformed> {
        match self {
            Self::Json => json::parse(text),
            Self::Xml => xml::parse(text),
        }
    }
}
