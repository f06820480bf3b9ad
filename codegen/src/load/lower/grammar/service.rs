//! `service.yaml`.

use super::super::service;
use super::operation::SUCCESS;
use super::value::{ENUM_LIST, ERRORS, VALUE};
use super::{Choice, Map, Value, key, required, words};

/// `service.yaml`.
pub(crate) static SERVICE: Map = Map {
    name: "service",
    about: "A product version: what its operations share.",
    base: None,
    choice: Choice::None,
    alternatives: false,
    keys: &[
        required(
            "product",
            Value::Text,
            "The product's code as the service spells it; the folder is its lower case.",
        ),
        required(
            "version",
            Value::Text,
            "The version, such as \"2020-01-01\".",
        ),
        key("title", Value::Text, "The product's name for people."),
        key("description", Value::Text, "What the product does."),
        key(
            "documentation",
            Value::Text,
            "The address of the public page.",
        ),
        required(
            "style",
            Value::Word(|| words(&service::STYLES)),
            "Whether operations are named (rpc) or have paths (roa).",
        ),
        key("ram", Value::Text, "The product's code in RAM policies."),
        key(
            "endpoints",
            Value::Map(&ENDPOINTS),
            "Where the service is reached.",
        ),
        key(
            "success",
            SUCCESS,
            "What in a 200 answer means failure, for operations whose answer has the field.",
        ),
        key(
            "errors",
            ERRORS,
            "Error codes by HTTP status, explained once for all operations.",
        ),
        key(
            "enums",
            Value::Each(&Value::Map(&ENUM)),
            "Enums that several operations share, by name.",
        ),
        key(
            "parameter_descriptions",
            Value::Each(&Value::Text),
            "What parameters and fields of a name are that say nothing themselves.",
        ),
        key(
            "schemas",
            Value::Each(&Value::Map(&VALUE)),
            "Objects that several operations share, by name.",
        ),
    ],
};

/// A shared enum.
pub(crate) static ENUM: Map = Map {
    name: "enum",
    about: "An enum that several operations share.",
    base: None,
    choice: Choice::None,
    alternatives: false,
    keys: &[
        key("description", Value::Text, "What it is about."),
        required(
            "values",
            Value::OneOf(ENUM_LIST),
            "The known values: a list, or a mapping to what each means.",
        ),
    ],
};

/// Where the service is reached.
pub(crate) static ENDPOINTS: Map = Map {
    name: "endpoints",
    about: "Where the service is reached.",
    base: None,
    choice: Choice::None,
    alternatives: false,
    keys: &[
        key("central", Value::Text, "The host when no region is known."),
        key(
            "fallback",
            Value::Text,
            "The host of a region the table lacks, with {region} in it.",
        ),
        key(
            "vpc",
            Value::Text,
            "The host of a region inside a VPC, with {region} in it.",
        ),
        key(
            "regions",
            Value::Each(&Value::OneOf(&[Value::Text, Value::Map(&REGION)])),
            "The host of each region.",
        ),
    ],
};

/// The hosts of a region.
pub(crate) static REGION: Map = Map {
    name: "region",
    about: "The hosts of a region.",
    base: None,
    choice: Choice::None,
    alternatives: false,
    keys: &[
        required("public", Value::Text, "The host on the public network."),
        key(
            "vpc",
            Value::Text,
            "The host inside a VPC, where the pattern does not give it.",
        ),
    ],
};
