//! Schemas in overlays: any key may be added to one that is there, but none that is not there can be described.

use super::find::{locate, referring, walk};
use super::plain::{entry, mapping, remove, set};
use super::{Merge, codes, find};
use crate::diagnostic::{catalogue, did_you_mean};
use crate::load::yaml::{Node, Value};

/// The keys that say what shape a value has.
const SHAPE: [&str; 4] = ["type", "items", "values", "fields"];

impl Merge<'_, '_> {
    /// Merges a schema.
    pub(super) fn schema(&mut self, base: &mut Node, overlay: Node) {
        if mapping(base).is_none() || mapping(&overlay).is_none() {
            *base = overlay;
            return;
        }
        let entries = self.entries("a schema", overlay);
        // A value is either described or named; what the overlay says of it holds.
        let says = |key: &str| entries.iter().any(|(known, _)| known.value == key);
        if says("ref") {
            remove(base, &SHAPE);
        } else if SHAPE.iter().any(|key| says(key)) {
            remove(base, &["ref"]);
        }
        let word = |node: &Node| match &node.value {
            Value::Scalar { text, .. } => Some(text.clone()),
            _ => None,
        };
        let new = entries.iter().find(|(key, _)| key.value == "type");
        let old = entry(base, "type").and_then(|node| word(node));
        if new.is_some_and(|(_, node)| word(node) != old) {
            // The parts of a list mean nothing to what is one no more.
            remove(base, &SHAPE);
        }
        for (key, node) in entries {
            let Some(known) = entry(base, &key.value) else {
                set(base, key, node);
                continue;
            };
            match key.value.as_str() {
                "fields" => self.members(known, node, "field"),
                "items" | "values" => self.schema(known, node),
                "enum" => codes::merge_values(known, node),
                _ => *known = node,
            }
        }
    }

    /// Merges schemas that have to be there, by name or by path.
    pub(super) fn members(&mut self, base: &mut Node, overlay: Node, noun: &str) {
        for (key, node) in self.entries("an overlay", overlay) {
            let found = locate(base, &key.value).and_then(|steps| walk(base, &steps));
            match found {
                Some(known) => self.schema(known, node),
                None => {
                    let remedy = remedy(base, &key.value);
                    let message = format!(
                        "overlay entry \"{}\" no longer applies: there is no such {noun}{remedy}",
                        key.value
                    );
                    self.lower
                        .report(catalogue::OVERLAY_ENTRY, key.span, message);
                }
            }
        }
    }

    /// Merges schemas that need not be there.
    pub(super) fn named(&mut self, base: &mut Node, overlay: Node, noun: &str) {
        for (key, node) in self.entries(noun, overlay) {
            match entry(base, &key.value) {
                Some(known) => self.schema(known, node),
                None => set(base, key, node),
            }
        }
    }
}

/// What to do about a name that is not there.
fn remedy(base: &Node, path: &str) -> String {
    if let Some((at, schema)) = referring(base, path) {
        return format!(
            "; \"{at}\" is a ref, so describe the schema \"{schema}\" in service.overlay.yaml"
        );
    }
    let all = find::all(base);
    match did_you_mean(path, all.iter().map(String::as_str)) {
        close if close.is_empty() => "; correct or remove it".into(),
        close => close,
    }
}
