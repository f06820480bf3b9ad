//! What scripts ask for: a filled form's violations, texts and samples; and its outcome.

use std::collections::HashSet;

use alicloud_gateway::descriptor;
use alicloud_runtime::Signature;
use alicloud_runtime::operation::check;
use serde_json::{Map, Value as Json, json};

use super::State;
use super::reply::Reply;
use crate::catalog::Entry;
use crate::input::{self, Input, Secrets};
use crate::run::run;
use crate::sample::samples;
use crate::signing::{Settings, texts};

/// Answers a script that sends a form.
pub(super) async fn post(state: &State, path: &str, body: &[u8]) -> Reply {
    let given: Json = match serde_json::from_slice(body) {
        Ok(given) => given,
        Err(why) => return Reply::text(400, &format!("the form is no JSON: {why}")),
    };
    let find = |prefix: &str| state.catalog.find(path.strip_prefix(prefix)?);
    let empty = Map::new();
    let input = given["input"].as_object().unwrap_or(&empty);
    if let Some(entry) = find("/api/request/") {
        let input = input::read(&entry, input);
        return Reply::json(&request(state, &entry, &input, &given["settings"]).await);
    }
    if let Some(entry) = find("/api/run/") {
        let input = input::read(&entry, input);
        return Reply::json(&run(&entry, &input, &given["settings"], &state.target).await);
    }
    Reply::text(404, "there is nothing to send to")
}

async fn request(state: &State, entry: &Entry<'_>, input: &Input, given: &Json) -> Json {
    let mut answer = json!({
        "violations": violations(entry, input),
        "ignored": ignored(entry, input),
        "samples": samples(entry, input),
    });
    match Settings::read(given, &state.target) {
        Ok(settings) => {
            for (name, signature) in [("v3", Signature::V3), ("v1", Signature::V1)] {
                answer[name] = texts(entry, input, &settings, &state.target, signature).await;
            }
        }
        Err(why) => {
            for name in ["v3", "v1"] {
                answer[name] = json!({ "refused": why });
            }
        }
    }
    answer
}

/// What the client would refuse to send, in its own words, after what is not of the type the spec says.
fn violations(entry: &Entry<'_>, input: &Input) -> Vec<Json> {
    let operation = descriptor::operation(entry.service, entry.spec);
    let params = input.params(entry, Secrets::Kept);
    let misfits = input.misfits.iter().cloned();
    let found = check::check(&operation, &params).into_iter();
    let found = found.map(|violation| (violation.parameter.clone(), violation.to_string()));
    let mut seen = HashSet::new();
    let all = misfits.chain(found).filter(|it| seen.insert(it.clone()));
    all.map(|(parameter, message)| json!({"parameter": parameter, "message": message}))
        .collect()
}

/// The parameters the service will take no notice of.
fn ignored(entry: &Entry<'_>, input: &Input) -> Vec<String> {
    let operation = descriptor::operation(entry.service, entry.spec);
    let params = input.params(entry, Secrets::Kept);
    check::ignored(&operation, &params)
}
