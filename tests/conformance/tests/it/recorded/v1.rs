//! Requests with the V1 signatures.

use std::collections::BTreeMap;

use alicloud::encode::Pair;
use alicloud::request::SignedRequest;
use alicloud::sign::{v1, v1_roa};
use alicloud::{Format, Placement, Signature};

use super::call::{Call, Scheme, Texts};
use super::{Checked, Outcome, REPRODUCED, ensure_eq};
use crate::vector::Vector;
use crate::wire::{Pairs, decode_pairs};

/// Headers of ours that one of the two recorded clients does not send: the old one has no nonce and names no temporary
/// key, the new one leaves the body unhashed.
const OURS_ALONE: [&str; 3] = ["content-md5", "x-acs-accesskey-id", "x-acs-signature-nonce"];

fn scheme(vector: &Vector, placement: Placement) -> Scheme {
    let xml = vector.optional("/format") == Some("XML");
    Scheme {
        signature: Signature::V1,
        format: if xml { Format::Xml } else { Format::Json },
        placement,
    }
}

/// Makes an RPC request again, wherever its parameters travel.
pub(crate) fn check_rpc(vector: &Vector) -> Checked {
    if vector.optional("/kind") == Some("signature-only") {
        return check_text(vector);
    }
    match vector.optional("/expected/headers/content-type") {
        None | Some("application/x-www-form-urlencoded") => {}
        Some("application/json") => {
            return Ok(Outcome::NotApplicable(
                "members of a JSON body signed as parameters, which one client does",
            ));
        }
        Some(_) => {
            return Ok(Outcome::NotApplicable(
                "a body that V1 would leave unsigned, which we refuse",
            ));
        }
    }
    let call = Call::new(vector, Texts::Recorded);
    for placement in [Placement::Split, Placement::Body, Placement::Query] {
        let ours = call.sign(vector, scheme(vector, placement))?;
        check_parameters(vector, &ours, placement)?;
        ensure_eq!(
            ours.http.method.as_str(),
            vector.text("/expected/method"),
            "method"
        );
        let recorded = vector.text("/expected/string_to_sign");
        ensure_eq!(
            ours.string_to_sign,
            recorded,
            "string to sign, {placement:?}"
        );
        ensure_eq!(
            ours.signature,
            vector.text("/expected/signature"),
            "signature, {placement:?}"
        );
    }
    Ok(Outcome::Reproduced {
        generated: call.generated,
    })
}

fn check_parameters(
    vector: &Vector,
    ours: &SignedRequest,
    placement: Placement,
) -> Result<(), String> {
    let (url, query) = ours
        .http
        .url
        .split_once('?')
        .unwrap_or((&ours.http.url, ""));
    ensure_eq!(url, format!("https://{}/", vector.text("/endpoint")), "URL");
    let body = std::str::from_utf8(&ours.http.body).unwrap();
    let (mut query, mut form) = (decode_pairs(query), decode_pairs(body));
    query.sort();
    form.sort();
    let recorded = (
        vector.pairs("/expected/query"),
        vector.pairs("/expected/form"),
    );
    if placement == Placement::Split {
        ensure_eq!(
            (&query, &form),
            (&recorded.0, &recorded.1),
            "query and form"
        );
        let content_type = header(ours, "content-type");
        let recorded = vector.optional("/expected/headers/content-type");
        ensure_eq!(content_type, recorded, "content type");
    }
    // The parameters of a GET have no other place than the query.
    let elsewhere = match placement {
        Placement::Body if ours.http.method.has_body() => query.len(),
        Placement::Query => form.len(),
        _ => 0,
    };
    ensure_eq!(elsewhere, 0, "parameters in the wrong place, {placement:?}");
    let mut ours = [query, form].concat();
    let mut recorded = [recorded.0, recorded.1].concat();
    ours.sort();
    recorded.sort();
    ensure_eq!(ours, recorded, "parameters, {placement:?}");
    Ok(())
}

/// An example of the documents: parameters, and their signature.
fn check_text(vector: &Vector) -> Checked {
    let mut pairs: Vec<Pair<'_>> = (vector.object("/input/params").iter())
        .map(|(name, value)| (name.as_str().into(), value.as_str().unwrap().into()))
        .collect();
    let text = v1::string_to_sign(vector.text("/expected/method"), &mut pairs);
    ensure_eq!(
        text,
        vector.text("/expected/string_to_sign"),
        "string to sign"
    );
    let secret = vector.text("/credentials/access_key_secret");
    let signature = v1::signature(secret, &text);
    ensure_eq!(signature, vector.text("/expected/signature"), "signature");
    Ok(REPRODUCED)
}

/// Makes a ROA request again.
pub(crate) fn check_roa(vector: &Vector) -> Checked {
    let scheme = scheme(vector, Placement::Body);
    let call = Call::new(vector, Texts::Recorded);
    let ours = call.sign(vector, scheme)?;
    ensure_eq!(
        ours.http.method.as_str(),
        vector.text("/expected/method"),
        "method"
    );
    let (url, query) = ours
        .http
        .url
        .split_once('?')
        .unwrap_or((&ours.http.url, ""));
    let (host, path) = (vector.text("/endpoint"), vector.text("/expected/path"));
    ensure_eq!(url, format!("https://{host}{path}"), "URL");
    let query = decode_pairs(query);
    let mut sorted = query.clone();
    sorted.sort();
    ensure_eq!(sorted, vector.pairs("/expected/query"), "query");
    ensure_eq!(ours.http.body, vector.text("/expected/body"), "body");

    let recorded: BTreeMap<_, _> = (vector.object("/expected/headers").iter())
        .map(|(name, value)| (name.as_str(), value.as_str().unwrap()))
        .filter(|(name, _)| *name != "authorization")
        .collect();
    let mut sent: BTreeMap<_, _> = (ours.http.headers.iter())
        .map(|(name, value)| (name.as_ref(), value.as_ref()))
        .filter(|(name, _)| *name != "authorization")
        .collect();
    sent.insert("host", host);
    let all = sent.len();
    sent.retain(|name, _| recorded.contains_key(name) || !OURS_ALONE.contains(name));
    ensure_eq!(sent, recorded, "headers");
    check_roa_signature(vector, &ours, &sent, (path, query), all == sent.len())?;
    Ok(REPRODUCED)
}

/// The signature over the headers that were recorded; and the very one that is sent, when ours are the same headers.
fn check_roa_signature(
    vector: &Vector,
    ours: &SignedRequest,
    headers: &BTreeMap<&str, &str>,
    (path, query): (&str, Pairs),
    same_headers: bool,
) -> Result<(), String> {
    let headers: Vec<_> = headers
        .iter()
        .map(|(name, value)| (*name, *value))
        .collect();
    let mut pairs: Vec<Pair<'_>> = (query.iter())
        .map(|(name, value)| (name.into(), value.into()))
        .collect();
    let resource = v1_roa::resource(path, &mut pairs);
    let text = v1_roa::string_to_sign(ours.http.method.as_str(), &headers, &resource);
    ensure_eq!(
        text,
        vector.text("/expected/string_to_sign"),
        "string to sign"
    );
    let credentials = vector.credentials();
    let signature = v1_roa::signature(credentials.access_key_secret().expose(), &text);
    ensure_eq!(signature, vector.text("/expected/signature"), "signature");
    let authorization = v1_roa::authorization(credentials.access_key_id(), &signature);
    ensure_eq!(
        authorization,
        vector.text("/expected/authorization"),
        "authorization"
    );

    let sent = header(ours, "authorization");
    ensure_eq!(
        sent == Some(authorization.as_str()),
        same_headers,
        "sent authorization is the recorded one"
    );
    ensure_eq!(
        ours.string_to_sign == text,
        same_headers,
        "sent string to sign is the recorded one"
    );
    Ok(())
}

fn header<'r>(request: &'r SignedRequest, name: &str) -> Option<&'r str> {
    let headers = request.http.headers.iter();
    headers
        .filter(|(known, _)| known == name)
        .map(|(_, value)| value.as_ref())
        .next()
}
