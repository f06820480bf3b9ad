//! Checks on an operation that has a rule of every kind.

use std::borrow::Cow::Borrowed;

use super::*;
use crate::operation::Limits;

const NAMES: fn(&[&str]) -> String = |names| names.join("\n");

static TYPE: &str = "Source.Type";

static OPERATION: Operation = Operation {
    parameters: Borrowed(&[
        Parameter {
            name: Borrowed("Id"),
            required: Requirement::Required,
            ..Parameter::EMPTY
        },
        Parameter {
            name: Borrowed("Job"),
            required: Requirement::Documented,
            ..Parameter::EMPTY
        },
        Parameter {
            name: Borrowed("Size"),
            kind: Kind::Int32,
            limits: Limits {
                minimum: Some(Bound::Int(1)),
                maximum: Some(Bound::Int(10)),
                ..Limits::NONE
            },
            ..Parameter::EMPTY
        },
        Parameter {
            name: Borrowed("Label"),
            limits: Limits {
                min_length: Some(2),
                max_length: Some(3),
                ..Limits::NONE
            },
            ..Parameter::EMPTY
        },
        Parameter {
            name: Borrowed("Source"),
            kind: Kind::Object,
            fields: Borrowed(&[
                Parameter {
                    name: Borrowed("Type"),
                    default: Some(Borrowed("RDS")),
                    ..Parameter::EMPTY
                },
                Parameter {
                    name: Borrowed("IP"),
                    ..Parameter::EMPTY
                },
                Parameter {
                    name: Borrowed("Role"),
                    ..Parameter::EMPTY
                },
            ]),
            ..Parameter::EMPTY
        },
    ]),
    rules: Borrowed(&[
        Rule::RequiredWhen {
            parameters: Borrowed(&[Borrowed("Source.IP")]),
            when: Condition {
                parameter: Borrowed(TYPE),
                values: Borrowed(&[Borrowed("ECS"), Borrowed("dg")]),
            },
        },
        Rule::IgnoredUnless {
            parameters: Borrowed(&[Borrowed("Source.IP")]),
            when: Condition {
                parameter: Borrowed(TYPE),
                values: Borrowed(&[Borrowed("ECS"), Borrowed("dg")]),
            },
        },
        Rule::RequiredWith {
            parameters: Borrowed(&[Borrowed("Source.Role")]),
            other: Borrowed("Owner"),
        },
        Rule::ExactlyOneOf(Borrowed(&[Borrowed("A"), Borrowed("B")])),
    ]),
    ..Operation::EMPTY
};

fn base() -> Params {
    [("Id", "1"), ("Job", "2"), ("A", "x")]
        .into_iter()
        .collect()
}

fn complaints(params: &Params) -> Vec<String> {
    check(&OPERATION, params)
        .iter()
        .map(ToString::to_string)
        .collect()
}

fn source(fields: &[(&'static str, &'static str)]) -> Params {
    fields.iter().copied().collect()
}

#[test]
fn all_violations_come_at_once() {
    let mut params = Params::new();
    params.set("Owner", "o");
    params.set("Size", 11);
    params.set("Label", "x");
    params.set("Source", source(&[("Type", "ECS")]));
    let expected = [
        "Id is required",
        "Job is required by the documentation",
        "Size must be at most 10",
        "Label must be at least 2 characters long",
        "Source.IP is required when Source.Type is ECS",
        "Source.Role is required with Owner",
        "one of A, B is required",
    ];
    assert_eq!(complaints(&params).join("\n"), NAMES(&expected));
}

#[test]
fn a_request_that_keeps_the_rules_has_none() {
    let mut params = base();
    params.set("Size", 10);
    params.set("Label", "描述");
    params.set("Source", source(&[("Type", "dg"), ("IP", "10.0.0.1")]));
    assert_eq!(complaints(&params), [""; 0]);
}

#[test]
fn an_absent_parameter_counts_as_its_default_in_conditions() {
    static WITH_DEFAULT: Operation = Operation {
        parameters: Borrowed(&[
            Parameter {
                name: Borrowed("Type"),
                default: Some(Borrowed("RDS")),
                ..Parameter::EMPTY
            },
            Parameter {
                name: Borrowed("IP"),
                ..Parameter::EMPTY
            },
        ]),
        rules: Borrowed(&[Rule::RequiredWhen {
            parameters: Borrowed(&[Borrowed("IP")]),
            when: Condition {
                parameter: Borrowed("Type"),
                values: Borrowed(&[Borrowed("RDS")]),
            },
        }]),
        ..Operation::EMPTY
    };
    let found: Vec<_> = check(&WITH_DEFAULT, &Params::new())
        .iter()
        .map(ToString::to_string)
        .collect();
    assert_eq!(found, ["IP is required when Type is RDS"]);
}

#[test]
fn ignored_parameters_are_advice_only() {
    let mut params = base();
    params.set("Source", source(&[("IP", "10.0.0.1")]));
    assert_eq!(complaints(&params), [""; 0]);
    assert_eq!(ignored(&OPERATION, &params), ["Source.IP"]);
}

#[test]
fn more_than_one_alternative_and_empty_values() {
    let mut params = base();
    params.set("B", "y");
    assert_eq!(complaints(&params), ["only one of A, B may be given"]);
    params.set("B", Value::Null);
    params.set("Id", Value::List(Vec::new()));
    assert_eq!(complaints(&params), ["Id is required"]);
}

#[test]
fn whole_numbers_beyond_the_precision_of_floats_are_compared_exactly() {
    static WIDE: Operation = Operation {
        parameters: Borrowed(&[Parameter {
            name: Borrowed("FileId"),
            kind: Kind::Int64,
            limits: Limits {
                maximum: Some(Bound::Int(9_999_999_999_999_999)),
                ..Limits::NONE
            },
            ..Parameter::EMPTY
        }]),
        ..Operation::EMPTY
    };
    let with = |id: i64| check(&WIDE, &[("FileId", id)].into_iter().collect());
    assert_eq!(with(9_999_999_999_999_999), []);
    assert_eq!(with(10_000_000_000_000_000).len(), 1);
}

#[test]
fn fields_of_objects_that_are_given_are_checked_by_their_path() {
    static NESTED: Operation = Operation {
        parameters: Borrowed(&[Parameter {
            name: Borrowed("Disk"),
            kind: Kind::List,
            fields: Borrowed(&[
                Parameter {
                    name: Borrowed("Size"),
                    required: Requirement::Required,
                    ..Parameter::EMPTY
                },
                Parameter {
                    name: Borrowed("Name"),
                    ..Parameter::EMPTY
                },
            ]),
            ..Parameter::EMPTY
        }]),
        ..Operation::EMPTY
    };
    let disk = |fields: &[(&'static str, &'static str)]| Value::Object(source(fields));
    let mut params = Params::new();
    assert_eq!(check(&NESTED, &params), []);
    params.set(
        "Disk",
        Value::List(vec![disk(&[("Size", "1")]), disk(&[("Name", "n")])]),
    );
    let found: Vec<_> = check(&NESTED, &params)
        .iter()
        .map(ToString::to_string)
        .collect();
    assert_eq!(found, ["Disk.2.Size is required"]);
}
