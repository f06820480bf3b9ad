//! Secrets: what the import marks, and why.

use std::path::Path;

use alicloud_codegen::diagnostic::catalogue;
use alicloud_codegen::examine::examine;
use alicloud_codegen::import::translate;
use alicloud_codegen::load::Selection;
use serde_json::{Value, json};

use crate::{import_into, source};

fn text() -> Value {
    json!({"type": "string"})
}

fn object(fields: Value) -> Value {
    json!({"type": "object", "properties": fields})
}

fn list(items: Value) -> Value {
    json!({"type": "array", "items": items})
}

/// An operation with these parameters, each with its place, and this answer.
fn operation(parameters: &[(&str, &str, Value)], answer: &Value) -> Value {
    let parameters = parameters.iter().map(|(name, place, schema)| {
        let style = if *place == "query" { "json" } else { "" };
        json!({"name": name, "in": place, "style": style, "schema": schema})
    });
    let parameters: Vec<Value> = parameters.collect();
    json!({"methods": ["post"], "parameters": parameters, "responses": {"200": {"schema": answer}}})
}

/// The metadata of a product with these operations and components.
fn metadata(operations: Value, components: Value) -> String {
    json!({
        "info": {"style": "RPC", "product": "Vault", "version": "2024-01-01"},
        "components": {"schemas": components},
        "apis": operations,
    })
    .to_string()
}

/// Every mark the import sets, as `path: reason`.
fn marks(text: &str) -> Vec<String> {
    let mut marks = Vec::new();
    for (path, text) in translate(&source(text), false).unwrap().files {
        let mut trail: Vec<(usize, &str)> = Vec::new();
        for line in text.lines().filter(|line| !line.starts_with('#')) {
            let indent = line.len() - line.trim_start().len();
            let Some((key, value)) = line.trim().split_once(':') else {
                continue;
            };
            trail.retain(|(outer, _)| *outer < indent);
            trail.push((indent, key));
            if key == "sensitive" {
                let names = trail.iter().map(|(_, name)| *name);
                let names: Vec<&str> = names
                    .filter(|name| !["fields", "items", "values", "sensitive"].contains(name))
                    .collect();
                let file = path.file_stem().unwrap().to_string_lossy();
                marks.push(format!("{file} {}:{value}", names.join(".")));
            }
        }
    }
    marks
}

#[test]
fn are_seen_by_name_and_by_what_stands_around_them() {
    let certificate = object(json!({"Cert": text(), "Key": text(), "Name": text()}));
    let tags = list(object(json!({"Key": text(), "Value": text()})));
    let operations = json!({
        "GenerateDataKey": operation(
            &[("KeyId", "query", text()), ("Encryption-Context", "query", text())],
            &object(json!({"KeyId": text(), "CiphertextBlob": text(), "Plaintext": text(), "RequestId": text()})),
        ),
        "GetToken": operation(
            &[("AppId", "query", text())],
            &object(json!({
                "Code": text(), "Message": text(), "RequestId": text(), "ExpireTime": {"type": "integer"},
                "Data": {"type": "any"}, "Tags": tags, "Success": {"type": "boolean"},
            })),
        ),
        "IssueApiKeys": operation(&[], &list(text())),
        "Upload": operation(
            &[
                ("Certificate", "query", certificate),
                ("Tags", "query", tags),
                ("Hooks", "query", object(json!({"Webhook": object(json!({"Name": text(), "Url": text()}))}))),
                ("Passwords", "query", list(text())),
                ("Cookies", "query", json!({"type": "object", "additionalProperties": {"type": "string"}})),
                ("Steps", "query", list(list(object(json!({"pass_word": text()}))))),
                ("Pin", "query", json!({"type": "integer"})),
                ("TokenCount", "query", json!({"type": "integer"})),
                ("Tokens", "query", json!({"type": "integer"})),
                ("ResetPassword", "query", json!({"type": "boolean"})),
                ("PasswordKind", "query", json!({"type": "string", "enum": ["a", "b"]})),
                ("SecretMode", "query", json!({"type": "string", "enum": ["a", "b"]})),
                ("Authorization", "header", text()),
                ("X-Corp-Auth", "header", text()),
                ("X-Corp-Tenant", "header", text()),
            ],
            &object(json!({"Secret": object(json!({"Name": text(), "Value": text()}))})),
        ),
    });
    let expected = [
        "GenerateDataKey response.Plaintext: the name says so (plaintext)",
        "GetToken response.Data: GetToken answers with it",
        "IssueApiKeys response: IssueApiKeys answers with it",
        "Upload parameters.Certificate.Key: stands beside Cert",
        "Upload parameters.Hooks.Webhook.Url: is the content of Webhook",
        "Upload parameters.Passwords: the name says so (password)",
        "Upload parameters.Cookies: the name says so (cookie)",
        "Upload parameters.Steps.pass_word: the name says so (password)",
        "Upload parameters.Pin: the name says so (pin)",
        "Upload parameters.Authorization: travels in the header Authorization",
        "Upload parameters.X-Corp-Auth: travels in the header X-Corp-Auth",
        "Upload response.Secret.Value: is the content of Secret",
    ];
    assert_eq!(marks(&metadata(operations, json!({}))), expected);
}

#[test]
fn are_seen_through_references() {
    let operations = json!({
        "GetToken": operation(&[], &object(json!({"Result": {"$ref": "#/components/schemas/Issued"}}))),
        "Put": operation(&[("Login", "query", json!({"$ref": "#/components/schemas/Login"}))], &object(json!({}))),
    });
    let components = json!({
        "Issued": object(json!({"Id": text(), "Ware": text(), "More": {"$ref": "#/components/schemas/Issued"}})),
        "Login": {"type": "object", "properties": {
            "Phrase": {"type": "string", "sensitive": true},
            "Parts": {"type": "array", "sensitive": true, "items": {"$ref": "#/components/schemas/Part"}},
        }},
        "Part": object(json!({"Half": text(), "Last": {"type": "boolean"}})),
    });
    let expected = [
        "service schemas.Issued.Ware: GetToken answers with it",
        "service schemas.Login.Phrase: the metadata marks it",
        "service schemas.Part.Half: the metadata marks it",
    ];
    assert_eq!(marks(&metadata(operations, components)), expected);
}

/// What the lint finds unmarked in specs written by hand, and in those that were just imported.
fn unmarked(specs: &Path) -> Vec<String> {
    let examined = examine(specs, Path::new("specs"), &Selection::default()).unwrap();
    let found = examined.diagnostics.iter();
    let secrets = found.filter(|found| found.code == catalogue::UNMARKED_SECRET);
    secrets
        .map(|found| found.render(&examined.loaded.sources))
        .collect()
}

#[test]
fn of_an_import_are_all_marked() {
    let specs = tempfile::tempdir().unwrap();
    let operations = json!({
        "GetToken": operation(&[("Cookie", "header", text())], &object(json!({"Data": text(), "Keys": list(object(json!({"ApiKey": text()})))}))),
        "GetLoginUrl": operation(&[], &text()),
    });
    import_into(specs.path(), &metadata(operations, json!({})));
    assert_eq!(unmarked(specs.path()), Vec::<String>::new());
}
