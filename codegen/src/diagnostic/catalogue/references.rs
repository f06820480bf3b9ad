//! References: names in a spec that nothing bears.

super::codes! {
    UNKNOWN_PARAMETER = "S050" Error "parameter that is not there" {
        explanation: "A rule, a pagination or a token names a parameter that the operation does not have.",
        remedy: "Take the spelling proposed; a field of a parameter is written `Parameter.Field`.",
        example: &[("Start.yaml", b"operation: Start\neffect: start\nidempotency_token: ClientToken\n")],
    }
    UNKNOWN_FIELD = "S051" Error "answer field that is not there" {
        explanation: "A success rule, a pagination or a waiter names a field that the response does not describe.",
        remedy: "Take the spelling proposed, or describe the field under `response`.",
        example: &[("Start.yaml", b"operation: Start\neffect: start\nresponse: {fields: {Success: {type: boolean}}}\nsuccess:\n  - {field: Sucess, failed: ['false']}\n")],
    }
    FIELD_KIND = "S052" Error "answer field of the wrong kind" {
        explanation: "What is compared or counted is a text, number or boolean; what is walked through is a list.",
        remedy: "Name a field in it, or another one.",
        example: &[("List.yaml", b"operation: List\neffect: read\nparameters: {Page: {type: int32}}\nresponse: {fields: {Items: {type: object, fields: {Item: {type: list}}}}}\npagination: {style: page, page: Page, items: Items}\n")],
    }
    UNKNOWN_OPERATION = "S053" Error "operation that is not there" {
        explanation: "`asynchronous` names the operation that tells how far the call is, one of the same product version.",
        remedy: "Take the spelling proposed, or add the operation.",
        example: &[("Start.yaml", b"operation: Start\neffect: start\nasynchronous: {operation: Show}\n")],
    }
    UNKNOWN_ERROR_CODE = "S054" Error "error code that nobody explains" {
        explanation: "An operation lists an error code by name only. What it means, and whether calling again helps, has to \
            be said once: in `service.yaml` under the same status, or on the spot.",
        remedy: "Define the code in `service.yaml`, or write `{meaning: ..., retry: ...}` after it.",
        example: &[("Start.yaml", b"operation: Start\neffect: start\nerrors:\n  400: [Throttling.Api]\n")],
    }
    LISTED_TWICE = "S055" Error "name or value listed twice" {
        explanation: "A rule lists a parameter twice, or a waiter a value: twice the same, or once as wanted and once as \
            failed.",
        remedy: "Remove one.",
        example: &[("Start.yaml", b"operation: Start\neffect: start\nparameters: {A: {type: string}}\nrules:\n  - at_least_one_of: [A, A]\n")],
    }
    WAITER_TIMES = "S056" Error "waiter that cannot wait" {
        explanation: "The interval and the deadline are at least one second, and the interval is not longer than the \
            deadline.",
        remedy: "Correct the numbers, which are seconds.",
        example: &[("Show.yaml", b"operation: Show\neffect: read\nresponse: {fields: {Status: {type: string}}}\nwaiters:\n  done: {field: Status, wanted: [Done], interval: 60, deadline: 5}\n")],
    }
    WAITER_OF_STREAM = "S057" Error "waiter of a stream" {
        explanation: "An operation that answers with a stream of events is not asked again and again.",
        remedy: "Remove the waiter, or `streams`.",
        example: &[("Show.yaml", b"operation: Show\neffect: read\nstreams: true\nresponse: {fields: {Status: {type: string}}}\nwaiters:\n  done: {field: Status, wanted: [Done]}\n")],
    }
}
