//! Who may ask: pages of this server, and nobody else's.
//!
//! The server listens on loopback, but a browser carries requests of any page there. A page of another origin says so in
//! `Origin` or `Sec-Fetch-Site`; one that was given the name of another host by DNS says so in `Host`.

use hyper::header::{CONTENT_TYPE, HOST, HeaderName, ORIGIN};
use hyper::http::request::Parts;

const SITE: HeaderName = HeaderName::from_static("sec-fetch-site");
const MODE: HeaderName = HeaderName::from_static("sec-fetch-mode");

/// Lets a request pass, or says why not.
pub(super) fn admit(parts: &Parts, port: u16) -> Result<(), String> {
    let header = |name: HeaderName| {
        parts
            .headers
            .get(name)
            .map(|value| value.to_str().unwrap_or("?"))
    };
    let host = header(HOST).unwrap_or_default();
    if !is_own(host, port) || parts.headers.get_all(HOST).iter().count() > 1 {
        return Err("the host is not that of this page".to_owned());
    }
    if let Some(origin) = header(ORIGIN) {
        let own = origin
            .strip_prefix("http://")
            .is_some_and(|host| is_own(host, port));
        if !own {
            return Err("the origin is not that of this page".to_owned());
        }
    }
    // Following a link from elsewhere is welcome; a page elsewhere that loads parts of this one is not.
    let site = header(SITE).unwrap_or("none");
    if !matches!(site, "none" | "same-origin") && header(MODE) != Some("navigate") {
        return Err("another site asks".to_owned());
    }
    if parts.method == hyper::Method::POST {
        let json = header(CONTENT_TYPE).and_then(|it| it.split(';').next());
        if json.map(str::trim) != Some("application/json") {
            return Err("the content type has to be application/json".to_owned());
        }
    }
    Ok(())
}

fn is_own(host: &str, port: u16) -> bool {
    let name = host.strip_suffix(&format!(":{port}"));
    matches!(name, Some("127.0.0.1" | "localhost"))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn asked(method: &str, headers: &[(&str, &str)]) -> Result<(), String> {
        let request = hyper::Request::builder().method(method).uri("/");
        let request = headers.iter().fold(request, |request, (name, value)| {
            request.header(*name, *value)
        });
        admit(&request.body(()).unwrap().into_parts().0, 8080)
    }

    #[test]
    fn own_pages_pass() {
        assert_eq!(asked("GET", &[("host", "127.0.0.1:8080")]), Ok(()));
        assert_eq!(asked("GET", &[("host", "localhost:8080")]), Ok(()));
        let own = [
            ("host", "127.0.0.1:8080"),
            ("origin", "http://127.0.0.1:8080"),
            ("sec-fetch-site", "same-origin"),
            ("content-type", "application/json"),
        ];
        assert_eq!(asked("POST", &own), Ok(()));
    }

    #[test]
    fn other_hosts_and_origins_do_not() {
        for host in [
            "evil.example:8080",
            "127.0.0.1",
            "127.0.0.1:80",
            "127.0.0.1.evil.example:8080",
            "",
        ] {
            assert!(asked("GET", &[("host", host)]).is_err(), "{host}");
        }
        assert!(asked("GET", &[]).is_err());
        for origin in [
            "http://evil.example",
            "null",
            "https://127.0.0.1:8080",
            "http://127.0.0.1:8081",
        ] {
            let headers = [("host", "127.0.0.1:8080"), ("origin", origin)];
            assert!(asked("GET", &headers).is_err(), "{origin}");
        }
        let twice = [("host", "127.0.0.1:8080"), ("host", "evil.example")];
        assert!(asked("GET", &twice).is_err());
    }

    #[test]
    fn other_sites_may_link_and_not_load() {
        let link = [
            ("host", "127.0.0.1:8080"),
            ("sec-fetch-site", "cross-site"),
            ("sec-fetch-mode", "navigate"),
        ];
        assert_eq!(asked("GET", &link), Ok(()));
        let load = [
            ("host", "127.0.0.1:8080"),
            ("sec-fetch-site", "cross-site"),
            ("sec-fetch-mode", "no-cors"),
        ];
        assert!(asked("GET", &load).is_err());
    }

    #[test]
    fn forms_of_other_pages_cannot_post() {
        let form = [
            ("host", "127.0.0.1:8080"),
            ("content-type", "application/x-www-form-urlencoded"),
        ];
        assert!(asked("POST", &form).is_err());
    }
}
