//! Whole files: not there, not YAML, or not where they say they are.

use crate::{SERVICE, report_of, report_of_operation, report_of_service, snapshot};

#[test]
fn the_service_of_these_tests_is_right() {
    assert_eq!(report_of_operation("operation: Start\neffect: start\n"), "");
}

#[test]
fn bad_yaml() {
    let bad: [(&str, &str); 12] = [
        ("NoColon", "operation: NoColon\neffect start\n"),
        (
            "NoColonThere",
            "operation: NoColonThere\neffect start # later\n\n# more\nsummary: x\n",
        ),
        (
            "TwoColons",
            "operation: TwoColons\nsummary: Starts: a job\n",
        ),
        ("Indented", "operation: Indented\n effect: start\n"),
        (
            "Outdented",
            "parameters:\n    A:\n        type: string\n      B:\n        type: string\n",
        ),
        ("Open", "sources: [document, metadata\neffect: start\n"),
        ("Quoted", "summary: \"Starts\neffect: start\n"),
        ("Tabs", "parameters:\n\tA: {type: string}\n"),
        ("At", "summary: @job\n"),
        ("Alias", "summary: *job\n"),
        ("Two", "operation: Two\n---\noperation: Too\n"),
        ("Tagged", "operation: !!str Tagged\n"),
    ];
    let service = ("demo/2024-01-01/service.yaml".to_owned(), SERVICE);
    let bad = bad.map(|(name, content)| (format!("demo/2024-01-01/{name}.yaml"), content));
    let files: Vec<(String, &str)> = std::iter::once(service).chain(bad).collect();
    let files: Vec<(&str, &[u8])> = files
        .iter()
        .map(|(path, content)| (path.as_str(), content.as_bytes()))
        .collect();
    snapshot!(report_of(&files));
}

#[test]
fn key_that_is_not_text() {
    snapshot!(report_of_operation(
        "operation: Start\n? [effect]\n: start\n"
    ));
}

#[test]
fn file_that_is_not_a_mapping() {
    snapshot!(report_of_operation("- operation: Start\n"));
}

#[test]
fn empty_file() {
    snapshot!(report_of(&[
        ("demo/2024-01-01/service.yaml", b"# nothing yet\n"),
        ("demo/2024-01-01/Start.yaml", b""),
    ]));
}

#[test]
fn not_utf8() {
    snapshot!(report_of(&[
        ("demo/2024-01-01/service.yaml", SERVICE.as_bytes()),
        (
            "demo/2024-01-01/Start.yaml",
            b"operation: Start\nsummary: Caf\xe9\n"
        ),
    ]));
}

#[test]
fn missing_service() {
    snapshot!(report_of(&[(
        "demo/2024-01-01/Start.yaml",
        b"operation: Start\neffect: strat\nerrors:\n  400: [Throttling.User]\n"
    )]));
}

#[test]
fn operation_in_the_file_of_another() {
    let operation = b"operation: StartJob\neffect: start\n";
    snapshot!(report_of(&[
        ("demo/2024-01-01/service.yaml", SERVICE.as_bytes()),
        ("demo/2024-01-01/StartJobs.yaml", operation),
        ("demo/2024-01-01/StartJob.yaml", operation),
        ("demo/2024-01-01/startjob.yaml", operation),
        ("demo/2024-01-01/Nameless.yaml", b"effect: start\n"),
    ]));
}

#[test]
fn service_in_the_folder_of_another() {
    let service = b"product: Dome\nversion: \"2024-01-02\"\nstyle: rpc\n";
    snapshot!(report_of(&[("demo/2024-01-01/service.yaml", service)]));
}

#[test]
fn service_with_mistakes() {
    snapshot!(report_of_service(
        "\
title: Demo
version: 2024-01-01
style: soap
endpoints:
  central: demo.example.com
  fallback: demo.example.com
  regions:
    cn-hangzhou: demo.cn-hangzhou.example.com
    cn-beijing: {vpc: demo-vpc.example.com}
    cn-shanghai: [demo.example.com]
success:
  - field: Success
    failed: []
errors:
  400:
    Throttling.User: {retry: soon}
    Param.Invalid: never
enums:
  Direction:
    values: [Forward, Forward]
  Colour: {}
schemas:
  One: {ref: Two}
  Two: {ref: One}
  Tag: {fields: {Key: {type: strin}}}
"
    ));
}

#[test]
fn text_that_is_not_ascii() {
    snapshot!(report_of_operation(
        "\
operation: Start
effect: start
summary: 启动任务
parameters:
  任务: {type: strng, description: 任务的名称, enum: 方向}
"
    ));
}

#[test]
fn many_problems_in_several_files() {
    snapshot!(report_of(&[
        ("demo/2024-01-01/service.yaml", b"product: Demo\nversion: \"2024-01-01\"\nstyle: rcp\n"),
        (
            "demo/2024-01-01/Start.yaml",
            b"operation: Start\neffect: start\nparameters:\n  A: {type: strin}\n  B: {type: string, enum: Nope}\nerrors:\n  400: [Nope]\n"
        ),
        ("demo/2024-01-01/Stop.yaml", b"operation: Halt\neffect: [stop]\n"),
        ("demo/2024-02-01/Start.yaml", b"operation: Start\neffects: start\n"),
        ("other/2024-01-01/service.yaml", b"product: [Other\n"),
        ("other/2024-01-01/Start.yaml", b"\xff"),
    ]));
}
