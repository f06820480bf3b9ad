//! Values: schemas, enums, defaults and limits that cannot be meant as they stand.

super::codes! {
    UNKNOWN_SCHEMA = "S030" Error "ref to a schema that is not there" {
        explanation: "`ref` names an object of the same operation that has a `name`, or a schema of `service.yaml`.",
        remedy: "Take the spelling proposed, or add the schema.",
        example: &[("Start.yaml", b"operation: Start\neffect: start\nparameters:\n  Tag: {ref: Tag}\n")],
    }
    ENDLESS_SCHEMA = "S031" Error "schema that is never described" {
        explanation: "The schema is a `ref` to a schema that is a `ref`, and so on in a circle: nowhere is it said what the \
            value looks like.",
        remedy: "Describe one of the schemas of the circle.",
        example: &[("service.yaml", b"product: Demo\nversion: '2024-01-01'\nstyle: rpc\nschemas:\n  A: {ref: B}\n  B: {ref: A}\n")],
    }
    DUPLICATE_OBJECT = "S032" Error "two objects of one name" {
        explanation: "The `name` of an object is the name of its type, and an operation cannot have two types of one name.",
        remedy: "Write `ref: <name>` in one place if it is the same object, else give one of them another name.",
        example: &[("Start.yaml", b"operation: Start\neffect: start\nparameters:\n  From: {type: object, name: End, fields: {Ip: {type: string}}}\n  To: {type: object, name: End, fields: {Port: {type: string}}}\n")],
    }
    UNKNOWN_ENUM = "S033" Error "enum that is not there" {
        explanation: "`enum` with a single word names an enum of `service.yaml`.",
        remedy: "Take the spelling proposed, define the enum, or list the values on the spot.",
        example: &[("Start.yaml", b"operation: Start\neffect: start\nparameters:\n  Way: {type: string, enum: Directions}\n")],
    }
    DUPLICATE_VALUE = "S034" Error "enum value given twice" {
        explanation: "An enum lists each of its values once; two variants of one value could not be told apart.",
        remedy: "Remove one.",
        example: &[("Start.yaml", b"operation: Start\neffect: start\nparameters:\n  Level: {type: int32, enum: [1, 1]}\n")],
    }
    WRONG_VALUE = "S035" Error "value that its type cannot have" {
        explanation: "A default, a limit, an enum value, or what a rule or waiter compares with, is not a value of the type \
            that is declared: a condition like that could never hold.",
        remedy: "Correct the value or the type.",
        example: &[("Start.yaml", b"operation: Start\neffect: start\nparameters:\n  Count: {type: int32, default: many}\n")],
    }
    OUT_OF_RANGE = "S036" Error "limits that exclude everything, or the default" {
        explanation: "The lower limit is above the upper one, or the default is outside of both.",
        remedy: "Correct one of the numbers.",
        example: &[("Start.yaml", b"operation: Start\neffect: start\nparameters:\n  Count: {type: int32, minimum: 9, maximum: 1}\n")],
    }
    NOT_IN_ENUM = "S037" Error "value that its enum lacks" {
        explanation: "A default or the value of a waiter is not among the values the field is known to have. One of the two \
            is misspelt, or the enum is not complete.",
        remedy: "Add the value to the enum, or take another.",
        example: &[("Start.yaml", b"operation: Start\neffect: start\nparameters:\n  Way: {type: string, enum: Direction, default: Backward}\n")],
    }
    NO_ADDRESS = "S038" Error "documentation that is no address" {
        explanation: "`documentation` becomes a link in the generated crate, so it has to be an address that can be opened.",
        remedy: "Write the whole address, beginning with `https://`.",
        example: &[("Start.yaml", b"operation: Start\neffect: start\ndocumentation: the manual\n")],
    }
    SENSITIVE_REF = "S039" Error "sensitive ref in an answer" {
        explanation: "An answer shows an object of `service.yaml` the same way wherever it has it, so `sensitive` on a `ref` to \
            one has no effect there.",
        remedy: "Mark the fields of the object, in `schemas` of `service.yaml`.",
        example: &[
            ("service.yaml", b"product: Demo\nversion: \"2024-01-01\"\nstyle: rpc\nschemas:\n  Key: {fields: {Id: {type: string}}}\n"),
            ("Start.yaml", b"operation: Start\neffect: start\nresponse:\n  fields:\n    Data: {ref: Key, sensitive: true}\n"),
        ],
    }
}
