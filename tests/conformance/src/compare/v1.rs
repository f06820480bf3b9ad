//! Requests with the V1 signatures.

use std::collections::BTreeMap;

use alicloud::encode::Pair;
use alicloud::sign::{v1, v1_roa};

use crate::made::Made;
use crate::outcome::{Checked, Means, Outcome, ensure_eq};
use crate::vector::Vector;
use crate::wire::decode_pairs;

/// Headers of ours that one of the two recorded clients does not send: the old one has no nonce and names no temporary
/// key, the new one leaves the body unhashed.
const OURS_ALONE: [&str; 3] = ["content-md5", "x-acs-accesskey-id", "x-acs-signature-nonce"];

/// Why an RPC request is not for us.
pub(crate) fn not_applicable(vector: &Vector) -> Option<&'static str> {
    match vector.optional("/expected/headers/content-type") {
        None | Some("application/x-www-form-urlencoded") => None,
        Some("application/json") => {
            Some("members of a JSON body signed as parameters, which one client does")
        }
        Some(_) => Some("a body that V1 would leave unsigned, which we refuse"),
    }
}

/// An RPC request, its parameters in one of the places they can travel in: as one set they are the recorded ones.
pub(crate) fn check_rpc(vector: &Vector, placement: &str, ours: &Made) -> Result<(), String> {
    ensure_eq!(ours.method, vector.text("/expected/method")?, "method");
    let url = format!("https://{}/", vector.text("/endpoint")?);
    ensure_eq!(ours.url, url, "URL");
    let (query, form) = (decode_pairs(&ours.query), decode_pairs(&ours.text()));
    // The parameters of a GET have no other place than the query.
    let elsewhere = match placement {
        "Body" if ours.method != "GET" => query.len(),
        "Query" => form.len(),
        _ => 0,
    };
    ensure_eq!(elsewhere, 0, "parameters in the wrong place, {placement}");
    let mut pairs = [query, form].concat();
    pairs.sort();
    ensure_eq!(pairs, vector.all_pairs(), "parameters, {placement}");
    let recorded = vector.text("/expected/string_to_sign")?;
    ensure_eq!(ours.string_to_sign, recorded, "string to sign, {placement}");
    let recorded = vector.text("/expected/signature")?;
    ensure_eq!(ours.signature, recorded, "signature, {placement}");
    Ok(())
}

/// An example of the documents: parameters, and their signature.
pub(crate) fn check_text(vector: &Vector) -> Checked {
    let mut pairs: Vec<Pair<'_>> = (vector.object("/input/params").iter())
        .map(|(name, value)| {
            (
                name.as_str().into(),
                value.as_str().unwrap_or_default().into(),
            )
        })
        .collect();
    let text = v1::string_to_sign(vector.text("/expected/method")?, &mut pairs);
    let recorded = vector.text("/expected/string_to_sign")?;
    ensure_eq!(text, recorded, "string to sign");
    let secret = vector.text("/credentials/access_key_secret")?;
    let signature = v1::signature(secret, &text);
    ensure_eq!(signature, vector.text("/expected/signature")?, "signature");
    Ok(Outcome::Passed(Means::Functions))
}

/// A ROA request.
pub(crate) fn check_roa(vector: &Vector, ours: &Made) -> Result<(), String> {
    ensure_eq!(ours.method, vector.text("/expected/method")?, "method");
    let (host, path) = (vector.text("/endpoint")?, vector.text("/expected/path")?);
    ensure_eq!(ours.url, format!("https://{host}{path}"), "URL");
    let query = decode_pairs(&ours.query);
    ensure_eq!(query, vector.pairs("/expected/query"), "query");
    ensure_eq!(ours.text(), vector.text("/expected/body")?, "body");

    let recorded: BTreeMap<_, _> = (vector.object("/expected/headers").iter())
        .map(|(name, value)| (name.as_str(), value.as_str().unwrap_or_default()))
        .filter(|(name, _)| *name != "authorization")
        .collect();
    let mut sent: BTreeMap<_, _> = (ours.headers.iter())
        .map(|(name, value)| (name.as_str(), value.as_str()))
        .filter(|(name, _)| *name != "authorization")
        .collect();
    sent.insert("host", host);
    let all = sent.len();
    sent.retain(|name, _| recorded.contains_key(name) || !OURS_ALONE.contains(name));
    ensure_eq!(sent, recorded, "headers");
    check_roa_signature(vector, ours, &sent, all == sent.len())
}

/// The signature over the headers that were recorded; and the very one that is sent, when ours are the same headers.
fn check_roa_signature(
    vector: &Vector,
    ours: &Made,
    headers: &BTreeMap<&str, &str>,
    same_headers: bool,
) -> Result<(), String> {
    let headers: Vec<_> = headers
        .iter()
        .map(|(name, value)| (*name, *value))
        .collect();
    let query = decode_pairs(&ours.query);
    let pairs: Vec<Pair<'_>> = (query.iter())
        .map(|(name, value)| (name.into(), value.into()))
        .collect();
    let resource = v1_roa::resource(vector.text("/expected/path")?, &pairs, &[]);
    let text = v1_roa::string_to_sign(&ours.method, &headers, &resource);
    let recorded = vector.text("/expected/string_to_sign")?;
    ensure_eq!(text, recorded, "string to sign");
    let secret = vector.text("/credentials/access_key_secret")?;
    let signature = v1_roa::signature(secret, &text);
    ensure_eq!(signature, vector.text("/expected/signature")?, "signature");
    let id = vector.text("/credentials/access_key_id")?;
    let authorization = v1_roa::authorization(id, &signature);
    let recorded = vector.text("/expected/authorization")?;
    ensure_eq!(authorization, recorded, "authorization");

    let sent = ours.header("authorization");
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
