//! Keys: what the language does not know, or knows elsewhere.

super::codes! {
    UNKNOWN_KEY = "S010" Error "key that means nothing here" {
        explanation: "The key is not one of those that this mapping can have. A misspelt key would otherwise be left out \
            in silence.",
        remedy: "Take the spelling proposed, or remove the key. `api-specs/README.md` has all keys.",
        example: &[("Start.yaml", b"operation: Start\neffect: start\nsumary: Starts it.\n")],
    }
    MISSING_KEY = "S011" Error "missing key" {
        explanation: "A key that has to be there is not. What it would say has no default anybody could rely on.",
        remedy: "Add the key named.",
        example: &[("Start.yaml", b"operation: Start\nsummary: Starts it.\n")],
    }
    UNKNOWN_WORD = "S012" Error "unknown word" {
        explanation: "The value of this key is one of a few words: a type, a style, an effect, a location, a method. This is \
            none of them.",
        remedy: "Take the spelling proposed, or one of the words listed.",
        example: &[("Start.yaml", b"operation: Start\neffect: start\nparameters:\n  JobId: {type: strng}\n")],
    }
    WRONG_SHAPE = "S013" Error "value of the wrong shape" {
        explanation: "A list stands where a mapping is wanted, a mapping where a text is wanted, or the like. `true` and \
            `false` are booleans only without quotes.",
        remedy: "Write the value in the shape the message names.",
        example: &[("Start.yaml", b"operation: Start\neffect: start\nparameters: [JobId]\n")],
    }
    NO_VALUE = "S014" Error "key without a value" {
        explanation: "A key stands there with nothing after it, or with an empty list. It may be that the value was \
            forgotten, or that the key was.",
        remedy: "Write the value, or remove the key.",
        example: &[("Start.yaml", b"operation: Start\neffect: start\nsummary:\n")],
    }
    MISPLACED_KEY = "S015" Error "key that belongs elsewhere" {
        explanation: "The key means something, but not here: `items` belongs to lists, `minimum` to numbers, and next to \
            `ref` there is no `type`. Often the list was described where its items were meant.",
        remedy: "Move the key to where it belongs, or change the type.",
        example: &[("Start.yaml", b"operation: Start\neffect: start\nparameters:\n  Ids: {type: list, items: {type: string}, enum: [a, b]}\n")],
    }
    BAD_STATUS = "S016" Error "not an HTTP status" {
        explanation: "Error codes and other responses are listed by HTTP status, a number from 100 to 599; other responses \
            also by class, such as `5XX`.",
        remedy: "Write the status the service answers with.",
        example: &[("Start.yaml", b"operation: Start\neffect: start\nerrors:\n  600: [Throttling.User]\n")],
    }
    ENDPOINT_WITHOUT_REGION = "S017" Error "endpoint pattern without a region" {
        explanation: "`fallback` and `vpc` are patterns for the hosts of many regions; `{region}` stands where the region's \
            ID goes.",
        remedy: "Put `{region}` into the host, or write a single host as `central`.",
        example: &[("service.yaml", b"product: Demo\nversion: '2024-01-01'\nstyle: rpc\nendpoints: {fallback: demo.aliyuncs.com}\n")],
    }
    BAD_RULE = "S018" Error "rule that says no one thing" {
        explanation: "A rule has exactly one of `required_when`, `required_with`, `ignored_unless`, `ignored_when`, \
            `at_least_one_of` and `exactly_one_of`; a condition names one parameter and its values; the last two list their \
            parameters themselves and need at least two.",
        remedy: "Write one rule for each thing there is to say.",
        example: &[("Start.yaml", b"operation: Start\neffect: start\nparameters: {A: {type: string}}\nrules:\n  - exactly_one_of: [A]\n")],
    }
}
