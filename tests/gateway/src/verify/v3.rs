//! Verifies `ACS3-HMAC-SHA256`.
//!
//! Clients differ in which headers they sign, so it is the client's own list that counts; and in whether the names of
//! query parameters are percent-encoded in the canonical request, so both ways are right.

use alicloud_runtime::encode::{Pair, percent};
use alicloud_runtime::sign::v3;

use super::{Claim, Moment, same};
use crate::http::Request;
use crate::refusal::Refusal;

/// The headers every signature covers.
const REQUIRED: [&str; 6] = [
    "host",
    "x-acs-action",
    "x-acs-content-sha256",
    "x-acs-date",
    "x-acs-signature-nonce",
    "x-acs-version",
];

/// A request with its `Authorization` header taken apart.
pub struct Signed<'a> {
    request: &'a Request,
    access_key_id: &'a str,
    signature: &'a str,
    /// The signed headers by name, several values of a name made into one.
    headers: Vec<(&'a str, String)>,
}

impl<'a> Signed<'a> {
    /// Reads what the request says about its signature.
    ///
    /// # Errors
    ///
    /// When something is missing, or the signature is of another kind.
    pub fn read(request: &'a Request) -> Result<Self, Refusal> {
        let header = request.header("authorization").unwrap_or_default();
        let (algorithm, rest) = header.trim().split_once(' ').unwrap_or((header, ""));
        check_algorithm(algorithm)?;
        let part = |name: &str| {
            let mut parts = rest.split(',').map(str::trim);
            let found = parts.find_map(|part| part.strip_prefix(name)?.strip_prefix('='));
            found.filter(|value| !value.is_empty()).ok_or_else(|| {
                let message = format!("{name} is missing in the Authorization header.");
                Refusal::incomplete_signature(message)
            })
        };
        Ok(Self {
            request,
            access_key_id: part("Credential")?,
            signature: part("Signature")?,
            headers: signed_headers(request, part("SignedHeaders")?)?,
        })
    }

    pub(super) fn claim(&self) -> Claim<'a> {
        let header = |name| self.request.header(name).unwrap_or_default();
        Claim {
            access_key_id: self.access_key_id,
            security_token: self.request.header("x-acs-security-token"),
            time: Moment::Stamp(header("x-acs-date")),
            nonce: Some(header("x-acs-signature-nonce")),
        }
    }

    /// Computes the signature with a secret and compares.
    ///
    /// # Errors
    ///
    /// When they differ, or when the payload hash is not that of the body.
    pub fn verify(&self, access_key_secret: &str) -> Result<(), Refusal> {
        let payload_hash = v3::payload_hash(self.request.body());
        let right = |query: &str| {
            let text = self.string_to_sign(query, &payload_hash);
            same(&v3::signature(access_key_secret, &text), self.signature)
        };
        let query = v3::canonical_query(&mut self.query());
        let claimed = self.request.header("x-acs-content-sha256");
        if claimed == Some(&payload_hash) && (right(&query) || right(&self.raw_names_query())) {
            return Ok(());
        }
        Err(Refusal::wrong_signature(
            &self.string_to_sign(&query, &payload_hash),
        ))
    }

    fn string_to_sign(&self, query: &str, payload_hash: &str) -> String {
        let headers: Vec<_> = self
            .headers
            .iter()
            .map(|(name, value)| (*name, value.as_str()))
            .collect();
        let (method, path) = (self.request.method(), self.request.path());
        let request = v3::canonical_request(method, path, query, &headers, payload_hash);
        v3::string_to_sign(&request)
    }

    fn query(&self) -> Vec<Pair<'a>> {
        let pairs = self.request.query().iter();
        pairs
            .map(|(name, value)| (name.into(), value.into()))
            .collect()
    }

    /// The canonical query as most official cores write it: values percent-encoded, names as they are.
    fn raw_names_query(&self) -> String {
        let mut pairs = self.query();
        pairs.sort();
        let pairs: Vec<_> = pairs
            .iter()
            .map(|(name, value)| format!("{name}={}", percent(value)))
            .collect();
        pairs.join("&")
    }
}

fn check_algorithm(algorithm: &str) -> Result<(), Refusal> {
    if algorithm == v3::ALGORITHM {
        return Ok(());
    }
    // Whatever else stands first may be a credential in a scheme of its own, and is not repeated.
    let named = if algorithm.starts_with("ACS3-") || algorithm == "acs" {
        algorithm
    } else {
        "This"
    };
    let message = format!(
        "{named} is no signature method that is verified here: use {}.",
        v3::ALGORITHM
    );
    Err(Refusal::signature_method(message))
}

fn signed_headers<'a>(
    request: &Request,
    names: &'a str,
) -> Result<Vec<(&'a str, String)>, Refusal> {
    let names: Vec<&str> = names.split(';').collect();
    let unsigned = REQUIRED.iter().find(|required| !names.contains(required));
    if let Some(name) = unsigned {
        let message = format!("The header {name} must be sent and signed.");
        return Err(Refusal::incomplete_signature(message));
    }
    names
        .into_iter()
        .map(|name| Ok((name, header_values(request, name)?)))
        .collect()
}

/// The value of a header; of one that came several times, all of them sorted.
fn header_values(request: &Request, name: &str) -> Result<String, Refusal> {
    let matching = request.headers().iter().filter(|(known, _)| known == name);
    let mut values: Vec<_> = matching.map(|(_, value)| value.trim()).collect();
    values.sort_unstable();
    if values.is_empty() {
        let message = format!("The header {name} is listed as signed and was not sent.");
        return Err(Refusal::incomplete_signature(message));
    }
    Ok(values.join(","))
}
