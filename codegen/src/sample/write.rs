//! The members of an input, one setter each; and what is left over.

use proc_macro2::TokenStream;
use quote::quote;
use serde_json::Value as Json;

use super::imports::Imports;
use super::secrets::hidden;
use super::{Secrets, free, ident};
use crate::model::{Face, Home, Operation, Parameter, TypePath, Version};
use crate::spec::{Location, Style};

/// Writes one sample.
pub(super) struct Writer<'a> {
    pub(super) version: &'a Version,
    pub(super) operation: &'a Operation,
    pub(super) imports: Imports,
    secrets: Secrets,
    /// What setters cannot say: a name on the wire, and its value.
    extra: Vec<(String, Json)>,
}

/// Where a value stands, which decides what may be done about its type.
#[derive(Clone, Debug)]
pub(super) struct Place {
    /// The name of what it is part of, flattened, where what does not fit can be sent under a name of its own.
    name: Option<String>,
    /// Whether it becomes JSON, in which a number and the text of a number are different things.
    pub(super) json: bool,
    /// Whether exactly the declared type is asked for, or anything that converts into it.
    pub(super) exact: bool,
    /// How a list becomes text.
    pub(super) style: Option<Style>,
}

impl Place {
    fn of(parameter: &Parameter) -> Self {
        let json = parameter.style == Some(Style::Json) || parameter.location == Location::Body;
        let flat = matches!(parameter.location, Location::Query | Location::Form) && !json;
        Self {
            name: flat.then(|| parameter.wire.clone()),
            json,
            exact: false,
            style: parameter.style,
        }
    }

    /// The place of a value inside a list or map.
    pub(super) fn inside(&self, exact: bool) -> Self {
        Self {
            name: None,
            exact,
            style: None,
            ..self.clone()
        }
    }

    /// The place of a field.
    fn field(&self, wire: &str) -> Self {
        Self {
            name: self.name.as_ref().map(|name| format!("{name}.{wire}")),
            exact: false,
            style: None,
            ..self.clone()
        }
    }
}

impl<'a> Writer<'a> {
    pub(super) fn new(version: &'a Version, operation: &'a Operation, secrets: Secrets) -> Self {
        Self {
            version,
            operation,
            imports: Imports::default(),
            secrets,
            extra: Vec::new(),
        }
    }

    /// The request as an expression over `client`.
    pub(super) fn request(&mut self, input: &Json) -> TokenStream {
        let mut setters = Vec::new();
        for (wire, value) in input.as_object().into_iter().flatten() {
            let parameters = self.operation.parameters.iter();
            match parameters.clone().find(|known| known.wire == *wire) {
                Some(parameter) => setters.extend(self.parameter(parameter, value)),
                None if value.is_null() => {}
                None => self.extra.push((wire.clone(), value.clone())),
            }
        }
        for (name, value) in std::mem::take(&mut self.extra) {
            self.imports.options = true;
            let (name, value) = (free::text(&name), free::open(&value));
            setters.push(quote!(.with_parameter(#name, #value)));
        }
        let method = ident(&self.operation.module);
        quote!(client.#method() #(#setters)*)
    }

    fn parameter(&mut self, parameter: &Parameter, value: &Json) -> Option<TokenStream> {
        if value.is_null() {
            return None;
        }
        if let (Some(json), true) = (&parameter.json_setter, value.is_string()) {
            let text = free::scalar(&self.shown(parameter, value))?;
            let (setter, text) = (ident(json), free::text(&text));
            return Some(quote!(.#setter(#text)));
        }
        let before = (self.imports.clone(), self.extra.clone());
        if let Some(setter) = self.setter(parameter, value, &Place::of(parameter)) {
            return Some(setter);
        }
        (self.imports, self.extra) = before;
        if let Some(json) = &parameter.json_setter {
            let value = self.shown(parameter, value);
            let (setter, text) = (ident(json), free::text(&value.to_string()));
            return Some(quote!(.#setter(#text)));
        }
        if parameter.location == Location::Header {
            let (name, text) = (
                &parameter.wire,
                free::scalar(&self.shown(parameter, value))?,
            );
            self.imports.options = true;
            return Some(quote!(.with_header(#name, #text)));
        }
        self.extra
            .push((parameter.wire.clone(), self.shown(parameter, value)));
        None
    }

    /// The setter of a parameter or field; `None` when it does not take such a value.
    fn setter(
        &mut self,
        parameter: &Parameter,
        value: &Json,
        place: &Place,
    ) -> Option<TokenStream> {
        let setter = ident(&parameter.setter);
        let value = self.shown(parameter, value);
        let value = self.value(&parameter.argument, &value, place)?;
        Some(quote!(.#setter(#value)))
    }

    fn shown(&self, parameter: &Parameter, value: &Json) -> Json {
        if parameter.sensitive && self.secrets == Secrets::Hidden {
            hidden(&parameter.wire, value)
        } else {
            value.clone()
        }
    }

    /// An object. What its face does not know is left to be sent under a name of its own, where names are flattened.
    pub(super) fn face(
        &mut self,
        path: &TypePath,
        value: &Json,
        place: &Place,
    ) -> Option<TokenStream> {
        let members = value.as_object()?;
        let faces: &'a [Face] = if path.home == Home::Operation {
            &self.operation.faces
        } else {
            &self.version.faces
        };
        let face = faces.iter().find(|face| face.name == path.name)?;
        let mut setters = Vec::new();
        for (wire, value) in members {
            let place = place.field(wire);
            let known = face.fields.iter().find(|field| field.wire == *wire);
            if value.is_null() {
                continue;
            }
            let before = self.imports.clone();
            match known.and_then(|field| self.setter(field, value, &place)) {
                Some(setter) => setters.push(setter),
                None => {
                    self.imports = before;
                    let value = known.map_or_else(|| value.clone(), |it| self.shown(it, value));
                    self.extra.push((place.name?, value));
                }
            }
        }
        // An object without anything set would not be sent, nor would it be missed.
        let ty = self.imports.add(self.operation, path);
        Some(quote!(#ty::new() #(#setters)*))
    }
}
