//! `HMAC-SHA1` for requests with paths: a few headers, those that start with `x-acs-`, and the path with its query.
//!
//! ```text
//! METHOD \n accept \n content-md5 \n content-type \n date \n     (an absent header leaves its line empty)
//! name:value \n                                                 (each x-acs- header, sorted)
//! path?name=value&name=&name                                    (sorted; values not encoded; names in the path's own query
//!                                                                may have no "=")
//! Signature = base64(HMAC-SHA1(secret, StringToSign))
//! ```

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use md5::{Digest as _, Md5};

use super::v1;
use crate::encode::Pair;

/// The headers that have a line of their own, in the order of the lines.
const LINES: [&str; 4] = ["accept", "content-md5", "content-type", "date"];

/// The value of the header `content-md5`. It is what makes the body part of what is signed.
#[must_use]
pub fn content_md5(body: &[u8]) -> String {
    STANDARD.encode(Md5::digest(body))
}

/// The path with its query, as it is signed. `bare` are names without a value, such as the `acl` of `/clusters?acl`.
#[must_use]
pub fn resource(path: &str, pairs: &[Pair<'_>], bare: &[&str]) -> String {
    let pairs = pairs
        .iter()
        .map(|(name, value)| (name.as_ref(), Some(value.as_ref())));
    let mut all: Vec<_> = bare.iter().map(|name| (*name, None)).chain(pairs).collect();
    all.sort_unstable();
    let mut out = path.to_owned();
    for (at, (name, value)) in all.into_iter().enumerate() {
        out.push(if at == 0 { '?' } else { '&' });
        out.push_str(name);
        if let Some(value) = value {
            out.push('=');
            out.push_str(value);
        }
    }
    out
}

/// The string to sign. Of `headers`, names in lower case, the ones that are signed are picked.
#[must_use]
pub fn string_to_sign(method: &str, headers: &[(&str, &str)], resource: &str) -> String {
    let mut out = String::with_capacity(512 + resource.len());
    out.push_str(method);
    out.push('\n');
    for line in LINES {
        let header = headers.iter().find(|(name, _)| *name == line);
        out.push_str(header.map_or("", |(_, value)| value.trim_matches([' ', '\t'])));
        out.push('\n');
    }
    let mut own: Vec<_> = headers
        .iter()
        .filter(|(name, _)| name.starts_with("x-acs-"))
        .collect();
    own.sort_unstable();
    for (name, value) in own {
        out.push_str(name);
        out.push(':');
        out.push_str(value.trim_matches([' ', '\t']));
        out.push('\n');
    }
    out.push_str(resource);
    out
}

/// The signature of a string to sign, in base64.
#[must_use]
pub fn signature(access_key_secret: &str, string_to_sign: &str) -> String {
    v1::authentication_code(access_key_secret.as_bytes(), string_to_sign)
}

/// The value of the `Authorization` header.
#[must_use]
pub fn authorization(access_key_id: &str, signature: &str) -> String {
    ["acs ", access_key_id, ":", signature].concat()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn hashes_of_bodies_are_those_of_rfc_1321() {
        // d41d8cd98f00b204e9800998ecf8427e and 900150983cd24fb0d6963f7d28e17f72, in base64.
        assert_eq!(content_md5(b""), "1B2M2Y8AsgTpgAmY7PhCfg==");
        assert_eq!(content_md5(b"abc"), "kAFQmDzST7DWlj99KOF/cg==");
    }

    #[test]
    fn empty_values_keep_their_equals_sign_and_bare_names_have_none() {
        let pairs: Vec<Pair<'_>> = [("b", "x y/\u{4e2d}"), ("a", "")]
            .map(|(name, value)| (name.into(), value.into()))
            .into();
        assert_eq!(resource("/p", &pairs, &["acl"]), "/p?a=&acl&b=x y/\u{4e2d}");
        assert_eq!(resource("/p", &[], &[]), "/p");
    }

    #[test]
    fn absent_headers_leave_their_lines_and_others_are_left_out() {
        let headers = [
            ("x-acs-b", " 2 "),
            ("user-agent", "u"),
            ("x-acs-a", "1"),
            ("date", "D"),
        ];
        assert_eq!(
            string_to_sign("GET", &headers, "/p"),
            "GET\n\n\n\nD\nx-acs-a:1\nx-acs-b:2\n/p"
        );
    }
}
