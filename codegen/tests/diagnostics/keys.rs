//! What the spec language does not know, or knows differently.

use crate::{report_of_operation, snapshot};

#[test]
fn unknown_key() {
    snapshot!(report_of_operation(
        "\
operation: Start
effect: start
sumary: Starts.
parameters:
  JobId:
    type: string
    requierd: true
    strenght: 3
rules:
  - at_least_one_of: [JobId, JobId]
    parameter: [JobId]
"
    ));
}

#[test]
fn unknown_type_and_other_words() {
    snapshot!(report_of_operation(
        "\
operation: Start
effect: begin
method: pust
sources: [document, hearsay]
parameters:
  JobId:
    type: strng
  Count:
    type: number
    in: qery
    required: maybe
    style: commas
  Quoted: {type: string, required: 'true'}
  Nested:
    type: objct
    fields:
      Inner: {type: integer}
"
    ));
}

#[test]
fn duplicate_parameter() {
    snapshot!(report_of_operation(
        "\
operation: Start
effect: start
parameters:
  JobId: {type: string}
  Source:
    type: object
    style: flat
    fields:
      IP: {type: string}
      Port: {type: string}
  Source.IP: {type: string}
  JobId: {type: int64}
"
    ));
}

#[test]
fn duplicate_key() {
    snapshot!(report_of_operation(
        "\
operation: Start
effect: start
summary: Starts a job.
parameters:
  JobId:
    type: string
    description: The ID.
    type: int64
summary: Starts it.
errors:
  400: [Throttling.User, Throttling.User]
  403:
    Forbidden.Access:
    Forbidden.Access:
examples:
  - request: {JobId: a, JobId: b}
"
    ));
}

#[test]
fn duplicate_among_many_keys() {
    let fields: String = (0..40)
        .map(|n| format!("  F{}: {{type: string}}\n", n % 38))
        .collect();
    snapshot!(report_of_operation(&format!(
        "operation: Start\neffect: start\nparameters:\n{fields}"
    )));
}

#[test]
fn value_of_the_wrong_shape() {
    snapshot!(report_of_operation(
        "\
operation: [Start]
effect:
summary: {}
deprecated: true
parameters: [JobId]
rules: none
response: []
success: no
errors:
  600: [Throttling.User]
  400: Throttling.User
examples:
  - request: [JobId]
    json: {RequestId: 1}
"
    ));
}

#[test]
fn schema_that_contradicts_itself() {
    snapshot!(report_of_operation(
        "\
operation: Start
effect: start
parameters:
  Untyped: {description: What is it.}
  Items: {type: string, items: {type: string}}
  Ref: {ref: Tag, type: object}
  Flag: {type: boolean, sensitive: 'true', minimum: 1}
  List: {type: list, items: {type: string}, enum: [a, b]}
  Text: {type: string, min_length: 5, max_length: 3, style: flat}
  Length: {type: string, min_length: five}
  Joined: {type: list, style: comma, items: {type: object}}
  Body: {type: object, in: body, style: json}
  Bare: text
  Nothing:
    type: string
    description:
"
    ));
}

#[test]
fn rule_of_no_kind_or_of_two() {
    snapshot!(report_of_operation(
        "\
operation: Start
effect: start
parameters:
  A: {type: string}
  B: {type: string}
rules:
  - parameters: [A]
  - required_with: A
    at_least_one_of: [A, B]
    parameters: [B]
  - required_with: A
  - exactly_one_of: [A]
  - at_least_one_of: [A, B]
    parameters: [A]
  - required_when: {A: [x], B: [y]}
    parameters: [B]
  - ignored_unless: {A: []}
    parameters: [B]
  - A
"
    ));
}
