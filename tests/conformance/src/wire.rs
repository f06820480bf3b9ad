//! Reading what goes over the wire, by means of our own tests' making.

use serde_json::Value;

/// Names and values.
pub(crate) type Pairs = Vec<(String, String)>;

/// Whether two texts are the same JSON; numbers count by value.
pub(crate) fn same_json(left: &str, right: &str) -> bool {
    let read = |text| serde_json::from_str::<Value>(text).ok().map(numbers);
    read(left).is_some_and(|left| Some(left) == read(right))
}

/// A document in which `1.0` and `1` are the same number.
fn numbers(value: Value) -> Value {
    match value {
        Value::Number(number) => match number.as_f64() {
            #[allow(clippy::cast_possible_truncation, reason = "it is whole and small")]
            Some(float) if number.is_f64() && float.fract() == 0.0 && float.abs() < 9e15 => {
                Value::from(float as i64)
            }
            _ => Value::Number(number),
        },
        Value::Array(items) => items.into_iter().map(numbers).collect(),
        Value::Object(members) => {
            let members = members.into_iter();
            Value::Object(
                members
                    .map(|(name, value)| (name, numbers(value)))
                    .collect(),
            )
        }
        other => other,
    }
}

/// The pairs of a query or form body, decoded and sorted.
pub(crate) fn decode_pairs(text: &str) -> Pairs {
    let pairs = text.split('&').filter(|pair| !pair.is_empty());
    let mut pairs: Pairs = pairs
        .map(|pair| {
            let (name, value) = pair.split_once('=').unwrap_or((pair, ""));
            (decode(name), decode(value))
        })
        .collect();
    pairs.sort();
    pairs
}

/// A name or value, decoded. What is no encoding stays as it is.
pub(crate) fn decode(text: &str) -> String {
    let spaced = text.replace('+', " ");
    percent_encoding::percent_decode_str(&spaced)
        .decode_utf8_lossy()
        .into_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pairs_are_decoded_and_sorted() {
        let pairs = decode_pairs("b=%2B+&a.1=%E4%B8%AD&c");
        let expected = [("a.1", "中"), ("b", "+ "), ("c", "")];
        assert_eq!(
            pairs,
            expected.map(|(name, value)| (name.to_owned(), value.to_owned()))
        );
    }

    #[test]
    fn json_is_compared_by_meaning() {
        assert!(same_json(r#"{"a":1.0,"b":[2]}"#, r#"{"b": [2], "a": 1}"#));
        assert!(!same_json(r#"{"a":1}"#, r#"{"a":"1"}"#));
        assert!(!same_json("x", "x"), "no JSON at all");
    }
}
