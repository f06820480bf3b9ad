//! What becomes of each thing a spec can say.

#![allow(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

use std::fs;
use std::path::Path;

use alicloud_codegen::diagnostic::Diagnostics;
use alicloud_codegen::load::{Loaded, Selection, load};
use alicloud_codegen::spec::{
    Effect, EnumUse, Field, Kind, Location, Method, Operation, PageStyle, Parameter, Primitive,
    Provenance, Requirement, RetryAdvice, RuleKind, Schema, Service, Spanned, Style,
};

const SERVICE: &str = include_str!("lowering/service.yaml");
const OPERATION: &str = include_str!("lowering/Start.yaml");

fn loaded() -> Loaded {
    let root = tempfile::tempdir().unwrap();
    let folder = root.path().join("demo/2024-01-01");
    fs::create_dir_all(&folder).unwrap();
    fs::write(folder.join("service.yaml"), SERVICE).unwrap();
    fs::write(folder.join("Start.yaml"), OPERATION).unwrap();
    let mut diagnostics = Diagnostics::default();
    let selection = Selection::default();
    let loaded = load(
        root.path(),
        Path::new("specs"),
        &selection,
        &mut diagnostics,
    )
    .unwrap();
    assert_eq!(diagnostics.sorted(), []);
    loaded
}

fn service() -> Service {
    loaded().services.remove(0)
}

fn operation() -> Operation {
    service().operations.remove(0)
}

fn parameter(name: &str) -> Parameter {
    let mut parameters = operation().parameters.into_iter();
    parameters
        .find(|parameter| parameter.field.name.value == name)
        .unwrap()
}

fn text(value: Option<&Spanned<String>>) -> Option<&str> {
    value.map(|value| value.value.as_str())
}

fn values(list: &[Spanned<String>]) -> Vec<&str> {
    list.iter().map(|value| value.value.as_str()).collect()
}

#[test]
fn a_service_as_a_whole() {
    let service = service();
    assert_eq!(service.folder, "demo");
    assert_eq!(service.product.value, "Demo");
    assert_eq!(service.version.value, "2024-01-01");
    assert_eq!(service.title.as_deref(), Some("Demonstration"));
    assert_eq!(service.description.as_deref(), Some("Shows\nthings."));
    assert_eq!(
        service.documentation.as_deref(),
        Some("https://example.com/")
    );
    assert!(service.roa);
    assert_eq!(service.ram.as_deref(), Some("demo"));
}

#[test]
fn endpoints() {
    let endpoints = service().endpoints;
    assert_eq!(endpoints.central.as_deref(), Some("demo.example.com"));
    assert_eq!(
        endpoints.fallback.as_deref(),
        Some("demo.{region}.example.com")
    );
    assert_eq!(
        endpoints.vpc.as_deref(),
        Some("demo-vpc.{region}.example.com")
    );
    let hosts = |at: usize| {
        let hosts = &endpoints.regions[at];
        (
            hosts.region.value.as_str(),
            hosts.public.as_str(),
            hosts.vpc.as_deref(),
        )
    };
    assert_eq!(
        hosts(0),
        ("cn-hangzhou", "demo.cn-hangzhou.example.com", None)
    );
    assert_eq!(
        hosts(1),
        ("cn-beijing", "one.example.com", Some("two.example.com"))
    );
}

#[test]
fn success_rules() {
    let service = service();
    let rule = &service.success[0];
    assert_eq!(rule.field.value, "Success");
    assert_eq!(rule.failed, ["false", "0"]);
    assert_eq!(text(rule.code.as_ref()), Some("Code"));
    assert_eq!(text(rule.message.as_ref()), Some("Message"));
    assert_eq!(text(rule.fill.as_ref()), Some("Dynamic"));
    // `none` is not the same as saying nothing: it keeps the rules of the service away.
    assert_eq!(operation().success.map(|rules| rules.len()), Some(0));
}

#[test]
fn error_codes() {
    let known = service().errors.into_iter().map(|error| {
        let known = (error.meaning, error.retry);
        (error.status, error.code.value, known)
    });
    let meaning = |text: &str| Some(text.to_owned());
    assert_eq!(
        known.collect::<Vec<_>>(),
        [
            (
                400,
                "Param.Invalid".to_owned(),
                (meaning("A parameter is wrong."), Some(RetryAdvice::Never))
            ),
            (400, "Param.Missing".to_owned(), (None, None)),
            (503, "Busy".to_owned(), (None, None)),
        ]
    );
    let listed = operation().errors;
    assert_eq!(
        (listed[0].status, listed[0].code.value.as_str()),
        (400, "Param.Invalid")
    );
    assert!(listed[0].own.is_none());
    let own = listed[1].own.as_ref().unwrap();
    assert_eq!((own.status, own.code.value.as_str()), (404, "Gone"));
    assert_eq!(own.retry, Some(RetryAdvice::NewCredentials));
}

#[test]
fn enums() {
    let service = service();
    let direction = &service.enums[0];
    assert_eq!(direction.description.as_deref(), Some("Which way."));
    let known = direction.values.iter().map(|value| {
        (
            value.value.value.as_str(),
            value.description.as_deref(),
            text(value.name.as_ref()),
        )
    });
    assert_eq!(
        known.collect::<Vec<_>>(),
        [
            ("Forward", Some("Ahead."), None),
            ("Reverse", Some("Back."), Some("Backwards")),
            ("Both", None, None),
        ]
    );
    assert_eq!(service.enums[1].values.len(), 2);
    let named = parameter("Direction").field.schema.enumeration;
    assert!(matches!(named, Some(EnumUse::Named(name)) if name.value == "Direction"));
    let inline = parameter("Size").field.schema.enumeration;
    let Some(EnumUse::Inline { values, .. }) = inline else {
        unreachable!("the values are listed on the spot");
    };
    assert_eq!(values[0].description, None);
    assert_eq!(values[1].description.as_deref(), Some("Big."));
}

#[test]
fn an_operation_as_a_whole() {
    let operation = operation();
    assert_eq!(operation.name.value, "Start");
    assert_eq!(text(operation.rust_name.as_ref()), Some("StartIt"));
    assert_eq!(operation.summary.as_deref(), Some("Starts."));
    assert_eq!(operation.description.as_deref(), Some("Starts a job."));
    assert_eq!(
        operation.documentation.as_deref(),
        Some("https://example.com/start")
    );
    assert_eq!(operation.effect, Effect::Start);
    assert_eq!(operation.method, Method::Put);
    assert_eq!(operation.path.value, "/jobs/{Id}");
    assert_eq!(operation.deprecated.as_deref(), Some("Use Begin."));
    assert_eq!(
        operation.sources,
        [Provenance::Metadata, Provenance::Document]
    );
    let response = operation.response.unwrap();
    assert_eq!(response.description.as_deref(), Some("The answer."));
    assert!(matches!(response.kind, Kind::Object(fields) if fields.len() == 2));
}

#[test]
fn how_an_operation_is_called() {
    let operation = operation();
    assert!(operation.anonymous);
    assert!(operation.streams);
    assert!(!operation.imported);
    assert_eq!(text(operation.idempotency_token.as_ref()), Some("Key"));
    let pagination = operation.pagination.unwrap();
    let PageStyle::Page { page, total } = &pagination.style else {
        unreachable!("the style is page");
    };
    assert_eq!(page.value, "Count");
    assert_eq!(text(total.as_ref()), Some("Data.Total"));
    assert_eq!(text(pagination.size.as_ref()), Some("Size"));
    assert_eq!(text(pagination.items.as_ref()), Some("Data.Items"));
    let asynchronous = operation.asynchronous.unwrap();
    assert_eq!(asynchronous.operation.value, "Start");
    assert_eq!(asynchronous.interval_ms, Some(500));
}

#[test]
fn waiters() {
    let waiters = operation().waiters;
    let half = &waiters[0];
    assert_eq!(half.name.value, "half_done");
    assert_eq!(half.description.as_deref(), Some("Half of it is done."));
    assert_eq!(half.field.value, "Data.Total");
    assert_eq!(values(&half.wanted), ["50", "51"]);
    assert_eq!(values(&half.failed), ["-1"]);
    assert_eq!((half.interval.value, half.deadline.value), (2, 90));
    let empty = &waiters[1];
    assert_eq!(
        (empty.name.value.as_str(), empty.failed.len()),
        ("empty", 0)
    );
    assert_eq!((empty.interval.value, empty.deadline.value), (5, 1_800));
}

#[test]
fn what_comes_back_besides_a_good_answer() {
    let operation = operation();
    let header = &operation.response_headers[0];
    assert_eq!(header.name.value, "x-next");
    assert_eq!(
        header.schema.description.as_deref(),
        Some("Where it goes on.")
    );
    let others: Vec<(&str, bool)> = operation
        .other_responses
        .iter()
        .map(|(status, schema)| (status.value.as_str(), schema.is_some()))
        .collect();
    assert_eq!(others, [("404", true), ("5XX", false)]);
}

#[test]
fn descriptions_by_name() {
    let description = |name: &str| parameter(name).field.schema.description;
    assert_eq!(description("Key").as_deref(), Some("The key."));
    assert_eq!(description("Id"), None);
    let Some(Kind::Object(fields)) = operation().response.map(|response| response.kind) else {
        unreachable!("the answer is an object");
    };
    let Kind::Object(data) = &fields[1].schema.kind else {
        unreachable!("fields make an object");
    };
    assert_eq!(data[0].schema.description.as_deref(), Some("How many."));
}

#[test]
fn what_is_known_of_a_value() {
    let count = parameter("Count");
    assert_eq!(count.required, Requirement::Documented);
    assert_eq!(count.source, Some(Provenance::Document));
    let schema = count.field.schema;
    assert!(matches!(schema.kind, Kind::Primitive(Primitive::Int32)));
    assert_eq!(text(schema.default.as_ref()), Some("5"));
    assert_eq!(text(schema.minimum.as_ref()), Some("1"));
    assert_eq!(text(schema.maximum.as_ref()), Some("10"));
    assert_eq!(text(schema.name.as_ref()), Some("amount"));
    assert_eq!(schema.example.as_deref(), Some("7"));
    let schema = parameter("Key").field.schema;
    assert!(schema.sensitive.is_secret());
    assert_eq!((schema.min_length, schema.max_length), (Some(1), Some(9)));
    assert_eq!(schema.pattern.as_deref(), Some("^k"));
    assert_eq!(schema.deprecated.as_deref(), Some("Weak."));
    let example = parameter("Labels").field.schema.example;
    assert_eq!(example.as_deref(), Some("{\"b\":1,\"a\":[\"x\"]}"));
}

#[test]
fn locations_and_requirements() {
    let id = parameter("Id");
    assert_eq!(
        (id.location, id.required),
        (Location::Path, Requirement::Required)
    );
    let names = parameter("Names");
    assert_eq!(
        (names.location, names.required),
        (Location::Query, Requirement::Optional)
    );
    assert_eq!(parameter("Direction").location, Location::Header);
    assert_eq!(parameter("AnyMap").location, Location::Form);
    assert_eq!(parameter("Whole").location, Location::Body);
}

#[test]
fn styles() {
    for (name, style) in [
        ("Id", None),
        ("Names", Some(Style::Repeated)),
        ("Ids", Some(Style::Pipe)),
        ("Labels", Some(Style::Flat)),
        ("Open", Some(Style::Flat)),
        ("Any", Some(Style::Json)),
        ("Nested", Some(Style::Json)),
        // Refs have the style of what they refer to, and a body has none.
        ("Tag", Some(Style::Flat)),
        ("Word", None),
        ("Whole", None),
    ] {
        assert_eq!(parameter(name).style, style, "{name}");
    }
}

#[test]
fn shapes() {
    let is_any = |schema: &Schema| matches!(schema.kind, Kind::Primitive(Primitive::Any));
    let kind = |name: &str| parameter(name).field.schema.kind;
    assert!(matches!(kind("Free"), Kind::List(items) if is_any(&items)));
    assert!(matches!(kind("AnyMap"), Kind::Map(values) if is_any(&values)));
    assert!(matches!(kind("Open"), Kind::Primitive(Primitive::Any)));
    assert!(matches!(kind("Tag"), Kind::Ref(name) if name.value == "Tag"));
    let inner = |fields: Vec<Field>| fields.into_iter().next().unwrap().schema;
    let Kind::Object(fields) = kind("Nested") else {
        unreachable!("fields make an object");
    };
    assert_eq!(fields[0].schema.required, Requirement::Required);
    let Kind::Object(fields) = inner(fields).kind else {
        unreachable!("fields make an object");
    };
    assert_eq!(inner(fields).sent_as, Some(Primitive::String));
}

#[test]
fn rules() {
    let rules = operation().rules;
    let RuleKind::RequiredWhen(condition) = &rules[0].kind else {
        unreachable!("the first rule is required_when");
    };
    assert_eq!(condition.parameter.value, "Direction");
    assert_eq!(values(&condition.values), ["Forward", "true"]);
    assert_eq!(values(&rules[0].parameters), ["Count", "Nested.Inner"]);
    assert!(matches!(&rules[1].kind, RuleKind::RequiredWith(key) if key.value == "Key"));
    assert!(
        matches!(&rules[2].kind, RuleKind::IgnoredUnless(when) if values(&when.values) == ["small"])
    );
    assert!(matches!(&rules[3].kind, RuleKind::IgnoredWhen(when) if values(&when.values) == ["3"]));
    assert!(matches!(rules[4].kind, RuleKind::AtLeastOneOf));
    assert!(matches!(rules[5].kind, RuleKind::ExactlyOneOf));
    assert_eq!(values(&rules[5].parameters), ["Names", "Ids"]);
}

#[test]
fn example_requests_as_written() {
    let request = operation().examples.remove(0).request.unwrap().value;
    // In order, and only what reads the same as a number becomes one.
    let expected = "{\"Id\":\"007\",\"Count\":7,\"Nested\":{\"Inner\":{\"Flag\":false}},\"Any\":null,\"Key\":\"1.50\"}";
    assert_eq!(request.to_string(), expected);
}

#[test]
fn places() {
    let loaded = loaded();
    let operation = &loaded.services[0].operations[0];
    let place = |span| loaded.sources.line_column(span);
    let line = |start: &str| {
        let found = OPERATION.lines().position(|line| line.starts_with(start));
        found.unwrap() + 1
    };
    let count = &operation.parameters[1].field;
    let json = operation.examples[0].json.as_ref().unwrap();
    assert_eq!(place(operation.name.span), (1, 12));
    assert_eq!(place(count.name.span), (line("  Count:"), 3));
    assert_eq!(place(count.schema.span), (line("  Count:") + 1, 5));
    assert_eq!(
        place(operation.rules[1].span),
        (line("  - required_with:"), 5)
    );
    // An answer starts at the first line of its block.
    assert_eq!(place(json.span), (line("    json:") + 1, 7));
}
