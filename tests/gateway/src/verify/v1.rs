//! Verifies `HMAC-SHA1` with `SignatureVersion=1.0`: every parameter but the signature itself is signed, whether it
//! travels in the query or in a form.

use std::collections::BTreeMap;

use alicloud_runtime::encode::Pair;
use alicloud_runtime::sign::v1;

use super::{Claim, Moment, same};
use crate::http::Request;
use crate::refusal::Refusal;

/// A request with its parameters merged.
pub struct Signed<'a> {
    request: &'a Request,
    parameters: BTreeMap<&'a str, &'a str>,
    access_key_id: &'a str,
    signature: &'a str,
    timestamp: &'a str,
    nonce: &'a str,
}

impl<'a> Signed<'a> {
    /// Reads what the request says about its signature.
    ///
    /// # Errors
    ///
    /// When something is missing, or the signature is of another kind.
    pub fn read(request: &'a Request) -> Result<Self, Refusal> {
        let parameters = request.parameters();
        let given = |name: &str| {
            let value = parameters.get(name).copied();
            value
                .filter(|value| !value.is_empty())
                .ok_or_else(|| Refusal::missing_common(name))
        };
        check_method(given("SignatureMethod")?)?;
        check_version(given("SignatureVersion")?)?;
        Ok(Self {
            request,
            access_key_id: given("AccessKeyId")?,
            signature: given("Signature")?,
            timestamp: given("Timestamp")?,
            nonce: given("SignatureNonce")?,
            parameters,
        })
    }

    pub(super) fn claim(&self) -> Claim<'a> {
        Claim {
            access_key_id: self.access_key_id,
            security_token: self.parameters.get("SecurityToken").copied(),
            time: Moment::Stamp(self.timestamp),
            nonce: Some(self.nonce),
        }
    }

    /// Computes the signature with a secret and compares.
    ///
    /// # Errors
    ///
    /// When they differ.
    pub fn verify(&self, access_key_secret: &str) -> Result<(), Refusal> {
        let signed = self.parameters.iter();
        let mut pairs: Vec<Pair<'_>> = signed
            .filter(|(name, _)| **name != "Signature")
            .map(|(name, value)| ((*name).into(), (*value).into()))
            .collect();
        let text = v1::string_to_sign(self.request.method(), &mut pairs);
        if same(&v1::signature(access_key_secret, &text), self.signature) {
            Ok(())
        } else {
            Err(Refusal::wrong_signature(&text))
        }
    }
}

fn check_method(method: &str) -> Result<(), Refusal> {
    if method.eq_ignore_ascii_case(v1::METHOD) {
        return Ok(());
    }
    let message = format!(
        "{method:?} is no SignatureMethod that is verified here: use {}.",
        v1::METHOD
    );
    Err(Refusal::signature_method(message))
}

fn check_version(version: &str) -> Result<(), Refusal> {
    if version == v1::VERSION {
        return Ok(());
    }
    let message = format!(
        "There is no SignatureVersion {version:?}: use {}.",
        v1::VERSION
    );
    Err(Refusal::new(400, "InvalidSignatureVersion", message))
}
