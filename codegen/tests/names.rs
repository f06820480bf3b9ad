//! Names, whatever they are made of: valid identifiers that nothing else has taken, and different ones for different things
//! or a diagnostic.

#![allow(
    clippy::unwrap_used,
    clippy::panic,
    reason = "a test that cannot go on fails"
)]

use std::collections::BTreeSet;
use std::path::Path;

use alicloud_codegen::emit;
use alicloud_codegen::model::names::{Place, is_usable, json_twin, rust_name};
use alicloud_codegen::regenerate::{Failure, model};
use proptest::prelude::*;
use proptest::sample::select;
use proptest::test_runner::RngSeed;

const PLACES: [Place; 7] = [
    Place::Product,
    Place::Module,
    Place::Setter,
    Place::PagedSetter,
    Place::Field,
    Place::Type,
    Place::Variant,
];

/// Words and signs that names are made of, and that Rust or the generated code has uses for.
const PARTS: [&str; 36] = [
    "DB",
    "Instance",
    "Id",
    "IDs",
    "IPv6",
    "type",
    "self",
    "Self",
    "crate",
    "fn",
    "async",
    "new",
    "send",
    "with",
    "With",
    "items",
    "Pages",
    "Option",
    "Result",
    "Unknown",
    "3DES",
    "2",
    "_",
    "__",
    "-",
    ".",
    "$",
    "#",
    " ",
    "r#",
    "\u{4e2d}",
    "\u{e9}",
    "\u{202e}",
    "wait_until_",
    "params",
    "default",
];

fn wire() -> impl Strategy<Value = String> {
    let part = prop_oneof![
        5 => select(&PARTS[..]).prop_map(str::to_owned),
        1 => "[A-Za-z0-9]{1,6}",
        1 => any::<char>().prop_map(String::from),
    ];
    prop::collection::vec(part, 1..5).prop_map(|parts| parts.concat())
}

fn cases(cases: u32) -> ProptestConfig {
    ProptestConfig {
        cases,
        failure_persistence: None,
        // The same commit is judged alike everywhere.
        rng_seed: RngSeed::Fixed(7),
        ..ProptestConfig::default()
    }
}

proptest! {
    #![proptest_config(cases(2000))]

    #[test]
    fn a_name_is_an_identifier_that_is_free(wire in wire()) {
        for place in PLACES {
            let Some(name) = rust_name(&wire, place) else { continue };
            prop_assert!(syn::parse_str::<syn::Ident>(&name).is_ok(), "{name:?} of {wire:?}");
            // No option of a call and no waiter ends with an underscore.
            let kept = name.starts_with("with_") || name.starts_with("wait_until_");
            let free = is_usable(&name, place) || kept && name.ends_with('_');
            prop_assert!(free, "{name:?} of {wire:?} in {place:?}");
            prop_assert_eq!(rust_name(&wire, place), Some(name));
        }
    }

    #[test]
    fn a_name_that_is_usable_is_an_identifier(wire in wire()) {
        for place in PLACES.into_iter().filter(|place| is_usable(&wire, *place)) {
            prop_assert!(syn::parse_str::<syn::Ident>(&wire).is_ok(), "{wire:?} in {place:?}");
        }
    }

    #[test]
    fn a_twin_is_an_identifier_of_its_own(wire in wire()) {
        if let Some(setter) = rust_name(&wire, Place::Setter) {
            let twin = json_twin(&setter);
            prop_assert!(syn::parse_str::<syn::Ident>(&twin).is_ok(), "{twin:?}");
            prop_assert_ne!(twin, setter);
        }
    }
}

/// The public methods and fields of a type, in the order of the file.
fn members(file: &syn::File, of: &str) -> Vec<String> {
    let mut names = Vec::new();
    for item in &file.items {
        match item {
            syn::Item::Struct(item) if item.ident == of => {
                names.extend(
                    item.fields
                        .iter()
                        .filter_map(|field| field.ident.as_ref())
                        .map(ToString::to_string),
                );
            }
            syn::Item::Impl(item) if item.trait_.is_none() => {
                let syn::Type::Path(path) = &*item.self_ty else {
                    continue;
                };
                if path.path.segments.last().unwrap().ident != of {
                    continue;
                }
                names.extend(item.items.iter().filter_map(|inner| match inner {
                    syn::ImplItem::Fn(method) => Some(method.sig.ident.to_string()),
                    _ => None,
                }));
            }
            _ => {}
        }
    }
    names
}

proptest! {
    #![proptest_config(cases(60))]

    /// Parameters and fields of one operation: each has a name of its own in its scope, or a problem is reported.
    #[test]
    fn names_are_different_in_their_scope_or_reported(wires in prop::collection::btree_set(wire(), 1..8)) {
        let root = tempfile::tempdir().unwrap();
        let fields: serde_json::Map<_, _> = wires
            .iter()
            .map(|wire| (wire.clone(), serde_json::json!({"type": "string"})))
            .collect();
        let operation = serde_json::json!({
            "operation": "GetIt", "effect": "read", "parameters": fields, "response": {"fields": fields},
        });
        let folder = root.path().join("demo/1");
        std::fs::create_dir_all(&folder).unwrap();
        std::fs::write(folder.join("service.yaml"), "product: demo\nversion: '1'\nstyle: rpc\n").unwrap();
        std::fs::write(folder.join("GetIt.yaml"), operation.to_string()).unwrap();
        match model(root.path(), Path::new("specs")) {
            Ok((_, model)) => {
                let files = emit::version(&model.versions[0]).unwrap();
                let text = &files[Path::new("src/demo/v1/get_it.rs")];
                let file = syn::parse_file(text).unwrap();
                for (of, more) in [("GetIt", 2), ("GetItResponse", 0)] {
                    let members = members(&file, of);
                    let distinct: BTreeSet<_> = members.iter().collect();
                    prop_assert_eq!(distinct.len(), members.len(), "{:?}", members);
                    // `new` and `send` are the request's own.
                    prop_assert_eq!(members.len(), wires.len() + more, "{:?}", members);
                }
            }
            Err(Failure::Specs(problems)) => prop_assert!(!problems.is_empty()),
            Err(other) => panic!("{other}"),
        }
    }
}
