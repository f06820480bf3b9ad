//! Requests of providers, as the vectors describe them.

use alicloud::transport::HttpRequest;
use serde_json::{Map, Value as Json};

use super::deviations::Change;
use crate::outcome::ensure_eq;
use crate::vector::Vector;

/// Compares the requests a provider sent with the recorded ones. `now` is when our session names are from.
pub(super) fn check(
    vector: &Vector,
    sent: &[HttpRequest],
    change: Option<&Change>,
    now: u64,
) -> Result<(), String> {
    let expected = vector.value("/expected/requests").and_then(Json::as_array);
    let expected = expected.map(Vec::as_slice).unwrap_or_default();
    ensure_eq!(sent.len(), expected.len(), "number of requests");
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
        if matches!(change, Some(Change::SessionName)) {
            let name = format!("credentials-rust-{now}");
            expected["query"]["RoleSessionName"] = name.into();
            forgotten = &["Signature"];
        }
        // The recorder moved the clock that caches look at, but not the one that stamps requests.
        if at > 0 && vector.value("/calls_at").is_some() {
            forgotten = &["Signature", "Timestamp"];
        }
        for query in [&mut expected["query"], &mut sent["query"]] {
            if let Json::Object(query) = query {
                query.retain(|name, _| !forgotten.contains(&name.as_str()));
            }
        }
        // One limit for the whole exchange; the recorded pair is for connecting and for reading.
        expected["timeouts_ms"] = expected["timeouts_ms"][1].clone();
        ensure_eq!(sent, expected, "request {}", at + 1);
    }
    Ok(())
}

fn described(request: &HttpRequest) -> Json {
    let (protocol, rest) = request.url.split_once("://").unwrap_or_default();
    let (authority, target) = rest.split_once('/').unwrap_or((rest, ""));
    let default = if protocol == "https" { 443 } else { 80 };
    let (host, port) = match authority.split_once(':') {
        Some((host, port)) => (host, port.parse().unwrap_or(0)),
        None => (authority, default),
    };
    let (path, query) = target.split_once('?').unwrap_or((target, ""));
    let pairs = query.split('&').filter(|pair| !pair.is_empty());
    let pairs = pairs.map(|pair| {
        let (name, value) = pair.split_once('=').unwrap_or((pair, ""));
        // A `+` stays one here.
        let value = percent_encoding::percent_decode_str(value).decode_utf8_lossy();
        (name.to_owned(), Json::from(value.into_owned()))
    });
    let headers = request.headers.iter();
    let headers = headers.map(|(name, value)| (name.to_string(), Json::from(value.to_string())));
    let timeout = u64::try_from(request.timeout.as_millis()).unwrap_or(u64::MAX);
    let mut out = Map::new();
    out.insert("protocol".into(), protocol.into());
    out.insert("method".into(), request.method.as_str().into());
    out.insert("host".into(), host.into());
    out.insert("port".into(), Json::from(port));
    out.insert("path".into(), format!("/{path}").into());
    out.insert("query".into(), Json::Object(pairs.collect()));
    out.insert("headers".into(), Json::Object(headers.collect()));
    out.insert("timeouts_ms".into(), timeout.into());
    Json::Object(out)
}
