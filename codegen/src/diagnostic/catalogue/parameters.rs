//! Parameters: requests that could not be put on the wire.

super::codes! {
    DUPLICATE_PARAMETER = "S040" Error "two parameters of one name" {
        explanation: "An object of style `flat` travels as one parameter for each of its fields, `Source.IP`. Another \
            parameter has that very name.",
        remedy: "Remove one of the two.",
        example: &[("Start.yaml", b"operation: Start\neffect: start\nparameters:\n  Source: {type: object, fields: {IP: {type: string}}}\n  Source.IP: {type: string}\n")],
    }
    PATH_HOLE = "S041" Error "path and parameters that do not fit" {
        explanation: "Each hole of the path, `{name}`, is filled by the parameter of that name with `in: path`, and each \
            such parameter has its hole.",
        remedy: "Declare the parameter, or correct the path.",
        example: &[("Start.yaml", b"operation: Start\neffect: start\npath: /jobs/{JobId}/start\n")],
    }
    SECOND_BODY = "S042" Error "more than one body" {
        explanation: "A request has one body: one parameter with `in: body`, or a form.",
        remedy: "Put the parts into one object, or move them to the query.",
        example: &[("Start.yaml", b"operation: Start\neffect: start\nparameters:\n  A: {type: any, in: body}\n  B: {type: any, in: body}\n")],
    }
    NO_BODY = "S043" Error "body of a method that has none" {
        explanation: "GET and HEAD requests have no body and no form.",
        remedy: "Move the parameter to the query, or change the method.",
        example: &[("Show.yaml", b"operation: Show\neffect: read\nmethod: get\nparameters:\n  A: {type: any, in: body}\n")],
    }
    WRONG_STYLE = "S044" Error "style that does not go with the type" {
        explanation: "`style` says how the parts of a value are written: lists `repeated`, objects `flat`, lists of scalars \
            joined by `comma`, anything as `json`. A value without parts has none, nor has a body.",
        remedy: "Take the style the message names, or remove it.",
        example: &[("Start.yaml", b"operation: Start\neffect: start\nparameters:\n  JobId: {type: string, style: comma}\n")],
    }
}
