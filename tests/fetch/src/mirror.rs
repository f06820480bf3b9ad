//! Where metadata comes from.

use std::net::IpAddr;
use std::str::FromStr;

use reqwest::Url;

use crate::Wanted;

/// The public address.
pub const OFFICIAL: &str = "https://api.aliyun.com/meta/v1";

/// The root of an address that is laid out as the public one is.
#[derive(Clone, Debug)]
pub struct Mirror(Url);

impl Mirror {
    /// The address of a document.
    ///
    /// The product is sent as it was given: the service does not mind letter case, and a mirror made of files does.
    #[must_use]
    pub fn address(&self, wanted: &Wanted) -> Url {
        let mut address = self.0.clone();
        let path = format!(
            "{}/products/{}/versions/{}/api-docs.json",
            self.0.path().trim_end_matches('/'),
            wanted.product(),
            wanted.version()
        );
        address.set_path(&path);
        address.set_query(Some("language=EN_US"));
        address
    }

    /// Whether it is on this very machine.
    #[must_use]
    pub fn is_loopback(&self) -> bool {
        is_loopback(&self.0)
    }
}

impl FromStr for Mirror {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let url: Url = text.parse().map_err(|error| format!("{error}"))?;
        match url.scheme() {
            "https" => Ok(Self(url)),
            "http" if is_loopback(&url) => Ok(Self(url)),
            "http" => Err("http is for this very machine; use https".into()),
            other => Err(format!("{other} is not spoken; use https")),
        }
    }
}

fn is_loopback(url: &Url) -> bool {
    let host = url.host_str().unwrap_or_default();
    let bare = host.trim_start_matches('[').trim_end_matches(']');
    host == "localhost"
        || bare
            .parse()
            .is_ok_and(|address: IpAddr| address.is_loopback())
}

#[cfg(test)]
mod tests {
    use super::{Mirror, OFFICIAL};

    #[test]
    fn gives_the_address_of_a_document() {
        let wanted = "Dts/2020-01-01".parse().unwrap();
        let address = |root: &str| root.parse::<Mirror>().unwrap().address(&wanted).to_string();
        assert_eq!(
            address(OFFICIAL),
            "https://api.aliyun.com/meta/v1/products/Dts/versions/2020-01-01/api-docs.json?language=EN_US"
        );
        assert_eq!(
            address("http://[::1]:8080/"),
            "http://[::1]:8080/products/Dts/versions/2020-01-01/api-docs.json?language=EN_US"
        );
    }

    #[test]
    fn is_spoken_to_in_clear_on_this_machine_only() {
        for good in [
            "http://127.0.0.1:1",
            "http://127.8.8.8",
            "http://localhost/meta",
            "https://mirror.example.com",
        ] {
            assert!(good.parse::<Mirror>().is_ok(), "{good}");
        }
        for bad in [
            "http://mirror.example.com",
            "http://10.0.0.1",
            "ftp://127.0.0.1",
            "file:///tmp",
            "mirror",
        ] {
            assert!(bad.parse::<Mirror>().is_err(), "{bad}");
        }
    }
}
