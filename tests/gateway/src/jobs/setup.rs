//! What a job was told when it was created and configured.

use serde_json::{Map, Value, json};

use crate::parameters::Given;

/// The parts of an endpoint that answers tell of; none of them is a secret.
const ENDPOINT: [&str; 8] = [
    "InstanceType",
    "InstanceID",
    "EngineName",
    "Region",
    "IP",
    "Port",
    "DatabaseName",
    "UserName",
];

/// What a job was told.
#[derive(Clone, Debug, Default)]
pub(super) struct Setup {
    pub(super) name: String,
    /// The class of its instance.
    pub(super) class: Option<String>,
    pub(super) pay_type: Option<String>,
    pub(super) region: Option<String>,
    pub(super) source: Value,
    pub(super) destination: Value,
    /// What it handles, as JSON text.
    pub(super) objects: Option<String>,
    /// Whether it copies schemas.
    pub(super) structure: bool,
    /// Whether it copies what there is.
    pub(super) data: bool,
    /// Whether it carries over what changes.
    pub(super) incremental: bool,
}

impl Setup {
    /// Takes over what a call says of the instance.
    pub(super) fn create(&mut self, given: &Given) {
        let class = [
            "InstanceClass",
            "SynchronizationJobClass",
            "MigrationJobClass",
        ];
        replace(&mut self.class, first(given, &class));
        replace(&mut self.pay_type, first(given, &["PayType"]));
        let region = ["Region", "DestinationRegion", "DestRegion", "RegionId"];
        replace(&mut self.region, first(given, &region));
    }

    /// Takes over what a call says of the job.
    pub(super) fn configure(&mut self, given: &Given, follows: bool) {
        let names = ["DtsJobName", "SynchronizationJobName", "MigrationJobName"];
        if let Some(name) = first(given, &names) {
            self.name = name;
        }
        let objects = ["DbList", "SynchronizationObjects", "MigrationObject"];
        replace(&mut self.objects, first(given, &objects));
        self.source = endpoint(given, "SourceEndpoint");
        self.destination = endpoint(given, "DestinationEndpoint");
        // The service leaves a letter out in the names of one operation.
        let flag = |names: &[&str]| first(given, names).is_some_and(|text| is_true(&text));
        self.structure = flag(&[
            "StructureInitialization",
            "MigrationMode.StructureIntialization",
        ]);
        self.data = flag(&["DataInitialization", "MigrationMode.DataIntialization"]);
        self.incremental =
            follows || flag(&["DataSynchronization", "MigrationMode.DataSynchronization"]);
    }
}

fn replace(known: &mut Option<String>, given: Option<String>) {
    if given.is_some() {
        *known = given;
    }
}

/// The first of these parameters that is given.
pub(super) fn first(given: &Given, names: &[&str]) -> Option<String> {
    let mut given = names.iter().filter_map(|name| given.get(*name));
    given.find(|value| !value.is_empty()).cloned()
}

pub(super) fn is_true(text: &str) -> bool {
    text.eq_ignore_ascii_case("true")
}

/// An endpoint, whether its parts are joined to its name by a dot or by nothing.
fn endpoint(given: &Given, prefix: &str) -> Value {
    let mut parts = Map::new();
    for (name, value) in given {
        let part = name
            .strip_prefix(prefix)
            .map(|part| part.trim_start_matches('.'));
        let known = part.and_then(|part| {
            let mut known = ENDPOINT.iter();
            known.find(|known| known.eq_ignore_ascii_case(part))
        });
        if let Some(known) = known {
            parts.insert((*known).to_owned(), json!(value));
        }
    }
    Value::Object(parts)
}
