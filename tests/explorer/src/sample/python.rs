//! The call by the core of the official Python SDK, through which every one of its product packages calls.

use std::fmt::Write as _;

use serde_json::Value as Json;

use super::Facts;

/// The program.
pub(super) fn python(facts: &Facts<'_>) -> String {
    let (service, spec, wire) = (facts.entry.service, facts.entry.spec, &facts.wire);
    let mut request = String::new();
    let mut argument = |name: &str, pairs: &[(String, String)]| {
        if !pairs.is_empty() {
            let _ = write!(request, "\n    {name}={},", dictionary(pairs));
        }
    };
    argument("query", &wire.query);
    argument("body", &wire.form);
    argument("headers", &wire.headers);
    let json = wire.body.as_deref().map(|body| {
        let value = serde_json::from_str::<Json>(body);
        value.map_or_else(|_| text(body), |value| literal(&value))
    });
    if let Some(body) = &json {
        let _ = write!(request, "\n    body={body},");
    }
    if !request.is_empty() {
        request.push('\n');
    }
    let params = [
        ("action", text(&spec.name.value)),
        ("version", text(&service.version.value)),
        ("protocol", text("HTTPS")),
        ("method", text(&format!("{:?}", spec.method).to_uppercase())),
        ("pathname", text(&wire.path)),
        (
            "auth_type",
            text(if spec.anonymous { "Anonymous" } else { "AK" }),
        ),
        ("style", text(if service.roa { "ROA" } else { "RPC" })),
        (
            "req_body_type",
            text(if json.is_some() { "json" } else { "formData" }),
        ),
        ("body_type", text("json")),
    ];
    let params = params.map(|(name, value)| format!("\n    {name}={value},"));
    format!(
        "# pip install alibabacloud-tea-openapi alibabacloud-credentials\n\
         from alibabacloud_credentials.client import Client as Credentials\n\
         from alibabacloud_tea_openapi.client import Client\n\
         from alibabacloud_tea_openapi.utils_models import Config, OpenApiRequest, Params\n\
         from darabonba.runtime import RuntimeOptions\n\n\
         client = Client(Config(credential=Credentials(), endpoint={}))\n\
         params = Params({}\n)\n\
         request = OpenApiRequest({request})\n\
         answer = client.call_api(params, request, RuntimeOptions())\n\
         print(answer[\"body\"])\n",
        text(&facts.host),
        params.concat(),
    )
}

fn dictionary(pairs: &[(String, String)]) -> String {
    let mut out = String::from("{");
    for (name, value) in pairs {
        let _ = write!(out, "\n        {}: {},", text(name), text(value));
    }
    out.push_str("\n    }");
    out
}

/// A text. What JSON escapes, Python reads the same way.
fn text(text: &str) -> String {
    Json::from(text).to_string()
}

fn literal(value: &Json) -> String {
    match value {
        Json::Null => "None".to_owned(),
        Json::Bool(true) => "True".to_owned(),
        Json::Bool(false) => "False".to_owned(),
        Json::Number(_) | Json::String(_) => value.to_string(),
        Json::Array(items) => {
            let items: Vec<_> = items.iter().map(literal).collect();
            format!("[{}]", items.join(", "))
        }
        Json::Object(members) => {
            let members = members.iter();
            let members =
                members.map(|(name, value)| format!("{}: {}", text(name), literal(value)));
            format!("{{{}}}", members.collect::<Vec<_>>().join(", "))
        }
    }
}
