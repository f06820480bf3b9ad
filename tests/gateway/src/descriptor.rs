//! Descriptors built from specs: the same tables generated code holds as `static`s, for whoever has only the spec.
//!
//! Everything the spec leaves to be worked out is worked out here: refs are followed, error codes listed by name get what
//! `service.yaml` knows of them, and the success rules of the service apply where an answer has the fields they read.

use std::borrow::Cow;

use alicloud_codegen::spec::{self, Kind as Shape, Primitive, Scope, Spanned};
use alicloud_runtime::operation::{
    Bound, Condition, Effect, ErrorCode, Kind, Limits, Location, Method, Operation, PageStyle,
    Pagination, Parameter, RegionHosts, Requirement, RetryAdvice, Rule, Separator, Service, Style,
    SuccessRule,
};

/// Objects that hold themselves are described this deep.
const MAX_DEPTH: usize = 6;

/// What the spec says of a product version.
#[must_use]
pub fn service(spec: &spec::Service) -> Service {
    let endpoints = &spec.endpoints;
    Service {
        product: owned(&spec.product.value),
        version: owned(&spec.version.value),
        roa: spec.roa,
        central: optional(endpoints.central.as_deref()),
        fallback: optional(endpoints.fallback.as_deref()),
        vpc: optional(endpoints.vpc.as_deref()),
        regions: endpoints.regions.iter().map(region_hosts).collect(),
        errors: spec.errors.iter().map(error_code).collect(),
    }
}

/// What the spec says of an operation.
#[must_use]
pub fn operation(service: &spec::Service, spec: &spec::Operation) -> Operation {
    let shared = Scope::of_service(&service.schemas);
    let scope = Scope::of_operation(spec, &shared);
    let parameters = spec
        .parameters
        .iter()
        .map(|item| parameter(&scope, item))
        .collect();
    let errors = spec
        .errors
        .iter()
        .map(|listed| listed_error(service, listed))
        .collect();
    Operation {
        name: owned(&spec.name.value),
        method: method(spec.method),
        path: owned(&spec.path.value),
        effect: effect(spec.effect),
        anonymous: spec.anonymous,
        parameters,
        idempotency_token: spec.idempotency_token.as_ref().map(spanned),
        pagination: spec.pagination.as_ref().map(pagination),
        rules: spec.rules.iter().map(rule).collect(),
        success: success(&scope, service, spec),
        errors,
        documentation: owned(spec.documentation.as_deref().unwrap_or_default()),
    }
}

fn owned(text: &str) -> Cow<'static, str> {
    Cow::Owned(text.to_owned())
}

fn spanned(text: &Spanned<String>) -> Cow<'static, str> {
    owned(&text.value)
}

fn pagination(spec: &spec::Pagination) -> Pagination {
    let style = match &spec.style {
        spec::PageStyle::Page { page, total } => PageStyle::Page {
            page: spanned(page),
            total: total.as_ref().map(spanned),
        },
        spec::PageStyle::Token { token, next } => PageStyle::Token {
            token: spanned(token),
            next: spanned(next),
        },
    };
    Pagination {
        style,
        size: spec.size.as_ref().map(spanned),
        items: spec.items.as_ref().map(spanned),
    }
}

fn optional(text: Option<&str>) -> Option<Cow<'static, str>> {
    text.map(owned)
}

fn texts(texts: &[Spanned<String>]) -> Cow<'static, [Cow<'static, str>]> {
    texts.iter().map(|text| owned(&text.value)).collect()
}

fn region_hosts(hosts: &spec::RegionHosts) -> RegionHosts {
    RegionHosts {
        region: owned(&hosts.region.value),
        public: owned(&hosts.public),
        vpc: optional(hosts.vpc.as_deref()),
    }
}

fn parameter<'a>(scope: &Scope<'a>, spec: &'a spec::Parameter) -> Parameter {
    let schema = &spec.field.schema;
    let resolved = scope.resolve(schema);
    // What a ref leads to decides the usual style of a parameter that names none.
    let usual = || resolved.and_then(|schema| spec::Style::usual(&schema.kind));
    Parameter {
        location: location(spec.location),
        style: spec.style.or_else(usual).map_or(Style::Flat, style),
        required: requirement(spec.required),
        ..field(scope, &spec.field, 0)
    }
}

/// A field as a parameter of which nothing but its own schema counts.
fn field<'a>(scope: &Scope<'a>, spec: &'a spec::Field, depth: usize) -> Parameter {
    let schema = &spec.schema;
    let kind = scope
        .resolve(schema)
        .map_or(Kind::Any, |schema| kind(&schema.kind));
    let fields = if depth < MAX_DEPTH {
        fields_of(scope, schema)
    } else {
        &[]
    };
    Parameter {
        name: owned(&spec.name.value),
        kind,
        required: requirement(schema.required),
        sensitive: schema.sensitive.is_secret(),
        default: optional(schema.default.as_ref().map(|default| default.value.trim())),
        limits: limits(schema, kind),
        fields: fields
            .iter()
            .map(|spec| field(scope, spec, depth + 1))
            .collect(),
        ..Parameter::EMPTY
    }
}

/// The fields of an object, or of the objects in a list or map.
fn fields_of<'a>(scope: &Scope<'a>, schema: &'a spec::Schema) -> &'a [spec::Field] {
    let mut current = schema;
    // A list of a ref to a list of itself would go on for ever.
    for _ in 0..MAX_DEPTH {
        match scope.resolve(current).map(|schema| &schema.kind) {
            Some(Shape::Object(fields)) => return fields,
            Some(Shape::List(inner) | Shape::Map(inner)) => current = inner,
            _ => break,
        }
    }
    &[]
}

fn method(method: spec::Method) -> Method {
    match method {
        spec::Method::Get => Method::Get,
        spec::Method::Post => Method::Post,
        spec::Method::Put => Method::Put,
        spec::Method::Patch => Method::Patch,
        spec::Method::Delete => Method::Delete,
        spec::Method::Head => Method::Head,
    }
}

fn effect(effect: spec::Effect) -> Effect {
    match effect {
        spec::Effect::Read => Effect::Read,
        spec::Effect::Create => Effect::Create,
        spec::Effect::Update => Effect::Update,
        spec::Effect::Delete => Effect::Delete,
        spec::Effect::Start => Effect::Start,
        spec::Effect::Stop => Effect::Stop,
        spec::Effect::Other => Effect::Other,
    }
}

fn location(location: spec::Location) -> Location {
    match location {
        spec::Location::Query => Location::Query,
        spec::Location::Form => Location::Form,
        spec::Location::Body => Location::Body,
        spec::Location::Path => Location::Path,
        spec::Location::Header => Location::Header,
        spec::Location::Host => Location::Host,
    }
}

fn style(style: spec::Style) -> Style {
    match style {
        spec::Style::Repeated | spec::Style::Flat => Style::Flat,
        spec::Style::Json => Style::Json,
        spec::Style::Comma => Style::Joined(Separator::Comma),
        spec::Style::Space => Style::Joined(Separator::Space),
        spec::Style::Pipe => Style::Joined(Separator::Pipe),
    }
}

fn kind(shape: &Shape) -> Kind {
    match shape {
        Shape::List(_) => Kind::List,
        Shape::Map(_) => Kind::Map,
        Shape::Object(_) => Kind::Object,
        Shape::Ref(_) | Shape::Primitive(Primitive::Any) => Kind::Any,
        Shape::Primitive(Primitive::String) => Kind::String,
        Shape::Primitive(Primitive::Int32) => Kind::Int32,
        Shape::Primitive(Primitive::Int64) => Kind::Int64,
        Shape::Primitive(Primitive::Float) => Kind::Float,
        Shape::Primitive(Primitive::Double) => Kind::Double,
        Shape::Primitive(Primitive::Boolean) => Kind::Boolean,
        Shape::Primitive(Primitive::Binary) => Kind::Binary,
    }
}

fn requirement(required: spec::Requirement) -> Requirement {
    match required {
        spec::Requirement::Optional => Requirement::Optional,
        spec::Requirement::Documented => Requirement::Documented,
        spec::Requirement::Required => Requirement::Required,
    }
}

fn limits(schema: &spec::Schema, kind: Kind) -> Limits {
    let whole = matches!(kind, Kind::Int32 | Kind::Int64);
    Limits {
        minimum: schema
            .minimum
            .as_ref()
            .and_then(|text| bound(&text.value, whole)),
        maximum: schema
            .maximum
            .as_ref()
            .and_then(|text| bound(&text.value, whole)),
        min_length: schema.min_length,
        max_length: schema.max_length,
    }
}

fn bound(text: &str, whole: bool) -> Option<Bound> {
    let integer = text.parse().ok().filter(|_| whole).map(Bound::Int);
    integer.or_else(|| {
        let number: f64 = text.parse().ok()?;
        number.is_finite().then_some(Bound::Float(number))
    })
}

fn rule(rule: &spec::Rule) -> Rule {
    let parameters = texts(&rule.parameters);
    match &rule.kind {
        spec::RuleKind::RequiredWhen(when) => Rule::RequiredWhen {
            parameters,
            when: condition(when),
        },
        spec::RuleKind::RequiredWith(other) => Rule::RequiredWith {
            parameters,
            other: owned(&other.value),
        },
        spec::RuleKind::IgnoredUnless(when) => Rule::IgnoredUnless {
            parameters,
            when: condition(when),
        },
        spec::RuleKind::IgnoredWhen(when) => Rule::IgnoredWhen {
            parameters,
            when: condition(when),
        },
        spec::RuleKind::AtLeastOneOf => Rule::AtLeastOneOf(parameters),
        spec::RuleKind::ExactlyOneOf => Rule::ExactlyOneOf(parameters),
    }
}

fn condition(condition: &spec::Condition) -> Condition {
    Condition {
        parameter: owned(&condition.parameter.value),
        values: texts(&condition.values),
    }
}

/// The operation's own success rules, or those of the service that its answer has the fields for.
fn success<'a>(
    scope: &Scope<'a>,
    service: &spec::Service,
    operation: &'a spec::Operation,
) -> Cow<'static, [SuccessRule]> {
    if let Some(own) = &operation.success {
        return own
            .iter()
            .map(|rule| success_rule(rule, |_| true))
            .collect();
    }
    let has = |path: &str| {
        let response = operation.response.as_ref();
        response.is_some_and(|response| has_field(scope, response, path))
    };
    let applicable = service.success.iter().filter(|rule| has(&rule.field.value));
    applicable.map(|rule| success_rule(rule, has)).collect()
}

fn success_rule(rule: &spec::SuccessRule, has: impl Fn(&str) -> bool) -> SuccessRule {
    let present = |path: &Option<Spanned<String>>| {
        let path = path.as_ref().map(|path| path.value.as_str());
        optional(path.filter(|path| has(path)))
    };
    SuccessRule {
        field: owned(&rule.field.value),
        failed: rule.failed.iter().map(|value| owned(value)).collect(),
        code: present(&rule.code),
        message: present(&rule.message),
        fill: present(&rule.fill),
    }
}

/// Whether an answer has a field at a dotted path.
fn has_field<'a>(scope: &Scope<'a>, schema: &'a spec::Schema, path: &str) -> bool {
    let Some(Shape::Object(fields)) = scope.resolve(schema).map(|schema| &schema.kind) else {
        return false;
    };
    let named = |name: &str| fields.iter().find(|field| field.name.value == name);
    named(path).is_some()
        || path.match_indices('.').any(|(dot, _)| {
            named(&path[..dot]).is_some_and(|parent| {
                let rest = &path[dot + 1..];
                has_field(scope, &parent.schema, rest)
            })
        })
}

fn listed_error(service: &spec::Service, listed: &spec::ErrorRef) -> ErrorCode {
    let own = listed.own.as_ref();
    let own = own.filter(|own| own.meaning.is_some() || own.retry.is_some());
    let mut shared = service.errors.iter();
    let shared =
        shared.find(|known| known.code.value == listed.code.value && known.status == listed.status);
    own.or(shared).map(error_code).unwrap_or_else(|| ErrorCode {
        code: owned(&listed.code.value),
        status: listed.status,
        meaning: owned(""),
        retry: None,
    })
}

fn error_code(spec: &spec::ErrorCode) -> ErrorCode {
    let retry = spec.retry.map(|advice| match advice {
        spec::RetryAdvice::Never => RetryAdvice::Never,
        spec::RetryAdvice::Later => RetryAdvice::Later,
        spec::RetryAdvice::NewCredentials => RetryAdvice::NewCredentials,
    });
    ErrorCode {
        code: owned(&spec.code.value),
        status: spec.status,
        meaning: owned(spec.meaning.as_deref().unwrap_or_default().trim()),
        retry,
    }
}

#[cfg(test)]
mod tests;
