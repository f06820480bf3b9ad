//! Requests of genuine official clients, verified at the time they were made.

use std::fs;
use std::path::Path;

use alicloud_gateway::http::Request;
use alicloud_gateway::verify::Verifier;
use alicloud_runtime::Credentials;
use alicloud_runtime::time::{FixedClock, parse_timestamp};
use serde_json::Value;

/// What the vectors here call the older signature of ROA products.
const ROA: &str = "HMAC-SHA1 of ROA";

struct Vector {
    name: String,
    algorithm: String,
    key: Credentials,
    timestamp: String,
    method: String,
    target: String,
    headers: Vec<(String, String)>,
    body: String,
    /// The `Authorization` of the same request with fewer headers signed.
    subset_authorization: Option<String>,
}

impl Vector {
    fn request(&self) -> Request {
        Request::new(
            &self.method,
            &self.target,
            self.headers.clone(),
            self.body.clone(),
        )
    }

    /// The error code the request is refused with by a verifier that knows this secret.
    fn refused(&self, request: &Request, secret: &str) -> Option<String> {
        let token = self
            .key
            .security_token()
            .map(|token| token.expose().clone());
        let key = Credentials::new(self.key.access_key_id(), secret)
            .with_security_token(token.unwrap_or_default());
        let clock = FixedClock(parse_timestamp(&self.timestamp).unwrap());
        let verifier = Verifier::with_clock(vec![key], std::sync::Arc::new(clock));
        verifier.verify(request).err().map(|refusal| refusal.code)
    }

    fn secret(&self) -> &str {
        self.key.access_key_secret().expose()
    }
}

fn text(value: &Value) -> String {
    value.as_str().unwrap_or_default().to_owned()
}

fn headers(value: &Value) -> Vec<(String, String)> {
    let members = value.as_object().unwrap().iter();
    members
        .map(|(name, value)| (name.clone(), text(value)))
        .collect()
}

/// The vectors that travel with this package.
fn own() -> Vec<Vector> {
    let file: Value = serde_json::from_str(include_str!("../data/vectors.json")).unwrap();
    let read = |vector: &Value| Vector {
        name: text(&vector["name"]),
        algorithm: text(&vector["algorithm"]),
        key: Credentials::new(
            text(&vector["access_key_id"]),
            text(&vector["access_key_secret"]),
        )
        .with_security_token(text(&vector["security_token"])),
        timestamp: text(&vector["timestamp"]),
        method: text(&vector["method"]),
        target: text(&vector["target"]),
        headers: headers(&vector["headers"]),
        body: text(&vector["body"]),
        subset_authorization: vector["subset_authorization"].as_str().map(str::to_owned),
    };
    file["vectors"]
        .as_array()
        .unwrap()
        .iter()
        .map(read)
        .collect()
}

fn verified() -> Vec<Vector> {
    let known = ["ACS3-HMAC-SHA256", "HMAC-SHA1", ROA];
    own()
        .into_iter()
        .filter(|vector| known.contains(&vector.algorithm.as_str()))
        .collect()
}

#[test]
fn requests_of_official_clients_are_right() {
    let vectors = verified();
    assert_eq!(vectors.len(), 27);
    for vector in vectors {
        assert_eq!(
            vector.refused(&vector.request(), vector.secret()),
            None,
            "{}",
            vector.name
        );
    }
}

#[test]
fn the_signed_headers_are_those_the_client_lists() {
    let subsets = own().into_iter().filter_map(|mut vector| {
        let subset = vector.subset_authorization.take()?;
        vector.headers.retain(|(name, _)| name != "authorization");
        vector.headers.push(("authorization".to_owned(), subset));
        Some(vector)
    });
    let subsets: Vec<_> = subsets.collect();
    assert_eq!(subsets.len(), 13);
    for vector in subsets {
        assert_eq!(
            vector.refused(&vector.request(), vector.secret()),
            None,
            "{}",
            vector.name
        );
    }
}

#[test]
fn any_change_makes_them_wrong() {
    for mut vector in verified() {
        let wrong = Some("SignatureDoesNotMatch".to_owned());
        assert_eq!(
            vector.refused(&vector.request(), "another"),
            wrong,
            "{}",
            vector.name
        );
        let unchanged = std::mem::replace(&mut vector.target, "/?Changed=1".to_owned());
        vector.target = format!(
            "{unchanged}{}Changed=1",
            if unchanged.contains('?') { "&" } else { "?" }
        );
        assert_eq!(
            vector.refused(&vector.request(), vector.secret()),
            wrong,
            "{}",
            vector.name
        );
        vector.target = unchanged;
        vector.method = "PATCH".to_owned();
        assert_eq!(
            vector.refused(&vector.request(), vector.secret()),
            wrong,
            "{}",
            vector.name
        );
    }
}

#[test]
fn a_changed_form_makes_them_wrong() {
    let forms: Vec<_> = verified()
        .into_iter()
        // The older signature of ROA products does not cover the body.
        .filter(|vector| !vector.body.is_empty() && vector.algorithm != ROA)
        .collect();
    assert_eq!(forms.len(), 8);
    for mut vector in forms {
        vector.body.push_str("&Changed=1");
        let refused = vector.refused(&vector.request(), vector.secret());
        assert_eq!(
            refused.as_deref(),
            Some("SignatureDoesNotMatch"),
            "{}",
            vector.name
        );
    }
}

#[test]
fn other_signature_methods_are_told_apart() {
    for vector in own() {
        let wanted = match vector.algorithm.as_str() {
            "ACS3-HMAC-SM3" | "ACS3-RSA-SHA256" => "InvalidSignatureMethod",
            "bearer" => "InvalidBearerToken",
            _ => continue,
        };
        let refused = vector.refused(&vector.request(), vector.secret());
        assert_eq!(refused.as_deref(), Some(wanted), "{}", vector.name);
    }
}

/// Every recorded request there is, where the reference material is at hand.
#[test]
fn all_recorded_requests_are_right() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../shared/vectors");
    if !folder.is_dir() {
        println!("skipped: the recorded requests are not at hand");
        return;
    }
    let mut count = 0;
    for file in ["v3_rpc.json", "v3_roa.json", "v1_rpc.json", "v1_roa.json"] {
        let parsed: Value =
            serde_json::from_str(&fs::read_to_string(folder.join(file)).unwrap()).unwrap();
        for vector in parsed["vectors"]
            .as_array()
            .unwrap()
            .iter()
            .filter_map(recorded)
        {
            assert_eq!(
                vector.refused(&vector.request(), vector.secret()),
                None,
                "{}",
                vector.name
            );
            count += 1;
        }
    }
    assert!(count > 200, "{count}");
}

/// A vector of the reference material; none for a kind of signature that is not verified, and for recordings without a
/// whole request.
fn recorded(vector: &Value) -> Option<Vector> {
    let (expected, credentials) = (&vector["expected"], &vector["credentials"]);
    let algorithm = vector["signature_algorithm"]
        .as_str()
        .unwrap_or("HMAC-SHA1");
    // The examples of the documents are signatures without a request around them.
    let whole = vector["kind"] != "signature-only" && expected["body"].is_string();
    let keyed = credentials["access_key_id"].is_string() && expected["signature"].is_string();
    // With V1 one client alone signs the members of a JSON body, which no server should build on.
    let json = vector["name"] == "v1/common/post-json-body";
    if json || !whole || !keyed || !["ACS3-HMAC-SHA256", "HMAC-SHA1"].contains(&algorithm) {
        return None;
    }
    let query = text(&expected["raw_query"]);
    let mark = if query.is_empty() { "" } else { "?" };
    Some(Vector {
        name: text(&vector["name"]),
        algorithm: algorithm.to_owned(),
        key: Credentials::new(
            text(&credentials["access_key_id"]),
            text(&credentials["access_key_secret"]),
        )
        .with_security_token(text(&credentials["security_token"])),
        timestamp: text(&vector["fixed"]["timestamp"]),
        method: text(&expected["method"]),
        target: format!("{}{mark}{query}", text(&expected["path"])),
        headers: headers(&expected["headers"]),
        body: text(&expected["body"]),
        subset_authorization: None,
    })
}
