//! One official client against ours.

use std::collections::HashMap;
use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use alicloud::{Format, Signature};
use alicloud_gateway::{Gateway, Recorded};
use serde_json::Value;

use crate::inputs::{Input, REGION};
use crate::ours;

/// How many operations are also called with a wrong secret.
const WRONG: usize = 60;

/// Operations in which the official clients with models and the metadata disagree: their `RelationshipVO` has
/// `RelationshipType` where the metadata has `Type`, which they lose.
const KNOWN: [&str; 1] = ["RegisterLineageRelation"];

/// An official client, in one of its ways to sign.
#[derive(Debug)]
pub(crate) struct Client {
    /// What people call it.
    pub(crate) name: &'static str,
    /// What its driver calls it.
    mode: &'static str,
    program: PathBuf,
    driver: PathBuf,
    folder: Option<PathBuf>,
    signature: Signature,
    format: Format,
    /// Whether it takes only parameters without parts.
    scalar: bool,
}

impl Client {
    fn new([program, driver]: &[PathBuf; 2], name: &'static str, mode: &'static str) -> Self {
        Self {
            name,
            mode,
            program: program.clone(),
            driver: driver.clone(),
            folder: None,
            signature: Signature::V1,
            format: Format::Json,
            scalar: false,
        }
    }

    pub(crate) fn python(command: &[PathBuf; 2]) -> Vec<Self> {
        vec![
            Self {
                signature: Signature::V3,
                ..Self::new(command, "Python, V3", "v3")
            },
            Self::new(command, "Python, V1", "v1"),
            Self {
                scalar: true,
                ..Self::new(command, "Python, older client, V1", "old")
            },
            Self {
                scalar: true,
                format: Format::Xml,
                ..Self::new(command, "Python, older client, V1, XML", "old-xml")
            },
        ]
    }

    pub(crate) fn node(command: &[PathBuf; 2], folder: &Path) -> Vec<Self> {
        let plain = |name, mode| Self {
            scalar: true,
            folder: Some(folder.to_owned()),
            ..Self::new(command, name, mode)
        };
        vec![
            Self {
                signature: Signature::V3,
                ..plain("Node, V3", "v3")
            },
            plain("Node, V1", "v1"),
            plain("Node, older client, V1", "pop"),
        ]
    }

    /// Calls everything; the outcome of each call, by operation.
    fn drive(
        &self,
        address: &str,
        secret: &str,
        inputs: &[&Input],
    ) -> Result<Vec<(String, Option<String>)>, String> {
        let list: Vec<Value> = inputs.iter().map(|input| input.to_json()).collect();
        let mut file = tempfile::NamedTempFile::new().map_err(|error| error.to_string())?;
        write!(file, "{}", Value::from(list)).map_err(|error| error.to_string())?;
        let mut command = Command::new(&self.program);
        command
            .arg(&self.driver)
            .arg(address)
            .arg(self.mode)
            .arg(secret)
            .arg(file.path());
        if let Some(folder) = &self.folder {
            command.current_dir(folder);
        }
        let output = command
            .stderr(Stdio::inherit())
            .output()
            .map_err(|error| format!("{}: {error}", self.program.display()))?;
        if !output.status.success() {
            return Err(format!(
                "the driver of {} stopped: {}",
                self.name, output.status
            ));
        }
        let lines = String::from_utf8_lossy(&output.stdout).into_owned();
        let outcome = |line: &str| {
            let outcome: Value = serde_json::from_str(line).ok()?;
            let operation = outcome["operation"].as_str()?.to_owned();
            Some((operation, outcome["code"].as_str().map(ToOwned::to_owned)))
        };
        lines
            .lines()
            .map(|line| {
                outcome(line).ok_or_else(|| format!("the driver of {} says: {line}", self.name))
            })
            .collect()
    }
}

/// What came of it.
#[derive(Debug, Default)]
pub(crate) struct Comparison {
    /// How many operations the client and ours were given, and were answered.
    pub(crate) compared: usize,
    /// How many were refused when the secret was wrong.
    pub(crate) refused: usize,
    /// How many the client does not have.
    pub(crate) unsupported: usize,
    pub(crate) differences: Vec<String>,
}

impl Comparison {
    pub(crate) async fn of(client: &Client, inputs: &[Input]) -> Result<Self, String> {
        let gateway = Gateway::builder()
            .start()
            .await
            .map_err(|error| error.to_string())?;
        let address = gateway.address().to_string();
        let usable: Vec<&Input> = inputs
            .iter()
            .filter(|input| input.scalar || !client.scalar)
            .collect();
        let mut comparison = Self::default();
        let outcomes =
            tokio::task::block_in_place(|| client.drive(&address, "testAccessKeySecret", &usable))?;
        let theirs = recorded(&gateway);
        gateway.clear_requests();
        let mut had = Vec::new();
        for (input, (operation, code)) in usable.iter().zip(&outcomes) {
            assert_eq!(input.entry.operation.name, *operation);
            if code.as_deref() == Some("unsupported") {
                comparison.unsupported += 1;
                continue;
            }
            had.push(*input);
            let refusal =
                ours::call(&gateway.endpoint(), input, client.signature, client.format).await?;
            let key = key_of(input);
            let our = recorded(&gateway);
            comparison.compared += 1;
            let problem = match (theirs.get(&key), our.get(&key)) {
                _ if code.is_some() || refusal.is_some() => {
                    Some(format!("refused: {code:?}, ours: {refusal:?}"))
                }
                (Some(theirs), Some(ours)) => difference(theirs, ours),
                _ => Some("not recorded".to_owned()),
            };
            let problem = match (KNOWN.contains(&key.1.as_str()), problem) {
                (true, Some(_)) => None,
                (true, None) => Some("differs no longer; take it off the list".to_owned()),
                (false, problem) => problem,
            };
            let problem = problem.map(|problem| format!("{}: {problem}", key.1));
            comparison.differences.extend(problem);
            gateway.clear_requests();
        }
        let wrong = tokio::task::block_in_place(|| {
            client.drive(&address, "wrong", &had[..had.len().min(WRONG)])
        })?;
        for (operation, code) in wrong {
            if code.as_deref() == Some("SignatureDoesNotMatch") {
                comparison.refused += 1;
            } else {
                comparison
                    .differences
                    .push(format!("{operation}: {code:?} with a wrong secret"));
            }
        }
        Ok(comparison)
    }
}

/// A product version and an operation.
type Key = (String, String);

fn key_of(input: &Input) -> Key {
    let entry = input.entry;
    (
        entry.service.version.clone().into_owned(),
        entry.operation.name.clone().into_owned(),
    )
}

/// What arrived, by version and operation; the last call of each.
fn recorded(gateway: &Gateway) -> HashMap<Key, Recorded> {
    let requests = gateway.requests().into_iter();
    requests
        .map(|request| {
            (
                (request.version.clone(), request.operation.clone()),
                request,
            )
        })
        .collect()
}

/// The pairs of a request, sorted, sensitive ones as they are: they are made up.
fn pairs(request: &Recorded) -> Vec<(String, String)> {
    let names = request.parameters.names();
    let pairs = names.map(|name| {
        let value = request.parameters.expose(name).unwrap_or_default();
        (name.to_owned(), value.to_owned())
    });
    let mut pairs: Vec<_> = pairs.filter(|(name, _)| name != REGION).collect();
    pairs.sort();
    pairs
}

/// Official pairs as they are meant. The current Python clients write booleans in a form as Python does, and lists of
/// objects that were not set as empty ones.
fn meant(pairs: Vec<(String, String)>) -> Vec<(String, String)> {
    let pairs = pairs.into_iter().filter(|(_, value)| value != "[]");
    pairs
        .map(|(name, value)| match value.as_str() {
            "True" | "False" => (name, value.to_lowercase()),
            _ => (name, value),
        })
        .collect()
}

/// Whether two texts are the same, or the same JSON but for the order of members and lists of objects that were not set.
fn same(theirs: &str, ours: &str) -> bool {
    let json = |text: &str| serde_json::from_str::<Value>(text).ok();
    let in_parts = |text: &str| json(text).filter(|value| value.is_array() || value.is_object());
    let set = |text: &str| in_parts(text).map(set);
    let equal = set(theirs).is_some() && set(theirs) == set(ours);
    theirs == ours || equal
}

/// JSON without members that are empty lists.
fn set(value: Value) -> Value {
    match value {
        Value::Array(items) => items.into_iter().map(set).collect(),
        Value::Object(members) => {
            let is_set = |value: &Value| value.as_array().is_none_or(|items| !items.is_empty());
            let members = members.into_iter().filter(|(_, value)| is_set(value));
            Value::Object(members.map(|(name, value)| (name, set(value))).collect())
        }
        scalar => scalar,
    }
}

fn difference(theirs: &Recorded, ours: &Recorded) -> Option<String> {
    let (theirs, ours) = (meant(pairs(theirs)), pairs(ours));
    let mut both = theirs.iter().zip(&ours);
    let equal = theirs.len() == ours.len()
        && both.all(|(one, other)| one.0 == other.0 && same(&one.1, &other.1));
    (!equal).then(|| {
        let missing: Vec<_> = theirs.iter().filter(|pair| !ours.contains(pair)).collect();
        let more: Vec<_> = ours.iter().filter(|pair| !theirs.contains(pair)).collect();
        format!("official {missing:?}, ours {more:?}")
    })
}
