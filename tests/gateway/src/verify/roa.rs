//! Verifies the older signature of ROA products: `Authorization: acs <ID>:<signature>`, over the method, four headers,
//! every header that starts with `x-acs-`, and the path with its query.
//!
//! The runtime has no part in it: what is signed is written down here a second time, from the documents.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use hmac::{Hmac, KeyInit as _, Mac as _};
use sha1::Sha1;

use super::{Claim, Moment, same};
use crate::http::Request;
use crate::refusal::Refusal;

/// What the header `Authorization` starts with.
pub(super) const PREFIX: &str = "acs ";

/// A request with its `Authorization` header taken apart.
pub struct Signed<'a> {
    request: &'a Request,
    access_key_id: &'a str,
    signature: &'a str,
    date: &'a str,
}

impl<'a> Signed<'a> {
    /// Reads what the request says about its signature.
    ///
    /// # Errors
    ///
    /// When something is missing, or the signature is of another kind.
    pub fn read(request: &'a Request) -> Result<Self, Refusal> {
        let header = request.header("authorization").unwrap_or_default();
        let parts = header.trim().strip_prefix(PREFIX);
        let parts = parts.and_then(|parts| parts.trim().split_once(':'));
        let (access_key_id, signature) = parts.ok_or_else(|| {
            Refusal::incomplete_signature("The Authorization header is not: acs ID:signature.")
        })?;
        check(request, "x-acs-signature-method", "HMAC-SHA1")
            .map_err(|_| Refusal::signature_method("Only HMAC-SHA1 is verified here."))?;
        check(request, "x-acs-signature-version", "1.0")?;
        let date = request.header("date").filter(|date| !date.is_empty());
        let date =
            date.ok_or_else(|| Refusal::incomplete_signature("The header date must be sent."))?;
        Ok(Self {
            request,
            access_key_id,
            signature,
            date,
        })
    }

    pub(super) fn claim(&self) -> Claim<'a> {
        Claim {
            access_key_id: self.access_key_id,
            security_token: self.request.header("x-acs-security-token"),
            time: Moment::Http(self.date),
            // The older official client sends none.
            nonce: self.request.header("x-acs-signature-nonce"),
        }
    }

    /// Computes the signature with a secret and compares.
    ///
    /// # Errors
    ///
    /// When they differ.
    pub fn verify(&self, access_key_secret: &str) -> Result<(), Refusal> {
        // Clients differ in how they write an empty value, so both ways are right.
        let texts = ["", "="].map(|empty| self.string_to_sign(empty));
        let right = |text: &String| same(&signature(access_key_secret, text), self.signature);
        if texts.iter().any(right) {
            return Ok(());
        }
        Err(Refusal::wrong_signature(&texts[0]))
    }

    /// `empty` is what stands behind the name of a parameter without a value.
    fn string_to_sign(&self, empty: &str) -> String {
        let mut out = format!("{}\n", self.request.method());
        for name in ["accept", "content-md5", "content-type", "date"] {
            out.push_str(self.request.header(name).unwrap_or_default());
            out.push('\n');
        }
        let headers = self.request.headers().iter();
        let mut headers: Vec<_> = headers
            .filter(|(name, _)| name.starts_with("x-acs-"))
            .collect();
        headers.sort();
        for (name, value) in headers {
            out.push_str(&format!("{name}:{}\n", value.trim()));
        }
        out.push_str(self.request.path());
        let mut query: Vec<_> = self.request.query().iter().collect();
        query.sort();
        for (at, (name, value)) in query.into_iter().enumerate() {
            out.push(if at == 0 { '?' } else { '&' });
            out.push_str(name);
            match value.is_empty() {
                true if self.request.is_bare(name) => {}
                true => out.push_str(empty),
                false => out.push_str(&format!("={value}")),
            }
        }
        out
    }
}

/// Refuses a header that is not what it must be. One that is missing counts as right: the signature decides.
fn check(request: &Request, name: &str, wanted: &str) -> Result<(), Refusal> {
    let given = request.header(name).unwrap_or(wanted);
    if given.eq_ignore_ascii_case(wanted) {
        return Ok(());
    }
    let message = format!("The header {name} must be {wanted}.");
    Err(Refusal::new(400, "InvalidSignatureVersion", message))
}

/// Unlike that of RPC products, the key is the secret as it is.
fn signature(access_key_secret: &str, string_to_sign: &str) -> String {
    // HMAC takes keys of any length; the error type exists for other algorithms of the same trait.
    let Ok(mut mac) = Hmac::<Sha1>::new_from_slice(access_key_secret.as_bytes()) else {
        return String::new();
    };
    mac.update(string_to_sign.as_bytes());
    STANDARD.encode(mac.finalize().into_bytes())
}
