//! Endpoints: a table of hosts by region, and what can be told from it for regions that it lacks.

use std::collections::BTreeMap;

use serde_json::Value;

use super::super::draft::Endpoints;
use super::super::metadata::Document;
use super::super::metadata::value::text;

/// Fewer hosts of one form than this are no pattern.
const FEWEST: usize = 3;

/// The hosts of a document.
pub(super) fn endpoints(document: &Document) -> Endpoints {
    let mut regions: BTreeMap<&str, (&str, Option<&str>)> = BTreeMap::new();
    for entry in document.endpoints() {
        if let (Some(region), Some(host)) = (text(entry, "regionId"), public(entry)) {
            regions
                .entry(region)
                .or_insert((host, host_of(entry, "vpc")));
        }
    }
    let public: Vec<(&str, &str)> = regions
        .iter()
        .map(|(region, (host, _))| (*region, *host))
        .collect();
    let inside: Vec<(&str, &str)> = regions
        .iter()
        .filter_map(|(region, (_, vpc))| Some((*region, (*vpc)?)))
        .collect();
    let vpc = pattern(&inside);
    let is_usual = |region: &str, host: &str| {
        vpc.as_ref()
            .is_some_and(|vpc| vpc.replace(HOLE, region) == host)
    };
    Endpoints {
        central: central(&public),
        fallback: pattern(&public),
        regions: regions
            .iter()
            .map(|(region, (host, vpc))| {
                let vpc = vpc.filter(|vpc| !is_usual(region, vpc));
                (
                    (*region).to_owned(),
                    (*host).to_owned(),
                    vpc.map(str::to_owned),
                )
            })
            .collect(),
        vpc,
    }
}

const HOLE: &str = "{region}";

fn public(entry: &Value) -> Option<&str> {
    host_of(entry, "public").or_else(|| host_of(entry, "endpoint"))
}

/// A host, without a scheme and without the tabs some are written with.
fn host_of<'v>(entry: &'v Value, key: &str) -> Option<&'v str> {
    let host = text(entry, key)?;
    let host = host
        .trim_start_matches("https://")
        .trim_start_matches("http://")
        .trim_end_matches('/');
    (!host.is_empty() && !host.contains(char::is_whitespace)).then_some(host)
}

/// The host that belongs to no region: the one that serves them all, or the most common one without a region in it.
fn central(hosts: &[(&str, &str)]) -> Option<String> {
    let mut counts: BTreeMap<&str, usize> = BTreeMap::new();
    for (_, host) in hosts {
        *counts.entry(host).or_default() += 1;
    }
    if let (Some((host, _)), 1) = (counts.iter().next(), counts.len()) {
        return (hosts.len() > 1).then(|| (*host).to_owned());
    }
    let regionless = counts
        .into_iter()
        .filter(|(host, _)| !hosts.iter().any(|(region, _)| host.contains(region)));
    // Of equally common ones the first in the alphabet.
    let most = regionless.rev().max_by_key(|(_, count)| *count);
    most.map(|(host, _)| host.to_owned())
}

/// The form that most hosts have, with `{region}` where the region is. A guess, and only for regions not in the table.
fn pattern(hosts: &[(&str, &str)]) -> Option<String> {
    let mut counts: BTreeMap<String, usize> = BTreeMap::new();
    for (region, host) in hosts.iter().filter(|(region, host)| host.contains(region)) {
        *counts.entry(host.replacen(region, HOLE, 1)).or_default() += 1;
    }
    let (form, count) = counts.into_iter().rev().max_by_key(|(_, count)| *count)?;
    (count >= FEWEST && count * 2 > hosts.len()).then_some(form)
}
