//! The descriptor of a product version: where it is reached, and its product-wide error codes.

use proc_macro2::TokenStream;
use quote::quote;

use super::descriptor::{error_code, list};
use super::docs;
use crate::model::Version;
use crate::spec::RegionHosts;

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
