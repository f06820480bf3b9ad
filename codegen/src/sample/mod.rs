//! Sample code: from an operation and an input in the service's own terms to the Rust a person would write.
//!
//! Documentation, conformance tests and the explorer share it, so that what people are shown is what is tested. Setters
//! and types come from the model, under the very names generated code has. What the setters cannot say (a parameter the
//! spec does not know, a value of another type) goes through `with_parameter`, and is not left out.
//!
//! ```text
//! write      the members of the input, one setter each; what is left over
//! value      one value as the argument of a setter
//! free       values without a type: what `alicloud::Value` holds
//! imports    what has to be imported for it
//! ```

mod free;
mod imports;
mod secrets;
mod value;
mod write;

use proc_macro2::TokenStream;
use quote::quote;
use serde_json::Value as Json;

use self::imports::Imports;
use self::write::Writer;
use crate::model::{Operation, Version};

/// What becomes of values no printout may show.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Secrets {
    /// A placeholder named after the parameter stands for each of them.
    #[default]
    Hidden,
    /// They are written out: for inputs that are public, such as the examples of a spec.
    Shown,
}

/// A call of an operation as Rust.
#[derive(Clone, Debug)]
pub struct Sample {
    imports: Imports,
    module: TokenStream,
    request: TokenStream,
    streams: bool,
    region: String,
}

/// Where a sample finds its service when its input names no region.
const REGION: &str = "cn-hangzhou";

/// Writes a call of an operation. The input is an object with the parameters under their wire names; bytes are text, or
/// `{"$base64": ".."}`.
#[must_use]
pub fn sample(version: &Version, operation: &Operation, input: &Json, secrets: Secrets) -> Sample {
    let mut writer = Writer::new(version, operation, secrets);
    let request = writer.request(input);
    let module = imports::module(version);
    let region = input.get("RegionId").and_then(Json::as_str);
    Sample {
        imports: writer.imports,
        module,
        request,
        streams: operation.streams,
        region: region.unwrap_or(REGION).to_owned(),
    }
}

impl Sample {
    /// The request alone, an expression over `client`: `client.start_dts_job().dts_job_id("..")`.
    #[must_use]
    pub fn expression(&self) -> String {
        let request = &self.request;
        let statement = layout(&quote!(#request));
        statement.trim_end_matches(';').to_owned()
    }

    /// The imports the expression needs, the client's among them, one statement in each line or group of lines.
    #[must_use]
    pub fn imports(&self) -> String {
        layout(&self.imports.statements(&self.module, true, false))
    }

    /// The imports of everything but the client.
    #[must_use]
    pub fn imports_without_client(&self) -> String {
        layout(&self.imports.statements(&self.module, false, false))
    }

    /// A statement made of the request.
    #[must_use]
    pub fn statement(&self, of: impl FnOnce(TokenStream) -> TokenStream) -> String {
        layout(&of(self.request.clone()))
    }

    /// A whole program that makes the call and prints the answer. It needs `alicloud` with the feature of the product, and
    /// `tokio` with `macros` and `rt-multi-thread`.
    #[must_use]
    pub fn program(&self) -> String {
        let imports = self.imports.statements(&self.module, true, true);
        let (request, region) = (&self.request, &self.region);
        let call = if self.streams {
            each_event(request.clone())
        } else {
            quote! {
                let answer = #request.send().await?;
                println!("{answer:?}");
            }
        };
        let file = quote! {
            #imports

            #[tokio::main]
            async fn main() -> Result<(), alicloud::Error> {
                let config = Config::from_env().region(#region).build()?;
                let client = Client::new(&config);
                #call
                Ok(())
            }
        };
        match crate::format::format(file.clone(), std::path::Path::new("sample")) {
            Ok(text) => text,
            // Tokens that are no Rust are a defect of this module; they are still the best there is to show.
            Err(_) => file.to_string(),
        }
    }
}

/// Takes each event of an answer as it comes.
pub(crate) fn each_event(request: TokenStream) -> TokenStream {
    quote! {
        let mut events = #request.send().events();
        while let Some(event) = events.next().await {
            let event = event?;
            println!("{event:?}");
        }
    }
}

/// Statements laid out by prettyplease, at the left margin.
fn layout(statements: &TokenStream) -> String {
    let Ok(file) = syn::parse2::<syn::File>(quote!(async fn sample() { #statements })) else {
        return statements.to_string();
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

fn ident(name: &str) -> proc_macro2::Ident {
    proc_macro2::Ident::new(name, proc_macro2::Span::call_site())
}
