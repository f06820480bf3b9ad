//! Constants for the error codes of a product version.

use proc_macro2::TokenStream;
use quote::quote;

use super::{docs, ident};
use crate::model::{self, CodeConstant, Version};

pub(super) fn module(version: &Version) -> TokenStream {
    let heading = docs::inner(&format!(
        "Error codes {} {} documents. Codes are open strings: the service answers with others too.",
        version.title, version.version
    ));
    let constants = version.codes.iter().map(constant);
    quote! {
        #heading
        #(#constants)*
    }
}

fn constant(item: &CodeConstant) -> TokenStream {
    let (name, code) = (ident(&item.name), &item.code);
    let text = match &item.meaning {
        Some(meaning) if !meaning.is_empty() => format!("{}: {meaning}", model::code(code)),
        _ => model::code(code),
    };
    let about = docs::outer(&text);
    quote! {
        #about
        pub const #name: &str = #code;
    }
}
