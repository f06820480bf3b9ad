//! Sample code: what is written for each kind of parameter and value.

#![allow(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

mod support;

use std::path::Path;

use alicloud_codegen::model::Model;
use alicloud_codegen::regenerate;
use alicloud_codegen::sample::{Sample, Secrets, sample};
use serde_json::{Value, json};

const SERVICE: &str = r#"
product: Demo
version: 2024-01-01
title: Demonstration
style: rpc
description: Shows things.
endpoints: {central: demo.example.com}
enums:
  Direction:
    description: Which way.
    values: {Forward: Ahead., Reverse: Back.}
schemas:
  Tag:
    description: A tag.
    fields: {Key: {type: string, description: K.}, Value: {type: string, description: V.}}
"#;

const OPERATION: &str = r#"
operation: StartJob
summary: Starts a job.
effect: start
parameters:
  Id: {type: string, description: D.}
  Type: {type: string, description: D.}
  Count: {type: int32, description: D.}
  Big: {type: int64, description: D.}
  Rate: {type: double, description: D.}
  Ready: {type: boolean, description: D.}
  Direction: {type: string, enum: Direction, description: D.}
  Directions: {type: list, description: D., items: {type: string, enum: Direction}}
  Names: {type: list, description: D., items: {type: string}}
  Ids: {type: list, description: D., items: {type: int64}, style: comma}
  Grid: {type: list, description: D., items: {type: list, items: {type: string}}}
  Labels: {type: map, description: D., values: {type: string}}
  Any: {type: any, description: D.}
  Loose: {type: any, style: flat, description: D.}
  Tags: {type: list, description: D., items: {ref: Tag}}
  Password: {type: string, sensitive: true, description: D.}
  Keys: {type: list, sensitive: true, description: D., items: {type: string}}
  Vault:
    description: D.
    style: json
    sensitive: true
    fields: {Pin: {type: string, description: D.}}
  RegionId: {type: string, description: D.}
  Endpoint:
    description: D.
    style: flat
    fields:
      IP: {type: string, description: D.}
      Port: {type: int32, description: D.}
      Secret: {type: string, sensitive: true, description: D.}
  Plan:
    description: D.
    style: json
    fields:
      Steps: {type: list, description: D., items: {fields: {Name: {type: string, description: D.}, Size: {type: int64, description: D.}}}}
      Free: {type: any, description: D.}
response:
  description: The answer.
  fields: {RequestId: {type: string, description: The ID.}}
"#;

const UPLOAD: &str = r#"
operation: Upload
summary: Takes bytes.
effect: create
parameters:
  Content: {type: binary, in: body, description: D.}
  x-source: {type: int32, in: header, description: D.}
response:
  description: The answer.
  fields: {RequestId: {type: string, description: The ID.}}
"#;

fn model() -> Model {
    let folder = tempfile::tempdir().unwrap();
    let files: [(&str, &[u8]); 3] = [
        ("demo/2024-01-01/service.yaml", SERVICE.as_bytes()),
        ("demo/2024-01-01/StartJob.yaml", OPERATION.as_bytes()),
        ("demo/2024-01-01/Upload.yaml", UPLOAD.as_bytes()),
    ];
    support::write(folder.path(), &files);
    let (_, model) = regenerate::model(folder.path(), Path::new("api-specs"))
        .map_err(|failure| failure.to_string())
        .unwrap();
    assert_eq!(support::report(folder.path()), "");
    model
}

fn written(operation: &str, input: &Value, secrets: Secrets) -> Sample {
    let model = model();
    let version = model.versions.first().unwrap();
    let mut operations = version.operations.iter();
    let operation = operations.find(|known| known.wire == operation).unwrap();
    sample(version, operation, input, secrets)
}

/// The setters of a sample, without the spaces that lay them out.
fn setters(input: Value) -> String {
    let sample = written("StartJob", &input, Secrets::Shown);
    let dense: String = sample.expression().lines().map(str::trim).collect();
    let dense = dense.replace(",)", ")").replace(",]", "]");
    dense.strip_prefix("client.start_job()").unwrap().to_owned()
}

#[test]
fn scalars_are_written_as_their_type_whether_quoted_or_not() {
    let cases = [
        (
            json!({"Id": "a\"b", "Type": 5}),
            r##".id(r#"a"b"#).type_("5")"##,
        ),
        (
            json!({"Count": 5, "Big": "9007199254740993"}),
            ".count(5).big(9007199254740993)",
        ),
        (
            json!({"Rate": 1.5, "Ready": "true"}),
            ".rate(1.5).ready(true)",
        ),
        (
            json!({"Direction": "Reverse"}),
            ".direction(Direction::Reverse)",
        ),
        (
            json!({"Direction": "Sideways"}),
            r#".direction("Sideways")"#,
        ),
        (json!({"Id": {"a": 1}}), r##".id(r#"{"a":1}"#)"##),
        (json!({"Id": null}), ""),
        (json!({"Id": "two\nlines"}), r#".id("two\nlines")"#),
    ];
    for (input, expected) in cases {
        assert_eq!(setters(input), expected);
    }
}

#[test]
fn lists_and_maps_are_arrays_of_one_type() {
    let cases = [
        (json!({"Names": ["a", "b"]}), r#".names(["a", "b"])"#),
        (json!({"Names": []}), ".names(Vec::<String>::new())"),
        (json!({"Ids": "1,2"}), ".ids([1, 2])"),
        (
            json!({"Directions": ["Forward"]}),
            ".directions([Direction::Forward])",
        ),
        (
            json!({"Directions": ["Forward", "Up"]}),
            r#".directions([Direction::Forward, Direction::from("Up")])"#,
        ),
        (
            json!({"Directions": ["Up", "Down"]}),
            r#".directions(["Up", "Down"])"#,
        ),
        (
            json!({"Grid": [["a"], []]}),
            r#".grid([vec!["a".to_owned()], Vec::new()])"#,
        ),
        (json!({"Labels": {"k": "v"}}), r#".labels([("k", "v")])"#),
        (
            json!({"Tags": [{"Key": "k"}, {"Value": "v"}]}),
            r#".tags([Tag::new().key("k"), Tag::new().value("v")])"#,
        ),
    ];
    for (input, expected) in cases {
        assert_eq!(setters(input), expected);
    }
}

#[test]
fn objects_and_free_json_keep_their_shape() {
    let cases = [
        (
            json!({"Endpoint": {"IP": "::1", "Port": 3306}}),
            r#".endpoint(Endpoint::new().ip("::1").port(3306))"#,
        ),
        (
            json!({"Plan": {"Steps": [{"Name": "a", "Size": 1}], "Free": [1]}}),
            r#".plan(Plan::new().steps([Steps::new().name("a").size(1)]).free(alicloud::Value::Json("[1]".into())))"#,
        ),
        (
            json!({"Plan": "{\"Steps\":[]}"}),
            r##".plan_json(r#"{"Steps":[]}"#)"##,
        ),
        (
            json!({"Any": {"a": 1}}),
            r##".any(alicloud::Value::Json(r#"{"a":1}"#.into()))"##,
        ),
        (
            json!({"Loose": {"a": [1, "x"]}}),
            r#".loose(alicloud::Params::from_iter([("a",alicloud::Value::List(vec![alicloud::Value::from(1), alicloud::Value::from("x")]))]))"#,
        ),
    ];
    for (input, expected) in cases {
        assert_eq!(setters(input), expected);
    }
}

#[test]
fn what_setters_cannot_say_is_sent_all_the_same() {
    let cases = [
        (
            json!({"New": 5_000_000_000_i64, "Id": "a"}),
            r#".id("a").with_parameter("New", 5000000000i64)"#,
        ),
        (
            json!({"Count": 2_147_483_648_i64}),
            r#".with_parameter("Count", 2147483648i64)"#,
        ),
        (json!({"Count": "07"}), r#".with_parameter("Count", "07")"#),
        (json!({"Big": 1.5}), r#".with_parameter("Big", 1.5)"#),
        (
            json!({"Endpoint": {"IP": "::1", "Zone": "z", "Port": "high"}}),
            r#".endpoint(Endpoint::new().ip("::1")).with_parameter("Endpoint.Zone", "z").with_parameter("Endpoint.Port", "high")"#,
        ),
        (
            json!({"Names": ["a", null]}),
            r#".with_parameter("Names",alicloud::Value::List(vec![alicloud::Value::from("a"), alicloud::Value::Null]))"#,
        ),
        (
            json!({"Plan": {"Steps": [{"Size": "1"}]}}),
            r##".plan_json(r#"{"Steps":[{"Size":"1"}]}"#)"##,
        ),
        (json!({"Labels": "x"}), r#".with_parameter("Labels", "x")"#),
    ];
    for (input, expected) in cases {
        assert_eq!(setters(input), expected);
    }
}

#[test]
fn secrets_are_placeholders_unless_they_are_public() {
    let input = json!({"Password": "hunter2", "Keys": ["hunter2"], "Endpoint": {"Secret": "hunter2", "IP": "::1"}});
    let hidden = written("StartJob", &input, Secrets::Hidden);
    assert!(!hidden.program().contains("hunter2"));
    assert!(!format!("{hidden:?}").contains("hunter2"));
    let dense: String = hidden.expression().lines().map(str::trim).collect();
    assert_eq!(
        dense,
        r#"client.start_job().password("<Password>").keys(["<Keys>"]).endpoint(Endpoint::new().secret("<Secret>").ip("::1"))"#
    );
    assert_eq!(
        setters(json!({"Password": "public"})),
        r#".password("public")"#
    );
}

#[test]
fn bytes_and_headers() {
    let dense = |input: Value| -> String {
        let sample = written("Upload", &input, Secrets::Hidden);
        sample.expression().lines().map(str::trim).collect()
    };
    assert_eq!(
        dense(json!({"Content": {"$base64": "AP9h"}, "x-source": 5})),
        r#"client.upload().content(alicloud::Bytes::from_static(b"\0\xFFa")).x_source(5)"#
    );
    assert_eq!(
        dense(json!({"Content": "text", "x-source": "five"})),
        r#"client.upload().content("text").with_header("x-source", "five")"#
    );
}

#[test]
fn a_program_stands_for_itself() {
    let input = json!({
        "Direction": "Forward", "RegionId": "cn-beijing", "Endpoint": {"IP": "::1"}, "Tags": [{"Key": "k"}], "New": "n",
    });
    let sample = written("StartJob", &input, Secrets::Hidden);
    assert_eq!(
        sample.program(),
        r#"use alicloud::{Config, Request as _};
use alicloud::demo::v20240101::{
    Client, params::Tag, start_job::Endpoint, types::Direction,
};

#[tokio::main]
async fn main() -> Result<(), alicloud::Error> {
    let config = Config::from_env().region("cn-beijing").build()?;
    let client = Client::new(&config);
    let answer = client
        .start_job()
        .direction(Direction::Forward)
        .region_id("cn-beijing")
        .endpoint(Endpoint::new().ip("::1"))
        .tags([Tag::new().key("k")])
        .with_parameter("New", "n")
        .send()
        .await?;
    println!("{answer:?}");
    Ok(())
}
"#
    );
    assert_eq!(
        sample.imports_without_client().lines().next(),
        Some("use alicloud::Request as _;")
    );
}
