//! Warnings: specs that work and could say more.

super::codes! {
    NO_DESCRIPTION = "S100" Warning "missing description" {
        explanation: "An operation without a summary, or a parameter or field without a description, has nothing to show in \
            the documentation of the generated crate.",
        remedy: "Say in a sentence what it is: in the file, in its overlay if it is imported, or for all parameters and \
            fields of that name under `parameter_descriptions` in `service.yaml`.",
        example: &[("Start.yaml", b"operation: Start\neffect: start\n")],
    }
    NO_EXAMPLE = "S101" Warning "missing example" {
        explanation: "An operation that takes parameters has no example request. Examples are tests of the spec, the \
            example of the documentation, and what the gateway answers with.",
        remedy: "Add an `examples:` entry with a request and an answer.",
        example: &[("Start.yaml", b"operation: Start\nsummary: Starts it.\neffect: start\nparameters: {JobId: {type: string, description: The ID.}}\n")],
    }
    ENUM_IN_PROSE = "S102" Warning "enum only in prose" {
        explanation: "The description of a text lists the values it can have, and there is no `enum` that a program could \
            read.",
        remedy: "List the values under `enum`, each with what it means. Enums are open, so a value the list lacks stays \
            valid.",
        example: &[("Start.yaml", b"operation: Start\nsummary: Starts it.\neffect: start\nresponse:\n  fields:\n    State: {type: string, description: 'The state, `Running` or `Stopped`.'}\n")],
    }
    UNMARKED_SECRET = "S103" Warning "secret that is not marked" {
        explanation: "Its name, or what stands around it, says that the value is a secret, and nothing marks it: printouts, \
            logs and recordings would show it.",
        remedy: "Write `sensitive: true`, or the reason in its place. For a value that only looks like a secret write \
            `sensitive: false`.",
        example: &[("Start.yaml", b"operation: Start\nsummary: Starts it.\neffect: start\nparameters:\n  PassWord: {type: string, description: The password.}\nexamples:\n  - request: {PassWord: p}\n")],
    }
}
