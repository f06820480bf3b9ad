//! Sample code: from an operation and an input in the service's own terms to the Rust a person would write.

use std::collections::{BTreeMap, BTreeSet};

use proc_macro2::TokenStream;
use quote::quote;
use serde_json::Value as Json;

use super::ident;
use crate::model::{Argument, Enum, Face, Home, Operation, Parameter, TypePath, Version};

/// A call as Rust: a statement that sets `answer`, and what it needs to import from the module of the version.
#[derive(Clone, Debug)]
pub struct Example {
    /// The import of everything it needs.
    pub import: String,
    /// The statement.
    pub statement: String,
}

/// Writes a call of an operation. Parameters the operation does not have are left out; the checks of examples report them.
#[must_use]
pub fn call(version: &Version, operation: &Operation, input: &Json) -> Example {
    let request = |request| quote!(let answer = #request.send().await?;);
    of_request(version, operation, input, request)
}

/// Writes what is made of a request.
pub(super) fn of_request(
    version: &Version,
    operation: &Operation,
    input: &Json,
    statement: impl FnOnce(TokenStream) -> TokenStream,
) -> Example {
    let mut writer = Writer {
        version,
        operation,
        imports: BTreeMap::new(),
    };
    let method = ident(&operation.module);
    let setters = writer.setters(&operation.parameters, input);
    let statement = statement(quote!(client.#method() #(#setters)*));
    Example {
        import: layout(writer.import_statement()),
        statement: layout(statement),
    }
}

struct Writer<'a> {
    version: &'a Version,
    operation: &'a Operation,
    /// Types by module.
    imports: BTreeMap<String, BTreeSet<String>>,
}

impl Writer<'_> {
    fn setters(&mut self, parameters: &[Parameter], input: &Json) -> Vec<TokenStream> {
        let members = input.as_object().into_iter().flatten();
        let known = members.filter_map(|(wire, value)| {
            let parameter = parameters
                .iter()
                .find(|parameter| parameter.wire == *wire)?;
            Some((parameter, value))
        });
        known
            .filter_map(|(parameter, value)| self.setter(parameter, value))
            .collect()
    }

    fn setter(&mut self, parameter: &Parameter, value: &Json) -> Option<TokenStream> {
        if let (Some(json), Json::String(text)) = (&parameter.json_setter, value) {
            let setter = ident(json);
            return Some(quote!(.#setter(#text)));
        }
        let setter = ident(&parameter.setter);
        let value = self.value(&parameter.argument, value)?;
        Some(quote!(.#setter(#value)))
    }

    /// A value as an expression; `None` for null, which is not sent.
    fn value(&mut self, argument: &Argument, value: &Json) -> Option<TokenStream> {
        Some(match argument {
            Argument::Text => {
                let text = scalar(value)?;
                quote!(#text)
            }
            Argument::Bool => {
                let flag = scalar(value)?.eq_ignore_ascii_case("true");
                quote!(#flag)
            }
            Argument::Int32 | Argument::Int64 => {
                let number = proc_macro2::Literal::i64_unsuffixed(scalar(value)?.parse().ok()?);
                quote!(#number)
            }
            Argument::Float | Argument::Double => {
                let number: f64 = scalar(value)?.parse().ok()?;
                let number = proc_macro2::Literal::f64_unsuffixed(
                    Some(number).filter(|number| number.is_finite())?,
                );
                quote!(#number)
            }
            Argument::Binary => {
                let text = scalar(value)?;
                quote!(#text)
            }
            Argument::Any => self.any(value),
            Argument::Enum(path) => self.enumeration(path, &scalar(value)?),
            Argument::Face(path) => self.face(path, value),
            Argument::List(inner) => {
                let items = match value {
                    Json::Array(items) => items
                        .iter()
                        .filter_map(|item| self.value(inner, item))
                        .collect(),
                    single => Vec::from_iter(self.value(inner, single)),
                };
                // A list inside a list is written as a `Vec`.
                quote!([#(#items),*])
            }
            Argument::Map(inner) => {
                let entries = value.as_object().into_iter().flatten();
                let entries: Vec<_> = entries
                    .filter_map(|(name, value)| {
                        let value = self.value(inner, value)?;
                        Some(quote!((#name, #value)))
                    })
                    .collect();
                quote!([#(#entries),*])
            }
        })
    }

    fn any(&mut self, value: &Json) -> TokenStream {
        match value {
            Json::String(text) => quote!(#text),
            Json::Bool(flag) => quote!(#flag),
            other => {
                let text = other.to_string();
                quote!(alicloud::Value::Json(#text.into()))
            }
        }
    }

    fn enumeration(&mut self, path: &TypePath, wire: &str) -> TokenStream {
        let own: &[Enum] = if path.home == Home::Operation {
            &self.operation.enums
        } else {
            &self.version.enums
        };
        let listed = own.iter().find(|item| item.name == path.name);
        match listed.and_then(|item| item.variants.iter().find(|variant| variant.wire == wire)) {
            Some(variant) => {
                let (ty, variant) = (self.import(path), ident(&variant.name));
                quote!(#ty::#variant)
            }
            None => quote!(#wire),
        }
    }

    fn face(&mut self, path: &TypePath, value: &Json) -> TokenStream {
        let faces: &[Face] = if path.home == Home::Operation {
            &self.operation.faces
        } else {
            &self.version.faces
        };
        let fields = faces
            .iter()
            .find(|face| face.name == path.name)
            .map(|face| face.fields.clone());
        let setters = self.setters(&fields.unwrap_or_default(), value);
        let ty = self.import(path);
        quote!(#ty::new() #(#setters)*)
    }

    fn import(&mut self, path: &TypePath) -> proc_macro2::Ident {
        let home = match path.home {
            Home::Operation => &self.operation.module,
            Home::Types => "types",
            Home::Params => "params",
        };
        self.imports
            .entry(home.to_owned())
            .or_default()
            .insert(path.name.clone());
        ident(&path.name)
    }

    fn import_statement(&self) -> TokenStream {
        let (product, version) = (
            ident(&self.version.product_module),
            ident(&self.version.module),
        );
        let homes = self.imports.iter().map(|(home, names)| {
            let (home, names) = (ident(home), names.iter().map(|name| ident(name)));
            if names.len() == 1 {
                quote!(#home::#(#names)*)
            } else {
                quote!(#home::{#(#names),*})
            }
        });
        let homes: Vec<_> = homes.collect();
        if homes.is_empty() {
            return quote!(use alicloud::#product::#version::Client;);
        }
        quote!(use alicloud::#product::#version::{Client, #(#homes),*};)
    }
}

/// The text of a scalar; `None` for null and for what has parts.
fn scalar(value: &Json) -> Option<String> {
    match value {
        Json::String(text) => Some(text.clone()),
        Json::Bool(_) | Json::Number(_) => Some(value.to_string()),
        _ => None,
    }
}

/// A statement laid out by prettyplease, at the left margin.
fn layout(statement: TokenStream) -> String {
    let Ok(file) = syn::parse2::<syn::File>(quote!(async fn example() { #statement })) else {
        return statement.to_string();
    };
    let text = prettyplease::unparse(&file);
    let lines: Vec<_> = text.lines().collect();
    let body = lines
        .get(1..lines.len().saturating_sub(1))
        .unwrap_or_default();
    body.iter()
        .map(|line| line.strip_prefix("    ").unwrap_or(line))
        .collect::<Vec<_>>()
        .join("\n")
}
