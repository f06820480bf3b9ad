//! Answers: plain structs, each with one tuple of its fields for whoever reads them and one for whoever shows them.
//!
//! `Default` and `Debug` are written out, because they compile in a fraction of the time of a derive. What else a derive
//! could give costs as much as everything else about a struct, so it waits for the feature `clone`. Functions are
//! `#[inline]`: they are compiled where they are used, and not at all for operations a program does not call.

use proc_macro2::{Literal, TokenStream};
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
    let (debug, decode) = (debug(item), decode(item));
    let serde = serde(item);
    let key = temporary_key(item);
    quote! {
        #documentation
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

        #debug

        #decode

        #serde

        #key
    }
}

/// The members of a temporary access key, with their types.
const TEMPORARY_KEY: [(&str, FieldType); 4] = [
    ("AccessKeyId", FieldType::Text),
    ("AccessKeySecret", FieldType::Secret),
    ("SecurityToken", FieldType::Secret),
    ("Expiration", FieldType::Text),
];

/// An object that is a temporary access key becomes credentials, without its secrets being taken out by hand.
fn temporary_key(item: &Struct) -> Option<TokenStream> {
    let field = |(wire, ty): &(&str, FieldType)| {
        let mut fields = item.fields.iter();
        let field = fields.find(|field| field.wire == *wire && field.ty == *ty)?;
        Some(ident(&field.name))
    };
    let fields: Vec<_> = TEMPORARY_KEY.iter().filter_map(field).collect();
    let [id, secret, token, expiration] = fields.as_slice() else {
        return None;
    };
    let name = ident(&item.name);
    Some(quote! {
        impl ::core::convert::TryFrom<&#name> for alicloud_runtime::Credentials {
            type Error = alicloud_runtime::credentials::CredentialsError;

            #[inline]
            fn try_from(key: &#name) -> ::core::result::Result<Self, Self::Error> {
                Self::temporary(&key.#id, &key.#secret, &key.#token, &key.#expiration)
            }
        }
    })
}

/// `Debug`, as a derive has it.
fn debug(item: &Struct) -> TokenStream {
    let (name, text) = (ident(&item.name), &item.name);
    let names = names(item.fields.iter().map(|field| field.name.as_str()));
    let fields = tuples(item.fields.iter(), &quote!(&));
    let deprecated = deprecated(item);
    quote! {
        #deprecated
        impl fmt::Debug for #name {
            #[inline]
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                fields::debug(f, #text, #names, #fields)
            }
        }
    }
}

/// Names in one text, separated by spaces and themselves without any, broken into lines when it is long.
fn names<'n>(names: impl Iterator<Item = &'n str>) -> Literal {
    let (mut text, mut width) = (String::new(), 0);
    for name in names {
        if !text.is_empty() {
            text.push(' ');
        }
        if width > 0 && width + name.len() > LINE {
            text.push_str("\\\n                ");
            width = 0;
        }
        text.extend(name.replace(' ', "\0").escape_default());
        width += name.len() + 1;
    }
    // Text of escapes is a literal whatever it was made of.
    let literal = format!("\"{text}\"").parse::<Literal>();
    literal.unwrap_or_else(|_| Literal::string(&text))
}

/// How many bytes of names stand in a line.
const LINE: usize = 80;

/// How many elements the tuples have at most that the runtime knows what to do with.
const TUPLE: usize = 16;

/// References to fields, shared or mutable ones, as one value, by tuples that are not too long.
fn tuples<'f>(fields: impl Iterator<Item = &'f Field>, reference: &TokenStream) -> TokenStream {
    let references: Vec<_> = fields
        .map(|field| {
            let name = ident(&field.name);
            quote!(#reference self.#name)
        })
        .collect();
    let mut groups = references
        .chunks(TUPLE)
        .map(|group| quote!((#(#group,)*)))
        .rev();
    let last = groups.next().unwrap_or_else(|| quote!(()));
    groups.fold(last, |more, group| quote!(fields::And(#group, #more)))
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

                #[inline]
                fn is_undeclared(&self) -> bool {
                    true
                }
            }
        };
    }
    let (placed, boxed): (Vec<_>, Vec<_>) = item
        .fields
        .iter()
        .partition(|field| !matches!(field.ty, FieldType::Boxed(_)));
    let arms = boxed.iter().map(|field| {
        let (wire, name) = (&field.wire, ident(&field.name));
        quote!(#wire => value.read_boxed(&mut self.#name))
    });
    let names = names(placed.iter().map(|field| field.wire.as_str()));
    let places = tuples(placed.iter().copied(), &quote!(&mut));
    let others = if placed.is_empty() {
        quote!(value.skip())
    } else {
        quote!(value.place(name, #names, #places))
    };
    let read = if boxed.is_empty() {
        others
    } else {
        quote!(match name { #(#arms,)* _ => #others, })
    };
    let deprecated = deprecated(item);
    let only_list = only_list(item);
    quote! {
        #deprecated
        impl Object for #name {
            #[inline]
            fn field(&mut self, name: &str, value: &mut Reader<'_, '_>) -> Read {
                #read
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
