//! What a caller can reach past the typed calls: signed requests unsent, raw calls, interceptors, endpoints, limits to what
//! a client may do.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    reason = "a test that cannot go on fails"
)]

use std::sync::{Arc, Mutex};
use std::time::{Duration, SystemTime};

use alicloud::client::{Answered, Intercept, Outgoing, ServiceClient};
use alicloud::dts::v20200101::Client;
use alicloud::operation::Method;
use alicloud::test_util::{ManualClock, Recorder, ScriptedTransport};
use alicloud::time::FixedNonce;
use alicloud::transport::Unsent;
use alicloud::{
    Config, ConfigBuilder, Credentials, Endpoint, ErrorKind, Params, Request as _, Signature,
    Value, config::InvalidConfig,
};
use alicloud_gateway::Gateway;

const GOOD: &str = r#"{"RequestId":"1111","Success":true}"#;

fn config(transport: &ScriptedTransport) -> ConfigBuilder {
    let clock = ManualClock::new(SystemTime::UNIX_EPOCH + Duration::from_secs(1_714_979_289));
    Config::builder()
        .region("cn-hangzhou")
        .credentials(Credentials::new("testid", "testsecret").with_security_token("canary-token"))
        .transport(transport.clone())
        .clock(clock.clone())
        .sleep(clock)
        .nonces(FixedNonce("e1d2".into()))
}

#[tokio::test]
async fn a_prepared_request_is_the_one_that_would_be_sent() {
    let transport = ScriptedTransport::new().answer(200, GOOD);
    let client = Client::new(&config(&transport).build().unwrap());
    let request = || client.start_dts_job().dts_job_id("it's").zero_etl_job(true);
    let prepared = request().prepare().await.unwrap();
    assert!(transport.requests().is_empty());
    request().send().await.unwrap();
    let sent = transport.requests().remove(0);
    assert_eq!(prepared.http().url, sent.url);
    assert_eq!(prepared.http().headers, sent.headers);
    assert!(
        prepared
            .signed()
            .string_to_sign
            .starts_with("ACS3-HMAC-SHA256\n")
    );
    // Nothing is prepared that would not be sent.
    let error = client.start_dts_job().prepare().await.unwrap_err();
    assert_eq!(error.kind(), ErrorKind::InvalidRequest);
}

#[tokio::test]
async fn a_client_that_carries_nothing_prepares_and_says_that_nothing_was_sent() {
    let config = Config::builder()
        .endpoint("https://dts.aliyuncs.com")
        .credentials(Credentials::new("testid", "testsecret"))
        .transport(Unsent)
        .sleep(Unsent)
        .build()
        .unwrap();
    // A call without its type takes the same options.
    let call = Client::new(&config)
        .start_dts_job()
        .dts_job_id("x")
        .into_call()
        .with_header("x-acs-mark", "1")
        .with_method(Method::Get);
    let prepared = call.clone().prepare().await.unwrap();
    assert_eq!(prepared.http().method, Method::Get);
    let mut headers = prepared.http().headers.iter();
    assert!(headers.any(|(name, value)| name == "x-acs-mark" && value == "1"));
    let error = call.send::<Value>().await.unwrap_err();
    assert_eq!(error.kind(), ErrorKind::NotSent);
    assert!(
        error.to_string().contains("can only be prepared"),
        "{error}"
    );
}

#[tokio::test]
async fn a_parameter_given_by_its_name_is_checked_and_sent_like_the_one_of_that_name() {
    let transport = ScriptedTransport::new();
    let client = Client::new(&config(&transport).build().unwrap());
    let request = client.start_dts_job().with_parameter("DtsJobId", "a");
    let prepared = request.prepare().await.unwrap();
    assert!(prepared.http().url.ends_with("/?DtsJobId=a"));

    // What is set twice is sent once; what is taken back is missing again.
    let request = || client.start_dts_job().dts_job_id("a");
    let prepared = request().with_parameter("DtsJobId", "b").prepare().await;
    assert!(prepared.unwrap().http().url.ends_with("/?DtsJobId=b"));
    let missing = request()
        .with_parameter("DtsJobId", Value::Null)
        .prepare()
        .await;
    assert_eq!(missing.unwrap_err().kind(), ErrorKind::InvalidRequest);
}

#[tokio::test]
async fn a_curl_command_shows_the_request_without_secrets() {
    let transport = ScriptedTransport::new();
    let client = Client::new(&config(&transport).build().unwrap());
    let curl = client
        .start_dts_job()
        .dts_job_id("it's")
        .with_parameter("Hidden", Value::from("canary-param").sensitive())
        .prepare()
        .await
        .unwrap()
        .to_curl();
    for part in [
        "curl -X POST 'https://dts.cn-hangzhou.aliyuncs.com/?DtsJobId=it%27s&Hidden=REDACTED'",
        "-H 'x-acs-action: StartDtsJob'",
        "-H 'x-acs-security-token: REDACTED'",
        "-H 'authorization: REDACTED'",
    ] {
        assert!(curl.contains(part), "{part} in {curl}");
    }
    assert!(!curl.contains("canary"), "{curl}");

    // So does a secret that is given by its name.
    let curl = client
        .configure_dts_job()
        .with_parameter("SourceEndpointPassword", "canary-password")
        .with_checks(false)
        .prepare()
        .await
        .unwrap()
        .to_curl();
    assert!(curl.contains("SourceEndpointPassword=REDACTED"), "{curl}");

    // In the older signature everything is in the form body.
    let v1 = config(&transport).signature(Signature::V1).build().unwrap();
    let curl = Client::new(&v1)
        .start_dts_job()
        .dts_job_id("x")
        .prepare()
        .await
        .unwrap()
        .to_curl();
    assert!(curl.contains("Signature=REDACTED"), "{curl}");
    assert!(curl.contains("SecurityToken=REDACTED"), "{curl}");
    assert!(!curl.contains("canary"), "{curl}");
}

#[tokio::test]
async fn any_operation_can_be_called_by_name() {
    let gateway = Gateway::builder().start().await.unwrap();
    let credentials = Credentials::new("testAccessKeyId", "testAccessKeySecret");
    let config = Config::builder()
        .endpoint(gateway.endpoint())
        .credentials(credentials);
    let config = config.build().unwrap();
    let mut params = Params::new();
    params.set("DtsJobId", "l3m1213ye7l****");
    for answer in [
        Client::new(&config)
            .call("StartDtsJob", params.clone())
            .send()
            .await
            .unwrap(),
        ServiceClient::raw(&config, "Dts", "2020-01-01")
            .call_raw("StartDtsJob", params)
            .send()
            .await
            .unwrap(),
    ] {
        assert_eq!(answer.get("Success"), Some(&Value::Bool(true)));
        let id = answer.get("RequestId").and_then(Value::as_str);
        assert_eq!(answer.request_id(), id);
    }
    let unknown = ServiceClient::raw(&config, "Dts", "2020-01-01");
    let error = unknown
        .call_raw("NoSuchOperation", Params::new())
        .send()
        .await;
    assert!(error.unwrap_err().is_not_found());
}

#[tokio::test]
async fn raw_calls_of_products_with_paths_fill_them() {
    let transport = ScriptedTransport::new().answer(200, "[1, 2]");
    let config = config(&transport).build().unwrap();
    let mut params = Params::new();
    params.set("ClusterId", "c/1");
    params.set("Page", 2);
    let answer = ServiceClient::raw(&config, "CS", "2015-12-15")
        .call_raw("DescribeClusterNodes", params)
        .method(Method::Get)
        .path("/clusters/{ClusterId}/nodes")
        .reads()
        .send()
        .await
        .unwrap();
    assert_eq!(answer.as_list().map(<[Value]>::len), Some(2));
    assert_eq!(
        transport.requests()[0].url,
        "https://cs.cn-hangzhou.aliyuncs.com/clusters/c%2F1/nodes?Page=2"
    );
}

#[derive(Clone, Debug, Default)]
struct Watching(Arc<Mutex<Vec<String>>>);

impl Intercept for Watching {
    fn before_sign(
        &self,
        request: &mut Outgoing<'_>,
    ) -> Result<(), Box<dyn std::error::Error + Send + Sync>> {
        if request.params().get("DtsJobId") == Some(&Value::from("forbidden")) {
            return Err("not this job".into());
        }
        let seen = format!("{} {}", request.operation().name, request.attempt());
        self.0.lock().unwrap().push(seen);
        request.set_header("x-acs-trace", "t-1");
        request.set_parameter("Extra", "e");
        Ok(())
    }

    fn after_answer(&self, answer: &Answered<'_>) {
        let seen = format!("{} {}", answer.attempt(), answer.response().status);
        self.0.lock().unwrap().push(seen);
    }
}

#[tokio::test]
async fn interceptors_see_every_attempt_and_may_add_to_it() {
    let busy = r#"{"Code":"Throttling","Message":"m"}"#;
    let transport = ScriptedTransport::new().answer(400, busy).answer(200, GOOD);
    let watching = Watching::default();
    let config = config(&transport).interceptor(watching.clone());
    let client = Client::new(&config.build().unwrap());
    client.start_dts_job().dts_job_id("x").send().await.unwrap();
    assert_eq!(
        *watching.0.lock().unwrap(),
        ["StartDtsJob 1", "1 400", "StartDtsJob 2", "2 200"]
    );
    for request in transport.requests() {
        assert!(request.url.ends_with("?DtsJobId=x&Extra=e"));
        let authorization = request
            .headers
            .iter()
            .find(|(name, _)| name == "authorization");
        assert!(authorization.unwrap().1.contains(";x-acs-trace;"));
    }
    let error = client.start_dts_job().dts_job_id("forbidden").send().await;
    assert_eq!(error.unwrap_err().kind(), ErrorKind::InvalidRequest);
}

#[tokio::test]
async fn a_read_only_client_refuses_what_may_change_something() {
    let transport = ScriptedTransport::new().answer(200, GOOD);
    let client = Client::new(&config(&transport).read_only(true).build().unwrap());
    let error = client
        .start_dts_job()
        .dts_job_id("x")
        .send()
        .await
        .unwrap_err();
    assert_eq!(error.kind(), ErrorKind::InvalidRequest);
    assert!(error.to_string().contains("read-only"), "{error}");
    let raw = client.call("DescribeAnything", Params::new()).send().await;
    assert_eq!(raw.unwrap_err().kind(), ErrorKind::InvalidRequest);
    assert!(transport.requests().is_empty());
    client
        .describe_dts_jobs()
        .region("cn-hangzhou")
        .send()
        .await
        .unwrap();
}

#[tokio::test]
async fn plain_http_goes_to_this_machine_only() {
    let transport = ScriptedTransport::new().answer(200, GOOD);
    let refused = config(&transport)
        .endpoint("http://dts.aliyuncs.com")
        .build();
    assert!(matches!(refused, Err(InvalidConfig::PlainHttp(_))));
    let client = Client::new(&config(&transport).build().unwrap());
    let elsewhere: Endpoint = "http://10.0.0.1:80".parse().unwrap();
    let request = || {
        client
            .start_dts_job()
            .dts_job_id("x")
            .with_endpoint(elsewhere.clone())
    };
    let error = request().send().await.unwrap_err();
    assert_eq!(error.kind(), ErrorKind::InvalidRequest);
    let allowed = config(&transport)
        .endpoint("http://dts.aliyuncs.com")
        .allow_plain_http(true);
    let client = Client::new(&allowed.build().unwrap());
    client.start_dts_job().dts_job_id("x").send().await.unwrap();
    assert!(
        transport.requests()[0]
            .url
            .starts_with("http://dts.aliyuncs.com/")
    );
}

#[tokio::test]
async fn endpoints_come_from_the_call_the_product_the_environment_or_the_spec() {
    let host = async |config: ConfigBuilder, endpoint: Option<&str>| {
        let transport = ScriptedTransport::new().answer(200, GOOD);
        let client = Client::new(&config.transport(transport.clone()).build().unwrap());
        let mut request = client.start_dts_job().dts_job_id("x");
        if let Some(endpoint) = endpoint {
            request = request.with_endpoint(endpoint.parse().unwrap());
        }
        request.send().await.unwrap();
        let url = transport.requests()[0].url.clone();
        url.split('/').nth(2).unwrap().to_owned()
    };
    let none = ScriptedTransport::new();
    let base = || config(&none);
    let set = |name: &str, value: &str| [(name.to_owned(), value.to_owned())];
    assert_eq!(host(base(), None).await, "dts.cn-hangzhou.aliyuncs.com");
    assert_eq!(
        host(base().vpc(true), None).await,
        "dts-vpc.cn-hangzhou.aliyuncs.com"
    );
    let environment = base().environment(set("ALIBABA_CLOUD_VPC_ENDPOINT_ENABLED", "true"));
    assert_eq!(
        host(environment, None).await,
        "dts-vpc.cn-hangzhou.aliyuncs.com"
    );
    let environment = base().environment(set("ALIBABA_CLOUD_REGION_ID", "cn-beijing"));
    assert_eq!(host(environment, None).await, "dts.cn-beijing.aliyuncs.com");
    let general = || base().environment(set("ALIBABA_CLOUD_ENDPOINT", "all.example.com"));
    assert_eq!(host(general(), None).await, "all.example.com");
    let own = || general().environment(set("ALIBABA_CLOUD_ENDPOINT_DTS", "own.example.com"));
    assert_eq!(host(own(), None).await, "own.example.com");
    let coded = || own().endpoint_of("Dts", "code.example.com");
    assert_eq!(host(coded(), None).await, "code.example.com");
    assert_eq!(
        host(coded(), Some("call.example.com")).await,
        "call.example.com"
    );
}

#[tokio::test]
async fn recordings_hold_no_secret_and_play_back() {
    let secret =
        r#"{"RequestId":"9","Success":true,"DestinationEndpoint":{"Password":"canary-answer"}}"#;
    let transport = ScriptedTransport::new().answer(200, secret);
    let recorder = Recorder::new();
    let config = config(&transport).interceptor(recorder.clone());
    let client = Client::new(&config.build().unwrap());
    let sent = client
        .start_dts_job()
        .dts_job_id("l3m")
        .with_parameter("DbPassword", "canary-extra")
        .send()
        .await
        .unwrap();
    assert_eq!(sent.request_id.as_deref(), Some("9"));
    let lines = recorder.to_json_lines();
    assert!(
        !lines.contains("canary") && !lines.contains("testsecret"),
        "{lines}"
    );
    assert!(lines.contains("l3m"), "{lines}");

    let replayed = Recorder::replay(&lines).unwrap();
    let again = Client::new(&self::config(&replayed).build().unwrap());
    let answer = again
        .start_dts_job()
        .dts_job_id("l3m")
        .send()
        .await
        .unwrap();
    assert_eq!(answer.request_id.as_deref(), Some("9"));
    assert_eq!(Recorder::replay("{\"operation\":1}").unwrap_err(), 1);
}
