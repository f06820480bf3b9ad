//! Recorded facts, and the files they are in.

use std::fs;
use std::path::Path;

use serde_json::{Map, Value};

use crate::wire::Pairs;

/// One thing an official client did.
#[derive(Clone, Debug)]
pub struct Vector(pub Value);

/// The kinds that vectors name. One that is not among them may mean anything.
const KINDS: [&str; 10] = [
    "flatten",
    "style",
    "json_body",
    "map_to_flat_style",
    "operation",
    "rule",
    "old-rules",
    "old-resolver",
    "signature-only",
    "request",
];

/// What kind of vector it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Kind {
    /// A request signed by `ACS3-HMAC-SHA256` or one of its siblings.
    V3,
    /// An RPC request signed by `HMAC-SHA1`.
    V1Rpc,
    /// A ROA request signed by `HMAC-SHA1`.
    V1Roa,
    /// Input and the query and form made of it.
    Operation,
    /// A value and the text or pairs made of it.
    Serialization,
    /// A text in every encoding.
    Encoding,
    /// A region and its endpoint.
    Endpoint,
    /// Variables and files, and the credentials in them.
    Credentials,
    /// Answers, and the error made of them.
    Errors,
}

/// A vector file.
#[derive(Clone, Debug)]
pub struct VectorFile {
    /// Its name, without the extension.
    pub name: String,
    /// What is in it.
    pub vectors: Vec<Vector>,
}

/// Every `.json` file of a folder, sorted by name.
///
/// # Errors
///
/// When the folder or a file cannot be read, or a file is no list of vectors; the text names it.
pub fn read(folder: &Path) -> Result<Vec<VectorFile>, String> {
    let fail = |error: &dyn std::fmt::Display| format!("{}: {error}", folder.display());
    let mut paths = Vec::new();
    for entry in fs::read_dir(folder).map_err(|error| fail(&error))? {
        let path = entry.map_err(|error| fail(&error))?.path();
        if path.extension().is_some_and(|ending| ending == "json") {
            paths.push(path);
        }
    }
    paths.sort();
    if paths.is_empty() {
        return Err(fail(&"there are no vector files (*.json) in it"));
    }
    paths.iter().map(|path| read_file(path)).collect()
}

fn read_file(path: &Path) -> Result<VectorFile, String> {
    let fail = |error: &dyn std::fmt::Display| format!("{}: {error}", path.display());
    let text = fs::read_to_string(path).map_err(|error| fail(&error))?;
    let mut file: Value = serde_json::from_str(&text).map_err(|error| fail(&error))?;
    let Some(Value::Array(vectors)) = file.get_mut("vectors").map(Value::take) else {
        return Err(fail(&"there is no list \"vectors\" in it"));
    };
    let name = path.file_stem().unwrap_or_default().to_string_lossy();
    Ok(VectorFile {
        name: name.into_owned(),
        vectors: vectors.into_iter().map(Vector).collect(),
    })
}

impl Vector {
    /// Its name.
    #[must_use]
    pub fn name(&self) -> &str {
        self.optional("/name").unwrap_or("(without a name)")
    }

    /// Which kind it is, by what it has; the name of the file does not count.
    pub(crate) fn kind(&self) -> Result<Kind, String> {
        let has = |pointer: &str| self.0.pointer(pointer).is_some();
        let kind = self.optional("/kind");
        if let Some(kind) = kind.filter(|kind| !KINDS.contains(kind)) {
            return Err(format!("the kind {kind} is not known"));
        }
        if has("/server") {
            return Ok(Kind::Errors);
        }
        if has("/expected/v3_canonical_query_value") {
            return Ok(Kind::Encoding);
        }
        if let Some("flatten" | "style" | "json_body" | "map_to_flat_style") = kind {
            return Ok(Kind::Serialization);
        }
        if kind == Some("operation") {
            return Ok(Kind::Operation);
        }
        if has("/endpoint_map")
            || matches!(kind, Some("rule" | "old-rules" | "old-resolver"))
            || has("/network")
        {
            return Ok(Kind::Endpoint);
        }
        if self.name().starts_with("credentials/") || has("/env") || has("/config") {
            return Ok(Kind::Credentials);
        }
        if self
            .optional("/signature_algorithm")
            .is_some_and(|name| name.starts_with("ACS3"))
        {
            return Ok(Kind::V3);
        }
        match (has("/expected/signature"), self.optional("/style")) {
            (true, Some("ROA")) => Ok(Kind::V1Roa),
            (true, _) => Ok(Kind::V1Rpc),
            _ => Err("it is of no kind this program knows".into()),
        }
    }

    /// Any part of the vector, by JSON pointer; nothing for null.
    pub(crate) fn value(&self, pointer: &str) -> Option<&Value> {
        self.0.pointer(pointer).filter(|value| !value.is_null())
    }

    /// A text of the vector, by JSON pointer.
    pub(crate) fn text(&self, pointer: &str) -> Result<&str, String> {
        let found = self.optional(pointer);
        found.ok_or_else(|| format!("the vector has no text at {pointer}"))
    }

    /// A text that may be absent.
    pub(crate) fn optional(&self, pointer: &str) -> Option<&str> {
        self.0.pointer(pointer).and_then(Value::as_str)
    }

    /// An object of the vector; empty when there is none.
    pub(crate) fn object(&self, pointer: &str) -> &Map<String, Value> {
        static EMPTY: std::sync::LazyLock<Map<String, Value>> = std::sync::LazyLock::new(Map::new);
        let found = self.0.pointer(pointer).and_then(Value::as_object);
        found.unwrap_or_else(|| &EMPTY)
    }

    /// Whether a list of the vector holds that text.
    pub(crate) fn lists(&self, pointer: &str, text: &str) -> bool {
        let list = self.0.pointer(pointer).and_then(Value::as_array);
        list.is_some_and(|list| list.iter().any(|item| item == text))
    }

    /// Name and value pairs of the vector, sorted; none when there are none.
    pub(crate) fn pairs(&self, pointer: &str) -> Pairs {
        let list = self.0.pointer(pointer).and_then(Value::as_array);
        let mut pairs: Pairs = list
            .into_iter()
            .flatten()
            .filter_map(|pair| {
                let text = |at: usize| Some(pair.get(at)?.as_str()?.to_owned());
                Some((text(0)?, text(1)?))
            })
            .collect();
        pairs.sort();
        pairs
    }

    /// The pairs of query and form together, sorted.
    pub(crate) fn all_pairs(&self) -> Pairs {
        let mut pairs = self.pairs("/expected/query");
        pairs.extend(self.pairs("/expected/form"));
        pairs.sort();
        pairs
    }
}
