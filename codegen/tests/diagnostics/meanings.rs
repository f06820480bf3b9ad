//! Specs that are well written and cannot be meant.

use crate::{report_of, report_of_operation, snapshot};

#[test]
fn rule_of_a_missing_parameter() {
    snapshot!(report_of_operation(
        "\
operation: Start
effect: start
parameters:
  JobId: {type: string}
  Count: {type: int32}
  Source:
    type: object
    style: flat
    fields:
      InstanceType: {type: string}
      IP: {type: string}
rules:
  - required_when: {Source.InstanceTyp: [ECS]}
    parameters: [Source.IP, Source.Ports]
  - required_with: JobID
    parameters: [Source.IP]
  - ignored_when: {Count: [1, two]}
    parameters: [JobId.Name]
  - exactly_one_of: [JobId, InstanceId]
"
    ));
}

#[test]
fn rule_of_parameters_with_dots_in_their_names() {
    let report = report_of_operation(
        "\
operation: Start
effect: start
parameters:
  A.B: {type: string}
  A: {fields: {C: {type: string}, D.E: {fields: {F: {type: string}}}}}
rules:
  - at_least_one_of: [A.B, A.C, A.D.E.F, A]
",
    );
    assert_eq!(report, "");
}

#[test]
fn success_rule_of_a_missing_field() {
    snapshot!(report_of_operation(
        "\
operation: Start
effect: start
response:
  fields:
    Success: {type: boolean}
    Data:
      fields:
        Status: {type: string}
        Message: {type: string}
success:
  - field: Sucess
    failed: [\"false\"]
    message: Data.Mesage
  - field: Data.Status
    code: Code
  - failed: [fail]
"
    ));
}

#[test]
fn default_outside_the_enum() {
    snapshot!(report_of_operation(
        "\
operation: Start
effect: start
parameters:
  Direction:
    type: string
    enum: Direction
    default: Foward
  Size:
    type: string
    default: medium
    enum:
      small: A small one.
      large: {description: A large one., name: Big}
  Level:
    type: int32
    enum: [1, 2, two, 1]
"
    ));
}

#[test]
fn default_or_limit_of_another_type() {
    snapshot!(report_of_operation(
        "\
operation: Start
effect: start
parameters:
  Count: {type: int32, default: many, minimum: 3000000000}
  Ratio: {type: double, minimum: 0.9, maximum: 0.1}
  Flag: {type: boolean, default: yes}
  Page: {type: int64, minimum: 1, maximum: 100, default: 0}
  Size: {type: int64, minimum: 1, maximum: 100, default: 101}
"
    ));
}

#[test]
fn name_that_does_not_exist() {
    snapshot!(report_of_operation(
        "\
operation: Start
effect: start
parameters:
  Direction: {type: string, enum: Directions}
  Colour: {type: string, enum: Colour}
  Tag: {ref: tag}
  Other: {ref: Unheard}
  Filter:
    name: Filter
    fields:
      Inner:
        name: Filter
        fields: {A: {type: string}}
errors:
  400: [Throttling.Usr]
  403: [Throttling.User]
  500: [Nobody.Knows]
"
    ));
}

#[test]
fn parameter_in_the_wrong_place() {
    snapshot!(report_of_operation(
        "\
operation: Start
effect: start
method: get
path: /jobs/{JobId}/runs/{RunId}
parameters:
  RunId: {type: string, in: path}
  Other: {type: string, in: path}
  Body: {type: object, in: body}
  More: {type: object, in: body}
  Field: {type: string, in: form}
  Tags: {ref: Tag, style: comma}
  Name: {ref: Name, style: json}
"
    ));
}

#[test]
fn schemas_that_contain_themselves() {
    let service = "\
product: demo
version: 2024-01-01
style: rpc
schemas:
  Node:
    fields:
      Name: {type: string}
      Left: {ref: Node}
      Right: {ref: Node}
      Others: {type: list, items: {ref: Node}}
      Nest: {ref: Nest}
  Nest: {type: list, items: {ref: Nest}}
";
    let operation = "\
operation: Start
effect: start
parameters:
  Tree: {ref: Node, style: flat}
rules:
  - required_with: Tree.Left.Right.Left.Name
    parameters: [Tree.Left.Right.Nam]
response: {ref: Node}
success:
  - {field: Left.Left.Left.Left.Left.Left.Left.Name, failed: [x]}
examples:
  - request: {Tree: {Left: {Left: {Name: a, Rihgt: {}}}}}
    json: '{\"Left\": {\"Others\": [{\"Right\": {\"Name\": []}}], \"Nest\": 1}, \"Nest\": [[], []]}'
";
    snapshot!(report_of(&[
        ("demo/2024-01-01/service.yaml", service.as_bytes()),
        ("demo/2024-01-01/Start.yaml", operation.as_bytes()),
    ]));
}
