//! Endpoints: the hosts a service is reached at.

use super::cursor::{Cursor, Entry};
use super::grammar;
use super::{Lower, Node, Spanned, Value};
use crate::diagnostic::catalogue;
use crate::spec::{Endpoints, RegionHosts};

/// Reads `endpoints:`.
pub(super) fn endpoints(lower: &mut Lower<'_>, entry: Option<Entry>) -> Endpoints {
    let open = |entry: Entry| {
        Cursor::open(
            lower,
            &grammar::ENDPOINTS,
            "\"endpoints\"",
            entry.key,
            entry.node,
        )
    };
    let Some(mut map) = entry.and_then(open) else {
        return Endpoints::default();
    };
    let endpoints = Endpoints {
        central: host(lower, map.take("central")),
        fallback: pattern(lower, map.take("fallback")),
        vpc: pattern(lower, map.take("vpc")),
        regions: regions(lower, map.take("regions")),
    };
    map.finish(lower);
    endpoints
}

fn host(lower: &mut Lower<'_>, entry: Option<Entry>) -> Option<String> {
    Some(lower.text(entry)?.value)
}

/// A host name with the region left open.
fn pattern(lower: &mut Lower<'_>, entry: Option<Entry>) -> Option<String> {
    let name = entry.as_ref()?.name;
    let host = lower.text(entry)?;
    if !host.value.contains("{region}") {
        lower.report(
            catalogue::ENDPOINT_WITHOUT_REGION,
            host.span,
            format!("\"{name}\" must have {{region}} in it, where the region goes"),
        );
    }
    Some(host.value)
}

fn regions(lower: &mut Lower<'_>, entry: Option<Entry>) -> Vec<RegionHosts> {
    let Some(entry) = entry else {
        return Vec::new();
    };
    let entries = lower
        .mapping("\"regions\"", "key", entry.node)
        .unwrap_or_default();
    let read = |(region, node)| hosts(lower, region, node);
    entries.into_iter().filter_map(read).collect()
}

/// The hosts of a region: one name, or one for each network.
fn hosts(lower: &mut Lower<'_>, region: Spanned<String>, node: Node) -> Option<RegionHosts> {
    let what = format!("region \"{}\"", region.value);
    if let Value::Scalar { .. } = node.value {
        let public = lower.item(&what, node)?.value;
        return Some(RegionHosts {
            region,
            public,
            vpc: None,
        });
    }
    let mut map = Cursor::open(lower, &grammar::REGION, &what, region.span, node)?;
    let public = map.require(lower, "public", "give the host on the public network");
    let public = host(lower, public);
    let vpc = host(lower, map.take("vpc"));
    map.finish(lower);
    Some(RegionHosts {
        region,
        public: public?,
        vpc,
    })
}
