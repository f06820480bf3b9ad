//! The descriptor of a product version: where it is reached, and its product-wide error codes.

use proc_macro2::TokenStream;
use quote::quote;

use super::{docs, ident};
use crate::model::Version;
use crate::spec::{ErrorCode, RegionHosts, RetryAdvice};

pub(super) fn module(version: &Version) -> TokenStream {
    let heading = docs::inner(&format!(
        "Where {} {} is reached.",
        version.title, version.version
    ));
    let (product, number) = (&version.product, &version.version);
    let roa = version.roa.then(|| quote!(roa: true,));
    let endpoints = &version.endpoints;
    let central = endpoints
        .central
        .as_ref()
        .map(|host| quote!(central: Some(Borrowed(#host)),));
    let fallback = endpoints
        .fallback
        .as_ref()
        .map(|host| quote!(fallback: Some(Borrowed(#host)),));
    let vpc = endpoints
        .vpc
        .as_ref()
        .map(|host| quote!(vpc: Some(Borrowed(#host)),));
    let regions = list("regions", endpoints.regions.iter().map(region));
    let errors = list("errors", version.errors.iter().map(error_code));
    quote! {
        #heading
        use std::borrow::Cow::Borrowed;
        use alicloud_runtime::operation as desc;

        /// The descriptor of the product version.
        pub static SERVICE: desc::Service = desc::Service {
            product: Borrowed(#product),
            version: Borrowed(#number),
            #roa
            #central
            #fallback
            #vpc
            #regions
            #errors
            ..desc::Service::EMPTY
        };
    }
}

fn region(hosts: &RegionHosts) -> TokenStream {
    let (region, public) = (&hosts.region.value, &hosts.public);
    let vpc = match &hosts.vpc {
        Some(host) => quote!(Some(Borrowed(#host))),
        None => quote!(None),
    };
    quote!(desc::RegionHosts { region: Borrowed(#region), public: Borrowed(#public), vpc: #vpc })
}

/// A field with a list, left out when the list is empty.
fn list(field: &str, items: impl Iterator<Item = TokenStream>) -> Option<TokenStream> {
    let field = ident(field);
    let items: Vec<_> = items.collect();
    (!items.is_empty()).then(|| quote!(#field: Borrowed(&[#(#items),*]),))
}

fn error_code(item: &ErrorCode) -> TokenStream {
    let (code, status) = (
        &item.code.value,
        proc_macro2::Literal::u16_unsuffixed(item.status),
    );
    let meaning = item.meaning.as_deref().unwrap_or_default().trim();
    let retry = match item.retry {
        None => quote!(None),
        Some(RetryAdvice::Never) => quote!(Some(desc::RetryAdvice::Never)),
        Some(RetryAdvice::Later) => quote!(Some(desc::RetryAdvice::Later)),
        Some(RetryAdvice::NewCredentials) => quote!(Some(desc::RetryAdvice::NewCredentials)),
    };
    quote! {
        desc::ErrorCode { code: Borrowed(#code), status: #status, meaning: Borrowed(#meaning), retry: #retry }
    }
}
