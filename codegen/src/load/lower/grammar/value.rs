//! Values, enums and error codes.

use super::super::kind::{PRIMITIVES, TYPES};
use super::super::{error_code, parameter, schema};
use super::{Choice, Key, Map, Value, key, words};

/// What says the shape of a value.
const SHAPES: Choice = Choice::AnyOf(&["type", "ref", "fields"]);

/// A value: an item of a list, a value of a map, a shared schema.
pub(crate) static VALUE: Map = Map {
    name: "value",
    about: "What a value looks like and what is known of it.",
    base: None,
    choice: SHAPES,
    alternatives: false,
    keys: &[
        key(
            "ref",
            Value::Text,
            "The name of a schema of service.yaml, or of a named object of the same operation.",
        ),
        key(
            "type",
            Value::Word(|| words(&TYPES)),
            "The type. An object without fields is free JSON.",
        ),
        key(
            "items",
            Value::Map(&VALUE),
            "What a list holds; free JSON when absent.",
        ),
        key(
            "values",
            Value::Map(&VALUE),
            "What a map holds under each of its names; free JSON when absent.",
        ),
        key(
            "fields",
            Value::Each(&Value::Map(&FIELD)),
            "The fields of an object, by their names on the wire.",
        ),
        key(
            "name",
            Value::Text,
            "A Rust name: of the type of an object or inline enum, else of the setter or field.",
        ),
        key(
            "description",
            Value::Text,
            "What it is, in Markdown and in words of your own.",
        ),
        key("example", Value::Any, "An example value."),
        key(
            "default",
            Value::Text,
            "What counts when it is absent. Documentation and conditions only; never sent.",
        ),
        key("deprecated", Value::Text, "Why not to use it any more."),
        key(
            "sensitive",
            Value::Text,
            "Whether no printout may show it: true, the reason why, or false for what only looks like a secret.",
        ),
        key(
            "source",
            Value::Word(|| words(&schema::PROVENANCES)),
            "Who says so, where not everybody does.",
        ),
        key(
            "enum",
            Value::OneOf(ENUM_USE),
            "The known values: a name from service.yaml, a list, or a mapping to what each means. Other values stay valid.",
        ),
        key("minimum", Value::Text, "The smallest number allowed."),
        key("maximum", Value::Text, "The largest number allowed."),
        key(
            "min_length",
            Value::Count,
            "The fewest characters or items allowed.",
        ),
        key(
            "max_length",
            Value::Count,
            "The most characters or items allowed.",
        ),
        key(
            "pattern",
            Value::Text,
            "A regular expression; documentation only.",
        ),
        key(
            "sent_as",
            Value::Word(|| words(&PRIMITIVES)),
            "The type the service really sends, where its documents say another.",
        ),
    ],
};

const ENUM_USE: &[Value] = &[
    Value::Text,
    Value::Texts,
    Value::Each(&Value::OneOf(ENUM_VALUES)),
];

const ENUM_VALUES: &[Value] = &[Value::Null, Value::Text, Value::Map(&ENUM_VALUE)];

/// The values of a shared enum: a list, or a mapping.
pub(super) const ENUM_LIST: &[Value] = &[Value::Texts, Value::Each(&Value::OneOf(ENUM_VALUES))];

/// A value of an enum.
pub(crate) static ENUM_VALUE: Map = Map {
    name: "enum_value",
    about: "A value of an enum.",
    base: None,
    choice: Choice::None,
    alternatives: false,
    keys: &[
        key("description", Value::Text, "What the value means."),
        key("name", Value::Text, "The Rust name of its variant."),
    ],
};

const REQUIRED: Key = key(
    "required",
    Value::OneOf(&[Value::Flag, Value::Just("documented")]),
    "true: the service refuses without it. documented: only the document says so.",
);

/// A field of an object.
pub(crate) static FIELD: Map = Map {
    name: "field",
    about: "A field of an object.",
    base: Some(&VALUE),
    choice: SHAPES,
    alternatives: false,
    keys: &[REQUIRED],
};

/// A parameter.
pub(crate) static PARAMETER: Map = Map {
    name: "parameter",
    about: "A parameter of the request.",
    base: Some(&VALUE),
    choice: SHAPES,
    alternatives: false,
    keys: &[
        key(
            "in",
            Value::Word(|| words(&parameter::LOCATIONS)),
            "Where it travels; in the query unless said otherwise.",
        ),
        key(
            "style",
            Value::Word(|| words(&parameter::STYLES)),
            "How its parts are written: lists repeated, objects flat, unless said otherwise.",
        ),
        REQUIRED,
    ],
};

/// An error code.
pub(crate) static ERROR: Map = Map {
    name: "error",
    about: "What is known of an error code.",
    base: None,
    choice: Choice::None,
    alternatives: false,
    keys: &[
        key(
            "meaning",
            Value::Text,
            "What it means, in words of your own.",
        ),
        key(
            "retry",
            Value::Word(|| words(&error_code::ADVICE)),
            "Whether calling again can help.",
        ),
    ],
};

/// Error codes by HTTP status.
pub(super) const ERRORS: Value = Value::Statuses(
    false,
    &Value::OneOf(&[
        Value::Texts,
        Value::Each(&Value::OneOf(&[Value::Null, Value::Map(&ERROR)])),
    ]),
);
