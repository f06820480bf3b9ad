//! Examples in documentation: sample code of the examples that specs have, which are public.

use proc_macro2::TokenStream;
use quote::quote;
use serde_json::Value as Json;

use crate::model::{Operation, Version};
use crate::sample::{Secrets, sample};

/// A call as Rust: a statement that sets `answer`, and the imports it needs.
#[derive(Clone, Debug)]
pub struct Example {
    /// The imports of everything it needs.
    pub import: String,
    /// The statement.
    pub statement: String,
}

/// Writes a call of an operation.
#[must_use]
pub fn call(version: &Version, operation: &Operation, input: &Json) -> Example {
    let request = |request: TokenStream| quote!(let answer = #request.send().await?;);
    of_request(version, operation, input, request)
}

/// Writes what is made of a request.
pub(super) fn of_request(
    version: &Version,
    operation: &Operation,
    input: &Json,
    statement: impl FnOnce(TokenStream) -> TokenStream,
) -> Example {
    let sample = sample(version, operation, input, Secrets::Shown);
    Example {
        import: sample.imports(),
        statement: sample.statement(statement),
    }
}
