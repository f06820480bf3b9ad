//! Scalars as text: whether a text is a value of a type.

use crate::spec::{Kind, Primitive};

/// Whether a text in a spec, such as a default, is a value of the type as the spec language writes it.
pub(crate) fn is(primitive: Primitive, text: &str) -> bool {
    match primitive {
        Primitive::Int32 => text.parse::<i32>().is_ok(),
        Primitive::Int64 => text.parse::<i64>().is_ok(),
        Primitive::Float | Primitive::Double => finite(text).is_some(),
        Primitive::Boolean => matches!(text, "true" | "false"),
        Primitive::String | Primitive::Binary | Primitive::Any => true,
    }
}

/// Whether a text in an answer can be decoded as the type. Services are free with their types, and so is decoding: it takes
/// `"True"` or `1` for a boolean and `3.0` for a whole number.
pub(super) fn decodes(primitive: Primitive, text: &str) -> bool {
    let text = text.trim();
    match primitive {
        Primitive::Int32 => whole(text).is_some_and(|number| i32::try_from(number).is_ok()),
        Primitive::Int64 => whole(text).is_some(),
        Primitive::Boolean => {
            matches!(text, "0" | "1")
                || text.eq_ignore_ascii_case("true")
                || text.eq_ignore_ascii_case("false")
        }
        _ => is(primitive, text),
    }
}

/// Whether one number is greater than another; whole numbers are compared exactly.
pub(crate) fn above(one: &str, other: &str) -> bool {
    if let (Ok(one), Ok(other)) = (one.parse::<i64>(), other.parse::<i64>()) {
        return one > other;
    }
    match (finite(one), finite(other)) {
        (Some(one), Some(other)) => one > other,
        _ => false,
    }
}

/// A number that is not beyond all bounds.
pub(super) fn finite(text: &str) -> Option<f64> {
    text.parse().ok().filter(|number: &f64| number.is_finite())
}

fn whole(text: &str) -> Option<i64> {
    if let Ok(number) = text.parse() {
        return Some(number);
    }
    // Beyond 2^53 a double no longer names one whole number.
    let number = finite(text)?;
    (number.fract() == 0.0 && number.abs() < 9_007_199_254_740_992.0).then_some(number as i64)
}

/// What to write for a value of the type.
pub(super) fn remedy(primitive: Primitive) -> &'static str {
    match primitive {
        Primitive::Int32 => "write a whole number of at most 32 bits",
        Primitive::Int64 => "write a whole number of at most 64 bits",
        Primitive::Float | Primitive::Double => "write a number",
        Primitive::Boolean => "write true or false",
        Primitive::String | Primitive::Binary | Primitive::Any => "write text",
    }
}

/// The type with its article, for messages.
pub(super) fn name(primitive: Primitive) -> &'static str {
    match primitive {
        Primitive::String => "a string",
        Primitive::Int32 => "an int32",
        Primitive::Int64 => "an int64",
        Primitive::Float => "a float",
        Primitive::Double => "a double",
        Primitive::Boolean => "a boolean",
        Primitive::Binary => "binary",
        Primitive::Any => "free JSON",
    }
}

/// The shape with its article, for messages.
pub(super) fn kind_name(kind: &Kind) -> &'static str {
    match kind {
        Kind::Primitive(primitive) => name(*primitive),
        Kind::List(_) => "a list",
        Kind::Map(_) => "a map",
        Kind::Object(_) => "an object",
        Kind::Ref(_) => "a ref",
    }
}
