//! What a sample imports: the client, and the types its setters take.

use std::collections::{BTreeMap, BTreeSet};

use proc_macro2::TokenStream;
use quote::quote;

use super::ident;
use crate::model::{Home, Operation, TypePath, Version};

/// Names a sample has other uses for; types of these names are written with their module.
const TAKEN: [&str; 14] = [
    "Client", "Config", "Request", "String", "Vec", "BTreeMap", "Option", "Some", "None", "Result",
    "Ok", "Err", "Box", "Into",
];

/// The imports of a sample.
#[derive(Clone, Debug, Default)]
pub(super) struct Imports {
    /// Types by module, below the module of the version; a module without types is imported itself.
    types: BTreeMap<String, BTreeSet<String>>,
    /// Modules that are imported as such.
    modules: BTreeSet<String>,
    /// Whether options such as `with_parameter` are used.
    pub(super) options: bool,
    /// Whether maps are named.
    pub(super) maps: bool,
}

/// The module of a version.
pub(super) fn module(version: &Version) -> TokenStream {
    let (product, module) = (ident(&version.product_module), ident(&version.module));
    quote!(alicloud::#product::#module)
}

impl Imports {
    /// Imports a type, and says how to write it from then on.
    pub(super) fn add(&mut self, operation: &Operation, path: &TypePath) -> TokenStream {
        let home = match path.home {
            Home::Operation => operation.module.as_str(),
            Home::Types => "types",
            Home::Params => "params",
        };
        let name = ident(&path.name);
        let elsewhere = self
            .types
            .iter()
            .any(|(other, names)| other != home && names.contains(&path.name));
        if elsewhere || TAKEN.contains(&path.name.as_str()) {
            self.modules.insert(home.to_owned());
            let home = ident(home);
            return quote!(#home::#name);
        }
        self.types
            .entry(home.to_owned())
            .or_default()
            .insert(path.name.clone());
        quote!(#name)
    }

    /// The statements: those of the crate, those of the module.
    pub(super) fn statements(
        &self,
        module: &TokenStream,
        client: bool,
        config: bool,
    ) -> TokenStream {
        let maps = self.maps.then(|| {
            quote!(
                use std::collections::BTreeMap;
            )
        });
        let root = match (config, self.options) {
            (true, true) => quote!(
                use alicloud::{Config, Request as _};
            ),
            (true, false) => quote!(
                use alicloud::Config;
            ),
            (false, true) => quote!(
                use alicloud::Request as _;
            ),
            (false, false) => TokenStream::new(),
        };
        let mut parts: Vec<TokenStream> = Vec::new();
        if client {
            parts.push(quote!(Client));
        }
        parts.extend(self.modules.iter().map(|name| {
            let name = ident(name);
            quote!(#name)
        }));
        parts.extend(self.types.iter().map(|(home, names)| {
            let home = ident(home);
            let names: Vec<_> = names.iter().map(|name| ident(name)).collect();
            match names.as_slice() {
                [name] => quote!(#home::#name),
                names => quote!(#home::{#(#names),*}),
            }
        }));
        let own = match parts.as_slice() {
            [] => TokenStream::new(),
            [part] => quote!(use #module::#part;),
            parts => quote!(use #module::{#(#parts),*};),
        };
        quote!(#maps #root #own)
    }
}
