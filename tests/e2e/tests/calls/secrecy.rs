//! What nobody gets to see: secrets, and parameters in the errors about signatures.

use alicloud::dts::v20200101 as dts;
use alicloud::{Config, Credentials, Format, Placement, Signature};
use alicloud_gateway::Answer;

use crate::{TEMPORARY, config, configure, gateway};

#[tokio::test]
async fn no_secret_shows_anywhere() {
    let gateway = gateway().await;
    let (id, secret, token) = TEMPORARY;
    let credentials = Credentials::new(id, secret).with_security_token(token);
    let config = config(&gateway).credentials(credentials).build().unwrap();
    let client = dts::Client::new(&config);
    let request = configure(&client);
    gateway.answer_next(
        "ConfigureSynchronizationJob",
        Answer::error(403, "Forbidden.RAM", "no"),
    );
    let mut seen = format!("{config:?} {client:?} {request:?} {request:#?}");
    let error = request.send().await.unwrap_err();
    seen.push_str(&format!(
        "{error} {error:?} {error:#?} {:?}",
        gateway.requests()
    ));
    for planted in [
        "testStsSecret",
        "testSecurityToken",
        "planted p@ss",
        "planted%20p",
    ] {
        assert!(!seen.contains(planted), "{planted} in {seen}");
    }
    let unreachable = Config::builder()
        .endpoint("http://127.0.0.1:1")
        .credentials(Credentials::new(id, secret));
    let client = dts::Client::new(
        &unreachable
            .signature(Signature::V1)
            .placement(Placement::Query)
            .build()
            .unwrap(),
    );
    let error = configure(&client).send().await.unwrap_err();
    let seen = format!("{error} {error:?} {error:#?}");
    assert!(
        !seen.contains("planted") && !seen.contains("Signature="),
        "{seen}"
    );
}

#[tokio::test]
async fn a_signature_error_does_not_repeat_the_parameters() {
    let gateway = gateway().await;
    for format in [Format::Json, Format::Xml] {
        let wrong = config(&gateway).credentials(Credentials::new("testAccessKeyId", "wrong"));
        let config = wrong
            .signature(Signature::V1)
            .format(format)
            .build()
            .unwrap();
        let error = configure(&dts::Client::new(&config))
            .send()
            .await
            .unwrap_err();
        assert!(error.is_signature_mismatch());
        let seen = format!("{error} {error:?} {}", error.message().unwrap_or_default());
        assert!(
            !seen.contains("planted") && seen.contains("[redacted]"),
            "{seen}"
        );
        let raw = String::from_utf8_lossy(error.raw_body().unwrap()).into_owned();
        assert!(
            raw.contains("planted"),
            "the whole message stays in the raw body"
        );
    }
}
