//! JSON text as the official clients write it: compact, UTF-8 as it is, `/` not escaped, members in order.

use std::fmt::Write as _;

use crate::params::Value;

/// The JSON text of a value. Text given by the caller as JSON is taken as it is.
#[must_use]
pub fn json_text(value: &Value) -> String {
    let mut out = String::new();
    write_json(&mut out, value);
    out
}

/// Appends the JSON text of a value.
pub fn write_json(out: &mut String, value: &Value) {
    match value.exposed() {
        Value::Null | Value::Sensitive(_) => out.push_str("null"),
        Value::Bool(value) => out.push_str(if *value { "true" } else { "false" }),
        Value::Int(number) => {
            let _ = write!(out, "{number}");
        }
        Value::Float(number) => write_float(out, *number),
        Value::Text(text) => write_text(out, text),
        Value::Bytes(bytes) => write_text(out, &String::from_utf8_lossy(bytes)),
        Value::Json(text) => out.push_str(text),
        Value::List(items) => write_list(out, items),
        Value::Object(members) => {
            out.push('{');
            for (at, (name, member)) in members.iter().enumerate() {
                if at > 0 {
                    out.push(',');
                }
                write_text(out, name);
                out.push(':');
                write_json(out, member);
            }
            out.push('}');
        }
    }
}

fn write_list(out: &mut String, items: &[Value]) {
    out.push('[');
    for (at, item) in items.iter().enumerate() {
        if at > 0 {
            out.push(',');
        }
        write_json(out, item);
    }
    out.push(']');
}

/// JSON has no infinities and no NaN; `null` stands for them, as in JavaScript.
fn write_float(out: &mut String, number: f64) {
    if !number.is_finite() {
        out.push_str("null");
    } else {
        // `{:?}` keeps the point of a whole number, so that it stays a float for readers that tell the two apart.
        let _ = write!(out, "{number:?}");
    }
}

fn write_text(out: &mut String, text: &str) {
    out.push('"');
    let mut rest = text;
    while let Some(at) = rest
        .bytes()
        .position(|byte| byte < 0x20 || byte == b'"' || byte == b'\\')
    {
        out.push_str(&rest[..at]);
        match rest.as_bytes()[at] {
            b'"' => out.push_str("\\\""),
            b'\\' => out.push_str("\\\\"),
            b'\n' => out.push_str("\\n"),
            b'\r' => out.push_str("\\r"),
            b'\t' => out.push_str("\\t"),
            0x08 => out.push_str("\\b"),
            0x0C => out.push_str("\\f"),
            control => {
                let _ = write!(out, "\\u{control:04x}");
            }
        }
        rest = &rest[at + 1..];
    }
    out.push_str(rest);
    out.push('"');
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::params::Params;

    #[test]
    fn text_is_escaped_only_where_json_demands_it() {
        let value = Value::from("a\"b\\c\n\u{1}\u{7f}/中🚀");
        assert_eq!(json_text(&value), "\"a\\\"b\\\\c\\n\\u0001\u{7f}/中🚀\"");
        let parsed: String = serde_json::from_str(&json_text(&value)).unwrap();
        assert_eq!(Some(parsed.as_str()), value.as_str());
    }

    #[test]
    fn members_keep_their_order_and_empty_containers_stay() {
        let object: Params = [
            ("b", Value::List(vec![])),
            ("a", Params::new().into()),
            ("n", Value::Null),
        ]
        .into_iter()
        .collect();
        assert_eq!(json_text(&object.into()), r#"{"b":[],"a":{},"n":null}"#);
    }

    #[test]
    fn sensitive_values_travel_in_the_open() {
        assert_eq!(json_text(&Value::from("s").sensitive()), "\"s\"");
    }
}
