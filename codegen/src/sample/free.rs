//! Values without a type: literals, and what `alicloud::Value` is made of.

use std::str::FromStr as _;

use base64::Engine as _;
use proc_macro2::{Literal, TokenStream};
use quote::quote;
use serde_json::Value as Json;

/// The text of a scalar; `None` for null and for what has parts.
pub(super) fn scalar(value: &Json) -> Option<String> {
    match value {
        Json::String(text) => Some(text.clone()),
        Json::Bool(_) | Json::Number(_) => Some(value.to_string()),
        _ => None,
    }
}

/// Text as a literal: a raw one where an ordinary one would be full of escapes.
pub(super) fn text(text: &str) -> TokenStream {
    let plain = !text.chars().any(crate::model::is_invisible);
    if text.contains(['"', '\\']) && plain {
        // As many marks as no run of them in the text after a quote has.
        let marks = "#".repeat(1 + longest_run(text));
        if let Ok(literal) = Literal::from_str(&format!("r{marks}\"{text}\"{marks}")) {
            return quote!(#literal);
        }
    }
    quote!(#text)
}

/// The longest run of `#` right after a quote.
fn longest_run(text: &str) -> usize {
    let runs = text.split('"').skip(1);
    runs.map(|rest| rest.len() - rest.trim_start_matches('#').len())
        .max()
        .unwrap_or_default()
}

/// A whole number as a literal.
pub(super) fn whole(number: i64) -> TokenStream {
    let literal = Literal::i64_unsuffixed(number);
    quote!(#literal)
}

/// A number with a fraction as a literal; `None` for what no literal can say.
pub(super) fn fraction(number: f64) -> Option<TokenStream> {
    let literal = Literal::f64_unsuffixed(Some(number).filter(|number| number.is_finite())?);
    Some(quote!(#literal))
}

/// The bytes of `{"$base64": ".."}`.
pub(super) fn base64(value: &Json) -> Option<Vec<u8>> {
    let members = value.as_object().filter(|members| members.len() == 1)?;
    let text = members.get("$base64")?.as_str()?;
    base64::engine::general_purpose::STANDARD.decode(text).ok()
}

/// Bytes as an `alicloud::Bytes`.
pub(super) fn bytes(bytes: &[u8]) -> TokenStream {
    let literal = Literal::byte_string(bytes);
    quote!(alicloud::Bytes::from_static(#literal))
}

/// A value as something that converts into `alicloud::Value`.
pub(super) fn open(value: &Json) -> TokenStream {
    match value {
        Json::String(content) => text(content),
        Json::Bool(flag) => quote!(#flag),
        Json::Number(number) => match (number.as_i64(), number.as_f64()) {
            (Some(number), _) if i32::try_from(number).is_ok() => whole(number),
            (Some(number), _) => {
                let literal = Literal::i64_suffixed(number);
                quote!(#literal)
            }
            (None, Some(float)) if number.is_f64() => {
                fraction(float).unwrap_or_else(|| json(value))
            }
            _ => json(value),
        },
        Json::Object(members) if !members.is_empty() && base64(value).is_none() => {
            let members = members.iter().map(|(name, value)| {
                let (name, value) = (text(name), exact(value));
                quote!((#name, #value))
            });
            quote!(alicloud::Params::from_iter([#(#members),*]))
        }
        other => exact(other),
    }
}

/// A value as an `alicloud::Value`.
pub(super) fn exact(value: &Json) -> TokenStream {
    match value {
        Json::Null => quote!(alicloud::Value::Null),
        Json::Array(items) => {
            let items = items.iter().map(exact);
            quote!(alicloud::Value::List(vec![#(#items),*]))
        }
        Json::Object(members) => match base64(value) {
            Some(content) => {
                let content = bytes(&content);
                quote!(alicloud::Value::Bytes(#content))
            }
            None if members.is_empty() => quote!(alicloud::Value::from(alicloud::Params::new())),
            None => {
                let members = open(value);
                quote!(alicloud::Value::from(#members))
            }
        },
        scalar => {
            let scalar = open(scalar);
            quote!(alicloud::Value::from(#scalar))
        }
    }
}

/// A value as JSON text in an `alicloud::Value`.
pub(super) fn json(value: &Json) -> TokenStream {
    let content = text(&value.to_string());
    quote!(alicloud::Value::Json(#content.into()))
}
