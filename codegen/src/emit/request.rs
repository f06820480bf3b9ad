//! Requests: setters, and the objects in requests. All of them are faces over a parameter tree.

use proc_macro2::TokenStream;
use quote::quote;

use super::response::type_path;
use super::{docs, ident};
use crate::model::{Argument, Face, Parameter, code, sanitize};
use crate::spec::Requirement;

/// An object in a request.
///
/// `about` describes one that has no description, `{}` in it its name.
pub(super) fn face(item: &Face, about: &str) -> TokenStream {
    let name = ident(&item.name);
    let documentation = docs::described(&item.description, about, &item.name);
    let inline = quote!(#[inline]);
    let setters = item
        .fields
        .iter()
        .map(|field| setters(field, Some(&inline)));
    quote! {
        #documentation
        #[derive(Clone, Debug, Default, PartialEq)]
        #[must_use = "this is a value to be set"]
        pub struct #name(Params);

        impl #name {
            /// Nothing set yet.
            #[inline]
            pub const fn new() -> Self {
                Self(Params::new())
            }

            #(#setters)*
        }

        impl From<#name> for Value {
            #[inline]
            fn from(value: #name) -> Self {
                Self::Object(value.0)
            }
        }
    }
}

/// The setter of a parameter or field, and the one that takes JSON text where there is one. Setters of a request are generic
/// by the request's own parameter; others are told to be compiled where they are used.
pub(super) fn setters(item: &Parameter, inline: Option<&TokenStream>) -> TokenStream {
    let name = ident(&item.setter);
    let wire = &item.wire;
    let documentation = docs::value(&item.docs, &format!("Sets {}.", code(wire)), &demands(item));
    let (ty, write) = write(item);
    let json = item
        .json_setter
        .as_ref()
        .map(|setter| json_setter(setter, item));
    quote! {
        #documentation
        #inline
        pub fn #name(self, value: #ty) -> Self {
            Self(#write)
        }

        #json
    }
}

fn json_setter(setter: &str, item: &Parameter) -> TokenStream {
    let name = ident(setter);
    let wire = &item.wire;
    let text = format!(
        "Sets {1} to JSON text, for what [`{0}`](Self::{0}) cannot say.",
        item.setter,
        code(wire)
    );
    let documentation = docs::outer(&text);
    let write = if item.sensitive {
        quote!(self.0.put(#wire, Value::Json(text.into()).sensitive()))
    } else {
        quote!(self.0.json(#wire, text))
    };
    quote! {
        #documentation
        pub fn #name(self, text: impl Into<String>) -> Self {
            Self(#write)
        }
    }
}

/// What is demanded of a parameter, in words.
fn demands(item: &Parameter) -> Vec<String> {
    let mut facts = Vec::new();
    match item.required {
        Requirement::Required => facts.push("Required.".to_owned()),
        Requirement::Documented => facts.push("Required by the documentation.".to_owned()),
        Requirement::Optional => {}
    }
    let shown = |limit: &Option<String>| limit.as_deref().map(sanitize);
    match (shown(&item.range.0), shown(&item.range.1)) {
        (Some(least), Some(most)) => facts.push(format!("Between {least} and {most}.")),
        (Some(least), None) => facts.push(format!("At least {least}.")),
        (None, Some(most)) => facts.push(format!("At most {most}.")),
        (None, None) => {}
    }
    match item.length {
        (Some(least), Some(most)) => facts.push(format!("{least} to {most} long.")),
        (Some(least), None) => facts.push(format!("At least {least} long.")),
        (None, Some(most)) => facts.push(format!("At most {most} long.")),
        (None, None) => {}
    }
    facts
}

/// The type a setter takes, and the expression that writes the value.
fn write(item: &Parameter) -> (TokenStream, TokenStream) {
    let (ty, write) = write_open(item);
    if item.sensitive {
        (ty, write_secret(item))
    } else {
        (ty, write)
    }
}

/// The expression that writes a value no printout may show, given what the setter of an open one takes.
fn write_secret(item: &Parameter) -> TokenStream {
    let wire = &item.wire;
    let items = |inner: &Argument| convertible(inner).unwrap_or_else(|| plain(inner));
    let value = match &item.argument {
        Argument::Text => return quote!(self.0.secret(#wire, value)),
        Argument::Binary => quote!(Value::Bytes(value.into())),
        Argument::Any => quote!(Into::<Value>::into(value)),
        Argument::Enum(path) => {
            let path = type_path(path);
            quote!(Value::from(Into::<#path>::into(value)))
        }
        Argument::List(inner) => {
            let ty = items(inner);
            quote!(Value::from(value.into_iter().map(Into::into).collect::<Vec<#ty>>()))
        }
        Argument::Map(inner) => {
            let ty = items(inner);
            quote!(Value::Object(value.into_iter().map(|(name, value)| (name.into(), Into::<#ty>::into(value))).collect()))
        }
        _ => quote!(Value::from(value)),
    };
    quote!(self.0.put(#wire, #value.sensitive()))
}

fn write_open(item: &Parameter) -> (TokenStream, TokenStream) {
    let wire = &item.wire;
    match &item.argument {
        Argument::Text => (quote!(impl Into<String>), quote!(self.0.text(#wire, value))),
        Argument::Binary => (
            quote!(impl Into<alicloud_runtime::Bytes>),
            quote!(self.0.put(#wire, Value::Bytes(value.into()))),
        ),
        Argument::Any => (
            quote!(impl Into<Value>),
            quote!(self.0.put(#wire, value.into())),
        ),
        Argument::Enum(path) => {
            let path = type_path(path);
            (
                quote!(impl Into<#path>),
                quote!(self.0.value(#wire, Into::<#path>::into(value))),
            )
        }
        Argument::List(inner) => list(wire, inner),
        Argument::Map(inner) => map(wire, inner),
        scalar => (plain(scalar), quote!(self.0.value(#wire, value))),
    }
}

fn list(wire: &str, inner: &Argument) -> (TokenStream, TokenStream) {
    match convertible(inner) {
        Some(ty) => (
            quote!(impl IntoIterator<Item = impl Into<#ty>>),
            quote!(self.0.list(#wire, value.into_iter().map(Into::<#ty>::into))),
        ),
        None => {
            let ty = plain(inner);
            (
                quote!(impl IntoIterator<Item = #ty>),
                quote!(self.0.list(#wire, value)),
            )
        }
    }
}

fn map(wire: &str, inner: &Argument) -> (TokenStream, TokenStream) {
    match convertible(inner) {
        Some(ty) => (
            quote!(impl IntoIterator<Item = (impl Into<String>, impl Into<#ty>)>),
            quote!(self.0.map(#wire, value.into_iter().map(|(name, value)| (name.into(), Into::<#ty>::into(value))))),
        ),
        None => {
            let ty = plain(inner);
            (
                quote!(impl IntoIterator<Item = (impl Into<String>, #ty)>),
                quote!(self.0.map(#wire, value.into_iter().map(|(name, value)| (name.into(), value)))),
            )
        }
    }
}

/// The types a setter takes anything for that converts into them.
fn convertible(argument: &Argument) -> Option<TokenStream> {
    match argument {
        Argument::Text => Some(quote!(String)),
        Argument::Any => Some(quote!(Value)),
        Argument::Enum(path) => Some(type_path(path)),
        _ => None,
    }
}

/// The type as it is.
fn plain(argument: &Argument) -> TokenStream {
    match argument {
        Argument::Text => quote!(String),
        Argument::Bool => quote!(bool),
        Argument::Int32 => quote!(i32),
        Argument::Int64 => quote!(i64),
        Argument::Float => quote!(f32),
        Argument::Double => quote!(f64),
        Argument::Binary => quote!(alicloud_runtime::Bytes),
        Argument::Any => quote!(Value),
        Argument::Enum(path) | Argument::Face(path) => type_path(path),
        Argument::List(inner) => {
            let inner = plain(inner);
            quote!(Vec<#inner>)
        }
        Argument::Map(inner) => {
            let inner = plain(inner);
            quote!(BTreeMap<String, #inner>)
        }
    }
}
