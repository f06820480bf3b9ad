//! The client of a product version: one method per operation.

use proc_macro2::TokenStream;
use quote::quote;

use super::{docs, ident};
use crate::model::{Operation, Version, code, first_sentence};

pub(super) fn module(version: &Version) -> TokenStream {
    let heading = docs::inner(&format!(
        "The client of {} {}.",
        version.title, version.version
    ));
    let about = docs::outer(&format!(
        "Calls operations of {} {}. Cheap to clone; clones share the connection pool.",
        version.title, version.version
    ));
    let methods = version.operations.iter().map(method);
    quote! {
        #heading
        use alicloud_runtime::client::{RawCall, Sending, ServiceClient, Typed};
        use alicloud_runtime::{Config, Params};

        #about
        #[derive(Clone, Debug)]
        pub struct Client(ServiceClient);

        impl Client {
            /// A client with that configuration.
            #[must_use]
            #[inline]
            pub fn new(config: &Config) -> Self {
                Self(ServiceClient::new(config, &super::service::SERVICE))
            }

            /// Sends a request that was built without a client.
            pub fn send<R: Typed<Client = Self>>(&self, request: R) -> Sending<R::Answer> {
                request.into_call().bind(&self.0).send()
            }

            /// Calls any operation of this product version by its name, whether or not there is generated code for it.
            /// The answer is free JSON.
            #[inline]
            pub fn call(&self, operation: impl Into<String>, params: Params) -> RawCall {
                self.0.call_raw(operation, params)
            }

            #(#methods)*
        }
    }
}

fn method(operation: &Operation) -> TokenStream {
    let name = ident(&operation.module);
    let (module, request) = (ident(&operation.module), ident(&operation.request));
    let summary = first_sentence(&operation.summary);
    let text = if summary.is_empty() {
        format!("Calls {}.", code(&operation.wire))
    } else {
        summary.to_owned()
    };
    let about = docs::outer(&format!(
        "{text}\n\nSee [`{0}`](super::{1}::{0}) for the parameters.",
        operation.request, operation.module
    ));
    let deprecated = operation.deprecated.as_ref().map(|reason| {
        let reason = reason.trim().replace('\n', " ");
        quote!(#[deprecated = #reason])
    });
    quote! {
        #about
        #deprecated
        #[inline]
        pub fn #name(&self) -> super::#module::#request<ServiceClient> {
            super::#module::#request(self.0.request(&super::#module::OPERATION))
        }
    }
}
