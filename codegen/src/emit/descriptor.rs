//! Descriptors: the `static` tables the runtime reads. Only what differs from the empty descriptor is written.

use proc_macro2::TokenStream;
use quote::quote;

use super::{ident, paging};
use crate::model::{Argument, Face, Home, Operation, Parameter, Version};
use crate::spec::{
    Condition, Effect, ErrorCode, Location, Method, Requirement, RetryAdvice, Rule, RuleKind,
    Spanned, Style, SuccessRule,
};

pub(super) fn operation(version: &Version, item: &Operation) -> TokenStream {
    let name = &item.wire;
    let method = method(item.method);
    let path = (item.path != "/").then(|| {
        let path = &item.path;
        quote!(path: Borrowed(#path),)
    });
    let effect = effect(item.effect);
    let anonymous = item.anonymous.then(|| quote!(anonymous: true,));
    let parameters = list(
        "parameters",
        item.parameters
            .iter()
            .map(|item_| parameter(version, item, item_, 0)),
    );
    let token = item
        .idempotency_token
        .as_ref()
        .map(|name| quote!(idempotency_token: Some(Borrowed(#name)),));
    let pagination = item.pagination.as_ref().map(paging::descriptor);
    let rules = list("rules", item.rules.iter().map(rule));
    let success = list("success", item.success.iter().map(success));
    let errors = list("errors", item.errors.iter().map(error_code));
    let documentation = item
        .documentation
        .as_ref()
        .map(|link| quote!(documentation: Borrowed(#link),));
    quote! {
        desc::Operation {
            name: Borrowed(#name),
            #method
            #path
            #effect
            #anonymous
            #parameters
            #token
            #pagination
            #rules
            #success
            #errors
            #documentation
            ..desc::Operation::EMPTY
        }
    }
}

/// A field with a list, left out when the list is empty.
pub(super) fn list(field: &str, items: impl Iterator<Item = TokenStream>) -> Option<TokenStream> {
    let field = ident(field);
    let items: Vec<_> = items.collect();
    (!items.is_empty()).then(|| quote!(#field: Borrowed(&[#(#items),*]),))
}

fn method(method: Method) -> Option<TokenStream> {
    let name = match method {
        Method::Post => return None,
        Method::Get => "Get",
        Method::Put => "Put",
        Method::Patch => "Patch",
        Method::Delete => "Delete",
        Method::Head => "Head",
    };
    let name = ident(name);
    Some(quote!(method: desc::Method::#name,))
}

fn effect(effect: Effect) -> Option<TokenStream> {
    let name = match effect {
        Effect::Other => return None,
        Effect::Read => "Read",
        Effect::Create => "Create",
        Effect::Update => "Update",
        Effect::Delete => "Delete",
        Effect::Start => "Start",
        Effect::Stop => "Stop",
    };
    let name = ident(name);
    Some(quote!(effect: desc::Effect::#name,))
}

/// Objects that hold themselves are described this deep; deeper fields are sent all the same, only not checked.
const MAX_DEPTH: usize = 6;

fn parameter(
    version: &Version,
    operation: &Operation,
    item: &Parameter,
    depth: usize,
) -> TokenStream {
    let name = &item.wire;
    let location = location(item.location);
    let style = item.style.and_then(style);
    let kind = kind(&item.argument);
    let required = required(item.required);
    let sensitive = item.sensitive.then(|| quote!(sensitive: true,));
    let default = item
        .docs
        .default
        .as_ref()
        .map(|default| quote!(default: Some(Borrowed(#default)),));
    let limits = limits(item);
    let fields = fields_of(version, operation, &item.argument).filter(|_| depth < MAX_DEPTH);
    let fields = fields.and_then(|face| {
        list(
            "fields",
            face.fields
                .iter()
                .map(|field| parameter(version, operation, field, depth + 1)),
        )
    });
    quote! {
        desc::Parameter {
            name: Borrowed(#name),
            #location
            #style
            #kind
            #required
            #sensitive
            #default
            #limits
            #fields
            ..EMPTY
        }
    }
}

/// The object an argument is, or is a list or map of.
fn fields_of<'a>(
    version: &'a Version,
    operation: &'a Operation,
    argument: &Argument,
) -> Option<&'a Face> {
    match argument {
        Argument::Face(path) => {
            let faces = if path.home == Home::Operation {
                &operation.faces
            } else {
                &version.faces
            };
            faces.iter().find(|face| face.name == path.name)
        }
        Argument::List(inner) | Argument::Map(inner) => fields_of(version, operation, inner),
        _ => None,
    }
}

fn location(location: Location) -> Option<TokenStream> {
    let name = match location {
        Location::Query => return None,
        Location::Form => "Form",
        Location::Body => "Body",
        Location::Path => "Path",
        Location::Header => "Header",
        Location::Host => "Host",
    };
    let name = ident(name);
    Some(quote!(location: desc::Location::#name,))
}

fn style(style: Style) -> Option<TokenStream> {
    let style = match style {
        Style::Repeated | Style::Flat => return None,
        Style::Json => quote!(desc::Style::Json),
        Style::Comma => quote!(desc::Style::Joined(desc::Separator::Comma)),
        Style::Space => quote!(desc::Style::Joined(desc::Separator::Space)),
        Style::Pipe => quote!(desc::Style::Joined(desc::Separator::Pipe)),
    };
    Some(quote!(style: #style,))
}

fn kind(argument: &Argument) -> Option<TokenStream> {
    let name = match argument {
        Argument::Text | Argument::Enum(_) => return None,
        Argument::Bool => "Boolean",
        Argument::Int32 => "Int32",
        Argument::Int64 => "Int64",
        Argument::Float => "Float",
        Argument::Double => "Double",
        Argument::Binary => "Binary",
        Argument::Any => "Any",
        Argument::Face(_) => "Object",
        Argument::List(_) => "List",
        Argument::Map(_) => "Map",
    };
    let name = ident(name);
    Some(quote!(kind: desc::Kind::#name,))
}

fn required(required: Requirement) -> Option<TokenStream> {
    let name = match required {
        Requirement::Optional => return None,
        Requirement::Documented => "Documented",
        Requirement::Required => "Required",
    };
    let name = ident(name);
    Some(quote!(required: desc::Requirement::#name,))
}

fn limits(item: &Parameter) -> Option<TokenStream> {
    let whole = matches!(item.argument, Argument::Int32 | Argument::Int64);
    let minimum = item
        .range
        .0
        .as_deref()
        .and_then(|text| bound("minimum", text, whole));
    let maximum = item
        .range
        .1
        .as_deref()
        .and_then(|text| bound("maximum", text, whole));
    let min_length = item
        .length
        .0
        .map(|length| quote!(min_length: Some(#length),));
    let max_length = item
        .length
        .1
        .map(|length| quote!(max_length: Some(#length),));
    let any =
        minimum.is_some() || maximum.is_some() || min_length.is_some() || max_length.is_some();
    any.then(|| quote!(limits: desc::Limits { #minimum #maximum #min_length #max_length ..desc::Limits::NONE },))
}

fn bound(field: &str, text: &str, whole: bool) -> Option<TokenStream> {
    let field = ident(field);
    if let Some(number) = text.parse::<i64>().ok().filter(|_| whole) {
        let number = proc_macro2::Literal::i64_unsuffixed(number);
        return Some(quote!(#field: Some(desc::Bound::Int(#number)),));
    }
    let number = text
        .parse::<f64>()
        .ok()
        .filter(|number| number.is_finite())?;
    Some(quote!(#field: Some(desc::Bound::Float(#number)),))
}

fn rule(rule: &Rule) -> TokenStream {
    let parameters = texts(&rule.parameters);
    match &rule.kind {
        RuleKind::RequiredWhen(when) => {
            let when = condition(when);
            quote!(desc::Rule::RequiredWhen { parameters: #parameters, when: #when })
        }
        RuleKind::RequiredWith(other) => {
            let other = &other.value;
            quote!(desc::Rule::RequiredWith { parameters: #parameters, other: Borrowed(#other) })
        }
        RuleKind::IgnoredUnless(when) => {
            let when = condition(when);
            quote!(desc::Rule::IgnoredUnless { parameters: #parameters, when: #when })
        }
        RuleKind::IgnoredWhen(when) => {
            let when = condition(when);
            quote!(desc::Rule::IgnoredWhen { parameters: #parameters, when: #when })
        }
        RuleKind::AtLeastOneOf => quote!(desc::Rule::AtLeastOneOf(#parameters)),
        RuleKind::ExactlyOneOf => quote!(desc::Rule::ExactlyOneOf(#parameters)),
    }
}

fn condition(condition: &Condition) -> TokenStream {
    let parameter = &condition.parameter.value;
    let values = texts(&condition.values);
    quote!(desc::Condition { parameter: Borrowed(#parameter), values: #values })
}

fn texts(texts: &[Spanned<String>]) -> TokenStream {
    let texts = texts.iter().map(|text| &text.value);
    quote!(Borrowed(&[#(Borrowed(#texts)),*]))
}

fn success(rule: &SuccessRule) -> TokenStream {
    let field = &rule.field.value;
    let failed = &rule.failed;
    let code = optional(&rule.code);
    let message = optional(&rule.message);
    let fill = optional(&rule.fill);
    quote! {
        desc::SuccessRule {
            field: Borrowed(#field),
            failed: Borrowed(&[#(Borrowed(#failed)),*]),
            code: #code,
            message: #message,
            fill: #fill,
        }
    }
}

pub(super) fn optional(path: &Option<Spanned<String>>) -> TokenStream {
    match path {
        Some(path) => {
            let path = &path.value;
            quote!(Some(Borrowed(#path)))
        }
        None => quote!(None),
    }
}

pub(super) fn error_code(item: &ErrorCode) -> TokenStream {
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
