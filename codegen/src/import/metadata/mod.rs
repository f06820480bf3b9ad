//! The official metadata: one JSON document per product version, read as leniently as it is written.
//!
//! The format has no schema anybody keeps to. Everything is looked up in place and counts as absent when it is not of the
//! kind expected (see `value`), so that no document, however odd, stops an import or brings it down.

pub(super) mod value;

use std::collections::HashMap;

use serde_json::Value;

use self::value::{entries, member, text};
use super::failure::Failure;

/// A document, and what of it is needed everywhere.
pub(super) struct Document {
    /// The product code, such as `Dts`.
    pub(super) product: String,
    /// The version, such as `2020-01-01`.
    pub(super) version: String,
    /// How operations are called.
    pub(super) protocol: Protocol,
    root: Value,
}

/// How operations are called.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Protocol {
    /// By name.
    Rpc,
    /// By path and method.
    Roa,
}

impl Document {
    /// Reads a document; `name` is what messages call the file.
    pub(super) fn parse(name: &str, text: &str) -> Result<Self, Failure> {
        let text_ = text.strip_prefix('\u{feff}').unwrap_or(text);
        let root: Value =
            serde_json::from_str(text_).map_err(|error| Failure::malformed(name, &error))?;
        let info = member(&root, "info");
        let said = |key: &str| {
            info.and_then(|info| self::text(info, key))
                .map(str::to_owned)
        };
        let refuse = |why: String| Failure::refused(name, why);
        let (Some(product), Some(version)) = (said("product"), said("version")) else {
            return Err(refuse("no \"info\" with a \"product\" and a \"version\"; this is not the official metadata of a product version".into()));
        };
        for (what, word) in [("product", &product), ("version", &version)] {
            if !is_folder(word) {
                return Err(refuse(format!(
                    "the {what} {word:?} cannot be the name of a folder"
                )));
            }
        }
        let protocol = protocol(said("style").as_deref(), &version, &root).map_err(refuse)?;
        Ok(Self {
            product,
            version,
            protocol,
            root,
        })
    }

    /// The operations, in official order.
    pub(super) fn operations(&self) -> impl Iterator<Item = (&str, &Value)> {
        entries(&self.root, "apis")
    }

    /// The shared schemas, in the order written.
    pub(super) fn schemas(&self) -> impl Iterator<Item = (&str, &Value)> {
        member(&self.root, "components")
            .into_iter()
            .flat_map(|components| entries(components, "schemas"))
    }

    /// The shared schemas by name.
    pub(super) fn schemas_by_name(&self) -> HashMap<&str, &Value> {
        self.schemas().collect()
    }

    /// The hosts.
    pub(super) fn endpoints(&self) -> impl Iterator<Item = &Value> {
        value::items(&self.root, "endpoints")
    }

    /// The error codes any operation may answer with.
    pub(super) fn errors(&self) -> impl Iterator<Item = &Value> {
        value::items(&self.root, "errorCodes")
    }
}

/// Whether a product or version can be a folder, and with it a Cargo feature.
fn is_folder(name: &str) -> bool {
    let letters = name
        .chars()
        .all(|c| c.is_ascii_alphanumeric() || matches!(c, '-' | '_' | '.'));
    letters && name.starts_with(|c: char| c.is_ascii_alphanumeric()) && name.len() <= 100
}

/// The version from which on functions are called like any other resource.
const FUNCTIONS_AS_RESOURCES: &str = "2023-03-30";

/// The protocol a style stands for, or why there is none.
fn protocol(style: Option<&str>, version: &str, root: &Value) -> Result<Protocol, String> {
    match style {
        Some("RPC") => Ok(Protocol::Rpc),
        Some("FC") if version < FUNCTIONS_AS_RESOURCES => Err(format!(
            "the style \"FC\" before version {FUNCTIONS_AS_RESOURCES} has headers and a signature of its own, which this client does not speak"
        )),
        Some("ROA" | "FC") => Ok(Protocol::Roa),
        // Signed like both of the others: operations that have a path are resources, the rest go by name.
        Some("V3") if has_paths(root) => Ok(Protocol::Roa),
        Some("V3") => Ok(Protocol::Rpc),
        Some(other) => Err(format!(
            "the style {other:?} is a protocol of its own, with its own signature, which this client does not speak"
        )),
        None => Err("\"info\" names no \"style\"; RPC, ROA, V3 or FC is needed".into()),
    }
}

fn has_paths(root: &Value) -> bool {
    entries(root, "apis")
        .any(|(_, operation)| text(operation, "path").is_some_and(|path| path != "/"))
}
