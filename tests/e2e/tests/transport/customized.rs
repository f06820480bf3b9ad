//! A transport with settings of the caller's own.

use alicloud::transport::Reqwest;
use alicloud::{ErrorKind, RetryPolicy};
use reqwest::{Proxy, redirect};

use crate::peer::{Peer, Reply, good, http};
use crate::{client, config, write};

/// A host that can only be reached through a proxy: it has no address.
const FAR: &str = "http://dts.cn-hangzhou.invalid";

#[tokio::test]
async fn a_proxy_is_used_for_the_hosts_it_is_set_for() {
    let (proxy, target) = (Peer::new(good), Peer::new(good));
    let all = Proxy::all(proxy.endpoint())
        .unwrap()
        .basic_auth("user", "pass");
    let transport = Reqwest::from_builder(move |builder| builder.proxy(all.clone())).unwrap();
    for endpoint in [FAR.to_owned(), target.endpoint()] {
        let config = config(endpoint).allow_plain_http(true);
        let client = client(config.transport(transport.clone()));
        client.send(write()).await.unwrap();
        client.send(write()).await.unwrap();
    }
    let seen = proxy.seen();
    assert_eq!(seen.len(), 4);
    assert!(
        seen[0].line.starts_with(&format!("POST {FAR}/")),
        "{seen:?}"
    );
    assert_eq!(
        seen[0].header("proxy-authorization"),
        Some("Basic dXNlcjpwYXNz")
    );
    assert!(target.seen().is_empty(), "the caller said so");

    // One that is set for other hosts is not.
    let other = Proxy::custom(move |url| {
        let far = url
            .host_str()
            .is_some_and(|host| host.ends_with(".invalid"));
        far.then(|| proxy.endpoint())
    });
    let transport = Reqwest::from_builder(move |builder| builder.proxy(other.clone())).unwrap();
    let client = client(config(target.endpoint()).transport(transport));
    client.send(write()).await.unwrap();
    assert_eq!(target.seen().len(), 1);
}

#[tokio::test]
async fn redirects_are_not_followed_whatever_the_caller_sets() {
    let other = Peer::new(good);
    let location = format!("location: {}/\r\n", other.endpoint());
    for status in [
        "301 Moved",
        "302 Found",
        "307 Temporary Redirect",
        "308 Permanent Redirect",
    ] {
        let location = location.clone();
        let peer = Peer::new(move |_| Reply::Stay(http(status, &location, "")));
        for follows in [false, true] {
            let transport = Reqwest::from_builder(move |builder| match follows {
                true => builder.redirect(redirect::Policy::limited(5)),
                false => builder,
            });
            let config = config(peer.endpoint()).transport(transport.unwrap());
            let error = client(config).send(write()).await.unwrap_err();
            assert_eq!(error.kind(), ErrorKind::Service, "{status}");
            assert_eq!(
                error.status(),
                status.split(' ').next().unwrap().parse().ok()
            );
        }
        assert_eq!(peer.seen().len(), 2);
    }
    assert!(
        other.seen().is_empty(),
        "no credentials went to another host"
    );
}

/// The tree of these tests has no default provider of cryptography: where one is needed, that is an error.
#[tokio::test]
async fn tls_comes_with_the_builder_and_never_panics() {
    let transport = Reqwest::from_builder(|builder| builder).unwrap();
    let peer = Peer::new(good);
    let https = peer.endpoint().replace("http://", "https://");
    let config = config(https).transport(transport).retry(RetryPolicy::OFF);
    let error = client(config).send(write()).await.unwrap_err();
    // The peer speaks no TLS.
    assert_eq!(error.kind(), ErrorKind::NotSent, "{error}");
    let error = Reqwest::from_builder(reqwest::ClientBuilder::tls_backend_rustls).unwrap_err();
    let source = std::error::Error::source(&error).unwrap().to_string();
    assert!(source.contains("no crypto provider"), "{source}");
}

#[tokio::test]
async fn what_the_caller_sets_holds_for_every_pool_of_connections() {
    let peer = Peer::new(|asked| match asked.number {
        0 => Reply::Stay(http("503 Service Unavailable", "", "{}")),
        _ => good(asked),
    });
    let address = std::net::SocketAddr::from(([127, 0, 0, 1], peer.port()));
    let transport = Reqwest::from_builder(move |builder| {
        builder
            .no_proxy()
            .resolve("dts.cn-hangzhou.invalid", address)
    });
    let config = config(FAR)
        .allow_plain_http(true)
        .transport(transport.unwrap());
    let client = client(config);
    // The second attempt goes over a connection that is not kept.
    let read = client.describe_dts_jobs().region("cn-hangzhou");
    assert_eq!(read.send().await.unwrap().attempts(), 2);
    assert_eq!(peer.connections(), [0, 1]);
}
