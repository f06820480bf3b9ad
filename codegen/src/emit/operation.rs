//! The module of an operation: request, answer, the types only they use, and the descriptor.
//!
//! ```text
//! pub struct StartDtsJob<C = Unbound>(Call<C>);       // setters, send
//! pub struct StartDtsJobResponse { .. }               // fields, decode
//! pub static OPERATION: Descriptor = ..;
//! ```

use proc_macro2::TokenStream;
use quote::quote;

use super::uses::Uses;
use super::{descriptor, docs, enums, ident, page, paging, request, response};
use crate::model::{AnswerType, Operation, Version, code};

pub(super) fn module(version: &Version, operation: &Operation) -> TokenStream {
    let heading = docs::inner(&format!(
        "{}: {}",
        code(&operation.wire),
        summary(operation)
    ));
    let uses = uses(operation);
    let descriptor = descriptor::operation(version, operation).literal();
    let request = request_type(version, operation);
    let setters = operation
        .parameters
        .iter()
        .map(|parameter| request::setters(parameter, None));
    let name = ident(&operation.request);
    let part = format!("Part of the request [`{}`].", operation.request);
    let faces = operation
        .faces
        .iter()
        .map(|face| request::face(face, &part));
    let structs = structs(operation);
    let enums = operation.enums.iter().map(enums::enumeration);
    let about = format!(" The descriptor of {}.", code(&operation.wire));
    let waiters = operation.waiters.iter().map(paging::waiter);
    let setters =
        (!operation.parameters.is_empty()).then(|| quote!(impl<C> #name<C> { #(#setters)* }));
    quote! {
        #heading
        #uses

        #request
        #setters
        #(#faces)*
        #(#structs)*
        #(#enums)*

        #(#waiters)*

        #[doc = #about]
        pub static OPERATION: Descriptor = Descriptor::new(#descriptor);
    }
}

fn summary(operation: &Operation) -> &str {
    if operation.summary.is_empty() {
        "no summary."
    } else {
        &operation.summary
    }
}

fn request_type(version: &Version, operation: &Operation) -> TokenStream {
    let name = ident(&operation.request);
    let response = answer(operation);
    let page = docs::outer(&page::page(version, operation));
    let pages = paging::methods(operation, &response);
    let waits = operation
        .waiters
        .iter()
        .map(|waiter| paging::wait(waiter, &response));
    quote! {
        #page
        #[must_use = "nothing is sent before `send` or the like"]
        pub struct #name<C = Unbound>(pub(super) Call<C>);

        impl #name {
            /// A request without parameters, to be sent by [`Client::send`](super::Client::send).
            #[inline]
            pub fn new() -> Self {
                Self(Call::new(&OPERATION))
            }
        }

        impl #name<ServiceClient> {
            /// Sends the request. Await what this returns.
            #[inline]
            pub fn send(self) -> Sending<#response> {
                self.0.send()
            }

            #pages
            #(#waits)*
        }

        alicloud_runtime::request!(#name => #response);
    }
}

/// The type of the answer.
fn answer(operation: &Operation) -> TokenStream {
    let answer = match &operation.answer {
        AnswerType::Struct => {
            let response = ident(&operation.response);
            quote!(#response)
        }
        AnswerType::Binary => quote!(alicloud_runtime::Bytes),
        AnswerType::Plain(ty) => response::boxed(ty),
    };
    if operation.streams {
        quote!(alicloud_runtime::decode::Events<#answer>)
    } else {
        answer
    }
}

fn structs(operation: &Operation) -> Vec<TokenStream> {
    let what = if operation.streams {
        "An event in the answer"
    } else {
        "The answer"
    };
    let whole = format!("{what} of [`{}`].", operation.request);
    let part = format!("Part of the answer of [`{}`].", operation.request);
    let about = |name: &str| {
        if name == operation.response {
            whole.as_str()
        } else {
            part.as_str()
        }
    };
    operation
        .structs
        .iter()
        .map(|structure| response::structure(structure, about(&structure.name)))
        .collect()
}

/// The imports, each only when the module needs it.
fn uses(operation: &Operation) -> TokenStream {
    let nested = operation.faces.iter().flat_map(|face| &face.fields);
    let parameters: Vec<_> = operation.parameters.iter().chain(nested).collect();
    let whole = match &operation.answer {
        AnswerType::Plain(ty) => Some(ty),
        _ => None,
    };
    let fields = operation
        .structs
        .iter()
        .flat_map(|structure| &structure.fields)
        .map(|field| &field.ty);
    let fields: Vec<_> = fields.chain(whole).collect();
    let uses = Uses {
        request: true,
        client: operation.paging.is_some() || !operation.waiters.is_empty(),
        waiters: !operation.waiters.is_empty(),
        answer: !operation.structs.is_empty(),
        faces: !operation.faces.is_empty(),
        enums: !operation.enums.is_empty(),
        parameters: &parameters,
        fields: &fields,
    };
    uses.tokens()
}
