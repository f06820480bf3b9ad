//! `types` and `params` of a product version: what several operations share.

use proc_macro2::TokenStream;
use quote::quote;

use super::uses::Uses;
use super::{docs, enums, request, response};
use crate::model::Version;

/// Whether a product version has a `types` module.
pub(super) fn has_types(version: &Version) -> bool {
    !version.enums.is_empty() || !version.structs.is_empty()
}

/// Shared enums, and shared objects of answers.
pub(super) fn types(version: &Version) -> TokenStream {
    let heading = docs::inner(&format!(
        "Types several operations of {} share.",
        version.title
    ));
    let fields: Vec<_> = version
        .structs
        .iter()
        .flat_map(|structure| &structure.fields)
        .map(|field| &field.ty)
        .collect();
    let uses = Uses {
        request: false,
        client: false,
        waiters: false,
        answer: !version.structs.is_empty(),
        faces: false,
        enums: !version.enums.is_empty(),
        parameters: &[],
        fields: &fields,
    }
    .tokens();
    let enums = version.enums.iter().map(enums::enumeration);
    let structs = version
        .structs
        .iter()
        .map(|structure| response::structure(structure, "`{}`, as answers hold it."));
    quote! {
        #heading
        #uses
        #(#enums)*
        #(#structs)*
    }
}

/// Shared objects of requests.
pub(super) fn params(version: &Version) -> TokenStream {
    let heading = docs::inner(&format!(
        "Objects several requests of {} share.",
        version.title
    ));
    let parameters: Vec<_> = version.faces.iter().flat_map(|face| &face.fields).collect();
    let uses = Uses {
        request: false,
        client: false,
        waiters: false,
        answer: false,
        faces: true,
        enums: false,
        parameters: &parameters,
        fields: &[],
    }
    .tokens();
    let faces = version
        .faces
        .iter()
        .map(|face| request::face(face, "`{}`, as requests hold it."));
    quote! {
        #heading
        #uses
        #(#faces)*
    }
}
