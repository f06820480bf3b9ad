//! What a spec calls sensitive: every setter marks its value, every field of an answer is a secret, and what looks like one
//! and has no mark is warned of.

#![allow(clippy::unwrap_used, reason = "a test that cannot go on fails")]

mod emitted;

use std::fs;
use std::path::Path;

use alicloud_codegen::diagnostic::catalogue;
use alicloud_codegen::examine::examine;
use alicloud_codegen::load::Selection;

use self::emitted::emitted;

const SERVICE: &str = "product: Demo\nversion: '1'\nstyle: rpc\n";

const OPERATION: &str = "operation: Lock
effect: update
parameters:
  Password: {type: string, sensitive: true}
  Pin: {type: int64, sensitive: true}
  Vault: {style: json, sensitive: true, fields: {Number: {type: string}}}
  Plain: {style: json, fields: {Number: {type: string}}}
  Words: {type: list, sensitive: true, items: {type: string}}
  ByName: {type: map, style: json, values: {type: string, sensitive: true}}
  Mode: {type: string, sensitive: true, enum: [Fast, Slow]}
  Free: {type: any, sensitive: what it holds is nobody's business}
response:
  fields:
    Pin: {type: int64, sensitive: true}
    Words: {type: list, items: {type: string, sensitive: true}}
    ByName: {type: map, sensitive: true, values: {type: list, items: {type: string}}}
    Free: {type: any, sensitive: true}
    Open: {type: string, sensitive: false}
    Chest:
      sensitive: true
      fields:
        Number: {type: string}
        Count: {type: int32}
        IsOpen: {type: boolean}
        State: {type: string, enum: [On, Off]}
        Label: {type: string, sensitive: false}
        Inner: {fields: {Deep: {type: string}}}
";

const PLAIN: &str = "operation: Show
effect: read
response: {type: string, sensitive: true}
";

/// The body of a setter of the emitted request, in one line.
fn body(text: &str, setter: &str) -> String {
    let (_, rest) = text.split_once(&format!("pub fn {setter}(")).unwrap();
    let (_, rest) = rest.split_once("Self {").unwrap();
    let (body, _) = rest.split_once("\n    }").unwrap();
    // Without the commas that line breaks leave.
    let dense: String = body.split_whitespace().collect();
    dense.replace(",)", ")")
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
    let items = "\"Words\",Value::from(value.into_iter().map(Into::into).collect::<Vec<String>>())";
    assert_eq!(
        body(text, "words"),
        format!("Self(self.0.put({items}.sensitive()))")
    );
    let entries = "(name.into(),Into::<String>::into(value))";
    assert_eq!(
        body(text, "by_name"),
        format!(
            "Self(self.0.put(\"ByName\",Value::Object(value.into_iter().map(|(name,value)|{entries}).collect()).sensitive()))"
        )
    );
    assert!(body(text, "mode").contains("Into::<LockMode>::into(value)).sensitive()"));
    assert!(body(text, "free").contains("Into::<Value>::into(value).sensitive()"));
    let marked = text.matches("\"sensitive\": true").count();
    assert_eq!(marked, 8, "of the descriptor's parameters and fields");
}

#[test]
fn sensitive_answers_are_secrets_whatever_their_type() {
    let text = &emitted(SERVICE, "Lock", OPERATION);
    for field in [
        "pin: Option<Secret<String>>",
        "words: Option<Vec<Secret<String>>>",
        "by_name: Option<BTreeMap<String, Vec<Secret<String>>>>",
        "free: Option<Secret<String>>",
        "open: Option<String>",
        "number: Option<Secret<String>>",
        "count: Option<Secret<String>>",
        "is_open: Option<bool>",
        "state: Option<LockState>",
        "label: Option<String>",
        "deep: Option<Secret<String>>",
    ] {
        assert!(text.contains(&format!("pub {field}")), "{field}");
    }
    let text = &emitted(SERVICE, "Show", PLAIN);
    assert!(text.contains("Secret<String>"), "{text}");
}

/// The names that the lint warns of in an operation.
fn unmarked(operation: &str) -> Vec<String> {
    let folder = tempfile::tempdir().unwrap();
    let version = folder.path().join("demo/1");
    fs::create_dir_all(&version).unwrap();
    fs::write(version.join("service.yaml"), SERVICE).unwrap();
    fs::write(version.join("GetToken.yaml"), operation).unwrap();
    let found = examine(folder.path(), Path::new("specs"), &Selection::default()).unwrap();
    let secrets = found
        .diagnostics
        .iter()
        .filter(|found| found.code == catalogue::UNMARKED_SECRET);
    let names = secrets.map(|found| found.message.split('"').nth(1).unwrap().to_owned());
    names.collect()
}

#[test]
fn secrets_without_a_mark_are_warned_of() {
    let operation = "operation: GetToken
effect: read
parameters:
  PassWord: {type: string}
  ApiKey: {type: string, sensitive: true}
  SecretKey: {type: string, sensitive: false}
  Credentials: {type: list, items: {type: string}}
  Cookies: {type: list, items: {type: string, sensitive: it says who somebody is}}
  Wifi: {style: json, sensitive: true, fields: {Psk: {type: string}}}
  Vpn: {style: json, sensitive: false, fields: {Psk: {type: string}}}
  Authorization: {type: string, in: header}
response:
  fields:
    RequestId: {type: string}
    Data: {type: string}
    Value: {type: string, sensitive: false}
";
    assert_eq!(
        unmarked(operation),
        ["PassWord", "Credentials", "Psk", "Authorization", "Data"]
    );
}
