//! One value as the argument of a setter.
//!
//! A value fits or it does not: nothing is rounded, reworded or cut. Outside of JSON everything is text in the end, so a
//! number may stand in quotes there, as long as it comes out as the same text.

use proc_macro2::{Ident, TokenStream};
use quote::quote;
use serde_json::Value as Json;

use super::write::{Place, Writer};
use super::{free, ident};
use crate::model::{Argument, Enum, Home, TypePath};
use crate::spec::Style;

impl Writer<'_> {
    /// A value as an expression; `None` when it is none of that type.
    pub(super) fn value(
        &mut self,
        argument: &Argument,
        value: &Json,
        place: &Place,
    ) -> Option<TokenStream> {
        match argument {
            Argument::Text => text(value, place),
            Argument::Bool => flag(value, place),
            Argument::Int32 | Argument::Int64 => whole(argument, value, place),
            Argument::Float | Argument::Double => fraction(argument, value, place),
            Argument::Binary => binary(value, place),
            Argument::Any if place.json && !value.is_string() && !value.is_boolean() => {
                Some(free::json(value))
            }
            Argument::Any if place.exact => Some(free::exact(value)),
            Argument::Any => Some(free::open(value)),
            Argument::Enum(path) => self.enumeration(path, value, place),
            Argument::Face(path) => self.face(path, value, place),
            Argument::List(inner) => self.list(inner, value, place),
            Argument::Map(inner) => self.map(inner, value, place),
        }
    }

    fn enumeration(&mut self, path: &TypePath, value: &Json, place: &Place) -> Option<TokenStream> {
        let wire = word(value, place)?;
        match self.variant(path, &wire) {
            Some(variant) => {
                let ty = self.imports.add(self.operation, path);
                Some(quote!(#ty::#variant))
            }
            None if place.exact => {
                let (ty, wire) = (self.imports.add(self.operation, path), free::text(&wire));
                Some(quote!(#ty::from(#wire)))
            }
            None => Some(free::text(&wire)),
        }
    }

    /// The name of a value of an enum.
    fn variant(&self, path: &TypePath, wire: &str) -> Option<Ident> {
        let enums: &[Enum] = if path.home == Home::Operation {
            &self.operation.enums
        } else {
            &self.version.enums
        };
        let listed = enums.iter().find(|item| item.name == path.name)?;
        let mut variants = listed.variants.iter();
        let variant = variants.find(|variant| variant.wire == wire)?;
        Some(ident(&variant.name))
    }

    fn list(&mut self, inner: &Argument, value: &Json, place: &Place) -> Option<TokenStream> {
        let split;
        let items: &[Json] = match value {
            Json::Array(items) => items,
            Json::String(text) if separator(place).is_some() => {
                let parts = text.split(separator(place)?);
                split = parts.map(Json::from).collect::<Vec<_>>();
                &split
            }
            // One item may stand for a list of one, but not in JSON.
            Json::Null | Json::Object(_) => return None,
            single if !place.json => std::slice::from_ref(single),
            _ => return None,
        };
        if items.is_empty() {
            let ty = self.named(inner);
            return Some(if place.exact {
                quote!(Vec::new())
            } else {
                quote!(Vec::<#ty>::new())
            });
        }
        let items = self.alike(inner, items.iter(), place)?;
        Some(if place.exact {
            quote!(vec![#(#items),*])
        } else {
            quote!([#(#items),*])
        })
    }

    fn map(&mut self, inner: &Argument, value: &Json, place: &Place) -> Option<TokenStream> {
        let members = value.as_object()?;
        if members.is_empty() {
            self.imports.maps = true;
            let ty = self.named(inner);
            return Some(quote!(BTreeMap::<String, #ty>::new()));
        }
        let values = self.alike(inner, members.values(), place)?;
        let names = members.keys().map(|name| free::text(name));
        Some(if place.exact {
            self.imports.maps = true;
            quote!(BTreeMap::from([#((#names.to_owned(), #values)),*]))
        } else {
            quote!([#((#names, #values)),*])
        })
    }

    /// Values that stand beside each other, and are of one type therefore.
    fn alike<'j>(
        &mut self,
        inner: &Argument,
        values: impl Iterator<Item = &'j Json> + Clone,
        place: &Place,
    ) -> Option<Vec<TokenStream>> {
        // Text is converted into the declared type, item by item; other things only when they are that type.
        let all_text = match inner {
            Argument::Enum(path) => !values.clone().any(|value| {
                word(value, place).is_some_and(|wire| self.variant(path, &wire).is_some())
            }),
            _ => values.clone().all(Json::is_string),
        };
        let converted = matches!(inner, Argument::Text)
            || all_text && matches!(inner, Argument::Any | Argument::Enum(_));
        let inside = place.inside(place.exact || !converted);
        values
            .map(|value| self.value(inner, value, &inside))
            .collect()
    }

    /// A type by its name.
    fn named(&mut self, argument: &Argument) -> TokenStream {
        match argument {
            Argument::Text => quote!(String),
            Argument::Bool => quote!(bool),
            Argument::Int32 => quote!(i32),
            Argument::Int64 => quote!(i64),
            Argument::Float => quote!(f32),
            Argument::Double => quote!(f64),
            Argument::Binary => quote!(alicloud::Bytes),
            Argument::Any => quote!(alicloud::Value),
            Argument::Enum(path) | Argument::Face(path) => self.imports.add(self.operation, path),
            Argument::List(inner) => {
                let inner = self.named(inner);
                quote!(Vec<#inner>)
            }
            Argument::Map(inner) => {
                self.imports.maps = true;
                let inner = self.named(inner);
                quote!(BTreeMap<String, #inner>)
            }
        }
    }
}

/// The text of a scalar, which must be text already where it becomes JSON.
fn word(value: &Json, place: &Place) -> Option<String> {
    if place.json {
        value.as_str().map(str::to_owned)
    } else {
        free::scalar(value)
    }
}

fn text(value: &Json, place: &Place) -> Option<TokenStream> {
    let content = match value {
        // A parameter that is text and was given as what the text says.
        Json::Array(_) | Json::Object(_) if !place.json => value.to_string(),
        other => word(other, place)?,
    };
    let content = free::text(&content);
    Some(if place.exact {
        quote!(#content.to_owned())
    } else {
        content
    })
}

fn flag(value: &Json, place: &Place) -> Option<TokenStream> {
    let flag = match value {
        Json::Bool(flag) => *flag,
        Json::String(text) if !place.json => text.parse().ok()?,
        _ => return None,
    };
    Some(quote!(#flag))
}

fn whole(argument: &Argument, value: &Json, place: &Place) -> Option<TokenStream> {
    let number = match value {
        Json::Number(number) => number.as_i64()?,
        Json::String(text) if !place.json => {
            let number: i64 = text.parse().ok()?;
            Some(number).filter(|number| number.to_string() == *text)?
        }
        _ => return None,
    };
    let fits = *argument == Argument::Int64 || i32::try_from(number).is_ok();
    fits.then(|| free::whole(number))
}

fn fraction(argument: &Argument, value: &Json, place: &Place) -> Option<TokenStream> {
    let number = match value {
        Json::Number(number) => number.as_f64()?,
        Json::String(text) if !place.json => {
            let number: f64 = text.parse().ok()?;
            Some(number).filter(|number| number.to_string() == *text)?
        }
        _ => return None,
    };
    #[allow(
        clippy::cast_possible_truncation,
        reason = "whether it is cut is the question"
    )]
    let single = (number as f32).to_string().parse() == Ok(number);
    if *argument == Argument::Float && !single {
        return None;
    }
    free::fraction(number)
}

fn binary(value: &Json, place: &Place) -> Option<TokenStream> {
    match value {
        Json::String(content) if !place.exact => Some(free::text(content)),
        Json::String(content) => Some(free::bytes(content.as_bytes())),
        other => free::base64(other).map(|content| free::bytes(&content)),
    }
}

/// What stands between the items of a list that travels as one text.
fn separator(place: &Place) -> Option<char> {
    match place.style? {
        Style::Comma => Some(','),
        Style::Space => Some(' '),
        Style::Pipe => Some('|'),
        Style::Repeated | Style::Flat | Style::Json => None,
    }
}
