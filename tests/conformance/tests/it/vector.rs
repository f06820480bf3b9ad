//! Recorded requests, and where they are read from.

use std::sync::LazyLock;
use std::time::SystemTime;

use alicloud::Credentials;
use serde_json::{Map, Value};

use crate::wire::Pairs;

/// A request an official client made.
pub(crate) struct Vector(Value);

/// The vectors of one signature, `v3` or `v1`, that the typed setters are held to.
pub(crate) fn typed(signature: &str) -> Vec<Vector> {
    list(include_str!("../../data/typed.json"), signature)
}

fn list(file: &str, name: &str) -> Vec<Vector> {
    let mut file: Value = serde_json::from_str(file).unwrap();
    match file[name].take() {
        Value::Array(vectors) => vectors.into_iter().map(Vector).collect(),
        other => panic!("{name}: {other}"),
    }
}

impl Vector {
    /// A text of the vector, by JSON pointer.
    pub(crate) fn text(&self, pointer: &str) -> &str {
        self.optional(pointer)
            .unwrap_or_else(|| panic!("{pointer} in {}", self.0["name"]))
    }

    /// A text that may be absent.
    pub(crate) fn optional(&self, pointer: &str) -> Option<&str> {
        self.0.pointer(pointer).and_then(Value::as_str)
    }

    /// An object of the vector; empty when there is none.
    pub(crate) fn object(&self, pointer: &str) -> &Map<String, Value> {
        static EMPTY: LazyLock<Map<String, Value>> = LazyLock::new(Map::new);
        let found = self.0.pointer(pointer).and_then(Value::as_object);
        found.unwrap_or_else(|| &EMPTY)
    }

    /// Name and value pairs of the vector, by JSON pointer, sorted; none when there are none.
    pub(crate) fn pairs(&self, pointer: &str) -> Pairs {
        let list = self.0.pointer(pointer).and_then(Value::as_array);
        let text = |value: &Value| value.as_str().unwrap().to_owned();
        let mut pairs: Vec<_> = list
            .into_iter()
            .flatten()
            .map(|pair| (text(&pair[0]), text(&pair[1])))
            .collect();
        pairs.sort();
        pairs
    }

    /// Who made the request.
    pub(crate) fn credentials(&self) -> Credentials {
        if let Some(token) = self.optional("/credentials/bearer_token") {
            return Credentials::bearer(token);
        }
        Credentials::new(
            self.optional("/credentials/access_key_id").unwrap_or("id"),
            self.optional("/credentials/access_key_secret")
                .unwrap_or("secret"),
        )
        .with_security_token(
            self.optional("/credentials/security_token")
                .unwrap_or_default(),
        )
    }

    /// When it was signed.
    pub(crate) fn time(&self) -> SystemTime {
        alicloud::time::parse_timestamp(self.text("/fixed/timestamp")).unwrap()
    }
}
