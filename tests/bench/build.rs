//! Writes the control of the decode bench: copies of the structs of one answer, derived by serde, made from the generated
//! file itself so that the two cannot differ.

use std::error::Error;
use std::path::Path;
use std::{env, fs};

use quote::ToTokens as _;
use syn::Item;

#[allow(dead_code, reason = "the compile bench uses the rest of it")]
#[path = "src/compile/control.rs"]
mod control;

const ANSWER: &str = "../../generated/src/dts/v20200101/describe_dts_jobs.rs";

fn main() -> Result<(), Box<dyn Error>> {
    println!("cargo::rerun-if-changed={ANSWER}");
    println!("cargo::rerun-if-changed=src/compile/control.rs");
    let mut file = syn::parse_file(&fs::read_to_string(ANSWER)?)?;
    control::derive(&mut file);
    let mut structs = String::new();
    for item in file.items {
        if let Item::Struct(mut item) = item
            && is_derived(&item)
        {
            item.attrs.retain(|attribute| !is_left_out(attribute));
            // Written out in the generated file.
            item.attrs.push(syn::parse_quote!(#[derive(Default)]));
            structs.push_str(&item.to_token_stream().to_string());
            structs.push('\n');
        }
    }
    let out = env::var_os("OUT_DIR").ok_or("cargo did not say where to write")?;
    fs::write(Path::new(&out).join("describe_dts_jobs.rs"), structs)?;
    Ok(())
}

fn is_derived(item: &syn::ItemStruct) -> bool {
    let mut attributes = item.attrs.iter();
    attributes.any(|one| one.to_token_stream().to_string().contains("Deserialize"))
}

/// Documentation, and what depends on the features of the generated crate.
fn is_left_out(attribute: &syn::Attribute) -> bool {
    attribute.path().is_ident("doc") || attribute.path().is_ident("cfg_attr")
}
