//! Every recorded request of the five operations, reproduced through the generated client.

mod calls;

use alicloud::sign::{v1, v3};
use alicloud::time::{FixedClock, FixedNonce};
use alicloud::{Config, Placement, Signature};

use self::calls::Calls;
use crate::vector::{Vector, typed as vectors};
use crate::wire::{Capture, decode_pairs};

async fn request(
    vector: &Vector,
    signature: Signature,
    placement: Placement,
) -> alicloud::transport::HttpRequest {
    let capture = Capture::default();
    let config = Config::builder()
        .endpoint(vector.text("/endpoint"))
        .credentials(vector.credentials())
        .clock(FixedClock(vector.time()))
        .nonces(FixedNonce(vector.text("/fixed/nonce").to_owned()))
        .signature(signature)
        .placement(placement)
        .checks(false)
        .transport(capture.clone())
        .build()
        .unwrap();
    Calls(config).call(vector).await.unwrap();
    capture.take()
}

#[tokio::test]
async fn v3_requests_are_reproduced_byte_for_byte() {
    let vectors = vectors("v3");
    assert_eq!(vectors.len(), 13);
    for vector in &vectors {
        let name = vector.text("/name");
        let sent = request(vector, Signature::V3, Placement::Body).await;
        let header = |wanted: &str| {
            sent.headers
                .iter()
                .find(|(name, _)| name == wanted)
                .map(|(_, value)| value.as_ref())
        };
        let (url, query) = sent.url.split_once('?').unwrap_or((&sent.url, ""));
        assert_eq!(
            url,
            format!(
                "https://{}{}",
                vector.text("/endpoint"),
                vector.text("/expected/path")
            ),
            "{name}"
        );
        assert_eq!(
            sent.method.as_str(),
            vector.text("/expected/method"),
            "{name}"
        );
        let mut pairs = decode_pairs(query);
        pairs.sort();
        assert_eq!(pairs, vector.pairs("/expected/query"), "{name}");
        assert_eq!(
            sent.body,
            vector.text("/expected/body").as_bytes(),
            "{name}"
        );
        assert_eq!(
            header("content-type"),
            vector.optional("/expected/content_type"),
            "{name}"
        );
        assert_eq!(
            header("authorization"),
            Some(vector.text("/expected/authorization")),
            "{name}"
        );

        // The texts behind the signature, put together again from what was sent.
        let host = vector.text("/endpoint");
        let mut signed: Vec<_> = sent
            .headers
            .iter()
            .map(|(name, value)| (name.as_ref(), value.as_ref()))
            .collect();
        signed.retain(|(name, _)| v3::is_signed(name));
        signed.push(("host", host));
        signed.sort_unstable();
        let hash = v3::payload_hash(&sent.body);
        let canonical = v3::canonical_request(sent.method.as_str(), "/", query, &signed, &hash);
        assert_eq!(
            canonical,
            vector.text("/expected/canonical_request"),
            "{name}"
        );
        assert_eq!(
            v3::string_to_sign(&canonical),
            vector.text("/expected/string_to_sign"),
            "{name}"
        );
    }
}

#[tokio::test]
async fn v1_requests_are_reproduced_wherever_their_parameters_travel() {
    let vectors = vectors("v1");
    assert_eq!(vectors.len(), 6);
    for vector in &vectors {
        let name = vector.text("/name");
        let mut expected = [
            vector.pairs("/expected/query"),
            vector.pairs("/expected/form"),
        ]
        .concat();
        expected.sort();
        for placement in [Placement::Body, Placement::Query, Placement::Split] {
            let sent = request(vector, Signature::V1, placement).await;
            let query = sent.url.split_once('?').map_or("", |(_, query)| query);
            let (in_query, in_body) = (
                decode_pairs(query),
                decode_pairs(std::str::from_utf8(&sent.body).unwrap()),
            );
            match placement {
                Placement::Body => assert!(in_query.is_empty(), "{name}"),
                Placement::Query => assert!(in_body.is_empty(), "{name}"),
                _ => assert_eq!(
                    in_body.len(),
                    vector.pairs("/expected/form").len(),
                    "{name}"
                ),
            }
            let mut pairs = [in_query, in_body].concat();
            pairs.sort();
            assert_eq!(pairs, expected, "{name} {placement:?}");
            pairs.retain(|(name, _)| name != "Signature");
            let mut signed: Vec<_> = pairs
                .iter()
                .map(|(name, value)| (name.as_str().into(), value.as_str().into()))
                .collect();
            let text = v1::string_to_sign(sent.method.as_str(), &mut signed);
            assert_eq!(
                text,
                vector.text("/expected/string_to_sign"),
                "{name} {placement:?}"
            );
        }
    }
}
