//! Recorded requests, and where they are read from.

use std::fs;
use std::path::Path;
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

/// Every vector of a kind, such as `v3_rpc`, where the reference material is at hand.
pub(crate) fn recorded(kind: &str) -> Option<Vec<Vector>> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../shared/vectors");
    let file = fs::read_to_string(folder.join(format!("{kind}.json"))).ok()?;
    Some(list(&file, "vectors"))
}

/// The selection that travels with this package.
pub(crate) fn selected(kind: &str) -> Vec<Vector> {
    list(include_str!("../../data/recorded.json"), kind)
}

fn list(file: &str, name: &str) -> Vec<Vector> {
    let mut file: Value = serde_json::from_str(file).unwrap();
    match file[name].take() {
        Value::Array(vectors) => vectors.into_iter().map(Vector).collect(),
        other => panic!("{name}: {other}"),
    }
}

impl Vector {
    /// Any part of the vector, by JSON pointer.
    pub(crate) fn value(&self, pointer: &str) -> Option<&Value> {
        self.0.pointer(pointer).filter(|value| !value.is_null())
    }

    /// The vector with one text changed, for a check that has to notice.
    pub(crate) fn changed(mut self, pointer: &str) -> Self {
        let text = self.0.pointer_mut(pointer).unwrap();
        *text = Value::String(format!("{}x", text.as_str().unwrap()));
        self
    }

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
