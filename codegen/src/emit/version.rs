//! The module of a product version.

use proc_macro2::TokenStream;
use quote::quote;

use super::{docs, ident, types};
use crate::model::Version;

pub(super) fn module(version: &Version) -> TokenStream {
    let mut text = format!(
        "{} {}, {} operations.",
        version.title,
        version.version,
        version.operations.len()
    );
    for part in [
        Some(version.description.clone()),
        version
            .documentation
            .as_ref()
            .map(|link| format!("Public documentation: <{link}>")),
    ] {
        if let Some(part) = part.filter(|part| !part.is_empty()) {
            text.push_str("\n\n");
            text.push_str(&part);
        }
    }
    let heading = docs::inner(&text);
    let modules = version
        .operations
        .iter()
        .map(|operation| ident(&operation.module));
    let requests = version.operations.iter().map(|operation| {
        let (module, request) = (ident(&operation.module), ident(&operation.request));
        quote!(pub use self::#module::#request;)
    });
    let types = types::has_types(version).then(|| {
        quote!(
            pub mod types;
        )
    });
    let params = (!version.faces.is_empty()).then(|| {
        quote!(
            pub mod params;
        )
    });
    quote! {
        #heading
        mod client;
        pub mod error_code;
        #params
        pub mod service;
        #types
        #(pub mod #modules;)*

        pub use self::client::Client;
        #(#requests)*
    }
}
