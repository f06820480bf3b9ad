//! Finding what an overlay entry is about: `SourceEndpoint.InstanceType`, `Data.Items.Status`.
//!
//! A path leads through the fields of objects and, without saying so, through the items of lists and the values of maps.
//! Names may have dots in them, so at each level the names there decide how the path is split.

use super::plain::{Entries, mapping};
use crate::load::yaml::{Node, Value};

/// How many paths are looked at for a proposal.
const MAX_PATHS: usize = 2_000;

/// The way to a schema below a mapping of schemas: at each level, which entry.
pub(super) fn locate(base: &Node, path: &str) -> Option<Vec<usize>> {
    let entries = mapping(base)?;
    if let Some(at) = entries.iter().position(|(key, _)| key.value == path) {
        return Some(vec![at]);
    }
    entries.iter().enumerate().find_map(|(at, (key, node))| {
        let rest = path.strip_prefix(key.value.as_str())?.strip_prefix('.')?;
        let mut steps = locate(fields(node)?, rest)?;
        steps.insert(0, at);
        Some(steps)
    })
}

/// Goes the way that was found.
pub(super) fn walk<'n>(base: &'n mut Node, steps: &[usize]) -> Option<&'n mut Node> {
    let (first, rest) = steps.split_first()?;
    let Value::Mapping(entries) = &mut base.value else {
        return None;
    };
    let (_, node) = entries.get_mut(*first)?;
    if rest.is_empty() {
        Some(node)
    } else {
        walk(fields_mut(node)?, rest)
    }
}

/// Every path there is, to propose one of.
pub(super) fn all(base: &Node) -> Vec<String> {
    let mut paths = Vec::new();
    collect(base, "", &mut paths);
    paths
}

fn collect(base: &Node, prefix: &str, paths: &mut Vec<String>) {
    for (key, node) in mapping(base).into_iter().flatten() {
        if paths.len() == MAX_PATHS {
            return;
        }
        let path = format!("{prefix}{}", key.value);
        if let Some(fields) = fields(node) {
            collect(fields, &format!("{path}."), paths);
        }
        paths.push(path);
    }
}

/// The part of a path that leads to a reference, and the schema it names.
pub(super) fn referring<'n>(base: &'n Node, path: &str) -> Option<(String, &'n str)> {
    let cuts = path.match_indices('.').map(|(at, _)| at);
    cuts.rev().find_map(|at| {
        let part = path.get(..at)?;
        let steps = locate(base, part)?;
        let mut node = base;
        for (depth, step) in steps.iter().enumerate() {
            node = &mapping(if depth == 0 { node } else { fields(node)? })?
                .get(*step)?
                .1;
        }
        Some((part.to_owned(), reference(node)?))
    })
}

/// The schema that a node, or what is in it, refers to.
fn reference(node: &Node) -> Option<&str> {
    let entries = mapping(node)?;
    let of = |key: &str| {
        entries
            .iter()
            .find(|(known, _)| known.value == key)
            .map(|(_, node)| node)
    };
    match of("ref").map(|node| &node.value) {
        Some(Value::Scalar { text, .. }) => Some(text),
        _ => reference(of("items").or_else(|| of("values"))?),
    }
}

/// Where the fields of a schema are, or those of what is in it.
fn part(entries: &Entries) -> Option<usize> {
    entries
        .iter()
        .position(|(key, _)| matches!(key.value.as_str(), "fields" | "items" | "values"))
}

fn fields(node: &Node) -> Option<&Node> {
    let entries = mapping(node)?;
    let (key, inner) = entries.get(part(entries)?)?;
    if key.value == "fields" {
        Some(inner)
    } else {
        fields(inner)
    }
}

fn fields_mut(node: &mut Node) -> Option<&mut Node> {
    let Value::Mapping(entries) = &mut node.value else {
        return None;
    };
    let at = part(entries)?;
    let (key, inner) = entries.get_mut(at)?;
    if key.value == "fields" {
        Some(inner)
    } else {
        fields_mut(inner)
    }
}
