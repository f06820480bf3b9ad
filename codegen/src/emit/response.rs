//! Answers: plain structs, each with one `match` from wire names to fields.
//!
//! `Default` is written out, because a list of `None`s compiles in a fraction of the time of a derive. What a derive gives
//! beyond `Debug` costs as much as everything else about a struct, so it waits for the feature `clone`. Functions are
//! `#[inline]`: they are compiled where they are used, and not at all for operations a program does not call.

use proc_macro2::TokenStream;
use quote::quote;

use super::{docs, ident};
use crate::model::{Field, FieldType, Home, Struct, TypePath, code};

/// A struct; `about` describes one that has no description, `{}` in it its name.
pub(super) fn structure(item: &Struct, about: &str) -> TokenStream {
    let name = ident(&item.name);
    let documentation = docs::described(&item.description, about, &item.name);
    let fields = item.fields.iter().map(field);
    let absent = item.fields.iter().map(|field| ident(&field.name));
    let deprecated = deprecated(item);
    let decode = decode(item);
    let serde = serde(item);
    quote! {
        #documentation
        #[derive(Debug)]
        #[cfg_attr(feature = "clone", derive(Clone, PartialEq))]
        #[non_exhaustive]
        pub struct #name {
            #(#fields,)*
        }

        #deprecated
        impl Default for #name {
            #[inline]
            fn default() -> Self {
                Self { #(#absent: None,)* }
            }
        }

        #decode

        #serde
    }
}

/// The wire name of every field, for serde.
fn serde(item: &Struct) -> TokenStream {
    let name = ident(&item.name);
    let fields = item.fields.iter().map(|field| {
        let (wire, name) = (&field.wire, ident(&field.name));
        quote!(#wire => #name)
    });
    quote! {
        #[cfg(feature = "serde")]
        alicloud_runtime::serde_object! { #name { #(#fields),* } }
    }
}

fn field(item: &Field) -> TokenStream {
    let name = ident(&item.name);
    let ty = boxed(&item.ty);
    let documentation = docs::value(&item.docs, &format!("{}.", code(&item.wire)), &[]);
    quote!(#documentation pub #name: Option<#ty>)
}

fn decode(item: &Struct) -> TokenStream {
    let name = ident(&item.name);
    if item.fields.is_empty() {
        return quote! {
            impl Object for #name {
                #[inline]
                fn field(&mut self, _: &str, value: &mut Reader<'_, '_>) -> Read {
                    value.skip()
                }
            }
        };
    }
    let arms = item.fields.iter().map(|field| {
        let (wire, name) = (&field.wire, ident(&field.name));
        let read = ident(if matches!(field.ty, FieldType::Boxed(_)) {
            "read_boxed"
        } else {
            "read"
        });
        quote!(#wire => value.#read(&mut self.#name))
    });
    let deprecated = deprecated(item);
    let only_list = only_list(item);
    quote! {
        #deprecated
        impl Object for #name {
            #[inline]
            fn field(&mut self, name: &str, value: &mut Reader<'_, '_>) -> Read {
                match name {
                    #(#arms,)*
                    _ => value.skip(),
                }
            }

            #only_list
        }
    }
}

/// Deprecated fields are named all the same.
fn deprecated(item: &Struct) -> Option<TokenStream> {
    let any = item
        .fields
        .iter()
        .any(|field| field.docs.deprecated.is_some());
    any.then(|| quote!(#[allow(deprecated, reason = "answers still carry the field")]))
}

/// An object that wraps nothing but a list may come as the bare list.
fn only_list(item: &Struct) -> Option<TokenStream> {
    match item.fields.as_slice() {
        [
            Field {
                wire,
                ty: FieldType::List(_),
                ..
            },
        ] => Some(quote! {
            fn only_list(&self) -> Option<&'static str> {
                Some(#wire)
            }
        }),
        _ => None,
    }
}

/// The type of a field inside its `Option`.
pub(super) fn boxed(ty: &FieldType) -> TokenStream {
    match ty {
        FieldType::Text => quote!(String),
        FieldType::Secret => quote!(Secret<String>),
        FieldType::Bool => quote!(bool),
        FieldType::Int => quote!(i64),
        FieldType::Float => quote!(f64),
        FieldType::Any => quote!(Value),
        FieldType::Enum(path) | FieldType::Struct(path) => type_path(path),
        FieldType::Boxed(path) => {
            let path = type_path(path);
            quote!(Box<#path>)
        }
        FieldType::List(inner) => {
            let inner = boxed(inner);
            quote!(Vec<#inner>)
        }
        FieldType::Map(inner) => {
            let inner = boxed(inner);
            quote!(BTreeMap<String, #inner>)
        }
    }
}

/// The path of a type from any generated module: `types` and `params` are imported where they are mentioned.
pub(super) fn type_path(path: &TypePath) -> TokenStream {
    let name = ident(&path.name);
    match path.home {
        Home::Operation => quote!(#name),
        Home::Types => quote!(types::#name),
        Home::Params => quote!(params::#name),
    }
}
