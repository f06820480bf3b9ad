//! Endpoints: our resolver with the tables of the recorded clients.
//!
//! A table stands in a vector of its own, with the rule for regions it lacks; other vectors name the client whose table
//! they were resolved by. Those clients know one host for each region, whatever the network, so a table of ours has that
//! host for both networks.

use std::collections::BTreeMap;

use alicloud::client::ServiceClient;
use alicloud::operation::{RegionHosts, Service};
use alicloud::{Config, Endpoint};

use crate::outcome::{Checked, Means, Outcome, ensure_eq};
use crate::vector::Vector;

const PASSED: Outcome = Outcome::Passed(Means::Functions);

/// The tables of the recorded clients, by the name of the client.
#[derive(Debug, Default)]
pub(crate) struct Tables<'v>(BTreeMap<&'v str, &'v Vector>);

impl<'v> Tables<'v> {
    /// The tables that stand among some vectors. Of those of one client the first counts.
    pub(crate) fn of(vectors: impl Iterator<Item = &'v Vector>) -> Self {
        let tables = vectors.filter(|vector| vector.value("/endpoint_map").is_some());
        let named = tables.filter_map(|table| Some((table.optional("/service")?, table)));
        let mut first = BTreeMap::new();
        for (service, table) in named {
            first.entry(service).or_insert(table);
        }
        Self(first)
    }

    /// Resolves what the vector resolves.
    pub(crate) fn check(&self, vector: &Vector) -> Checked {
        match vector.optional("/kind") {
            Some(kind @ ("rule" | "old-rules")) => check_rule(vector, kind == "old-rules"),
            Some("old-resolver") => Ok(Outcome::NotApplicable(
                "tables inside the older client, and a location service it asks",
            )),
            Some(other) => Err(format!("the kind {other} is not known")),
            None if vector.value("/endpoint_map").is_some() => check_map(vector),
            None if vector.optional("/endpoint").is_some() => check_override(vector),
            None => self.check_resolution(vector),
        }
    }

    /// One resolution by the table of a client.
    fn check_resolution(&self, vector: &Vector) -> Checked {
        let service = vector.text("/service")?;
        let Some(table) = self.0.get(service) else {
            return Err(format!("no vector holds the table of {service}"));
        };
        let product = vector.text("/metadata")?;
        let product = product.split('/').next().unwrap_or(product);
        let rule = table.optional("/endpoint_rule") == Some("regional");
        let network = vector.optional("/network").unwrap_or_default();
        let regions = region_hosts(table);
        let mapped = |host: &RegionHosts| Some(host.region.as_ref()) == region(vector);
        if !regions.iter().any(mapped) && !is_ours(network) {
            return Ok(OTHER_NETWORK);
        }
        let service = Service {
            regions: regions.into(),
            ..by_rule(product, rule)?
        };
        resolved(vector, &service, network == "vpc")
    }
}

const OTHER_NETWORK: Outcome =
    Outcome::NotApplicable("a network other than the public one and the VPC: set the endpoint");

/// Whether our resolver knows the network.
fn is_ours(network: &str) -> bool {
    ["", "public", "vpc"].contains(&network)
}

fn region_hosts(table: &Vector) -> Vec<RegionHosts> {
    let hosts = table.object("/endpoint_map").iter();
    let hosts = hosts.filter_map(|(region, host)| {
        let host = host.as_str()?.to_owned();
        Some(RegionHosts {
            region: region.clone().into(),
            public: host.clone().into(),
            vpc: Some(host.into()),
        })
    });
    hosts.collect()
}

/// What our raw client assumes of a product, told whether its hosts are regional.
fn by_rule(product: &str, regional: bool) -> Result<Service, String> {
    let config = Config::builder().build();
    let config = config.map_err(|error| error.to_string())?;
    let raw = ServiceClient::raw(&config, product, "2020-01-01");
    let service = raw.service().clone();
    Ok(if regional {
        Service {
            central: None,
            ..service
        }
    } else {
        let host = product.to_lowercase();
        Service {
            fallback: None,
            vpc: Some(format!("{host}-vpc.aliyuncs.com").into()),
            ..service
        }
    })
}

/// The rule for products without a table. The newer clients ignore a suffix, to the older ones it is a part of the name.
fn check_rule(vector: &Vector, with_suffix: bool) -> Checked {
    let product = vector.text("/product")?;
    if product.is_empty() {
        return Ok(Outcome::NotApplicable("a product without a name"));
    }
    let suffix = vector
        .optional("/suffix")
        .filter(|suffix| with_suffix && !suffix.is_empty());
    let product = match suffix {
        Some(suffix) => format!("{product}-{suffix}"),
        None => product.to_owned(),
    };
    let network = vector.optional("/network").unwrap_or_default();
    // Whatever the network, there is no host without a region.
    if !is_ours(network) && vector.optional("/expected/endpoint").is_some() {
        return Ok(OTHER_NETWORK);
    }
    let rule = ["/endpoint_type", "/endpoint_rule", "/endpoint_regional"];
    let rule = rule.iter().find_map(|name| vector.optional(name));
    resolved(
        vector,
        &by_rule(&product, rule == Some("regional"))?,
        network == "vpc",
    )
}

/// A whole table, region by region, and a region that is not in it.
fn check_map(vector: &Vector) -> Checked {
    let regional = vector.optional("/endpoint_rule") == Some("regional");
    let service = Service {
        regions: region_hosts(vector).into(),
        ..by_rule("Product", regional)?
    };
    let host = |region: &str| {
        let ours = Endpoint::of(&service, Some(region), false);
        ours.map(|endpoint| endpoint.host().to_owned())
    };
    for (region, expected) in vector.object("/endpoint_map") {
        ensure_eq!(
            host(region).as_deref(),
            expected.as_str(),
            "host of {region}"
        );
    }
    let expected = if regional {
        "product.cn-made-up.aliyuncs.com"
    } else {
        "product.aliyuncs.com"
    };
    ensure_eq!(
        host("cn-made-up").as_deref(),
        Some(expected),
        "host of a region not listed"
    );
    Ok(PASSED)
}

/// An endpoint set by hand: everything else is ignored.
fn check_override(vector: &Vector) -> Checked {
    let config = Config::builder()
        .region(region(vector).unwrap_or_default())
        .endpoint(vector.text("/endpoint")?)
        .vpc(vector.optional("/network") == Some("vpc"))
        .build()
        .map_err(|error| error.to_string())?;
    let ours = config.endpoint().map(Endpoint::host);
    ensure_eq!(ours, vector.optional("/expected/endpoint"), "host");
    Ok(PASSED)
}

fn region(vector: &Vector) -> Option<&str> {
    let region = vector.optional("/region_id");
    region.filter(|region| !region.is_empty())
}

/// What was resolved to an exception is resolved to nothing.
fn resolved(vector: &Vector, service: &Service, vpc: bool) -> Checked {
    let ours = Endpoint::of(service, region(vector), vpc);
    let ours = ours.as_ref().map(Endpoint::host);
    ensure_eq!(ours, vector.optional("/expected/endpoint"), "host");
    Ok(PASSED)
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn of_two_tables_of_one_client_the_first_counts() {
        let [first, second] = ["a.example", "b.example"]
            .map(|host| Vector(json!({"service": "ram", "endpoint_map": {"cn-beijing": host}})));
        let tables = Tables::of([&first, &second].into_iter());
        let hosts = region_hosts(tables.0["ram"]);
        assert_eq!(hosts[0].public, "a.example");
    }
}
