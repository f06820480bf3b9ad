//! Which host a call goes to, and which texts are no endpoint.

use std::borrow::Cow::Borrowed;

use super::host::is_near;
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
