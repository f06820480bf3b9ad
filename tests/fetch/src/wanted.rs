//! What is to be downloaded: a product version, as people write it.

use std::fmt;
use std::str::FromStr;

/// A product version, such as `Dts/2020-01-01`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Wanted {
    product: String,
    version: String,
}

impl Wanted {
    /// The code of the product, spelled as it was given.
    #[must_use]
    pub fn product(&self) -> &str {
        &self.product
    }

    /// The version.
    #[must_use]
    pub fn version(&self) -> &str {
        &self.version
    }

    /// Whether a document about that product and version is what was wanted. Letter case means nothing.
    #[must_use]
    pub fn is(&self, product: &str, version: &str) -> bool {
        self.product.eq_ignore_ascii_case(product) && self.version.eq_ignore_ascii_case(version)
    }
}

impl fmt::Display for Wanted {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}/{}", self.product, self.version)
    }
}

impl FromStr for Wanted {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let parts = text.split_once('/');
        let good = parts.filter(|(product, version)| is_name(product) && is_name(version));
        let (product, version) = good.ok_or("write PRODUCT/VERSION, such as Dts/2020-01-01")?;
        Ok(Self {
            product: product.to_owned(),
            version: version.to_owned(),
        })
    }
}

/// Whether a text can be a part of an address and of a path without being quoted, and leads nowhere else.
fn is_name(text: &str) -> bool {
    let plain = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_' | b'.');
    text.bytes().all(plain) && text.starts_with(|first: char| first.is_ascii_alphanumeric())
}

#[cfg(test)]
mod tests {
    use super::Wanted;

    #[test]
    fn is_a_product_and_a_version() {
        let wanted: Wanted = "dataworks-public/2020-05-18".parse().unwrap();
        assert_eq!(
            (wanted.product(), wanted.version()),
            ("dataworks-public", "2020-05-18")
        );
        assert!(wanted.is("DataWorks-Public", "2020-05-18"));
        assert!(!wanted.is("dataworks-public", "2024-05-18"));
        for bad in [
            "Dts", "Dts/", "/1", "Dts/1/2", "../up/1", "Dts/..", "a b/1", "Dts/1?x", "描述/1",
        ] {
            assert!(bad.parse::<Wanted>().is_err(), "{bad}");
        }
    }
}
