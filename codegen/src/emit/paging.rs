//! Lists in parts and states to wait for: the methods of a request, and what the runtime has to know for them.
//!
//! ```text
//! pub fn pages(self) -> Pages<Response>
//! pub fn items(self) -> Items<Response, Item>
//! pub fn wait_until_finished(self) -> Wait<Response>
//! ```
//!
//! The types are named by their module: too many services have items and pages of their own.

use proc_macro2::TokenStream;
use quote::quote;

use super::json::{Json, Members};
use super::{docs, ident, page, response};
use crate::model::{Items, Operation, Waiter};
use crate::spec::{PageStyle, Pagination};

/// The methods that walk a list, given the type of a part.
pub(super) fn methods(operation: &Operation, answer: &TokenStream) -> Option<TokenStream> {
    let paging = operation.paging.as_ref()?;
    let items = paging
        .items
        .as_ref()
        .map(|items| self::items(items, answer));
    Some(quote! {
        /// Sends the request for one part of the list after the other.
        #[inline]
        pub fn pages(self) -> client::Pages<#answer> {
            self.0.pages()
        }

        #items
    })
}

fn items(items: &Items, answer: &TokenStream) -> TokenStream {
    let item = response::boxed(&items.item);
    let (first, rest) = match items.path.split_first() {
        Some((first, rest)) => (ident(first), rest.iter().map(|name| ident(name))),
        None => return TokenStream::new(),
    };
    let allow = items
        .deprecated
        .then(|| quote!(#[allow(deprecated, reason = "answers still carry the field")]));
    quote! {
        /// Walks all parts of the list, item by item.
        #allow
        #[inline]
        pub fn items(self) -> client::Items<#answer, #item> {
            self.pages().items(|page| page.#first #(.and_then(|part| part.#rest))* .unwrap_or_default())
        }
    }
}

/// The method that waits for a state.
pub(super) fn wait(waiter: &Waiter, answer: &TokenStream) -> TokenStream {
    let (method, constant) = (ident(&waiter.method), ident(&waiter.constant));
    let about = docs::outer(&page::waiting(waiter));
    quote! {
        #about
        #[inline]
        pub fn #method(self) -> client::Wait<#answer> {
            self.0.wait(&#constant)
        }
    }
}

/// The descriptor of a state to wait for.
pub(super) fn waiter(waiter: &Waiter) -> TokenStream {
    let Waiter {
        name,
        field,
        wanted,
        failed,
        ..
    } = waiter;
    let constant = ident(&waiter.constant);
    let interval = proc_macro2::Literal::u64_unsuffixed(waiter.interval);
    let deadline = proc_macro2::Literal::u64_unsuffixed(waiter.deadline);
    quote! {
        static #constant: desc::Waiter = desc::Waiter {
            name: Borrowed(#name),
            field: Borrowed(#field),
            wanted: Borrowed(&[#(Borrowed(#wanted)),*]),
            failed: Borrowed(&[#(Borrowed(#failed)),*]),
            interval: std::time::Duration::from_secs(#interval),
            deadline: std::time::Duration::from_secs(#deadline),
        };
    }
}

/// What the descriptor tells of how a list comes in parts.
pub(super) fn descriptor(pagination: &Pagination) -> Json {
    let mut members = Members::default();
    match &pagination.style {
        PageStyle::Page { page, total } => {
            members.text("page", &page.value);
            members.optional("total", total.as_ref().map(|path| path.value.as_str()));
        }
        PageStyle::Token { token, next } => {
            members.text("token", &token.value);
            members.text("next", &next.value);
        }
    }
    for (name, path) in [("size", &pagination.size), ("items", &pagination.items)] {
        members.optional(name, path.as_ref().map(|path| path.value.as_str()));
    }
    members.into()
}
