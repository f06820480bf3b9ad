//! The public names of DTS, STS and the runtime are promises: one that is renamed or gone fails this test, and one that is new is
//! accepted by hand, with `ACCEPT_NAMES=1 cargo test --package alicloud-e2e --test public_names`.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    reason = "a test that cannot go on fails"
)]

mod support;

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

use syn::{Fields, ImplItem, Item, Type, Visibility};

#[test]
fn the_names_of_dts_are_those_that_were_promised() {
    hold("dts");
}

#[test]
fn the_names_of_sts_are_those_that_were_promised() {
    hold("sts");
}

#[test]
fn the_names_of_the_runtime_are_those_that_were_promised() {
    let mut names = BTreeSet::new();
    let folder = support::root().join("runtime/src");
    module(&folder, "lib", "runtime", &mut names);
    compare("runtime", &names);
}

/// Compares the names of a product with the list of promised ones.
fn hold(product: &str) {
    let mut names = BTreeSet::new();
    let folder = support::root().join("generated/src").join(product);
    module(&folder, "mod", product, &mut names);
    compare(product, &names);
}

fn compare(product: &str, names: &BTreeSet<String>) {
    let list = support::root().join(format!("tests/e2e/names/{product}.txt"));
    if std::env::var_os("ACCEPT_NAMES").is_some() {
        let text: String = names.iter().map(|name| format!("{name}\n")).collect();
        fs::create_dir_all(list.parent().unwrap()).unwrap();
        fs::write(&list, text).unwrap();
        return;
    }
    let promised: BTreeSet<String> = fs::read_to_string(&list)
        .unwrap()
        .lines()
        .map(ToOwned::to_owned)
        .collect();
    let gone: Vec<_> = promised.difference(names).collect();
    assert!(
        gone.is_empty(),
        "public names of {product} are gone: {gone:#?}"
    );
    let new: Vec<_> = names.difference(&promised).collect();
    assert!(
        new.is_empty(),
        "public names of {product} are new; to promise them, run `ACCEPT_NAMES=1 cargo test --package alicloud-e2e \
         --test public_names`: {new:#?}"
    );
}

/// The names of a module: of its file, and of the modules it declares.
fn module(folder: &Path, file: &str, path: &str, names: &mut BTreeSet<String>) {
    let source = folder.join(format!("{file}.rs"));
    let source = fs::read_to_string(&source).unwrap_or_else(|_| panic!("{}", source.display()));
    for item in syn::parse_file(&source).unwrap().items {
        match item {
            // One that is written in place is private, and what is used of it is re-exported.
            Item::Mod(inner) if is_test(&inner) || inner.content.is_some() => {
                assert!(is_test(&inner) || !is_public(&inner.vis), "{}", inner.ident);
            }
            Item::Mod(inner) => {
                let name = inner.ident.to_string();
                let children = match file {
                    "mod" | "lib" => folder.to_owned(),
                    _ => folder.join(file),
                };
                let (below, stem) = place(&children, &name);
                // What a private module holds is public where it is re-exported.
                let inner_path = match inner.vis {
                    Visibility::Public(_) => format!("{path}::{name}"),
                    _ => path.to_owned(),
                };
                names.insert(format!("{inner_path}::*"));
                module(&below, &stem, &inner_path, names);
            }
            item => of_item(&item, path, names),
        }
    }
}

/// Whether a module is there for tests only.
fn is_test(module: &syn::ItemMod) -> bool {
    let mut attributes = module.attrs.iter();
    attributes.any(|attribute| {
        attribute.path().is_ident("cfg")
            && attribute
                .parse_args::<syn::Ident>()
                .is_ok_and(|what| what == "test")
    })
}

/// The file a module is in.
fn place(folder: &Path, name: &str) -> (PathBuf, String) {
    let below = folder.join(name);
    if below.join("mod.rs").is_file() {
        (below, "mod".into())
    } else {
        (folder.to_owned(), name.to_owned())
    }
}

/// The names a `pub use` brings, whatever they are names of.
fn re_exported(tree: &syn::UseTree, add: &mut impl FnMut(String)) {
    match tree {
        syn::UseTree::Path(path) => re_exported(&path.tree, add),
        syn::UseTree::Group(group) => group.items.iter().for_each(|tree| re_exported(tree, add)),
        syn::UseTree::Name(name) => add(format!("use {}", name.ident)),
        syn::UseTree::Rename(name) => add(format!("use {}", name.rename)),
        syn::UseTree::Glob(_) => add("use *".into()),
    }
}

fn is_public(visibility: &Visibility) -> bool {
    matches!(visibility, Visibility::Public(_))
}

fn of_item(item: &Item, path: &str, names: &mut BTreeSet<String>) {
    let mut add = |name: String| {
        names.insert(format!("{path}::{name}"));
    };
    match item {
        Item::Struct(item) if is_public(&item.vis) => {
            add(item.ident.to_string());
            if let Fields::Named(fields) = &item.fields {
                for field in fields.named.iter().filter(|field| is_public(&field.vis)) {
                    add(format!("{}.{}", item.ident, field.ident.as_ref().unwrap()));
                }
            }
        }
        Item::Enum(item) if is_public(&item.vis) => {
            add(item.ident.to_string());
            for variant in &item.variants {
                add(format!("{}::{}", item.ident, variant.ident));
            }
        }
        Item::Const(item) if is_public(&item.vis) => add(item.ident.to_string()),
        Item::Static(item) if is_public(&item.vis) => add(item.ident.to_string()),
        Item::Trait(item) if is_public(&item.vis) => {
            add(item.ident.to_string());
            for inner in &item.items {
                if let syn::TraitItem::Fn(method) = inner {
                    add(format!("{}::{}()", item.ident, method.sig.ident));
                }
            }
        }
        Item::Type(item) if is_public(&item.vis) => add(item.ident.to_string()),
        Item::Use(item) if is_public(&item.vis) => re_exported(&item.tree, &mut add),
        Item::Fn(item) if is_public(&item.vis) => add(item.sig.ident.to_string()),
        Item::Impl(item) if item.trait_.is_none() => {
            let Type::Path(of) = &*item.self_ty else {
                return;
            };
            let of = of.path.segments.last().unwrap().ident.to_string();
            for inner in &item.items {
                match inner {
                    ImplItem::Fn(method) if is_public(&method.vis) => {
                        add(format!("{of}::{}()", method.sig.ident));
                    }
                    ImplItem::Const(constant) if is_public(&constant.vis) => {
                        add(format!("{of}::{}", constant.ident));
                    }
                    _ => {}
                }
            }
        }
        _ => {}
    }
}
