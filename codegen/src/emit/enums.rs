//! Open enums.
//!
//! ```text
//! pub enum Direction { Forward, Reverse, Unknown(UnknownValue) }
//! impl Direction { pub fn as_str(&self) -> &str; fn from_wire(text: &str) -> Self }
//! open_enum!(Direction);                               // what compares, converts and prints
//! ```

use proc_macro2::TokenStream;
use quote::quote;

use super::{docs, ident};
use crate::model::{Enum, Variant, code};

pub(super) fn enumeration(item: &Enum) -> TokenStream {
    let name = ident(&item.name);
    let documentation = docs::described(&item.description, "Values of `{}`.", &item.name);
    let variants = item.variants.iter().map(variant);
    let to_wire = item.variants.iter().map(|variant| {
        let (name, wire) = (ident(&variant.name), &variant.wire);
        quote!(Self::#name => #wire)
    });
    let from_wire = item.variants.iter().map(|variant| {
        let (name, wire) = (ident(&variant.name), &variant.wire);
        quote!(#wire => Self::#name)
    });
    let answered = item
        .answered
        .then(|| quote!(alicloud_runtime::enum_of_answers!(#name);));
    quote! {
        #documentation
        #[non_exhaustive]
        pub enum #name {
            #(#variants,)*
            /// A value this version of the crate does not know; `as_str` tells it.
            Unknown(UnknownValue),
        }

        impl #name {
            /// The value on the wire.
            #[must_use]
            #[inline]
            pub fn as_str(&self) -> &str {
                match self {
                    #(#to_wire,)*
                    Self::Unknown(value) => value.as_str(),
                }
            }

            #[inline]
            fn from_wire(value: &str) -> Self {
                match value {
                    #(#from_wire,)*
                    other => Self::Unknown(UnknownValue::new(other)),
                }
            }
        }

        alicloud_runtime::open_enum!(#name);
        #answered
        #[cfg(feature = "serde")]
        alicloud_runtime::serde_text!(#name);
    }
}

fn variant(item: &Variant) -> TokenStream {
    let name = ident(&item.name);
    let wire = code(&item.wire);
    let text = item.description.clone().unwrap_or(wire);
    let documentation = docs::outer(&text);
    quote!(#documentation #name)
}
