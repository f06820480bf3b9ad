//! Signatures, right and wrong, of both kinds and wherever their parts travel.

use std::time::Duration;

use alicloud_gateway::Gateway;
use alicloud_runtime::time::{Clock as _, SystemClock};

use crate::support::{Pairs, START, STS_ID, Signer, Wire, gateway, refusal};

const JOB: Pairs<'static> = &[("DtsJobId", "a b+c*~中文/&=%"), ("Empty", "")];

#[tokio::test]
async fn v3_is_right_in_query_and_form() {
    let gateway = gateway().await;
    for (method, query, form) in [
        ("POST", JOB, &[][..]),
        ("POST", &[], JOB),
        ("POST", &[("RegionId", "cn-hangzhou")], JOB),
        ("GET", JOB, &[]),
        ("PUT", &[], JOB),
    ] {
        let reply = Signer::default()
            .v3(method, START, query, form)
            .send(&gateway)
            .await;
        assert_eq!(reply.status, 200, "{reply:?}");
    }
}

#[tokio::test]
async fn v1_is_right_wherever_its_parameters_travel() {
    let gateway = gateway().await;
    for (method, in_query) in [("GET", 99), ("POST", 99), ("POST", 0), ("POST", 5)] {
        let pairs = Signer::default().v1_pairs(method, START, JOB);
        let (query, form) = pairs.split_at(in_query.min(pairs.len()));
        let reply = Wire::with_pairs(method, query, form).send(&gateway).await;
        assert_eq!(reply.status, 200, "{reply:?}");
    }
}

#[tokio::test]
async fn a_form_value_wins_over_one_in_the_query() {
    let gateway = gateway().await;
    let pairs = Signer::default().v1_pairs("POST", START, JOB);
    let query = [("DtsJobId".to_owned(), "unsigned".to_owned())];
    let reply = Wire::with_pairs("POST", &query, &pairs)
        .send(&gateway)
        .await;
    assert_eq!(reply.status, 200, "{reply:?}");
    let recorded = &gateway.requests()[0];
    assert_eq!(recorded.parameters.get("DtsJobId"), Some("a b+c*~中文/&=%"));
}

#[tokio::test]
async fn v1_tolerates_what_clients_do() {
    let gateway = gateway().await;
    let own = [("SignatureType", ""), ("Format", "json")];
    let signer = Signer::default();
    let mut pairs = signer.v1_pairs("GET", START, &own);
    pairs.retain(|(name, _)| name != "Signature");
    let method = pairs
        .iter_mut()
        .find(|(name, _)| name == "SignatureMethod")
        .unwrap();
    method.1 = "hmac-sha1".to_owned();
    let pairs = signer.sign_v1("GET", pairs);
    let reply = Wire::with_pairs("GET", &pairs, &[]).send(&gateway).await;
    assert_eq!(reply.status, 200, "{reply:?}");
}

#[tokio::test]
async fn names_in_the_canonical_query_may_be_raw() {
    let gateway = gateway().await;
    for query in ["%E4%B8%AD%20%23=a%20b", "中 #=a%20b"] {
        let signer = Signer::default();
        let mut wire = signer.v3("POST", START, &[], &[]);
        wire.target = "/?%E4%B8%AD+%23=a+b".to_owned();
        signer.authorize(&mut wire, query);
        let reply = wire.send(&gateway).await;
        assert_eq!(reply.status, 200, "{reply:?}");
    }
}

#[tokio::test]
async fn wrong_secrets_and_unknown_keys_are_refused() {
    let gateway = gateway().await;
    let wrong = || Signer {
        secret: "wrong".to_owned(),
        ..Signer::default()
    };
    let nobody = || Signer {
        id: "nobody".to_owned(),
        ..Signer::default()
    };
    for (signer, wanted) in [
        (
            wrong as fn() -> Signer,
            refusal(400, "SignatureDoesNotMatch"),
        ),
        (nobody, refusal(404, "InvalidAccessKeyId.NotFound")),
    ] {
        let reply = signer().v3("POST", START, JOB, &[]).send(&gateway).await;
        assert_eq!(reply.error(), wanted);
        let reply = signer().v1("GET", START, JOB).send(&gateway).await;
        assert_eq!(reply.error(), wanted);
    }
}

#[tokio::test]
async fn a_wrong_signature_is_told_what_was_signed() {
    let gateway = gateway().await;
    let wrong = Signer {
        secret: "wrong".to_owned(),
        ..Signer::default()
    };
    let message =
        |reply: crate::support::Reply| reply.json()["Message"].as_str().unwrap().to_owned();
    let v1 = message(
        wrong
            .v1("GET", START, &[("DtsJobId", "x y")])
            .send(&gateway)
            .await,
    );
    assert!(
        v1.contains("server string to sign is:GET&%2F&AccessKeyId%3DtestAccessKeyId%26"),
        "{v1}"
    );
    assert!(v1.contains("DtsJobId%3Dx%2520y"), "{v1}");
    let v3 = message(wrong.v3("POST", START, JOB, &[]).send(&gateway).await);
    assert!(
        v3.contains("server string to sign is:ACS3-HMAC-SHA256\n"),
        "{v3}"
    );
}

#[tokio::test]
async fn the_time_must_be_close() {
    let gateway = gateway().await;
    let (now, far) = (SystemClock.now(), Duration::from_secs(16 * 60));
    let expired = refusal(400, "InvalidTimeStamp.Expired");
    for time in [now - far, now + far] {
        let reply = Signer::default()
            .at(time)
            .v3("POST", START, JOB, &[])
            .send(&gateway)
            .await;
        assert_eq!(reply.error(), expired);
        let reply = Signer::default()
            .at(time)
            .v1("POST", START, JOB)
            .send(&gateway)
            .await;
        assert_eq!(reply.error(), expired);
    }
    let near = Signer::default().at(now - Duration::from_secs(14 * 60));
    assert_eq!(
        near.v3("POST", START, JOB, &[]).send(&gateway).await.status,
        200
    );
}

#[tokio::test]
async fn a_nonce_is_good_once() {
    let gateway = gateway().await;
    let used = refusal(400, "SignatureNonceUsed");
    let v3 = Signer::default().v3("POST", START, JOB, &[]);
    assert_eq!(v3.send(&gateway).await.status, 200);
    assert_eq!(v3.send(&gateway).await.error(), used);
    let v1 = Signer::default().v1("GET", START, JOB);
    assert_eq!(v1.send(&gateway).await.status, 200);
    assert_eq!(v1.send(&gateway).await.error(), used);
}

#[tokio::test]
async fn a_wrong_signature_does_not_use_up_a_nonce() {
    let gateway = gateway().await;
    let signer = Signer::default();
    let wrong = Signer {
        secret: "wrong".to_owned(),
        ..signer.clone()
    };
    assert_eq!(
        wrong
            .v3("POST", START, JOB, &[])
            .send(&gateway)
            .await
            .status,
        400
    );
    assert_eq!(
        signer
            .v3("POST", START, JOB, &[])
            .send(&gateway)
            .await
            .status,
        200
    );
}

#[tokio::test]
async fn temporary_keys_need_their_token() {
    let gateway = gateway().await;
    let with = |token: Option<&str>| Signer {
        token: token.map(str::to_owned),
        ..Signer::sts()
    };
    for (token, status, code) in [
        (Some(crate::support::TOKEN), 200, ""),
        (Some("another"), 400, "InvalidSecurityToken.Malformed"),
        (None, 400, "MissingSecurityToken"),
    ] {
        let reply = with(token).v3("POST", START, JOB, &[]).send(&gateway).await;
        assert_eq!(reply.error(), refusal(status, code));
        let reply = with(token).v1("POST", START, JOB).send(&gateway).await;
        assert_eq!(reply.error(), refusal(status, code));
    }
}

#[tokio::test]
async fn v3_needs_every_part_of_its_signature() {
    let gateway = gateway().await;
    let signed = || Signer::default().v3("POST", START, JOB, &[]);
    let incomplete = refusal(400, "IncompleteSignature");
    for name in [
        "authorization",
        "x-acs-date",
        "x-acs-signature-nonce",
        "x-acs-content-sha256",
        "x-acs-version",
    ] {
        let reply = signed().replaced(name, None).send(&gateway).await;
        assert_eq!(reply.error(), incomplete, "{name}");
    }
    for header in [
        "ACS3-HMAC-SHA256",
        "ACS3-HMAC-SHA256 Credential=a,Signature=b",
        "ACS3-HMAC-SHA256 Credential=a,SignedHeaders=host,Signature=b",
    ] {
        let reply = signed()
            .replaced("authorization", Some(header))
            .send(&gateway)
            .await;
        assert_eq!(reply.error(), incomplete, "{header}");
    }
    for header in [
        "ACS3-HMAC-SM3 Credential=a",
        "ACS3-RSA-SHA256 Credential=a",
        "Bearer t",
    ] {
        let reply = signed()
            .replaced("authorization", Some(header))
            .send(&gateway)
            .await;
        assert_eq!(
            reply.error(),
            refusal(400, "InvalidSignatureMethod"),
            "{header}"
        );
    }
}

#[tokio::test]
async fn v3_needs_the_hash_of_the_body_that_came() {
    let gateway = gateway().await;
    let mut wire = Signer::default().v3("POST", START, &[], JOB);
    wire.body = wire.body.replace("DtsJobId", "DtsJobID");
    assert_eq!(
        wire.send(&gateway).await.error(),
        refusal(400, "SignatureDoesNotMatch")
    );
    // Signed as it is, the wrong hash is still not that of the body.
    let signer = Signer::default();
    let mut wire = signer
        .v3("POST", START, &[], JOB)
        .replaced("x-acs-content-sha256", Some("UNSIGNED-PAYLOAD"));
    signer.authorize(&mut wire, "");
    assert_eq!(
        wire.send(&gateway).await.error(),
        refusal(400, "SignatureDoesNotMatch")
    );
}

#[tokio::test]
async fn v1_needs_every_part_of_its_signature() {
    let gateway = gateway().await;
    let pairs = Signer::default().v1_pairs("GET", START, JOB);
    for name in [
        "SignatureNonce",
        "Timestamp",
        "SignatureMethod",
        "SignatureVersion",
        "AccessKeyId",
        "Signature",
    ] {
        let rest: Vec<_> = pairs
            .iter()
            .filter(|(known, _)| known != name)
            .cloned()
            .collect();
        let reply = Wire::with_pairs("GET", &rest, &[]).send(&gateway).await;
        assert_eq!(reply.error(), refusal(400, &format!("Missing{name}")));
    }
    for (name, value, code) in [
        ("SignatureMethod", "HMAC-SHA256", "InvalidSignatureMethod"),
        ("SignatureVersion", "2.0", "InvalidSignatureVersion"),
        ("Timestamp", "yesterday", "InvalidTimeStamp.Format"),
    ] {
        let mut changed = pairs.clone();
        changed
            .iter_mut()
            .filter(|(known, _)| known == name)
            .for_each(|pair| pair.1 = value.to_owned());
        let reply = Wire::with_pairs("GET", &changed, &[]).send(&gateway).await;
        assert_eq!(reply.error(), refusal(400, code));
    }
}

#[tokio::test]
async fn keys_are_those_the_builder_was_given() {
    let gateway = Gateway::builder()
        .access_key("one", "first")
        .access_key("two", "second")
        .start()
        .await
        .unwrap();
    let signed = |id: &str, secret: &str| {
        let signer = Signer {
            id: id.to_owned(),
            secret: secret.to_owned(),
            ..Signer::default()
        };
        signer.v3("POST", START, JOB, &[])
    };
    assert_eq!(signed("one", "first").send(&gateway).await.status, 200);
    assert_eq!(signed("two", "second").send(&gateway).await.status, 200);
    assert_eq!(
        signed("testAccessKeyId", "testAccessKeySecret")
            .send(&gateway)
            .await
            .status,
        404
    );
    assert_eq!(signed(STS_ID, "x").send(&gateway).await.status, 404);
}
