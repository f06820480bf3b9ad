//! The vector file.

use std::time::SystemTime;

use alicloud::Credentials;
use serde_json::{Map, Value};

/// A request an official client made.
pub(crate) struct Vector(Value);

/// The vectors of one signature: `v3` or `v1`.
pub(crate) fn vectors(signature: &str) -> Vec<Vector> {
    let file: Value = serde_json::from_str(include_str!("../../data/vectors.json")).unwrap();
    file[signature]
        .as_array()
        .unwrap()
        .iter()
        .cloned()
        .map(Vector)
        .collect()
}

impl Vector {
    /// A text of the vector, by JSON pointer.
    pub(crate) fn text(&self, pointer: &str) -> &str {
        self.0
            .pointer(pointer)
            .and_then(Value::as_str)
            .unwrap_or_else(|| panic!("{pointer} in {}", self.0["name"]))
    }

    /// A text that may be null.
    pub(crate) fn optional(&self, pointer: &str) -> Option<&str> {
        self.0.pointer(pointer).and_then(Value::as_str)
    }

    /// An object of the vector.
    pub(crate) fn object(&self, name: &str) -> &Map<String, Value> {
        self.0[name].as_object().unwrap()
    }

    /// Name and value pairs of the vector, by JSON pointer, sorted.
    pub(crate) fn pairs(&self, pointer: &str) -> Vec<(String, String)> {
        let list = self.0.pointer(pointer).and_then(Value::as_array).unwrap();
        let mut pairs: Vec<_> = list
            .iter()
            .map(|pair| {
                (
                    pair[0].as_str().unwrap().to_owned(),
                    pair[1].as_str().unwrap().to_owned(),
                )
            })
            .collect();
        pairs.sort();
        pairs
    }

    /// Who signed.
    pub(crate) fn credentials(&self) -> Credentials {
        Credentials::new(
            self.text("/credentials/access_key_id"),
            self.text("/credentials/access_key_secret"),
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
