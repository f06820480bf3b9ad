//! Proxies of the environment: never for this machine and the metadata service, otherwise as the environment says.
//!
//! The environment belongs to the process, so each case runs in one of its own: this program, told to run `the_call`.

use std::process::Command;
use std::time::Duration;

use alicloud::credentials::UriCredentials;
use alicloud::dts::v20200101::Client;
use alicloud::transport::Reqwest;
use alicloud::{Config, RetryPolicy};

use crate::peer::{Peer, Reply, good, http};
use crate::{config, write};

const VARIABLES: [&str; 8] = [
    "HTTP_PROXY",
    "http_proxy",
    "HTTPS_PROXY",
    "https_proxy",
    "ALL_PROXY",
    "all_proxy",
    "NO_PROXY",
    "no_proxy",
];

/// What the other process calls, and where credentials come from, if not from the code.
const ENDPOINT: &str = "TEST_ENDPOINT";
const CREDENTIALS: &str = "TEST_CREDENTIALS_URI";
/// Whether the HTTP client has a setting of the caller's, which has nothing to do with proxies.
const CUSTOMIZED: &str = "TEST_CUSTOMIZED";

#[tokio::test]
#[ignore = "run by the other tests, in an environment of its own"]
async fn the_call() {
    let mut config: alicloud::ConfigBuilder = config(std::env::var(ENDPOINT).unwrap())
        .allow_plain_http(true)
        .connect_timeout(Duration::from_millis(300))
        .retry(RetryPolicy::OFF);
    if let Ok(uri) = std::env::var(CREDENTIALS) {
        config = config.credentials(UriCredentials::new(uri));
    }
    if std::env::var_os(CUSTOMIZED).is_some() {
        let transport = Reqwest::from_builder(|builder| builder.tcp_nodelay(true)).unwrap();
        config = config.transport(transport);
    }
    let config: Config = config.build().unwrap();
    let client = Client::new(&config);
    client.send(write()).await.unwrap();
    // By itself and in its own runtime.
    tokio::task::spawn_blocking(move || client.send(write()).block().unwrap())
        .await
        .unwrap();
}

/// Makes the call in another process: whether it succeeded, and what it printed.
fn call(environment: &[(&str, &str)]) -> (bool, String) {
    let mut command = Command::new(std::env::current_exe().unwrap());
    command.args(["proxies::the_call", "--exact", "--ignored", "--nocapture"]);
    for name in VARIABLES {
        command.env_remove(name);
    }
    let output = command.envs(environment.iter().copied()).output().unwrap();
    let text = [output.stdout, output.stderr].concat();
    (
        output.status.success(),
        String::from_utf8_lossy(&text).into_owned(),
    )
}

#[test]
fn this_machine_is_reached_directly_whatever_the_environment_says() {
    let (proxy, target) = (Peer::new(good), Peer::new(good));
    let (address, port) = (proxy.endpoint(), target.port());
    let endpoints = [
        format!("http://127.0.0.1:{port}"),
        format!("http://localhost:{port}"),
        format!("http://[::ffff:127.0.0.1]:{port}"),
    ];
    let mut calls = 0;
    for endpoint in &endpoints {
        for variables in [
            &VARIABLES[..1],
            &VARIABLES[1..2],
            &VARIABLES[4..5],
            &VARIABLES[..6],
        ] {
            for excepted in ["", "example.com"] {
                let mut environment = vec![(ENDPOINT, endpoint.as_str()), ("NO_PROXY", excepted)];
                environment.extend(variables.iter().map(|name| (*name, address.as_str())));
                if excepted.is_empty() {
                    environment.push((CUSTOMIZED, ""));
                }
                let (succeeded, text) = call(&environment);
                assert!(succeeded, "{environment:?}: {text}");
                calls += 2;
            }
        }
    }
    assert!(proxy.seen().is_empty());
    assert_eq!(target.seen().len(), calls);
}

#[test]
fn credentials_of_this_machine_and_of_the_metadata_service_pass_no_proxy() {
    let (proxy, target) = (Peer::new(good), Peer::new(good));
    let address = proxy.endpoint();
    let given = r#"{"Code":"Success","AccessKeyId":"i","AccessKeySecret":"s","SecurityToken":"t","Expiration":"2999-01-01T00:00:00Z"}"#;
    let source = Peer::new(move |_| Reply::Stay(http("200 OK", "", given)));
    let endpoint = target.endpoint();
    let uri = format!("{}/keys", source.endpoint());
    let environment = |endpoint: &str, uri: &str| {
        call(&[
            (ENDPOINT, endpoint),
            (CREDENTIALS, uri),
            ("http_proxy", &address),
            ("ALL_PROXY", &address),
            ("NO_PROXY", ""),
        ])
    };
    let (succeeded, text) = environment(&endpoint, &uri);
    assert!(succeeded, "{text}");
    assert!(!source.seen().is_empty() && !target.seen().is_empty());
    // Nobody is there, as a rule; what counts is that the proxy is not asked.
    let _ = environment("http://100.100.100.200", &uri);
    assert!(proxy.seen().is_empty(), "{:?}", proxy.seen());
}

#[test]
fn other_hosts_are_reached_as_the_environment_says() {
    let proxy = Peer::new(good);
    let address = proxy.endpoint();
    let far = (ENDPOINT, "http://dts.cn-hangzhou.invalid");
    for variable in ["HTTP_PROXY", "http_proxy", "ALL_PROXY", "all_proxy"] {
        let before = proxy.seen().len();
        for customized in [&[][..], &[(CUSTOMIZED, "")]] {
            let environment = [&[far, (variable, &address)], customized].concat();
            let (succeeded, text) = call(&environment);
            assert!(succeeded, "{environment:?}: {text}");
        }
        let seen = &proxy.seen()[before..];
        assert_eq!(seen.len(), 4, "{variable}");
        assert!(
            seen[0]
                .line
                .starts_with("POST http://dts.cn-hangzhou.invalid/"),
            "{seen:?}"
        );
    }
    let before = proxy.seen().len();
    for excepted in ["invalid", ".cn-hangzhou.invalid", "*"] {
        let environment = [far, ("HTTP_PROXY", &address), ("NO_PROXY", excepted)];
        let (succeeded, text) = call(&environment);
        assert!(
            !succeeded && text.contains("dts.cn-hangzhou.invalid"),
            "{excepted}: {text}"
        );
    }
    assert_eq!(proxy.seen().len(), before);
}
