//! Sample code for a filled form: Rust, Python, the official CLI, curl. Placeholders stand for secrets.
//!
//! Rust comes from the sample emitter of the compiler. The others say what goes over the wire, pair by pair, in terms of
//! the official tools.

mod cli;
mod curl;
mod python;
mod wire;

use alicloud_codegen::sample::{Secrets as Hide, sample};
use alicloud_gateway::descriptor;
use alicloud_runtime::{Endpoint, Service};
use serde_json::{Value as Json, json};

use self::wire::Wire;
use crate::catalog::Entry;
use crate::input::{Input, Secrets};

/// Where samples find their service when the input names no region.
const REGION: &str = "cn-hangzhou";

/// What the samples that are not Rust are made of.
pub(crate) struct Facts<'a> {
    pub(crate) entry: Entry<'a>,
    pub(crate) wire: Wire,
    pub(crate) region: String,
    pub(crate) host: String,
}

/// The samples, by language.
pub(crate) fn samples(entry: &Entry<'_>, input: &Input) -> Json {
    let params = input.params(entry, Secrets::Masked);
    let operation = descriptor::operation(entry.service, entry.spec);
    let region = input.json.get("RegionId").and_then(Json::as_str);
    let region = region.unwrap_or(REGION).to_owned();
    let service = descriptor::service(entry.service);
    let facts = Facts {
        entry: *entry,
        wire: wire::wire(&operation, service.roa, &params),
        host: host(&service, &region),
        region,
    };
    let rust = sample(
        entry.version,
        entry.operation,
        &Json::Object(input.without_odd_secrets(entry)),
        Hide::Hidden,
    );
    json!({
        "rust": rust.program(),
        "python": python::python(&facts),
        "cli": cli::cli(&facts),
        "curl": curl::curl(&facts),
    })
}

fn host(service: &Service, region: &str) -> String {
    let endpoint = Endpoint::of(service, Some(region), false);
    let endpoint = endpoint.or_else(|| Endpoint::of(service, None, false));
    endpoint.map_or_else(String::new, |endpoint| endpoint.host().to_owned())
}

/// A word for a Unix shell.
fn shell(text: &str) -> String {
    let plain = |c: char| c.is_ascii_alphanumeric() || "-_./:=@%,+".contains(c);
    if !text.is_empty() && text.chars().all(plain) {
        text.to_owned()
    } else {
        format!("'{}'", text.replace('\'', r"'\''"))
    }
}
