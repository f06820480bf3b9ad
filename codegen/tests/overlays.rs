//! Overlays: what people know beyond imported files, and what happens when it comes loose.

#![allow(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

mod support;

use std::path::Path;

use alicloud_codegen::diagnostic::Diagnostics;
use alicloud_codegen::load::{IMPORTED, Selection, load};
use alicloud_codegen::spec::{EnumUse, Field, Kind, Operation, Primitive, Schema, Service, Style};

use crate::support::{report, write};

const SERVICE: &str = "product: demo
version: '1'
style: rpc
errors:
  400: [Known]
enums:
  Colour: {values: [red]}
schemas:
  Tag: {type: object, fields: {Key: {type: string}}}
";

const OPERATION: &str = "operation: Start
effect: other
parameters:
  JobId: {type: string}
  Kind: {type: string, enum: [a, b]}
  Objects: {type: string, in: form}
  Source:
    type: object
    fields:
      Type: {type: string, example: x}
      IP: {type: string}
  Tags: {type: list, items: {ref: Tag}}
response:
  fields:
    Data:
      type: object
      fields:
        Items:
          type: list
          items: {type: object, fields: {Status: {type: string}}}
    State: {type: string}
errors:
  400: [Known, Wrong]
";

/// Compares with the snapshot of the test it is used in.
macro_rules! snapshot {
    ($report:expr) => {
        insta::with_settings!({ omit_expression => true }, {
            insta::assert_snapshot!($report)
        })
    };
}

fn files(files: &[(&str, String)]) -> tempfile::TempDir {
    let root = tempfile::tempdir().unwrap();
    let marked = |text: &str| format!("{IMPORTED}\n{text}");
    let mut all = vec![
        ("demo/1/service.yaml", marked(SERVICE)),
        ("demo/1/Start.yaml", marked(OPERATION)),
    ];
    all.extend(files.iter().map(|(path, text)| (*path, text.clone())));
    let bytes: Vec<(&str, &[u8])> = all
        .iter()
        .map(|(path, text)| (*path, text.as_bytes()))
        .collect();
    write(root.path(), &bytes);
    root
}

fn reported(path: &str, overlay: &str) -> String {
    report(files(&[(path, overlay.to_owned())]).path())
}

fn service(path: &str, overlay: &str) -> Service {
    let root = files(&[(path, overlay.to_owned())]);
    assert_eq!(report(root.path()), "");
    let mut diagnostics = Diagnostics::default();
    let selection = Selection::default();
    let loaded = load(
        root.path(),
        Path::new("specs"),
        &selection,
        &mut diagnostics,
    );
    loaded.unwrap().services.remove(0)
}

fn operation(overlay: &str) -> Operation {
    service("demo/1/Start.overlay.yaml", overlay)
        .operations
        .remove(0)
}

fn schema(operation: &Operation, name: &str) -> Schema {
    let mut parameters = operation.parameters.iter();
    let found = parameters.find(|parameter| parameter.field.name.value == name);
    found.unwrap().field.schema.clone()
}

fn fields(schema: &Schema) -> Vec<Field> {
    match &schema.kind {
        Kind::Object(fields) => fields.clone(),
        Kind::List(items) => fields(items),
        _ => Vec::new(),
    }
}

#[test]
fn add_states_to_wait_for() {
    let operation = operation(
        "waiters:
  known: {field: State, wanted: [Known], deadline: 60}
",
    );
    let waiter = &operation.waiters[0];
    assert_eq!(waiter.name.value, "known");
    assert_eq!(waiter.field.value, "State");
    assert_eq!(
        (
            waiter.interval.value,
            waiter.deadline.value,
            waiter.failed.len()
        ),
        (5, 60, 0)
    );
    let report = reported(
        "demo/1/Start.overlay.yaml",
        "waiters:\n  known: {field: Data.Items.Status, wanted: [Known]}\n",
    );
    let place = "specs/demo/1/Start.overlay.yaml:2:18: error[S051]: the response has no field \"Data.Items.Status\"";
    assert!(report.contains(place), "{report}");
}

#[test]
fn add_what_an_operation_is_and_does() {
    let operation = operation(
        "summary: Starts.
effect: start
parameters:
  JobId: {description: The job., required: true, default: x}
rules:
  - at_least_one_of: [JobId, Kind]
success: none
",
    );
    assert!(operation.imported);
    assert_eq!(operation.summary.as_deref(), Some("Starts."));
    assert_eq!(operation.rules.len(), 1);
    assert_eq!(operation.success.map(|rules| rules.len()), Some(0));
    assert_eq!(operation.parameters.len(), 5);
    let job = &operation.parameters[0];
    assert_eq!(job.field.schema.description.as_deref(), Some("The job."));
    assert!(matches!(
        job.field.schema.kind,
        Kind::Primitive(Primitive::String)
    ));
}

#[test]
fn reach_nested_fields_by_path() {
    let operation = operation(
        "parameters:
  Source.Type: {description: The type., enum: [ECS]}
  Source: {description: The source., fields: {IP: {description: The address.}}}
response:
  fields:
    Data.Items.Status: {description: How it is.}
",
    );
    let source = schema(&operation, "Source");
    let inside = fields(&source);
    assert_eq!(source.description.as_deref(), Some("The source."));
    assert_eq!(inside[0].schema.description.as_deref(), Some("The type."));
    assert_eq!(inside[0].schema.example.as_deref(), Some("x"));
    assert_eq!(
        inside[1].schema.description.as_deref(),
        Some("The address.")
    );
    let data = fields(operation.response.as_ref().unwrap());
    let items = fields(&data[0].schema);
    let status = fields(&items[0].schema);
    assert_eq!(status[0].schema.description.as_deref(), Some("How it is."));
}

#[test]
fn give_text_a_type() {
    let operation = operation(
        "parameters:
  Objects:
    type: list
    style: json
    items: {type: object, name: Object_, fields: {DBName: {type: string}}}
  Tags: {type: any}
",
    );
    assert_eq!(operation.parameters[2].style, Some(Style::Json));
    let objects = schema(&operation, "Objects");
    assert_eq!(fields(&objects)[0].name.value, "DBName");
    // A type in place of a ref.
    assert!(matches!(
        schema(&operation, "Tags").kind,
        Kind::Primitive(Primitive::Any)
    ));
}

#[test]
fn add_values_and_codes() {
    let operation = operation(
        "parameters:
  Kind: {enum: {b: The second., c: {name: Third}}}
errors:
  400:
    Wrong: {meaning: It is wrong., retry: never}
    Also: {meaning: Another.}
  404: {Gone: {meaning: It is gone.}}
",
    );
    let Some(EnumUse::Inline { values, .. }) = schema(&operation, "Kind").enumeration else {
        unreachable!("the values are listed on the spot");
    };
    let known: Vec<&str> = values
        .iter()
        .map(|value| value.value.value.as_str())
        .collect();
    assert_eq!(known, ["a", "b", "c"]);
    assert_eq!(values[1].description.as_deref(), Some("The second."));
    let codes = operation.errors.iter();
    let codes: Vec<(u16, &str, bool)> = codes
        .map(|error| (error.status, error.code.value.as_str(), error.own.is_some()))
        .collect();
    let expected = [
        (400, "Known", false),
        (400, "Wrong", true),
        (400, "Also", true),
        (404, "Gone", true),
    ];
    assert_eq!(codes, expected);
}

#[test]
fn add_to_a_service() {
    let service = service(
        "demo/1/service.overlay.yaml",
        "title: Demonstration
parameter_descriptions:
  JobId: The job.
errors:
  400: {Known: {meaning: It is known.}}
enums:
  Colour: {description: Which colour., values: {red: Like roses., green: Like grass.}}
  Size: {values: [small]}
schemas:
  Tag: {description: A tag., fields: {Key: {description: The key.}}}
  Mark: {type: object, fields: {Name: {type: string}}}
",
    );
    assert_eq!(service.title.as_deref(), Some("Demonstration"));
    assert_eq!(service.errors[0].meaning.as_deref(), Some("It is known."));
    assert_eq!(service.enums.len(), 2);
    assert_eq!(service.enums[0].values.len(), 2);
    assert_eq!(service.schemas[0].1.description.as_deref(), Some("A tag."));
    assert_eq!(service.schemas.len(), 2);
    let job = schema(&service.operations[0], "JobId");
    assert_eq!(job.description.as_deref(), Some("The job."));
}

#[test]
fn that_no_longer_apply_are_reported() {
    snapshot!(reported(
        "demo/1/Start.overlay.yaml",
        "parameters:
  JobID: {description: The job.}
  Source.Typ: {description: The type.}
  Tags.Key: {description: The key.}
  Other: {description: Something else.}
response:
  fields:
    Data.Items.Stat: {description: How it is.}
    Data: {fields: {Item: {description: One.}}}
response_headers:
  x-next: {type: string}
"
    ));
}

#[test]
fn that_say_something_wrong_are_reported_where_they_say_it() {
    snapshot!(reported(
        "demo/1/Start.overlay.yaml",
        "parameters:
  JobId: {descripton: The job., default: 1}
  Kind: {type: int32}
rules:
  - at_least_one_of: [JobId, Nothing]
summary: One.
summary: Two.
"
    ));
}

#[test]
fn of_nothing_or_of_files_written_by_hand_are_reported() {
    let root = files(&[
        ("demo/1/Strat.overlay.yaml", "summary: x\n".to_owned()),
        ("demo/1/Gone.overlay.yaml", "summary: x\n".to_owned()),
        (
            "demo/1/Stop.yaml",
            "operation: Stop\neffect: stop\n".to_owned(),
        ),
        ("demo/1/Stop.overlay.yaml", "summary: x\n".to_owned()),
        ("demo/1/service.overlay.yaml", "# nothing yet\n".to_owned()),
    ]);
    snapshot!(report(root.path()));
}

#[test]
fn descriptions_of_nothing_are_reported() {
    snapshot!(reported(
        "demo/1/service.overlay.yaml",
        "parameter_descriptions: {JobID: The job.}\n"
    ));
}
