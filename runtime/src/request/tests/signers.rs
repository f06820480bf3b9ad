//! Who a request says it is from: a key, a temporary key, a token, nobody; and what repeated attempts say.

use super::*;

const TOKEN: &str = "bearer.token-value_1~2";

static ROA: Service = Service {
    roa: true,
    ..Service::EMPTY
};

fn with_token(service: &Service, signature: Signature) -> SignedRequest {
    Given {
        service,
        signature,
        credentials: Some(Credentials::bearer(TOKEN)),
        ..Given::NOTHING
    }
    .sign()
    .unwrap()
}

#[test]
fn a_bearer_token_travels_instead_of_a_signature() {
    let request = with_token(&SERVICE, Signature::V3);
    assert_eq!(header(&request, "x-acs-bearer-token"), Some(TOKEN));
    assert_eq!(header(&request, "x-acs-signature-type"), None);
    assert!(request.http.url.ends_with("/?SignatureType=BEARERTOKEN"));

    for signature in [Signature::V3, Signature::V1] {
        let request = with_token(&ROA, signature);
        assert_eq!(header(&request, "x-acs-bearer-token"), Some(TOKEN));
        assert_eq!(
            header(&request, "x-acs-signature-type"),
            Some("BEARERTOKEN")
        );
        assert!(
            request.http.url.ends_with("aliyuncs.com/"),
            "{}",
            request.http.url
        );
    }

    let request = with_token(&SERVICE, Signature::V1);
    assert_eq!(
        request.http.body,
        "Action=&BearerToken=bearer.token-value_1~2&Format=JSON&SignatureNonce=n&\
         SignatureType=BEARERTOKEN&Timestamp=2024-07-11T03%3A11%3A53Z&Version="
    );
}

#[test]
fn nothing_is_signed_with_a_bearer_token_and_no_printout_shows_it() {
    for service in [&SERVICE, &ROA] {
        for signature in [Signature::V3, Signature::V1] {
            let request = with_token(service, signature);
            assert_eq!(header(&request, "authorization"), None);
            let texts = [
                &request.canonical_request,
                &request.string_to_sign,
                &request.signature,
            ];
            assert!(texts.into_iter().all(String::is_empty));
            let printed = format!("{request:?} {:?}", request.http);
            assert!(!printed.contains(TOKEN), "{printed}");
        }
    }
}

#[test]
fn no_secret_shows_in_a_printed_signing_input() {
    let params: Params = [("Password", Value::from("hunter2").sensitive())]
        .into_iter()
        .collect();
    let extra: Params = [("Password2", "hunter3")].into_iter().collect();
    let input = SigningInput {
        service: &SERVICE,
        operation: &Operation::EMPTY,
        params: &params,
        extra_params: &extra,
        extra_headers: &[("x-token".into(), "hunter4".into())],
        endpoint: &"cs.aliyuncs.com".parse().unwrap(),
        method: None,
        signature: Signature::V3,
        format: Format::Json,
        placement: Placement::Body,
        credentials: Some(&Credentials::bearer("hunter5")),
        timestamp: "2024-07-11T03:11:53Z",
        nonce: "n",
        user_agent: "test",
        timeout: Duration::from_secs(1),
        retry: None,
    };
    let printed = format!("{input:?}");
    assert!(!printed.contains("hunter"), "{printed}");
    assert!(
        printed.contains("Password2") && printed.contains("x-token"),
        "{printed}"
    );
}

#[test]
fn tokens_with_line_breaks_are_refused_and_not_shown() {
    for credentials in [
        Credentials::bearer("hunter2\r\nx-evil: 1"),
        Credentials::new("id", "secret").with_security_token("hunter2\n\t."),
        Credentials::new("hunter2\nx", "secret"),
    ] {
        for service in [&SERVICE, &ROA] {
            let given = Given {
                service,
                credentials: Some(credentials.clone()),
                ..Given::NOTHING
            };
            let refused = given.sign().unwrap_err();
            assert!(!refused.to_string().contains("hunter2"), "{refused}");
        }
    }
}

#[test]
fn anonymous_calls_carry_nothing_of_a_signature_with_v1_either() {
    let rpc = Given {
        signature: Signature::V1,
        ..Given::NOTHING
    };
    assert_eq!(
        rpc.sign().unwrap().http.body,
        "Action=&Format=JSON&SignatureNonce=n&Timestamp=2024-07-11T03%3A11%3A53Z&Version="
    );
    let roa = Given {
        service: &ROA,
        ..rpc
    };
    assert_eq!(header(&roa.sign().unwrap(), "authorization"), None);
}

#[test]
fn repeated_attempts_say_so_in_signed_headers() {
    let given = Given {
        credentials: Some(Credentials::new("id", "secret")),
        retry: Some(Retry {
            attempt: 2,
            delay: Duration::from_millis(1250),
        }),
        ..Given::NOTHING
    };
    let request = given.sign().unwrap();
    assert_eq!(header(&request, "x-acs-retry-attempts"), Some("2"));
    assert_eq!(header(&request, "x-acs-retry-delay"), Some("1250"));
    assert!(
        request
            .canonical_request
            .contains("\nx-acs-retry-attempts:2\nx-acs-retry-delay:1250\n")
    );

    let first = Given {
        retry: None,
        ..given
    }
    .sign()
    .unwrap();
    assert_eq!(header(&first, "x-acs-retry-attempts"), None);
}
