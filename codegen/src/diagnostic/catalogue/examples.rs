//! Examples: they are tests of the spec, and these are the ways to fail.

super::codes! {
    REQUEST_NAME = "S060" Error "example request with an unknown parameter" {
        explanation: "The example names a parameter, or a field of one, that the operation does not have.",
        remedy: "Take the spelling proposed, or declare the parameter.",
        example: &[("Start.yaml", b"operation: Start\neffect: start\nparameters: {JobId: {type: string}}\nexamples:\n  - request: {JobID: a}\n")],
    }
    REQUEST_SHAPE = "S061" Error "example request of the wrong shape" {
        explanation: "A single value stands where the parameter is a list or an object, or the other way round.",
        remedy: "Correct the example or the type.",
        example: &[("Start.yaml", b"operation: Start\neffect: start\nparameters: {JobId: {type: string}}\nexamples:\n  - request: {JobId: [a, b]}\n")],
    }
    REQUEST_LACKS = "S062" Error "example request that would be refused" {
        explanation: "The example lacks a parameter that is `required: true`.",
        remedy: "Add the parameter to the example.",
        example: &[("Start.yaml", b"operation: Start\neffect: start\nparameters: {JobId: {type: string, required: true}}\nexamples:\n  - request: {}\n")],
    }
    ANSWER_MALFORMED = "S063" Error "example answer that is no JSON or XML" {
        explanation: "Answers are written down as the service sends them, and this one cannot be parsed.",
        remedy: "Mend the place shown.",
        example: &[("Start.yaml", b"operation: Start\neffect: start\nresponse: {fields: {RequestId: {type: string}}}\nexamples:\n  - json: '{\"RequestId\": }'\n")],
    }
    ANSWER_FIELD = "S064" Error "example answer with an unknown field" {
        explanation: "The answer has a field that the response does not describe, so the spec is not complete.",
        remedy: "Describe the field under `response`, or correct the example.",
        example: &[("Start.yaml", b"operation: Start\neffect: start\nresponse: {fields: {RequestId: {type: string}}}\nexamples:\n  - json: '{\"RequestID\": \"a\"}'\n")],
    }
    ANSWER_SHAPE = "S065" Error "example answer that does not decode" {
        explanation: "A field of the answer is not what the response says of it, even for a decoder that takes numbers for \
            texts and single values for lists.",
        remedy: "Correct the example or the type.",
        example: &[("Start.yaml", b"operation: Start\neffect: start\nresponse: {fields: {Count: {type: int32}}}\nexamples:\n  - json: '{\"Count\": \"many\"}'\n")],
    }
    ANSWER_UNEXPECTED = "S066" Error "example answer without a response" {
        explanation: "The operation describes no response, and the example has an answer.",
        remedy: "Describe it under `response`, or remove it.",
        example: &[("Start.yaml", b"operation: Start\neffect: start\nexamples:\n  - json: '{\"RequestId\": \"a\"}'\n")],
    }
}
