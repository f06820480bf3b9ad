//! The imports of a generated module: only what it uses, since unused ones are warned about.

use proc_macro2::TokenStream;
use quote::quote;

use crate::model::{Argument, FieldType, Home, Parameter};

/// What a module holds, as far as its imports depend on it.
pub(super) struct Uses<'a> {
    /// Whether it has a request.
    pub(super) request: bool,
    /// Whether that names types of the client by `client::`.
    pub(super) client: bool,
    /// Whether it has descriptors of states to wait for.
    pub(super) waiters: bool,
    /// Whether it has structs of answers.
    pub(super) answer: bool,
    /// Whether it has objects of requests.
    pub(super) faces: bool,
    /// Whether it has enums.
    pub(super) enums: bool,
    /// Everything with a setter.
    pub(super) parameters: &'a [&'a Parameter],
    /// The types of the fields of its structs.
    pub(super) fields: &'a [&'a FieldType],
}

impl Uses<'_> {
    pub(super) fn tokens(&self) -> TokenStream {
        let borrowed = self.waiters.then(|| {
            quote!(
                use std::borrow::Cow::Borrowed;
            )
        });
        let map = self.map().then(|| {
            quote!(
                use std::collections::BTreeMap;
            )
        });
        let unknown = self.enums.then(|| {
            quote!(
                use alicloud_runtime::UnknownValue;
            )
        });
        let module = self.client.then(|| quote!(self,));
        let client = self.request.then(|| {
            quote!(
                use alicloud_runtime::client::{#module Call, Sending, ServiceClient, Unbound};
            )
        });
        let fmt = self.answer.then(|| {
            quote!(
                use std::fmt;
            )
        });
        let decode = self.answer.then(|| {
            quote!(
                use alicloud_runtime::decode::{Object, Read, Reader};
                use alicloud_runtime::fields;
            )
        });
        let descriptor = self.request.then(|| {
            let module = self.waiters.then(|| quote!(self as desc,));
            quote!(
                use alicloud_runtime::operation::{#module Descriptor};
            )
        });
        let params = self.params();
        let secret = self.field(&FieldType::Secret).then(|| {
            quote!(
                use alicloud_runtime::secret::Secret;
            )
        });
        let modules = self.modules();
        quote!(#borrowed #map #fmt #unknown #client #decode #descriptor #params #secret #modules)
    }

    fn params(&self) -> Option<TokenStream> {
        let mut names = Vec::new();
        if self.faces {
            names.push(quote!(Params));
        }
        if self.faces
            || self.field(&FieldType::Any)
            || self.parameters.iter().any(|item| names_value(item))
        {
            names.push(quote!(Value));
        }
        (!names.is_empty()).then(|| quote!(use alicloud_runtime::params::{#(#names),*};))
    }

    /// The modules of shared types, when they are mentioned; from inside too, where they import themselves.
    fn modules(&self) -> TokenStream {
        let mentions = |home: Home| {
            let argument = self
                .parameters
                .iter()
                .any(|item| lives_in(&item.argument, home));
            argument || self.fields.iter().any(|ty| comes_from(ty, home))
        };
        let types = mentions(Home::Types).then(|| {
            quote!(
                use super::types;
            )
        });
        let params = mentions(Home::Params).then(|| {
            quote!(
                use super::params;
            )
        });
        quote!(#params #types)
    }

    fn field(&self, wanted: &FieldType) -> bool {
        self.fields.iter().any(|ty| holds(ty, wanted))
    }

    fn map(&self) -> bool {
        self.fields.iter().any(|ty| is_map(ty))
            || self
                .parameters
                .iter()
                .any(|item| names_a_map(&item.argument))
    }
}

/// Whether a setter's signature or body names `Value`.
fn names_value(item: &Parameter) -> bool {
    fn any(argument: &Argument) -> bool {
        match argument {
            Argument::Any | Argument::Binary => true,
            Argument::List(inner) | Argument::Map(inner) => any(inner),
            _ => false,
        }
    }
    any(&item.argument) || item.sensitive && item.argument != Argument::Text
}

/// Whether a setter takes a list of maps, which names the map's type.
fn names_a_map(argument: &Argument) -> bool {
    match argument {
        Argument::List(inner) | Argument::Map(inner) => {
            matches!(**inner, Argument::Map(_)) || names_a_map(inner)
        }
        _ => false,
    }
}

fn lives_in(argument: &Argument, home: Home) -> bool {
    match argument {
        Argument::Enum(path) | Argument::Face(path) => path.home == home,
        Argument::List(inner) | Argument::Map(inner) => lives_in(inner, home),
        _ => false,
    }
}

fn comes_from(ty: &FieldType, home: Home) -> bool {
    match ty {
        FieldType::Enum(path) | FieldType::Struct(path) | FieldType::Boxed(path) => {
            path.home == home
        }
        FieldType::List(inner) | FieldType::Map(inner) => comes_from(inner, home),
        _ => false,
    }
}

fn is_map(ty: &FieldType) -> bool {
    match ty {
        FieldType::Map(_) => true,
        FieldType::List(inner) => is_map(inner),
        _ => false,
    }
}

fn holds(ty: &FieldType, wanted: &FieldType) -> bool {
    match ty {
        FieldType::List(inner) | FieldType::Map(inner) => holds(inner, wanted),
        other => other == wanted,
    }
}
