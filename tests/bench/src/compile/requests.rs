//! Requests as most generators write them: a struct with an optional field for each parameter, setters that fill the fields,
//! and a method that encodes what is filled. The generated ones write into a parameter list at once.

use std::collections::BTreeMap;
use std::mem;

use quote::{ToTokens as _, quote};
use syn::visit_mut::{VisitMut, visit_expr_mut, visit_item_impl_mut};
use syn::{
    Expr, ExprMethodCall, FnArg, GenericArgument, Ident, ImplItem, ImplItemFn, Item, ItemImpl,
    ItemMacro, ItemStruct, Member, PathArguments, Stmt, Type, TypeParamBound, parse_quote,
};

/// Rewrites the requests of a file, the objects they hold, and the calls that make them.
pub(super) fn as_structs(file: &mut syn::File) {
    let mut structs: BTreeMap<Ident, Fields> = file
        .items
        .iter()
        .filter_map(wrapped)
        .map(|name| (name, Fields::default()))
        .collect();
    for item in &mut file.items {
        if let Item::Impl(item) = item
            && let Some(fields) = structs.get_mut(&last(&item.self_ty))
        {
            item.items.iter_mut().for_each(|item| fields.fill(item));
        }
    }
    let items = mem::take(&mut file.items);
    file.items = items
        .into_iter()
        .flat_map(|item| match item {
            Item::Struct(item) => match structs.get(&item.ident) {
                Some(fields) => fields.definition(&item),
                None => vec![Item::Struct(item)],
            },
            Item::Macro(item) if last_of(&item.mac.path) == "request" => request(&item),
            item => vec![item],
        })
        .collect();
    let mut uses = Uses {
        structs: &structs,
        inside: false,
    };
    uses.visit_file_mut(file);
}

/// The name of a struct around a call or a parameter list: a request, or an object in one.
fn wrapped(item: &Item) -> Option<Ident> {
    let Item::Struct(item) = item else {
        return None;
    };
    let inner = item.fields.iter().next()?;
    let inside = last(&inner.ty);
    (inner.ident.is_none() && (inside == "Call" || inside == "Params")).then(|| item.ident.clone())
}

/// The last name of a type's path.
fn last(ty: &Type) -> Ident {
    match ty {
        Type::Path(path) => last_of(&path.path),
        _ => parse_quote!(nothing),
    }
}

fn last_of(path: &syn::Path) -> Ident {
    match path.segments.last() {
        Some(segment) => segment.ident.clone(),
        None => parse_quote!(nothing),
    }
}

/// What a struct holds.
#[derive(Default)]
struct Fields(Vec<Field>);

struct Field {
    name: Ident,
    ty: Type,
    /// How the parameter is set in the list: `self.0.text("Name", value)`.
    set: ExprMethodCall,
    /// What that calls the value.
    value: Ident,
}

impl Fields {
    /// Makes a setter fill a field; lets other methods work on what is encoded.
    fn fill(&mut self, item: &mut ImplItem) {
        let ImplItem::Fn(method) = item else { return };
        let Some((set, value, ty)) = setter(method) else {
            method.sig.constness = None;
            return;
        };
        let name = &method.sig.ident;
        let (ty, owned) = owned(&ty, &parse_quote!(#value));
        method.block = parse_quote!({
            let mut this = self;
            this.#name = Some(#owned);
            this
        });
        self.0.push(Field {
            name: name.clone(),
            ty,
            set,
            value,
        });
    }

    /// The struct with its fields, how it is made and how it is encoded.
    fn definition(&self, item: &ItemStruct) -> Vec<Item> {
        let ItemStruct {
            attrs,
            vis,
            ident,
            generics,
            fields,
            ..
        } = item;
        let target = fields.iter().next().map(|field| &field.ty);
        let names: Vec<_> = self.0.iter().map(|field| &field.name).collect();
        let types = self.0.iter().map(|field| {
            let ty = &field.ty;
            // An object in itself.
            if last(ty) == *ident {
                quote!(Box<#ty>)
            } else {
                ty.to_token_stream()
            }
        });
        let sets = self.0.iter().map(|field| {
            let (name, method) = (&field.name, &field.set.method);
            let (arguments, value) = (&field.set.args, &field.value);
            quote!(if let Some(#value) = self.#name { to = to.#method(#arguments); })
        });
        let (head, with, tail) = generics.split_for_impl();
        // Those of a request, which has a client, are written out; an object derives its own.
        let derives =
            (!generics.params.is_empty()).then(|| quote!(#[derive(Clone, Debug, PartialEq)]));
        vec![
            parse_quote!(#(#attrs)* #derives #vis struct #ident #generics { to: #target, #(#names: Option<#types>),* }),
            parse_quote! {
                impl #head #ident #tail #with {
                    pub(super) fn over(to: #target) -> Self {
                        Self { to, #(#names: None),* }
                    }
                    #[allow(unused_mut)]
                    fn encode(self) -> #target {
                        let mut to = self.to;
                        #(#sets)*
                        to
                    }
                }
            },
        ]
    }
}

/// What a setter calls, the name of its argument and its type: `Self(self.0.text("Name", value))`.
fn setter(method: &ImplItemFn) -> Option<(ExprMethodCall, Ident, Type)> {
    let Some(FnArg::Typed(argument)) = method.sig.inputs.iter().nth(1) else {
        return None;
    };
    let [Stmt::Expr(Expr::Call(wrap), None)] = &method.block.stmts[..] else {
        return None;
    };
    let Some(Expr::MethodCall(set)) = wrap.args.first() else {
        return None;
    };
    let syn::Pat::Ident(value) = &*argument.pat else {
        return None;
    };
    Some((set.clone(), value.ident.clone(), (*argument.ty).clone()))
}

/// What a field holds for an argument of a setter, and how the argument becomes that.
fn owned(ty: &Type, value: &Expr) -> (Type, Expr) {
    match ty {
        Type::ImplTrait(bounds) => match bounds.bounds.first() {
            Some(TypeParamBound::Trait(bound)) => bounded(&bound.path, value),
            _ => (ty.clone(), value.clone()),
        },
        Type::Tuple(pair) if pair.elems.len() == 2 => {
            let (key, key_owned) = owned(&pair.elems[0], &parse_quote!(key));
            let (item, item_owned) = owned(&pair.elems[1], &parse_quote!(item));
            let pair = parse_quote!({ let (key, item) = #value; (#key_owned, #item_owned) });
            (parse_quote!((#key, #item)), pair)
        }
        _ => (ty.clone(), value.clone()),
    }
}

/// The same for `impl Into<T>` and `impl IntoIterator<Item = T>`.
fn bounded(path: &syn::Path, value: &Expr) -> (Type, Expr) {
    let Some(inner) = argument(path) else {
        return (parse_quote!(#path), value.clone());
    };
    if last_of(path) == "Into" {
        return (inner, parse_quote!(#value.into()));
    }
    let (ty, one) = owned(&inner, &parse_quote!(one));
    let list = if ty == inner {
        parse_quote!(#value.into_iter().collect())
    } else {
        parse_quote!(#value.into_iter().map(|one| #one).collect())
    };
    (parse_quote!(Vec<#ty>), list)
}

/// The traits of a request, written out: `request!(StartDtsJob => StartDtsJobResponse)`.
fn request(item: &ItemMacro) -> Vec<Item> {
    let text = item.mac.tokens.to_string();
    let (name, answer) = text.split_once("=>").unwrap_or((&text, ""));
    let parse = |text: &str| syn::parse_str::<Type>(text.trim()).unwrap_or(parse_quote!(()));
    let (name, answer) = (parse(name), parse(answer));
    vec![
        parse_quote! {
            impl<C> alicloud_runtime::client::Request for #name<C> {
                type State = C;
                fn options_mut(&mut self) -> &mut alicloud_runtime::client::CallOptions {
                    self.to.options_mut()
                }
                fn into_call(self) -> alicloud_runtime::client::Call<C> {
                    self.encode()
                }
            }
        },
        parse_quote! {
            impl alicloud_runtime::client::Typed for #name {
                type Client = super::Client;
                type Answer = #answer;
            }
        },
    ]
}

/// Rewrites what makes a request or an object, and what takes its list out.
struct Uses<'a> {
    structs: &'a BTreeMap<Ident, Fields>,
    /// Whether this is in an `impl` of one of them or of its conversion.
    inside: bool,
}

impl VisitMut for Uses<'_> {
    fn visit_item_impl_mut(&mut self, item: &mut ItemImpl) {
        let from = item.trait_.as_ref().and_then(|(path, _)| argument(path));
        let of = last(from.as_ref().unwrap_or(&item.self_ty));
        self.inside = self.structs.contains_key(&of);
        visit_item_impl_mut(self, item);
        self.inside = false;
    }

    fn visit_expr_mut(&mut self, expr: &mut Expr) {
        visit_expr_mut(self, expr);
        match expr {
            // `Self(Call::new(&OPERATION))`, `super::start_dts_job::StartDtsJob(self.0.request(..))`
            Expr::Call(call) => {
                let inner = call
                    .args
                    .first()
                    .map(|inner| inner.to_token_stream().to_string());
                let starts = ["Call :: new", "Params :: new", "self . 0 . request"];
                let makes =
                    inner.is_some_and(|inner| starts.iter().any(|start| inner.starts_with(start)));
                if let (true, Expr::Path(path)) = (makes, &mut *call.func) {
                    path.path.segments.push(parse_quote!(over));
                }
            }
            // `self.0.send()`, `Self::Object(value.0)`
            Expr::Field(field) if self.inside && matches!(field.member, Member::Unnamed(_)) => {
                let base = &field.base;
                *expr = parse_quote!(#base.encode());
            }
            _ => {}
        }
    }
}

/// The first type between the angle brackets of a path.
fn argument(path: &syn::Path) -> Option<Type> {
    match &path.segments.last()?.arguments {
        PathArguments::AngleBracketed(arguments) => match arguments.args.first()? {
            GenericArgument::Type(ty) => Some(ty.clone()),
            GenericArgument::AssocType(item) => Some(item.ty.clone()),
            _ => None,
        },
        _ => None,
    }
}
