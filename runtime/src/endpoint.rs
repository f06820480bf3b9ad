//! Endpoints: which host a call goes to.
//!
//! An endpoint set by hand wins; then the table of the spec, by region and network; then the spec's pattern; then the
//! central host. No request is ever made to find out.

use std::fmt;
use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};
use std::str::FromStr;

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

/// Whether a text is a host.
fn is_host(text: &str) -> bool {
    authority(text).is_ok()
}

/// What is wrong with a host and its port, if anything is. Returns the host alone, without brackets.
fn authority(text: &str) -> Result<&str, &'static str> {
    let (host, port) = match text.strip_prefix('[') {
        Some(rest) => {
            let (host, rest) = rest.split_once(']').ok_or("the bracket is not closed")?;
            if host.parse::<Ipv6Addr>().is_err() {
                return Err("an address in brackets is one of IPv6");
            }
            let port = match rest.strip_prefix(':') {
                None if !rest.is_empty() => return Err("something follows the address"),
                port => port,
            };
            (host, port)
        }
        None => {
            let (host, port) = match text.split_once(':') {
                Some((host, port)) => (host, Some(port)),
                None => (text, None),
            };
            name(host)?;
            (host, port)
        }
    };
    let is_port = |port: &str| {
        port.bytes().all(|byte| byte.is_ascii_digit())
            && port.parse::<u16>().is_ok_and(|port| port > 0)
    };
    if port.is_some_and(|port| !is_port(port)) {
        return Err("a port is a number from 1 to 65535");
    }
    Ok(host)
}

/// What is wrong with the name of a host, if anything is.
fn name(host: &str) -> Result<(), &'static str> {
    if host.is_empty() {
        return Err("the host is missing");
    }
    if !host.is_ascii() {
        return Err(
            "a host in another script is written in its ASCII form, which starts with xn--",
        );
    }
    let is_label = |label: &str| {
        let plain = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_');
        !label.is_empty()
            && label.len() <= 63
            && label.bytes().all(plain)
            && !label.starts_with('-')
            && !label.ends_with('-')
    };
    if host.len() > 253 || !host.split('.').all(is_label) {
        return Err("that is no name of a host");
    }
    // Programs take other spellings of numbers for addresses, too, and not all for the same.
    let last = host.rsplit('.').next().unwrap_or_default();
    let number = last.bytes().all(|byte| byte.is_ascii_digit())
        || last.starts_with("0x") && last[2..].bytes().all(|byte| byte.is_ascii_hexdigit());
    if number && host.parse::<Ipv4Addr>().is_err() {
        return Err("that is no address of IPv4");
    }
    Ok(())
}

/// Whether a host, without its port and brackets, is this machine.
pub(crate) fn is_local(host: &str) -> bool {
    host.parse::<IpAddr>()
        .map_or(host == "localhost", |address| {
            address.to_canonical().is_loopback()
        })
}

/// Where every instance finds the metadata service.
pub(crate) const METADATA: Ipv4Addr = Ipv4Addr::new(100, 100, 100, 200);

/// Whether a host, without its port and brackets, can only be meant as it is seen from this machine: the machine itself, or
/// the metadata service of the instance it is. A proxy would reach another one.
#[cfg_attr(
    not(feature = "reqwest"),
    allow(dead_code, reason = "the default transport asks")
)]
pub(crate) fn is_near(host: &str) -> bool {
    match host.parse::<IpAddr>().map(|address| address.to_canonical()) {
        Ok(address) => {
            address.is_loopback() || address.is_unspecified() || address == IpAddr::V4(METADATA)
        }
        Err(_) => {
            let name = host.strip_suffix('.').unwrap_or(host);
            name == "localhost" || name.ends_with(".localhost")
        }
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
mod tests {
    use std::borrow::Cow::Borrowed;

    use super::*;
    use crate::operation::RegionHosts;

    static SERVICE: Service = Service {
        central: Some(Borrowed("dts.aliyuncs.com")),
        fallback: Some(Borrowed("dts.{region}.aliyuncs.com")),
        vpc: Some(Borrowed("dts-vpc.{region}.aliyuncs.com")),
        regions: Borrowed(&[RegionHosts {
            region: Borrowed("cn-shanghai-finance-1"),
            public: Borrowed("dts.cn-hangzhou.aliyuncs.com"),
            vpc: None,
        }]),
        ..Service::EMPTY
    };

    fn host(region: Option<&str>, vpc: bool) -> Option<String> {
        Endpoint::of(&SERVICE, region, vpc).map(|endpoint| endpoint.host)
    }

    #[test]
    fn table_then_pattern_then_central() {
        assert_eq!(
            host(Some("cn-shanghai-finance-1"), false).as_deref(),
            Some("dts.cn-hangzhou.aliyuncs.com")
        );
        assert_eq!(
            host(Some("xx-new-1"), false).as_deref(),
            Some("dts.xx-new-1.aliyuncs.com")
        );
        assert_eq!(host(None, false).as_deref(), Some("dts.aliyuncs.com"));
        assert_eq!(
            host(Some("cn-beijing"), true).as_deref(),
            Some("dts-vpc.cn-beijing.aliyuncs.com")
        );
        assert_eq!(host(None, true), None);
    }

    #[test]
    fn plain_http_is_trusted_on_this_machine_only() {
        let trusted = |text: &str| {
            text.parse::<Endpoint>()
                .map(|endpoint| endpoint.is_trusted())
        };
        for good in [
            "dts.aliyuncs.com",
            "http://127.0.0.1:80",
            "http://127.1.2.3",
            "http://[::1]:8080",
            "http://localhost:1",
        ] {
            assert_eq!(trusted(good), Ok(true), "{good}");
        }
        for bad in [
            "http://dts.aliyuncs.com",
            "http://10.0.0.1",
            "http://127.0.0.1.example.com",
            "http://localhost.example.com",
            "http://[2001:db8::1]:80",
        ] {
            assert_eq!(trusted(bad), Ok(false), "{bad}");
        }
    }

    #[test]
    fn hosts_that_no_proxy_leads_to_are_known_in_every_spelling() {
        for near in [
            "localhost",
            "localhost.",
            "gateway.localhost",
            "127.0.0.1",
            "127.255.1.2",
            "0.0.0.0",
            "::1",
            "::",
            "::ffff:127.0.0.1",
            "::ffff:7f00:1",
            "100.100.100.200",
            "::ffff:100.100.100.200",
        ] {
            assert!(is_near(near), "{near}");
        }
        for far in [
            "",
            "dts.aliyuncs.com",
            "localhost.example.com",
            "notlocalhost",
            "127.0.0.1.example.com",
            "100.100.100.201",
            "100.100.100.200.example.com",
            "10.0.0.1",
            "2001:db8::1",
            "fe80::1",
        ] {
            assert!(!is_near(far), "{far}");
        }
    }

    #[test]
    fn endpoints_are_read_with_and_without_scheme() {
        let read = |text: &str| {
            text.parse::<Endpoint>()
                .map(|endpoint| endpoint.to_string())
        };
        assert_eq!(
            read("dts.aliyuncs.com").as_deref(),
            Ok("https://dts.aliyuncs.com")
        );
        assert_eq!(
            read("http://127.0.0.1:8080/").as_deref(),
            Ok("http://127.0.0.1:8080")
        );
        assert_eq!(read("HTTPS://x.y").as_deref(), Ok("https://x.y"));
        assert_eq!(
            read("http://gateway:18080").as_deref(),
            Ok("http://gateway:18080")
        );
        assert_eq!(read("localhost").as_deref(), Ok("https://localhost"));
        assert_eq!(
            read("https://DTS.aliyuncs.com:443").as_deref(),
            Ok("https://dts.aliyuncs.com")
        );
    }

    #[test]
    fn what_is_no_endpoint_is_refused_without_its_secrets() {
        for bad in [
            "",
            "https://",
            "ftp://x.y",
            "foo",
            "a b.com",
            "x.y/path",
            "x.y?hunter2",
            "x.y#hunter2",
            "x.y\\z",
            "x.y\r\nz",
            " x.y",
            "user:hunter2@x.y",
            "https://user:hunter2@x.y",
            "https://user:p@hunter2@x.y:99999",
            "https://:hunter2@",
            "https://user:hunter2://x@x.y",
            "hunter2://x@x.y",
            "https://user:pass/word@hunter2@x.y/?a=hunter2@x.y?hunter2",
            "http://localhost:99999",
            "http://localhost:0",
            "http://localhost:",
            "http://localhost:+80",
            "https://a:b:c",
            "https://a.b:c",
            "https://:443",
            "https://[::1",
            "https://[::1]x",
            "https://[::1]:x",
            "https://[127.0.0.1]",
            "https://::1",
            "https://.x.y",
            "https://x..y",
            "https://x.y.",
            "https://-x.y",
            "https://x-.y",
            "https://1.2.3",
            "https://1.2.3.256",
            "https://127.1",
            "https://0x7f.0x1",
            "https://2130706433",
            "https://中国.example.com",
            "https://x%2ey.com",
        ] {
            let why = bad.parse::<Endpoint>().expect_err(bad);
            // Nor is it shown before anybody looks at it.
            let shown = format!("{why} {why:?} {:?}", Address::from(bad));
            assert!(!shown.contains("hunter2"), "{shown}");
        }
        let long = format!("https://{}.com", "x".repeat(64));
        assert!(long.parse::<Endpoint>().is_err());
    }
}
