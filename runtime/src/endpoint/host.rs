//! Hosts: what is the name or the address of one, and which of them are this machine or as good as that.

use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};

/// Whether a text is a host.
pub(super) fn is_host(text: &str) -> bool {
    authority(text).is_ok()
}

/// What is wrong with a host and its port, if anything is. Returns the host alone, without brackets.
pub(super) fn authority(text: &str) -> Result<&str, &'static str> {
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
pub(super) fn is_local(host: &str) -> bool {
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
