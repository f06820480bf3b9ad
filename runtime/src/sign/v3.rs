//! `ACS3-HMAC-SHA256`: the request is reduced to a canonical text, and that text's hash is signed.
//!
//! ```text
//! METHOD \n path \n canonical query \n
//! name:value \n             (each signed header, sorted)
//! \n
//! name;name \n
//! payload hash
//! ```

use std::borrow::Cow;
use std::ops::Range;

use hmac::{Hmac, KeyInit as _, Mac as _};
use sha2::{Digest as _, Sha256};

use crate::encode::{Pair, hex, push_hex, query_pairs};

/// The algorithm's name, in the `Authorization` header and in the string to sign.
pub const ALGORITHM: &str = "ACS3-HMAC-SHA256";

/// The payload hash of an empty body.
pub const EMPTY_PAYLOAD_HASH: &str =
    "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855";

/// The canonical query: pairs sorted by name, names and values percent-encoded, an empty value keeping its `=`.
///
/// It serves as the query of the URL too, so the text on the wire is the text that was signed.
#[must_use]
pub fn canonical_query(pairs: &mut [Pair<'_>]) -> String {
    pairs.sort_unstable();
    query_pairs(pairs)
}

/// The hash of the body as it is sent.
#[must_use]
pub fn payload_hash(body: &[u8]) -> Cow<'static, str> {
    if body.is_empty() {
        Cow::Borrowed(EMPTY_PAYLOAD_HASH)
    } else {
        Cow::Owned(hex(&Sha256::digest(body)))
    }
}

/// Whether our client signs a header, given its lower-case name: only what no proxy rewrites.
#[must_use]
pub fn is_signed(name: &str) -> bool {
    name == "host" || name == "content-type" || name.starts_with("x-acs-")
}

/// The names of the signed headers, joined with `;`. Names are lower-case and sorted.
#[must_use]
pub fn signed_headers(headers: &[(&str, &str)]) -> String {
    let mut names = String::with_capacity(headers.len() * 20);
    push_signed_headers(&mut names, headers);
    names
}

fn push_signed_headers(out: &mut String, headers: &[(&str, &str)]) {
    for (at, (name, _)) in headers.iter().enumerate() {
        if at > 0 {
            out.push(';');
        }
        out.push_str(name);
    }
}

/// The canonical request. `headers` are those that are signed: lower-case names, sorted, one entry a name.
#[must_use]
pub fn canonical_request(
    method: &str,
    path: &str,
    canonical_query: &str,
    headers: &[(&str, &str)],
    payload_hash: &str,
) -> String {
    canonical(method, path, canonical_query, headers, payload_hash).0
}

/// The same, and where in it the names of the signed headers stand.
pub(crate) fn canonical(
    method: &str,
    path: &str,
    canonical_query: &str,
    headers: &[(&str, &str)],
    payload_hash: &str,
) -> (String, Range<usize>) {
    let mut out = String::with_capacity(256 + canonical_query.len() + headers.len() * 64);
    for line in [
        method,
        if path.is_empty() { "/" } else { path },
        canonical_query,
    ] {
        out.push_str(line);
        out.push('\n');
    }
    for (name, value) in headers {
        out.push_str(name);
        out.push(':');
        out.push_str(trimmed(value));
        out.push('\n');
    }
    out.push('\n');
    let start = out.len();
    push_signed_headers(&mut out, headers);
    let names = start..out.len();
    out.push('\n');
    out.push_str(payload_hash);
    (out, names)
}

/// What HTTP takes for the value of a header: blanks and tabs around it are not part of it.
fn trimmed(value: &str) -> &str {
    let blank = |byte: Option<&u8>| matches!(byte, Some(b' ' | b'\t'));
    let bytes = value.as_bytes();
    if blank(bytes.first()) || blank(bytes.last()) {
        value.trim_matches([' ', '\t'])
    } else {
        value
    }
}

/// The string to sign: the algorithm and the hash of the canonical request.
#[must_use]
pub fn string_to_sign(canonical_request: &str) -> String {
    let mut out = String::with_capacity(ALGORITHM.len() + 65);
    out.push_str(ALGORITHM);
    out.push('\n');
    push_hex(&mut out, &Sha256::digest(canonical_request.as_bytes()));
    out
}

/// The signature of a string to sign, in lower-case hexadecimal.
#[must_use]
pub fn signature(access_key_secret: &str, string_to_sign: &str) -> String {
    hex(&authentication_code(
        access_key_secret.as_bytes(),
        string_to_sign.as_bytes(),
    ))
}

/// The value of the `Authorization` header.
#[must_use]
pub fn authorization(access_key_id: &str, signed_headers: &str, signature: &str) -> String {
    [
        ALGORITHM,
        " Credential=",
        access_key_id,
        ",SignedHeaders=",
        signed_headers,
        ",Signature=",
        signature,
    ]
    .concat()
}

fn authentication_code(key: &[u8], text: &[u8]) -> [u8; 32] {
    // HMAC takes keys of any length; the error type exists for other algorithms of the same trait.
    let Ok(mut mac) = Hmac::<Sha256>::new_from_slice(key) else {
        return [0; 32];
    };
    mac.update(text);
    mac.finalize().into_bytes().into()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_empty_body_has_the_hash_of_nothing() {
        assert_eq!(payload_hash(b""), hex(&Sha256::digest(b"")));
    }

    #[test]
    fn queries_are_sorted_by_name_as_plain_text() {
        let mut pairs: Vec<Pair<'_>> = ["a.2", "a", "a.10", "B", "a.1", "_", "~"]
            .map(|name| (name.into(), "".into()))
            .into();
        assert_eq!(canonical_query(&mut pairs), "B=&_=&a=&a.1=&a.10=&a.2=&~=");
    }
}
