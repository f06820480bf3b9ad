//! The crate root, and one module per product.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use proc_macro2::TokenStream;
use quote::quote;

use super::manifest::{CLONE, FORWARDED};
use super::{docs, ident};
use crate::model::{Model, Version};

/// The prose of the crate's front page; the table of features follows it.
const PROSE: &str = include_str!("crate_root.md");

pub(super) fn module(model: &Model) -> TokenStream {
    let mut text = PROSE.trim_end().to_owned();
    text.push_str("\n\n# Features\n\nNo product is on by default.\n\n| feature | module | product |\n| --- | --- | --- |\n");
    for version in &model.versions {
        let Version {
            feature,
            product_module,
            module,
            title,
            version,
            ..
        } = version;
        let _ = writeln!(
            text,
            "| `{feature}` | `{product_module}::{module}` | {title} {version} |"
        );
    }
    text.push_str("\nOf all products:\n\n| feature | |\n| --- | --- |\n");
    for (feature, about) in FORWARDED.iter().chain([&CLONE]) {
        let _ = writeln!(text, "| `{feature}` | {about} |");
    }
    let heading = docs::inner(&text);
    let modules = products_of(model).into_iter().map(|(module, versions)| {
        let module = ident(module);
        let features = any_feature(&versions);
        quote! {
            #features
            #[rustfmt::skip]
            pub mod #module;
        }
    });
    quote! {
        #heading
        #![cfg_attr(docsrs, feature(doc_cfg))]
        #[rustfmt::skip]
        pub use alicloud_runtime::{
            Attempt, Bytes, Config, ConfigBuilder, Credentials, Endpoint, Error, ErrorKind, Format, Params, Placement,
            ProvideCredentials, RateGovernor, Request, Response, RetryPolicy, Secret, Sending, Signature, UnknownValue,
            Value, client, config, credentials, decode, encode, endpoint, error, operation, params, request, response,
            retry, secret, sign, time, transport,
        };
        #[rustfmt::skip]
        pub use alicloud_runtime::client::{EventStream, Items, Pages, StreamEvent, Wait, WaitError};
        #[cfg(feature = "test-util")]
        #[rustfmt::skip]
        pub use alicloud_runtime::test_util;

        #(#modules)*
    }
}

/// The modules of the products, by module name.
pub(super) fn products(model: &Model) -> Vec<(String, TokenStream)> {
    let module = |(module, versions): (&str, Vec<&Version>)| {
        let title = versions
            .first()
            .map_or("", |version| version.title.as_str());
        let heading = docs::inner(&format!("{title}: one module per version."));
        let items = versions.iter().map(|version| {
            let (feature, module) = (&version.feature, ident(&version.module));
            quote! {
                #[cfg(feature = #feature)]
                pub mod #module;
            }
        });
        (module.to_owned(), quote!(#heading #(#items)*))
    };
    products_of(model).into_iter().map(module).collect()
}

fn products_of(model: &Model) -> BTreeMap<&str, Vec<&Version>> {
    let mut products: BTreeMap<&str, Vec<&Version>> = BTreeMap::new();
    for version in &model.versions {
        products
            .entry(&version.product_module)
            .or_default()
            .push(version);
    }
    products
}

fn any_feature(versions: &[&Version]) -> TokenStream {
    let features = versions.iter().map(|version| {
        let feature = &version.feature;
        quote!(feature = #feature)
    });
    match versions {
        [_] => quote!(#[cfg(#(#features)*)]),
        _ => quote!(#[cfg(any(#(#features),*))]),
    }
}

#[cfg(test)]
mod tests {
    use syn::{Item, UseTree};

    use super::module;
    use crate::model::Model;
    use crate::model::names::{Place, rust_name};

    /// The names a `use` brings.
    fn brought(tree: &UseTree, names: &mut Vec<String>) {
        match tree {
            UseTree::Path(path) => brought(&path.tree, names),
            UseTree::Group(group) => group.items.iter().for_each(|tree| brought(tree, names)),
            UseTree::Name(name) => names.push(name.ident.to_string()),
            UseTree::Rename(_) | UseTree::Glob(_) => panic!("which names are these?"),
        }
    }

    #[test]
    fn no_product_takes_the_name_of_a_module_of_the_root() {
        let root = module(&Model { versions: vec![] });
        let mut names = Vec::new();
        for item in syn::parse2::<syn::File>(root).unwrap().items {
            if let Item::Use(item) = item {
                brought(&item.tree, &mut names);
            }
        }
        names.retain(|name| name.starts_with(|c: char| c.is_ascii_lowercase()));
        assert!(names.contains(&"transport".into()), "{names:?}");
        for name in names {
            let module = rust_name(&name, Place::Product).unwrap();
            assert_eq!(module, format!("{name}_"));
        }
    }
}
