//! What a recording must not hold.

use crate::params::{Params, Value};

/// What stands where a secret stood.
pub(super) const REDACTED: &str = "[redacted]";

/// Parts of names, in lower case, whose values are secret.
const SECRET: [&str; 10] = [
    "password",
    "passwd",
    "secret",
    "securitytoken",
    "bearertoken",
    "oidctoken",
    "credential",
    "privatekey",
    "signature",
    "authorization",
];

/// Whether values under a name are secret, whoever says so.
pub(super) fn is_secret(name: &str) -> bool {
    let name: String = name
        .chars()
        .filter(char::is_ascii_alphanumeric)
        .map(|c| c.to_ascii_lowercase())
        .collect();
    SECRET.iter().any(|part| name.contains(part))
}

/// The values without secrets: those marked as such, and those whose names sound like it.
pub(super) fn params(params: &Params) -> Params {
    params
        .iter()
        .map(|(name, value)| (name.to_owned(), under(name, value)))
        .collect()
}

fn under(name: &str, value: &Value) -> Value {
    match value {
        // A group of that name is looked into: `Credentials` holds an expiration, too.
        Value::Object(_) | Value::List(_) => redacted(value),
        Value::Null => Value::Null,
        _ if is_secret(name) => Value::from(REDACTED),
        other => redacted(other),
    }
}

fn redacted(value: &Value) -> Value {
    match value {
        Value::Sensitive(_) => Value::from(REDACTED),
        Value::List(items) => Value::List(items.iter().map(redacted).collect()),
        Value::Object(members) => Value::Object(params(members)),
        Value::Bytes(bytes) => Value::from(format!("<{} bytes>", bytes.len())),
        // JSON in a string may hold anything.
        Value::Json(text) | Value::Text(text) => in_text(text),
        other => other.clone(),
    }
}

/// What stands before the text a signature error was computed over, which may hold every parameter.
const STRING_TO_SIGN: &str = "string to sign is:";

/// Text that is a JSON object or list is looked into.
fn in_text(text: &str) -> Value {
    if let Some((before, _)) = text.split_once(STRING_TO_SIGN) {
        return Value::Text(format!("{before}{STRING_TO_SIGN} {REDACTED}"));
    }
    if !text.trim_start().starts_with(['{', '[']) {
        return Value::from(text);
    }
    match super::record::parse(text.as_bytes()) {
        Some(value) => Value::Text(crate::encode::json_text(&redacted(&value))),
        None => Value::from(text),
    }
}

/// The body of an answer without secrets; `None` for one that cannot be looked into.
pub(super) fn body(body: &[u8]) -> Option<String> {
    let value = super::record::parse(body)?;
    Some(crate::encode::json_text(&redacted(&value)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn secrets_go_and_the_rest_stays() {
        let text = r#"{"Credentials":{"AccessKeySecret":"canary-1","SecurityToken":"canary-2","Expiration":"2030"},
            "NextToken":"page-2","Items":[{"Password":"canary-3","Name":"n"}],"Json":"{\"DbPassword\":\"canary-4\"}"}"#;
        let clean = body(text.as_bytes()).unwrap();
        assert!(!clean.contains("canary"), "{clean}");
        for kept in ["2030", "page-2", "\"n\"", "DbPassword"] {
            assert!(clean.contains(kept), "{clean}");
        }
        assert_eq!(body(b"<xml/>"), None);
    }

    #[test]
    fn marked_values_go_whatever_their_name() {
        let mut given = Params::new();
        given.set("Plain", Value::from("canary").sensitive());
        given.set(
            "Inner",
            Value::List(vec![Value::from("canary").sensitive()]),
        );
        assert!(!crate::encode::json_text(&Value::Object(params(&given))).contains("canary"));
    }
}
