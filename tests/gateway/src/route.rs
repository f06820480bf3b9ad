//! Routing: which operation a request is for.
//!
//! RPC operations are named: by the headers `x-acs-action` and `x-acs-version`, or with a V1 signature by the parameters
//! `Action` and `Version`. ROA operations are found by method and path. Where a name is not enough, because two products
//! use it in the same version, the host name decides, and on loopback the first one is taken.

use alicloud_codegen::spec::Service;

use crate::catalog::{Catalog, Served};
use crate::http::{Request, percent_text};
use crate::refusal::Refusal;
use crate::verify::Scheme;

/// An operation, with the values its path holds.
pub(crate) struct Route<'a> {
    pub(crate) served: Served<'a>,
    pub(crate) path_parameters: Vec<(&'a str, String)>,
}

/// What a request says it is for.
#[derive(Clone, Copy)]
pub(crate) struct Target<'a> {
    pub(crate) scheme: Scheme,
    pub(crate) action: Option<&'a str>,
    pub(crate) version: Option<&'a str>,
}

impl<'a> Target<'a> {
    pub(crate) fn of(request: &'a Request) -> Self {
        let scheme = Scheme::of(request);
        let named = |header: &str, parameter: &str| {
            let (header, parameter) = (request.header(header), request.parameter(parameter));
            // V1 clients send the headers as well, but what they sign are the parameters.
            let named = if scheme == Scheme::V1 {
                parameter
            } else {
                header
            };
            let anywhere = matches!(scheme, Scheme::Unsigned | Scheme::Bearer);
            let unsigned = parameter.filter(|_| anywhere);
            named.or(unsigned).filter(|name| !name.is_empty())
        };
        Self {
            scheme,
            action: named("x-acs-action", "Action"),
            version: named("x-acs-version", "Version"),
        }
    }

    /// The refusal of a request that does not say all of it.
    fn incomplete(&self, header: &str, parameter: &str) -> Refusal {
        match self.scheme {
            Scheme::V1 => Refusal::missing_common(parameter),
            _ => Refusal::incomplete_signature(format!("The header {header} must be sent.")),
        }
    }
}

/// Finds the operation a request is for.
pub(crate) fn route<'a>(
    catalog: &'a Catalog,
    request: &Request,
    target: &Target<'_>,
) -> Result<Route<'a>, Refusal> {
    let Some(action) = target.action else {
        return by_path(catalog, request, target);
    };
    let mut named: Vec<_> = catalog
        .operations()
        .filter(|served| served.spec.name.value == action)
        .collect();
    if named.is_empty() {
        return Err(Refusal::unknown_action(action));
    }
    let version = target.version;
    let version = version.ok_or_else(|| target.incomplete("x-acs-version", "Version"))?;
    named.retain(|served| served.service.version.value == version);
    if named.is_empty() {
        return Err(Refusal::unknown_version(action, version));
    }
    let matching = named
        .into_iter()
        .filter_map(|served| matches(served, request));
    let host = request.header("host").unwrap_or_default();
    preferred(matching.collect(), host).ok_or_else(|| Refusal::unknown_action(action))
}

fn by_path<'a>(
    catalog: &'a Catalog,
    request: &Request,
    target: &Target<'_>,
) -> Result<Route<'a>, Refusal> {
    let version = target.version;
    let in_version =
        |served: &Served<'_>| version.is_none_or(|version| served.service.version.value == version);
    let matching: Vec<_> = catalog
        .operations()
        .filter(|served| served.service.roa && in_version(served))
        .filter_map(|served| matches(served, request))
        .collect();
    let host = request.header("host").unwrap_or_default();
    preferred(matching, host).ok_or_else(|| target.incomplete("x-acs-action", "Action"))
}

/// The route to an operation, if the request can be for it: of an RPC operation the name says all.
fn matches<'a>(served: Served<'a>, request: &Request) -> Option<Route<'a>> {
    let path_parameters = if served.service.roa {
        let descriptor = &served.operation.descriptor;
        let fits = request.method() == descriptor.method.as_str();
        match_path(&served.spec.path.value, request.path()).filter(|_| fits)?
    } else {
        Vec::new()
    };
    Some(Route {
        served,
        path_parameters,
    })
}

/// The values of a template's holes; a hole is a whole segment.
fn match_path<'a>(template: &'a str, path: &str) -> Option<Vec<(&'a str, String)>> {
    let (mut segments, mut values) = (path.split('/'), Vec::new());
    for part in template.split('/') {
        let segment = segments.next()?;
        let hole = part
            .strip_prefix('{')
            .and_then(|part| part.strip_suffix('}'));
        match hole {
            Some(name) => values.push((name, percent_text(segment.as_bytes()))),
            None if part == segment => {}
            None => return None,
        }
    }
    segments.next().is_none().then_some(values)
}

/// The route whose product the host is of, else the one with the fewest holes, else the first.
fn preferred<'a>(mut routes: Vec<Route<'a>>, host: &str) -> Option<Route<'a>> {
    // Stable, so that equals stay in the order of the specs.
    routes.sort_by_key(|route| {
        let foreign = !is_host_of(route.served.service, host);
        (foreign, route.path_parameters.len())
    });
    routes.into_iter().next()
}

/// Whether a host name starts as those of a product do.
fn is_host_of(service: &Service, host: &str) -> bool {
    let label = |host: &str| {
        let first = host.split(['.', ':']).next().unwrap_or_default();
        first.trim_end_matches("-vpc").to_ascii_lowercase()
    };
    let endpoints = &service.endpoints;
    let patterns = [&endpoints.central, &endpoints.fallback, &endpoints.vpc];
    let hosts = patterns
        .into_iter()
        .flatten()
        .chain(endpoints.regions.iter().map(|region| &region.public));
    let mut names = hosts.map(|host| label(host)).chain([
        service.product.value.to_ascii_lowercase(),
        service.folder.clone(),
    ]);
    let wanted = label(host);
    names.any(|name| name == wanted)
}

#[cfg(test)]
mod tests;
