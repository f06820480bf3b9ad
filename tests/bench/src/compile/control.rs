//! The control: the generated crate with its answers derived, `Deserialize` by serde and `Debug` by the compiler, instead of
//! handing over their fields to the runtime.

use std::collections::BTreeMap;
use std::path::Path;

use quote::ToTokens as _;
use syn::visit::Visit;
use syn::{Expr, Item, Lit, Pat};

/// A generated file with every struct of an answer derived. The trait of decoding stays, empty, so that requests compile.
pub(super) fn derive(file: &mut syn::File) {
    let wires = wires(file);
    let mut enums = Vec::new();
    file.items.retain(|item| !is_debug_of(item, &wires));
    // What is derived needs fewer imports, and warnings cost time.
    file.attrs
        .push(syn::parse_quote!(#![allow(unused_imports)]));
    for item in &mut file.items {
        match item {
            Item::Struct(item) => derive_struct(item, &wires),
            Item::Enum(item) => enums.push(read_as_text(&item.ident)),
            Item::Impl(item) if is_object(item) => {
                item.items = vec![syn::parse_quote! {
                    fn field(&mut self, _: &str, value: &mut Reader<'_, '_>) -> Read { value.skip() }
                }];
            }
            _ => {}
        }
    }
    file.items.extend(enums);
}

fn derive_struct(item: &mut syn::ItemStruct, wires: &BTreeMap<String, BTreeMap<String, String>>) {
    let Some(fields) = wires.get(&item.ident.to_string()) else {
        return;
    };
    item.attrs
        .push(syn::parse_quote!(#[derive(Debug, serde::Deserialize)]));
    item.attrs.push(syn::parse_quote!(#[serde(default)]));
    let syn::Fields::Named(named) = &mut item.fields else {
        return;
    };
    for field in &mut named.named {
        let ty = field.ty.to_token_stream().to_string();
        // Free JSON and secrets are types of the runtime, which knows no serde.
        if ty.contains("Value") || ty.contains("Secret") {
            field.attrs.push(syn::parse_quote!(#[serde(skip)]));
            continue;
        }
        let wire = field
            .ident
            .as_ref()
            .and_then(|name| fields.get(&name.to_string()));
        field.attrs.extend(
            wire.map(|wire| -> syn::Attribute { syn::parse_quote!(#[serde(rename = #wire)]) }),
        );
    }
}

/// Enums cost the same on both sides.
fn read_as_text(name: &syn::Ident) -> Item {
    syn::parse_quote! {
        impl<'de> serde::Deserialize<'de> for #name {
            fn deserialize<D: serde::Deserializer<'de>>(from: D) -> core::result::Result<Self, D::Error> {
                <std::string::String as serde::Deserialize>::deserialize(from).map(|text| Self::from_wire(&text))
            }
        }
    }
}

/// Whether an item shows a struct of an answer.
fn is_debug_of(item: &Item, answers: &BTreeMap<String, BTreeMap<String, String>>) -> bool {
    let Item::Impl(item) = item else { return false };
    let shows = item.trait_.as_ref().is_some_and(|(path, _)| {
        let last = path.segments.last();
        last.is_some_and(|last| last.ident == "Debug")
    });
    shows && answers.contains_key(&item.self_ty.to_token_stream().to_string())
}

fn is_object(item: &syn::ItemImpl) -> bool {
    item.trait_
        .as_ref()
        .is_some_and(|(path, _)| path.is_ident("Object"))
}

/// The wire names of the fields of each struct, read from what it hands over.
fn wires(file: &syn::File) -> BTreeMap<String, BTreeMap<String, String>> {
    let mut structs = BTreeMap::new();
    for item in &file.items {
        let Item::Impl(item) = item else { continue };
        if !is_object(item) {
            continue;
        }
        let mut fields = Fields::default();
        item.items
            .iter()
            .for_each(|item| fields.visit_impl_item(item));
        structs.insert(item.self_ty.to_token_stream().to_string(), fields.0);
    }
    structs
}

/// Fields and their wire names.
#[derive(Default)]
struct Fields(BTreeMap<String, String>);

impl<'a> Visit<'a> for Fields {
    /// Many at a time: `value.place(name, "RequestId Status", (&mut self.request_id, &mut self.status))`.
    fn visit_expr_method_call(&mut self, call: &'a syn::ExprMethodCall) {
        let mut arguments = call.args.iter().skip(1);
        let (Some(Expr::Lit(names)), Some(places)) = (arguments.next(), arguments.next()) else {
            return;
        };
        if let Lit::Str(names) = &names.lit {
            let mut members = Members::default();
            members.visit_expr(places);
            let names = names.value();
            let wires = names.split(' ').map(str::to_owned);
            self.0.extend(members.0.into_iter().zip(wires));
        }
    }

    /// One: `"Parent" => value.read_boxed(&mut self.parent)`.
    fn visit_arm(&mut self, arm: &'a syn::Arm) {
        match &arm.pat {
            Pat::Lit(syn::PatLit {
                lit: Lit::Str(wire),
                ..
            }) => {
                let mut members = Members::default();
                members.visit_expr(&arm.body);
                let member = members.0.pop();
                self.0.extend(member.map(|member| (member, wire.value())));
            }
            _ => self.visit_expr(&arm.body),
        }
    }
}

/// The fields of `self` that an expression names, in their order.
#[derive(Default)]
struct Members(Vec<String>);

impl<'a> Visit<'a> for Members {
    fn visit_expr_field(&mut self, field: &'a syn::ExprField) {
        self.0.push(field.member.to_token_stream().to_string());
    }
}

/// The manifest of a crate of its own, with serde for the control.
pub(super) fn manifest(text: &str, runtime: &Path) -> String {
    let text = text.replace(
        "path = \"../runtime\"",
        &format!("path = {:?}", runtime.display().to_string()),
    );
    text.replace(
        "[dependencies]\n",
        "[workspace]\n\n[dependencies]\nserde = { version = \"1\", features = [\"derive\"] }\n",
    )
}
