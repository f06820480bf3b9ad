//! Every way to set a sensitive parameter marks its value, so that no printout of the request can show it.

#![allow(clippy::unwrap_used, reason = "a test that cannot go on fails")]

mod emitted;

use self::emitted::emitted;

const SERVICE: &str = "product: Demo\nversion: '1'\nstyle: rpc\n";

const OPERATION: &str = "operation: Lock
effect: update
parameters:
  Password: {type: string, sensitive: true}
  Pin: {type: int64, sensitive: true}
  Vault: {style: json, sensitive: true, fields: {Number: {type: string}}}
  Plain: {style: json, fields: {Number: {type: string}}}
";

/// The body of a setter of the emitted request, without line breaks.
fn body(text: &str, setter: &str) -> String {
    let (_, rest) = text.split_once(&format!("pub fn {setter}(")).unwrap();
    let (_, rest) = rest.split_once("Self {").unwrap();
    let (body, _) = rest.split_once("\n    }").unwrap();
    body.split_whitespace().collect()
}

#[test]
fn setters_of_sensitive_parameters_mark_their_values() {
    let text = &emitted(SERVICE, "Lock", OPERATION);
    assert_eq!(
        body(text, "password"),
        "Self(self.0.secret(\"Password\",value))"
    );
    for (setter, value) in [
        ("pin", "\"Pin\",Value::from(value)"),
        ("vault", "\"Vault\",Value::from(value)"),
        ("vault_json", "\"Vault\",Value::Json(text.into())"),
    ] {
        assert_eq!(
            body(text, setter),
            format!("Self(self.0.put({value}.sensitive()))")
        );
    }
    for setter in ["plain", "plain_json"] {
        assert!(!body(text, setter).contains("sensitive"), "{setter}");
    }
    let marked = text.matches("\"sensitive\": true").count();
    assert_eq!(marked, 3, "of the descriptor's parameters");
}
