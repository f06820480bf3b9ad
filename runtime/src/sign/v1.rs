//! `HMAC-SHA1` with `SignatureVersion=1.0`: the parameters themselves are signed, common ones included, wherever they
//! travel.
//!
//! ```text
//! canonical    = encoded name "=" encoded value, joined with "&", sorted by name, without Signature
//! StringToSign = METHOD "&" "%2F" "&" encoded canonical
//! Signature    = base64(HMAC-SHA1(secret "&", StringToSign))
//! ```

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use hmac::{Hmac, KeyInit as _, Mac as _};
use sha1::Sha1;

use crate::encode::{Pair, push_percent_twice};

/// The method's name, in the parameter `SignatureMethod`.
pub const METHOD: &str = "HMAC-SHA1";

/// The version, in the parameter `SignatureVersion`.
pub const VERSION: &str = "1.0";

/// The string to sign. `pairs` are sorted in place; `Signature` must not be among them.
#[must_use]
pub fn string_to_sign(method: &str, pairs: &mut [Pair<'_>]) -> String {
    pairs.sort_unstable();
    let size: usize = pairs
        .iter()
        .map(|(name, value)| name.len() + value.len() * 2 + 6)
        .sum();
    let mut out = String::with_capacity(method.len() + 5 + size);
    out.push_str(method);
    out.push_str("&%2F&");
    for (at, (name, value)) in pairs.iter().enumerate() {
        if at > 0 {
            out.push_str("%26");
        }
        push_percent_twice(&mut out, name);
        out.push_str("%3D");
        push_percent_twice(&mut out, value);
    }
    out
}

/// The signature of a string to sign, in base64.
#[must_use]
pub fn signature(access_key_secret: &str, string_to_sign: &str) -> String {
    authentication_code(format!("{access_key_secret}&").as_bytes(), string_to_sign)
}

/// The HMAC-SHA1 of a text, in base64.
pub(super) fn authentication_code(key: &[u8], text: &str) -> String {
    // HMAC takes keys of any length; the error type exists for other algorithms of the same trait.
    let Ok(mut mac) = Hmac::<Sha1>::new_from_slice(key) else {
        return String::new();
    };
    mac.update(text.as_bytes());
    STANDARD.encode(mac.finalize().into_bytes())
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The example of the public documentation.
    #[test]
    fn documented_example() {
        let mut pairs: Vec<Pair<'_>> = [
            ("Timestamp", "2016-02-23T12:46:24Z"),
            ("Format", "XML"),
            ("AccessKeyId", "testid"),
            ("Action", "DescribeRegions"),
            ("SignatureMethod", "HMAC-SHA1"),
            ("SignatureNonce", "3ee8c1b8-83d3-44af-a94f-4e0ad82fd6cf"),
            ("Version", "2014-05-26"),
            ("SignatureVersion", "1.0"),
        ]
        .map(|(name, value)| (name.into(), value.into()))
        .into();
        let text = string_to_sign("GET", &mut pairs);
        assert_eq!(
            text,
            "GET&%2F&AccessKeyId%3Dtestid%26Action%3DDescribeRegions%26Format%3DXML%26SignatureMethod%3DHMAC-SHA1%26\
             SignatureNonce%3D3ee8c1b8-83d3-44af-a94f-4e0ad82fd6cf%26SignatureVersion%3D1.0%26\
             Timestamp%3D2016-02-23T12%253A46%253A24Z%26Version%3D2014-05-26"
        );
        assert_eq!(
            signature("testsecret", &text),
            "OLeaidS1JvxuMvnyHOwuJ+uX5qY="
        );
    }
}
