//! The sections on lists that come in parts, on streams of events and on states to wait for.

use std::fmt::Write as _;

use proc_macro2::TokenStream;
use quote::quote;
use serde_json::Value as Json;

use super::super::{example, ident};
use crate::model::{Operation, Version, Waiter, code, first_sentence, values_text};
use crate::sample::each_event;
use crate::spec::{PageStyle, Pagination};

/// Samples with more lines than this would repeat the operation's example rather than show something new.
const SHORT: usize = 10;

/// What walking the list looks like.
pub(super) fn pages(version: &Version, operation: &Operation) -> Option<String> {
    let paging = operation.paging.as_ref()?;
    let input = without_place(&operation.example, operation.pagination.as_ref());
    let (about, walk, name) = match paging.items {
        Some(_) => (
            "; [`items`](Self::items) walks what is in them.",
            "items",
            "item",
        ),
        None => (".", "pages", "page"),
    };
    let (shown, walk, name) = (format!("{{{name}:?}}"), ident(walk), ident(name));
    let sample = sample(version, operation, &input, |request| {
        quote! {
            let mut #walk = #request.#walk();
            while let Some(#name) = #walk.next().await {
                let #name = #name?;
                println!(#shown);
            }
        }
    });
    Some(format!(
        "# Pages\n\nThe list comes in parts, and [`pages`](Self::pages) asks for one after the other{about}\n{sample}"
    ))
}

/// What taking events as they come looks like.
pub(super) fn events(version: &Version, operation: &Operation) -> Option<String> {
    if !operation.streams {
        return None;
    }
    let sample = sample(version, operation, &operation.example, each_event);
    Some(format!(
        "# Events\n\nThe answer is a stream of events. Awaiting the call gives all of them at the end; \
         [`events`](alicloud_runtime::Sending::events) gives each as it comes.\n{sample}"
    ))
}

/// The request of an example without the parameters the client sets by itself.
fn without_place(example: &Json, pagination: Option<&Pagination>) -> Json {
    let mut input = example.clone();
    if let (Some(members), Some(pagination)) = (input.as_object_mut(), pagination) {
        let (PageStyle::Page { page: place, .. } | PageStyle::Token { token: place, .. }) =
            &pagination.style;
        members.remove(&place.value);
    }
    input
}

/// Which states can be waited for, and what that looks like.
pub(super) fn waits(version: &Version, operation: &Operation) -> Option<String> {
    let first = ident(&operation.waiters.first()?.method);
    let mut text = String::from("# States to wait for\n\n| method | |\n| --- | --- |\n");
    for waiter in &operation.waiters {
        let method = &waiter.method;
        let about = waiting(waiter);
        let about = first_sentence(&about).replace('\n', " ");
        let _ = writeln!(text, "| [`{method}`](Self::{method}) | {about} |");
    }
    let statement = |request| {
        quote! {
            let answer = #request.#first().await?;
            println!("{answer:?}");
        }
    };
    text.push_str(&sample(version, operation, &operation.example, statement));
    Some(text)
}

/// A sample of what can be made of a request, if it is short.
fn sample(
    version: &Version,
    operation: &Operation,
    input: &Json,
    statement: impl FnOnce(TokenStream) -> TokenStream,
) -> String {
    let example = example::of_request(version, operation, input, statement);
    if example.statement.lines().count() > SHORT {
        return String::new();
    }
    let import = example.import.lines().map(|line| format!("# {line}"));
    let mut lines = vec!["\n```no_run".to_owned()];
    lines.extend(import);
    lines.push(
        "# async fn example(client: Client) -> Result<(), Box<dyn std::error::Error>> {".into(),
    );
    lines.extend(example.statement.lines().map(ToOwned::to_owned));
    lines.extend(["# Ok(())", "# }", "```"].map(ToOwned::to_owned));
    lines.join("\n")
}

/// What a method that waits does.
pub(in crate::emit) fn waiting(waiter: &Waiter) -> String {
    let Waiter {
        field,
        wanted,
        failed,
        interval,
        deadline,
        ..
    } = waiter;
    let about = match &waiter.description {
        Some(text) => text.clone(),
        None => format!("Waits until {} is {}.", code(field), values_text(wanted)),
    };
    let mut text = format!(
        "{about}\n\nSends the request again and again until {} is {}; the first pause is {}. ",
        code(field),
        values_text(wanted),
        duration(*interval)
    );
    if !failed.is_empty() {
        let _ = write!(text, "With {} it fails at once. ", values_text(failed));
    }
    let _ = write!(text, "It gives up after {}.", duration(*deadline));
    text
}

/// A number of seconds in words.
fn duration(seconds: u64) -> String {
    let (number, unit) = match seconds {
        3600.. if seconds.is_multiple_of(3600) => (seconds / 3600, "hour"),
        60.. if seconds.is_multiple_of(60) => (seconds / 60, "minute"),
        _ => (seconds, "second"),
    };
    match number {
        1 => format!("1 {unit}"),
        _ => format!("{number} {unit}s"),
    }
}
