//! Endpoints: which host a call goes to.
//!
//! An endpoint set by hand wins; then the table of the spec, by region and network; then the spec's pattern; then the
//! central host. No request is ever made to find out.

mod host;

pub(crate) use self::host::METADATA;
#[cfg(feature = "reqwest")]
pub(crate) use self::host::is_near;

use std::fmt;
use std::str::FromStr;

use self::host::{authority, is_host, is_local};
use crate::operation::Service;
use crate::redact::REDACTED;

/// A scheme and a host, with a port when it is not the scheme's own.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Endpoint {
    secure: bool,
    /// Whether the host is this machine.
    local: bool,
    /// Whether the host can be one. A region given by hand may make it something else.
    valid: bool,
    /// In lower case.
    host: String,
}

/// Why a text is no endpoint. User names, passwords and queries in it are not repeated.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct InvalidEndpoint {
    /// The text, without what may be secret in it.
    shown: String,
    why: &'static str,
}

impl InvalidEndpoint {
    fn new(text: &str, why: &'static str) -> Self {
        let shown = shown(text);
        Self { shown, why }
    }
}

/// An address without user, password and query.
fn shown(text: &str) -> String {
    // A password may hold any sign: everything before the last `@` goes.
    let (mark, host) = match text.rsplit_once('@') {
        None => (String::new(), text),
        Some((before, host)) => {
            let schemes = ["https://", "http://"];
            let scheme = schemes
                .into_iter()
                .find(|scheme| before.starts_with(scheme));
            (format!("{}{REDACTED}@", scheme.unwrap_or_default()), host)
        }
    };
    let host = host.split(['?', '#']).next().unwrap_or_default();
    format!("{mark}{host}")
}

/// An address as it was given, before anybody knows whether it is an endpoint.
#[derive(Clone, PartialEq, Eq)]
pub(crate) struct Address(String);

impl Address {
    pub(crate) fn as_str(&self) -> &str {
        &self.0
    }
}

impl<T: Into<String>> From<T> for Address {
    fn from(text: T) -> Self {
        Self(text.into())
    }
}

impl fmt::Debug for Address {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        shown(&self.0).fmt(f)
    }
}

impl fmt::Display for InvalidEndpoint {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            f,
            "invalid endpoint {:?}: {}; expected a host such as dts.aliyuncs.com, with http:// or https:// before it and a \
             port after it where they are not the usual ones",
            self.shown, self.why
        )
    }
}

impl std::error::Error for InvalidEndpoint {}

impl Endpoint {
    /// `https` or `http`.
    #[must_use]
    pub fn scheme(&self) -> &'static str {
        if self.secure { "https" } else { "http" }
    }

    /// The host, with its port when it is not the scheme's own.
    #[must_use]
    pub fn host(&self) -> &str {
        &self.host
    }

    /// Whether nobody on the way can read along: https, or this very machine.
    #[must_use]
    pub fn is_trusted(&self) -> bool {
        self.secure || self.local
    }

    /// The endpoint of a service in a region, as its spec has it.
    #[must_use]
    pub fn of(service: &Service, region: Option<&str>, vpc: bool) -> Option<Self> {
        let pattern = |pattern: &Option<_>| {
            let pattern: &std::borrow::Cow<'static, str> = pattern.as_ref()?;
            Some(pattern.replace("{region}", region?))
        };
        let listed = service
            .regions
            .iter()
            .find(|hosts| Some(hosts.region.as_ref()) == region);
        let host = if vpc {
            listed
                .and_then(|hosts| hosts.vpc.as_ref().map(ToString::to_string))
                .or_else(|| pattern(&service.vpc))
        } else {
            listed
                .map(|hosts| hosts.public.to_string())
                .or_else(|| pattern(&service.fallback))
                .or_else(|| service.central.as_ref().map(ToString::to_string))
        };
        host.map(|mut host| {
            host.make_ascii_lowercase();
            Self {
                secure: true,
                local: false,
                valid: is_host(&host),
                host,
            }
        })
    }

    /// Whether requests can be sent there.
    pub(crate) fn is_valid(&self) -> bool {
        self.valid
    }
}

impl FromStr for Endpoint {
    type Err = InvalidEndpoint;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let invalid = |why| InvalidEndpoint::new(text, why);
        let (scheme, rest) = match text.split_once("://") {
            Some((scheme, rest)) => (Some(scheme.to_ascii_lowercase()), rest),
            None => (None, text),
        };
        let secure = match scheme.as_deref() {
            Some("https") | None => true,
            Some("http") => false,
            Some(_) => return Err(invalid("the scheme is neither http nor https")),
        };
        if rest.contains('@') {
            return Err(invalid(
                "it holds a user name; credentials are set elsewhere",
            ));
        }
        let host = rest.strip_suffix('/').unwrap_or(rest);
        if host.contains(['/', '\\', '?', '#']) {
            return Err(invalid("it holds more than a host and a port"));
        }
        let host = host.to_ascii_lowercase();
        let bare = authority(&host).map_err(invalid)?;
        if scheme.is_none() && bare == host && !bare.contains('.') && !is_local(bare) {
            return Err(invalid(
                "a name of one word needs its scheme, such as http://gateway",
            ));
        }
        let local = is_local(bare);
        let default_port = if secure { ":443" } else { ":80" };
        Ok(Self {
            secure,
            local,
            valid: true,
            host: host.strip_suffix(default_port).unwrap_or(&host).to_owned(),
        })
    }
}

impl fmt::Display for Endpoint {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}://{}", self.scheme(), self.host)
    }
}

#[cfg(test)]
mod tests;
