//! Keys: where they come from, and what is made of those that a service gives out.

use alicloud::credentials::AssumeRoleCredentials;
use alicloud::{Config, Credentials, ErrorKind};

use crate::{config, dts, gateway};

#[tokio::test]
async fn a_role_that_was_assumed_by_hand_signs_the_next_call() {
    let gateway = gateway().await;
    let base = config(&gateway).build().unwrap();
    let sts = alicloud::sts::v20150401::Client::new(&base);
    let assumed = sts
        .assume_role()
        .role_arn("acs:ram::1234:role/reader")
        .role_session_name("s")
        .send()
        .await
        .unwrap();
    let key = Credentials::try_from(assumed.credentials.as_ref().unwrap()).unwrap();
    assert!(key.expiration().is_some() && key.security_token().is_some());
    let config = Config::builder()
        .endpoint(gateway.endpoint())
        .credentials(key);
    let client = dts::Client::new(&config.build().unwrap());
    client.start_dts_job().dts_job_id("x").send().await.unwrap();

    let empty = alicloud::sts::v20150401::assume_role::Credentials::default();
    let refused = Credentials::try_from(&empty).unwrap_err().to_string();
    assert!(refused.contains("AccessKeyId"), "{refused}");
}

/// Two hours off: the exchange learns the time, and the call signs with it.
#[tokio::test]
async fn a_role_is_assumed_on_a_machine_whose_clock_is_wrong() {
    let gateway = gateway().await;
    gateway.skew_clock(7200);
    let source = Credentials::new("testAccessKeyId", "testAccessKeySecret");
    let role = AssumeRoleCredentials::new(source, "acs:ram::1234:role/reader")
        .endpoint(gateway.endpoint());
    let config = Config::builder()
        .endpoint(gateway.endpoint())
        .credentials(role);
    let client = dts::Client::new(&config.build().unwrap());
    let answer = client.start_dts_job().dts_job_id("x").send().await.unwrap();
    assert_eq!(answer.attempts(), 1);
}

#[tokio::test]
async fn a_key_with_a_line_break_at_its_end_signs_and_an_impossible_one_is_named() {
    let gateway = gateway().await;
    let send = async |id: &str, secret: &str| {
        let key = Credentials::new(id, secret);
        let config = Config::builder()
            .endpoint(gateway.endpoint())
            .credentials(key);
        let client = dts::Client::new(&config.build().unwrap());
        client.start_dts_job().dts_job_id("x").send().await
    };
    send(" testAccessKeyId\n", "testAccessKeySecret\r\n")
        .await
        .unwrap();
    for (id, secret) in [
        ("testAccessKeyId", ""),
        ("", "hunter2"),
        ("id", "hunter2 hunter2"),
    ] {
        let error = send(id, secret).await.unwrap_err();
        assert_eq!(error.kind(), ErrorKind::Credentials);
        let text = format!("{error} {error:?}");
        assert!(
            !text.contains("hunter2") && text.contains("access key"),
            "{text}"
        );
    }
}
