//! Overlays: what people know beyond an imported file, merged into it before anything is read.
//!
//! `<Operation>.overlay.yaml` lies beside `<Operation>.yaml`, and `service.overlay.yaml` beside `service.yaml`. Merging works
//! on the YAML trees, so every key and value keeps the place it was written at, whichever file that is. Mappings merge key
//! by key; a scalar or a list replaces what was there. An overlay describes what the metadata has: an entry for a parameter
//! or field that is no longer there is reported, because the knowledge in it has come loose.

mod codes;
mod find;
mod plain;
mod schema;

use std::collections::HashMap;

use self::plain::{Entries, entry, mapping, set};
use super::lower::Lower;
use super::yaml::{Node, Value};
use super::{File, tree};
use crate::diagnostic::{catalogue, did_you_mean};
use crate::spec::{Span, Spanned};

/// What the stem of an overlay ends with.
const ENDING: &str = ".overlay";

/// The overlays of a folder, by the stem of the file each belongs to.
pub(super) struct Overlays {
    by_stem: HashMap<String, File>,
}

impl Overlays {
    /// Takes the overlays out of the files of a folder.
    pub(super) fn split(files: Vec<File>) -> (Self, Vec<File>) {
        let mut by_stem = HashMap::new();
        let mut rest = Vec::with_capacity(files.len());
        for file in files {
            match file.stem.strip_suffix(ENDING).map(str::to_owned) {
                Some(stem) => drop(by_stem.insert(stem, file)),
                None => rest.push(file),
            }
        }
        (Self { by_stem }, rest)
    }

    /// Merges the overlay of a file, if there is one, into what the file says.
    pub(super) fn apply(
        &mut self,
        lower: &mut Lower<'_>,
        file: &File,
        node: Option<Node>,
    ) -> Option<Node> {
        let Some(overlay) = self.by_stem.remove(&file.stem) else {
            return node;
        };
        if !super::is_imported(lower.text_of(file.id)) {
            let message = format!(
                "\"{0}.yaml\" is written by hand and takes no overlay; write this there and remove the overlay",
                file.stem
            );
            lower.report(
                catalogue::OVERLAY_BY_HAND,
                Span::start_of(overlay.id),
                message,
            );
            return node;
        }
        let written = tree(
            lower,
            &overlay,
            "write what is known beyond the metadata, or remove it",
        );
        let (Some(mut node), Some(written)) = (node, written) else {
            return None;
        };
        let mut merge = Merge { lower };
        match file.stem.as_str() {
            "service" => merge.service(&mut node, written),
            _ => merge.operation(&mut node, written),
        }
        Some(node)
    }

    /// Reports the overlays that belong to no file.
    pub(super) fn finish(self, lower: &mut Lower<'_>, stems: &[String]) {
        let mut alone: Vec<(String, File)> = self.by_stem.into_iter().collect();
        alone.sort_by_key(|(_, file)| file.id);
        for (stem, file) in alone {
            let close = match did_you_mean(&stem, stems.iter().map(String::as_str)) {
                close if close.is_empty() => {
                    "; rename it, or remove it if the operation is gone".to_owned()
                }
                close => close,
            };
            let message =
                format!("overlay of nothing: there is no \"{stem}.yaml\" beside it{close}");
            lower.report(
                catalogue::OVERLAY_OF_NOTHING,
                Span::start_of(file.id),
                message,
            );
        }
    }
}

/// Merging, with the place to report to.
struct Merge<'l, 'a> {
    lower: &'l mut Lower<'a>,
}

impl Merge<'_, '_> {
    fn operation(&mut self, base: &mut Node, overlay: Node) {
        for (key, node) in self.entries("an overlay", overlay) {
            let Some(known) = entry(base, &key.value) else {
                self.add(base, key, node);
                continue;
            };
            match key.value.as_str() {
                "parameters" => self.members(known, node, "parameter"),
                "response_headers" => self.members(known, node, "header"),
                "other_responses" => self.named(known, node, "response"),
                "response" => self.schema(known, node),
                "errors" => self.codes(known, node),
                // Pages and tokens have different keys.
                "pagination" if has(&node, "style") => *known = node,
                _ => plain::merge(known, node),
            }
        }
    }

    fn service(&mut self, base: &mut Node, overlay: Node) {
        for (key, node) in self.entries("an overlay", overlay) {
            let Some(known) = entry(base, &key.value) else {
                set(base, key, node);
                continue;
            };
            match key.value.as_str() {
                "schemas" => self.named(known, node, "schema"),
                "errors" => self.codes(known, node),
                "enums" => self.enums(known, node),
                _ => plain::merge(known, node),
            }
        }
    }

    /// Adds a key that the base does not have: fine, unless what it holds are names that should be there.
    fn add(&mut self, base: &mut Node, key: Spanned<String>, node: Node) {
        let noun = match key.value.as_str() {
            "parameters" => "parameter",
            "response_headers" => "header",
            _ => return set(base, key, node),
        };
        let mut nothing = Node {
            span: key.span,
            value: Value::Mapping(Vec::new()),
        };
        self.members(&mut nothing, node, noun);
    }

    /// Merges shared enums, whose values merge like those on the spot.
    fn enums(&mut self, base: &mut Node, overlay: Node) {
        for (key, node) in self.entries("\"enums\"", overlay) {
            let Some(known) = entry(base, &key.value) else {
                set(base, key, node);
                continue;
            };
            for (key, node) in self.entries("an enum", node) {
                match entry(known, &key.value) {
                    Some(values) if key.value == "values" => codes::merge_values(values, node),
                    Some(known) => plain::merge(known, node),
                    None => set(known, key, node),
                }
            }
        }
    }

    /// The entries of an overlay's mapping, each key once.
    fn entries(&mut self, what: &str, node: Node) -> Entries {
        self.lower.mapping(what, "key", node).unwrap_or_default()
    }
}

/// Whether a mapping has a key.
fn has(node: &Node, key: &str) -> bool {
    mapping(node).is_some_and(|entries| entries.iter().any(|(known, _)| known.value == key))
}
