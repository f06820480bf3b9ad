//! What a change of a spec means to those who use the generated crate.

#![allow(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

use std::fs;
use std::path::Path;

use alicloud_codegen::diff::{Grade, compare, markdown};
use alicloud_codegen::examine::{Examined, examine};
use alicloud_codegen::load::Selection;

const SERVICE: &str = "\
product: Demo
version: \"2024-01-01\"
style: rpc
endpoints: {central: demo.aliyuncs.com}
errors:
  400: {Throttling.User: {retry: later}}
enums:
  Way: {values: [There, Back]}
schemas:
  Tag: {fields: {Key: {type: string}, Value: {type: string}}}
";

const START: &str = "\
operation: StartCopy
summary: Starts a copy.
effect: start
parameters:
  CopyId: {type: string, required: true, description: Which.}
  Threads: {type: int32, minimum: 1, maximum: 64}
  Mode: {type: string, enum: [Fast, Slow]}
  Way: {type: string, enum: Way}
  Source:
    type: object
    fields: {Ip: {type: string}, Port: {type: int32}}
  Tables: {type: list, style: json, items: {ref: Tag}}
rules:
  - required_when: {Mode: [Fast]}
    parameters: [Threads]
response:
  fields:
    RequestId: {type: string}
    State: {type: string, enum: [Done, Failed]}
    Tags: {type: list, items: {ref: Tag}}
waiters:
  done: {field: State, wanted: [Done]}
errors:
  400: [Throttling.User]
";

fn examined(files: &[(&str, &str)]) -> Examined {
    let root = tempfile::tempdir().unwrap();
    let folder = root.path().join("demo/2024-01-01");
    fs::create_dir_all(&folder).unwrap();
    for (name, text) in files {
        fs::write(folder.join(name), text).unwrap();
    }
    let found = examine(root.path(), Path::new("api-specs"), &Selection::default()).unwrap();
    found.require_no_errors().unwrap();
    found
}

/// What changes when the operation does, as grade and text.
fn changes(from: &str, to: &str) -> Vec<(Grade, String)> {
    assert!(START.contains(from) || SERVICE.contains(from), "{from}");
    let before = examined(&[("service.yaml", SERVICE), ("StartCopy.yaml", START)]);
    let (service, start) = (SERVICE.replacen(from, to, 1), START.replacen(from, to, 1));
    let after = examined(&[("service.yaml", &service), ("StartCopy.yaml", &start)]);
    let changes = compare(&before.model, &after.model);
    assert!(
        changes
            .iter()
            .all(|change| change.version == "demo/2024-01-01")
    );
    changes
        .into_iter()
        .map(|change| (change.grade, change.text))
        .collect()
}

fn one(from: &str, to: &str) -> (Grade, String) {
    let changes = changes(from, to);
    assert_eq!(changes.len(), 1, "{changes:#?}");
    changes.into_iter().next().unwrap()
}

#[test]
fn nothing_changes_when_nothing_does() {
    assert_eq!(
        changes(
            "summary: Starts a copy.\n",
            "# A comment.\nsummary: Starts a copy.\n"
        ),
        []
    );
}

#[test]
fn what_stops_programs_from_compiling_is_breaking() {
    for (from, to, text) in [
        (
            "Threads: {type: int32",
            "Threads: {type: int64",
            "setter `threads` of `StartCopy` is now i64, not i32",
        ),
        (
            "Port: {type: int32}",
            "Port: {type: string}",
            "setter `port` of `start_copy::Source` is now text, not i32",
        ),
        (
            "[Fast, Slow]",
            "[Fast]",
            "removed variant `Slow` of `start_copy::StartCopyMode`",
        ),
        (
            "[There, Back]",
            "[There]",
            "removed variant `Back` of `types::Way`",
        ),
        (
            "    RequestId: {type: string}\n",
            "",
            "removed field `request_id` of `start_copy::StartCopyResponse`",
        ),
        (
            "Tags: {type: list, items: {ref: Tag}}",
            "Tags: {type: list, items: {type: string}}",
            "field `tags` of `start_copy::StartCopyResponse` is now Vec<String>, not Vec<types::Tag>",
        ),
        (
            "Ip: {type: string}",
            "Ip: {type: string, name: address}",
            "renamed setter `ip` of `start_copy::Source` to `address`",
        ),
    ] {
        let changes = changes(from, to);
        assert!(
            changes.contains(&(Grade::Breaking, text.to_owned())),
            "{from}: {changes:#?}"
        );
    }
    assert_eq!(
        changes("  done: {field", "  finished: {field"),
        [
            (
                Grade::Breaking,
                "removed method `wait_until_done` of `StartCopy`".to_owned()
            ),
            (
                Grade::Addition,
                "added method `wait_until_finished` of `StartCopy`".to_owned()
            ),
        ]
    );
}

#[test]
fn what_refuses_calls_is_breaking() {
    for (from, to, text) in [
        (
            "Threads: {type: int32,",
            "Threads: {type: int32, required: true,",
            "setter `threads` of `StartCopy`: requirement from optional to required",
        ),
        (
            "maximum: 64",
            "maximum: 32",
            "setter `threads` of `StartCopy`: maximum from 64 to 32",
        ),
        (
            "required_when: {Mode: [Fast]}",
            "required_when: {Mode: [Fast, Slow]}",
            "new demand: `Threads` required when `Mode` is `Fast` or `Slow` of `StartCopy`",
        ),
        (
            "  Way: {type: string, enum: Way}\n",
            "  Way: {type: string, enum: Way}\n  More: {type: string, required: true}\n",
            "added, and required: setter `more` of `StartCopy` (text)",
        ),
    ] {
        let changes = changes(from, to);
        assert!(
            changes.contains(&(Grade::Breaking, text.to_owned())),
            "{from}: {changes:#?}"
        );
    }
}

#[test]
fn what_is_new_or_looser_is_an_addition() {
    for (from, to, text) in [
        (
            "maximum: 64",
            "maximum: 128",
            "setter `threads` of `StartCopy`: maximum from 64 to 128",
        ),
        (
            "CopyId: {type: string, required: true,",
            "CopyId: {type: string,",
            "setter `copy_id` of `StartCopy`: requirement from required to optional",
        ),
        (
            "[Fast, Slow]",
            "[Fast, Slow, Idle]",
            "added variant `Idle` of `start_copy::StartCopyMode`",
        ),
        (
            "    RequestId:",
            "    Count: {type: int32}\n    RequestId:",
            "added field `count` of `start_copy::StartCopyResponse` (i64)",
        ),
        (
            "effect: start",
            "effect: other",
            "operation `StartCopy`: effect from Start to Other",
        ),
        (
            "wanted: [Done]",
            "wanted: [Failed]",
            "method `wait_until_done` of `StartCopy`: wanted values from Done to Failed",
        ),
        (
            "{central: demo.aliyuncs.com}",
            "{central: demo2.aliyuncs.com}",
            "module `demo::v20240101`: endpoints from [[\"demo.aliyuncs.com\", \"\", \"\"]] to [[\"demo2.aliyuncs.com\", \"\", \"\"]]",
        ),
    ] {
        assert_eq!(one(from, to), (Grade::Addition, text.to_owned()));
    }
}

#[test]
fn words_are_documentation() {
    let text = "setter `copy_id` of `StartCopy`: told differently";
    assert_eq!(
        one("description: Which.", "description: Which one."),
        (Grade::Documentation, text.to_owned())
    );
    let text = "operation `StartCopy`: told differently";
    assert_eq!(
        one("summary: Starts a copy.", "summary: Begins a copy."),
        (Grade::Documentation, text.to_owned())
    );
}

#[test]
fn whole_operations_and_versions_are_one_change() {
    let stop = "operation: StopCopy\neffect: stop\nparameters: {CopyId: {type: string}}\n";
    let one = examined(&[("service.yaml", SERVICE), ("StartCopy.yaml", START)]);
    let two = examined(&[
        ("service.yaml", SERVICE),
        ("StartCopy.yaml", START),
        ("StopCopy.yaml", stop),
    ]);
    let none = Examined {
        model: alicloud_codegen::model::Model::default(),
        ..examined(&[("service.yaml", SERVICE)])
    };
    let texts = |before: &Examined, after: &Examined| {
        let changes = compare(&before.model, &after.model);
        changes
            .into_iter()
            .map(|change| (change.grade, change.text))
            .collect::<Vec<_>>()
    };
    assert_eq!(
        texts(&one, &two),
        [(Grade::Addition, "added operation `StopCopy`".to_owned())]
    );
    assert_eq!(
        texts(&two, &one),
        [(Grade::Breaking, "removed operation `StopCopy`".to_owned())]
    );
    assert_eq!(
        texts(&none, &two),
        [(Grade::Addition, "added module `demo::v20240101`".to_owned())]
    );
    assert_eq!(
        texts(&two, &none),
        [(
            Grade::Breaking,
            "removed module `demo::v20240101`".to_owned()
        )]
    );
}

#[test]
fn markdown_is_sorted_by_grade() {
    let before = examined(&[("service.yaml", SERVICE), ("StartCopy.yaml", START)]);
    let changed = START
        .replace("[Fast, Slow]", "[Fast]")
        .replace("Starts a copy.", "Begins a copy.")
        .replace("maximum: 64", "maximum: 65")
        .replace("description: Which.", "description: Which one.");
    let after = examined(&[("service.yaml", SERVICE), ("StartCopy.yaml", &changed)]);
    let text = markdown(&compare(&before.model, &after.model), 1);
    assert_eq!(
        text,
        "### Breaking

- `demo/2024-01-01`: removed variant `Slow` of `start_copy::StartCopyMode`

### Additions

- `demo/2024-01-01`: setter `threads` of `StartCopy`: maximum from 64 to 65

### Documentation

- `demo/2024-01-01`: operation `StartCopy`: told differently
- `demo/2024-01-01`: and 1 more

"
    );
}
