//! Reads requests that carry a bearer token instead of a signature.
//!
//! The token travels in a header, announced by a parameter or, for ROA products, by another header; with the common
//! parameters of the V1 signature both are parameters. Time, nonce and payload hash are as in signed requests.

use alicloud_runtime::sign::v3::payload_hash;

use super::Moment;
use crate::http::Request;
use crate::refusal::Refusal;

/// How a request says that it carries a bearer token.
const TYPE: &str = "BEARERTOKEN";

/// Whether a request says that it carries a bearer token, or does.
pub(super) fn is_claimed(request: &Request) -> bool {
    let announced = [
        request.parameter("SignatureType"),
        request.header("x-acs-signature-type"),
    ];
    announced.into_iter().flatten().any(|kind| kind == TYPE)
        || request.header("x-acs-bearer-token").is_some()
}

/// A request with a bearer token.
pub(super) struct Carried<'a> {
    pub(super) token: &'a str,
    pub(super) time: Moment<'a>,
    pub(super) nonce: &'a str,
}

impl<'a> Carried<'a> {
    pub(super) fn read(request: &'a Request) -> Result<Self, Refusal> {
        let given = |header: &str, parameter: &str| {
            let given = request.header(header).or(request.parameter(parameter));
            given.filter(|value| !value.is_empty()).ok_or_else(|| {
                let message = format!("{header} must be sent, or {parameter}.");
                Refusal::incomplete_signature(message)
            })
        };
        let kind = given("x-acs-signature-type", "SignatureType")?;
        if kind != TYPE {
            let message = format!("With a bearer token the signature type must be {TYPE}.");
            return Err(Refusal::new(400, "InvalidSignatureType", message));
        }
        let claimed = request.header("x-acs-content-sha256");
        if claimed.is_some_and(|claimed| claimed != payload_hash(request.body())) {
            let message = "The payload hash is not that of the body.";
            return Err(Refusal::new(400, "InvalidContentHash", message));
        }
        Ok(Self {
            token: given("x-acs-bearer-token", "BearerToken")?,
            time: Moment::Stamp(given("x-acs-date", "Timestamp")?),
            nonce: given("x-acs-signature-nonce", "SignatureNonce")?,
        })
    }
}
