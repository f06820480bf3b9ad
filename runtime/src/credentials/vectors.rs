//! What the official Python library reads from files and variables and sends over the wire, vector by vector.
//!
//! `tests/data/credentials_files.json` was recorded by driving that library with a fixed clock, a fixed nonce and scripted
//! answers. A vector gives the variables, the files, or the configuration of one provider; it expects credentials and
//! their provider's name, every request, and for some the files as they are afterwards.

use std::path::Path;
use std::sync::Arc;

use serde_json::{Map, Value};

use super::testing::{NOW, Reply, Script, block_on};
use super::*;
use crate::transport::HttpRequest;

/// How we differ, on purpose.
enum Change {
    /// The name of the session is our own, and with it the signature is another.
    SessionName,
    /// We find a key where the library finds none, or another.
    Serves(&'static str, &'static str),
}

/// The deviations: vector, what is different, why.
const DEVIATIONS: [(&str, Change, &str); 6] = [
    (
        "credentials/chain/oidc-env",
        Change::SessionName,
        "the session says which library made it",
    ),
    (
        "credentials/chain/oidc-env-vpc-without-region",
        Change::SessionName,
        "the session says which library made it",
    ),
    (
        "credentials/chain/oidc-beats-cli",
        Change::SessionName,
        "the session says which library made it",
    ),
    (
        "credentials/cli/RamRoleArn-defaults",
        Change::SessionName,
        "the session says which library made it",
    ),
    (
        "credentials/chain/ini-without-extension-is-not-read",
        Change::Serves("iniAk", "iniSk"),
        "other official libraries read the file without an extension, so both are tried",
    ),
    (
        "credentials/ini/inline-comment",
        Change::Serves("iniAk", "ini#Sk"),
        "a secret is not cut at a # within it",
    ),
];

/// What our explanation says where the library raises an exception.
const REASONS: [(&str, &str); 10] = [
    (
        "credentials/chain/ecs-v1-disabled",
        "ECS metadata service: HTTP 404",
    ),
    (
        "credentials/cli/AK-missing-secret",
        "access_key_secret is missing",
    ),
    (
        "credentials/cli/CloudSSO-expired",
        "log in again with the CLI",
    ),
    (
        "credentials/cli/External-sts-without-token",
        "it printed no sts_token",
    ),
    (
        "credentials/cli/External-nonzero-exit",
        "it failed (exit status: 1)",
    ),
    (
        "credentials/cli/CredentialsURI-unsupported",
        "\"CredentialsURI\": this mode is not supported",
    ),
    (
        "credentials/cli/no-profiles",
        "there is no profile \"default\"",
    ),
    ("credentials/cli/not-json", "is no JSON"),
    (
        "credentials/ini/bearer-type-unsupported",
        "the type \"bearer\" is not supported",
    ),
    ("credentials/ini/no-type", "type is missing"),
];

#[test]
fn every_vector_holds() {
    let file: Value =
        serde_json::from_str(include_str!("../../tests/data/credentials_files.json")).unwrap();
    let vectors = file["vectors"].as_array().unwrap();
    assert_eq!(vectors.len(), 49);
    for (name, _, reason) in &DEVIATIONS {
        assert!(vectors.iter().any(|vector| vector["name"] == *name) && !reason.is_empty());
    }
    for vector in vectors {
        let name = vector["name"].as_str().unwrap();
        if cfg!(windows) && name.contains("External") {
            continue;
        }
        println!("{name}");
        Run::new(vector).check();
    }
}

struct Run<'a> {
    vector: &'a Value,
    change: Option<&'static Change>,
    home: tempfile::TempDir,
    script: Script,
}

impl<'a> Run<'a> {
    fn new(vector: &'a Value) -> Self {
        let change = DEVIATIONS.iter().find(|(name, ..)| vector["name"] == *name);
        let run = Self {
            vector,
            change: change.map(|(_, change, _)| change),
            home: tempfile::tempdir().unwrap(),
            script: Script::of(items(&vector["responses"]).iter().map(reply)),
        };
        for (path, content) in members(&vector["files"]) {
            let path = run.path(path);
            std::fs::create_dir_all(Path::new(&path).parent().unwrap()).unwrap();
            let text = match content.as_str() {
                Some(text) => run.path(text),
                None => content.to_string(),
            };
            std::fs::write(path, text).unwrap();
        }
        run
    }

    /// A text with the home folder filled in.
    fn path(&self, text: &str) -> String {
        text.replace("$HOME", self.home.path().to_str().unwrap())
    }

    fn provider(&self) -> Arc<dyn ProvideCredentials> {
        let variables = members(&self.vector["env"])
            .map(|(name, value)| (name.clone(), self.path(value.as_str().unwrap())));
        let environment = Environment::of(variables).with_home(self.home.path());
        let config = &self.vector["config"];
        let get = |name: &str| config[name].as_str().map(|text| self.path(text));
        let need = |name: &str| get(name).unwrap();
        match config["type"].as_str() {
            None => Arc::new(DefaultCredentials::new().environment(environment)),
            Some("bearer") => Arc::new(Credentials::bearer(need("bearer_token"))),
            Some("ram_role_arn") => {
                let source = Credentials::new(need("access_key_id"), need("access_key_secret"))
                    .with_security_token(get("security_token").unwrap_or_default());
                let mut role = AssumeRoleCredentials::new(source, need("role_arn"))
                    .environment(environment)
                    .session_name(need("role_session_name"))
                    .policy(get("policy").unwrap_or_default())
                    .external_id(get("external_id").unwrap_or_default());
                if let Some(endpoint) = get("sts_endpoint") {
                    role = role.endpoint(endpoint);
                }
                Arc::new(role)
            }
            Some("oidc_role_arn") => {
                let (role, provider) = (need("role_arn"), need("oidc_provider_arn"));
                let role = OidcRoleCredentials::new(role, provider, need("oidc_token_file_path"));
                Arc::new(
                    role.environment(environment)
                        .session_name(need("role_session_name")),
                )
            }
            Some("ecs_ram_role") => Arc::new(
                EcsRoleCredentials::new()
                    .environment(environment)
                    .role_name(need("role_name"))
                    .require_token(config["disable_imds_v1"] == true),
            ),
            Some("credentials_uri") => Arc::new(UriCredentials::new(need("credentials_uri"))),
            Some(other) => panic!("unknown type {other}"),
        }
    }

    fn check(&self) {
        let (provider, expected) = (self.provider(), &self.vector["expected"]);
        let (context, clock) = self.script.context();
        let mut seen = 0;
        let mut served = None;
        for call in items(&expected["calls"]) {
            clock.set(call["at"].as_u64().unwrap());
            let credentials = block_on(provider.credentials(&context)).unwrap();
            assert_eq!(call["access_key_id"], credentials.access_key_id());
            let total = self.script.requests().len();
            assert_eq!(call["requests"], total - seen);
            seen = total;
            served = Some(Ok(credentials));
        }
        let served = served.unwrap_or_else(|| block_on(provider.credentials(&context)));
        self.check_outcome(served);
        self.check_requests(items(&expected["requests"]));
        for (path, content) in members(&expected["files_after"]) {
            let text = std::fs::read_to_string(self.path(path)).unwrap();
            let after: Value = serde_json::from_str(&text).unwrap();
            assert_eq!(after, *content);
        }
    }

    fn check_outcome(&self, served: Result<Credentials, CredentialsError>) {
        if let Some(Change::Serves(id, secret)) = self.change {
            let provider = "default/profile/static_ak";
            let expected = Credentials::new(*id, *secret).with_provider(provider);
            assert_eq!(served, Ok(expected));
            return;
        }
        let expected = &self.vector["expected"];
        if expected["exception"].is_string() {
            let why = served.unwrap_err().to_string();
            let reason = REASONS
                .iter()
                .find(|(name, _)| self.vector["name"] == *name);
            let (_, reason) = reason.unwrap();
            assert!(why.contains(reason), "{why}");
            return;
        }
        let served = served.unwrap();
        let text =
            |secret: Option<&crate::Secret<String>>| secret.map(|secret| secret.expose().clone());
        let has = |name: &str| expected["credential"][name].as_str().map(str::to_owned);
        if expected["calls"].is_array() {
            return;
        }
        assert_eq!(text(served.bearer_token()), has("bearer_token"));
        assert_eq!(text(served.security_token()), has("security_token"));
        if served.bearer_token().is_none() {
            assert_eq!(
                Some(served.access_key_id().to_owned()),
                has("access_key_id")
            );
            assert_eq!(
                text(Some(served.access_key_secret())),
                has("access_key_secret")
            );
            assert_eq!(Some(served.provider().to_owned()), has("provider_name"));
        }
    }

    fn check_requests(&self, expected: &[Value]) {
        let sent = self.script.requests();
        assert_eq!(sent.len(), expected.len(), "{sent:?}");
        for (at, (sent, expected)) in sent.iter().zip(expected).enumerate() {
            let mut expected = expected.clone();
            let mut sent = described(sent);
            // Recorded for https, too; and no path means the root.
            if expected["protocol"] == "https" {
                expected["port"] = 443.into();
            }
            if expected["path"] == "" {
                expected["path"] = "/".into();
            }
            let mut forgotten: &[&str] = &[];
            if matches!(self.change, Some(Change::SessionName)) {
                let name = format!("credentials-rust-{NOW}");
                expected["query"]["RoleSessionName"] = name.into();
                forgotten = &["Signature"];
            }
            // The recorder moved the clock that caches look at, but not the one that stamps requests.
            if at > 0 && self.vector["calls_at"].is_array() {
                forgotten = &["Signature", "Timestamp"];
            }
            for query in [&mut expected["query"], &mut sent["query"]] {
                let query = query.as_object_mut().unwrap();
                query.retain(|name, _| !forgotten.contains(&name.as_str()));
            }
            // One limit for the whole exchange; the recorded pair is for connecting and for reading.
            expected["timeouts_ms"] = expected["timeouts_ms"][1].clone();
            assert_eq!(sent, expected);
        }
    }
}

fn reply(response: &Value) -> Reply {
    if response["unreachable"] == true {
        return Reply::Unreachable;
    }
    let status = response["status"].as_u64().unwrap_or(200);
    let body = match &response["body"] {
        Value::Null => String::new(),
        Value::String(text) => text.clone(),
        document => document.to_string(),
    };
    Reply::Answer(u16::try_from(status).unwrap(), body)
}

/// A request as the vectors describe one.
fn described(request: &HttpRequest) -> Value {
    let (protocol, rest) = request.url.split_once("://").unwrap();
    let (authority, target) = rest.split_once('/').unwrap();
    let default = if protocol == "https" { 443 } else { 80 };
    let (host, port) = match authority.split_once(':') {
        Some((host, port)) => (host, port.parse().unwrap()),
        None => (authority, default),
    };
    let (path, query) = target.split_once('?').unwrap_or((target, ""));
    let pairs = query
        .split('&')
        .filter(|pair| !pair.is_empty())
        .map(|pair| {
            let (name, value) = pair.split_once('=').unwrap();
            (name.to_owned(), Value::from(unescaped(value)))
        });
    let headers = request.headers.iter();
    let headers = headers.map(|(name, value)| (name.to_string(), value.to_string().into()));
    let mut out = Map::new();
    out.insert("protocol".into(), protocol.into());
    out.insert("method".into(), request.method.as_str().into());
    out.insert("host".into(), host.into());
    out.insert("port".into(), port.into());
    out.insert("path".into(), format!("/{path}").into());
    out.insert("query".into(), Value::Object(pairs.collect()));
    out.insert("headers".into(), Value::Object(headers.collect()));
    let timeout = u64::try_from(request.timeout.as_millis()).unwrap();
    out.insert("timeouts_ms".into(), timeout.into());
    Value::Object(out)
}

/// A value of a query. A `+` stays one.
fn unescaped(text: &str) -> String {
    let (mut bytes, mut rest) = (Vec::new(), text.as_bytes());
    while let Some((first, more)) = rest.split_first() {
        rest = more;
        if *first == b'%' {
            let digits = std::str::from_utf8(&more[..2]).unwrap();
            bytes.push(u8::from_str_radix(digits, 16).unwrap());
            rest = &more[2..];
        } else {
            bytes.push(*first);
        }
    }
    String::from_utf8(bytes).unwrap()
}

fn items(value: &Value) -> &[Value] {
    value.as_array().map_or(&[], Vec::as_slice)
}

fn members(value: &Value) -> impl Iterator<Item = (&String, &Value)> {
    value.as_object().into_iter().flatten()
}
