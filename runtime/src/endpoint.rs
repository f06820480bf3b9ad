//! Endpoints: which host a call goes to.
//!
//! An endpoint set by hand wins; then the table of the spec, by region and network; then the spec's pattern; then the
//! central host. No request is ever made to find out.

use std::fmt;
use std::str::FromStr;

use crate::operation::Service;

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

/// Why a text is no endpoint.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct InvalidEndpoint(String);

impl fmt::Display for InvalidEndpoint {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            f,
            "invalid endpoint {:?}: expected a host such as dts.aliyuncs.com, with http:// or https:// before it",
            self.0
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

/// Whether a text can be a host with its port.
fn is_host(text: &str) -> bool {
    let plain = |byte: u8| {
        byte.is_ascii_alphanumeric() || matches!(byte, b'.' | b'-' | b'_' | b':' | b'[' | b']')
    };
    !text.is_empty() && text.bytes().all(plain)
}

/// Whether a host, with its port, is this machine.
fn is_local(host: &str) -> bool {
    let name = match host.strip_prefix('[') {
        Some(rest) => rest.split(']').next().unwrap_or_default(),
        None => host.split(':').next().unwrap_or_default(),
    };
    name.parse::<std::net::IpAddr>()
        .map_or(name == "localhost", |address| address.is_loopback())
}

impl FromStr for Endpoint {
    type Err = InvalidEndpoint;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let (secure, rest) = match text.split_once("://") {
            Some(("https", rest)) => (true, rest),
            Some(("http", rest)) => (false, rest),
            Some(_) => return Err(InvalidEndpoint(text.to_owned())),
            None => (true, text),
        };
        let host = rest.strip_suffix('/').unwrap_or(rest);
        if !is_host(host) {
            return Err(InvalidEndpoint(text.to_owned()));
        }
        let default_port = if secure { ":443" } else { ":80" };
        let host = host
            .strip_suffix(default_port)
            .unwrap_or(host)
            .to_ascii_lowercase();
        Ok(Self {
            secure,
            local: is_local(&host),
            valid: true,
            host,
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
        assert_eq!(read("HTTPS://x").ok(), None);
        assert_eq!(
            read("https://DTS.aliyuncs.com:443").as_deref(),
            Ok("https://dts.aliyuncs.com")
        );
        for bad in [
            "", "https://", "ftp://x", "a b", "x/path", "x?y", "x\r\ny", "user@x",
        ] {
            assert!(read(bad).is_err(), "{bad:?}");
        }
    }
}
