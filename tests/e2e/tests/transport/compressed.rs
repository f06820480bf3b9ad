//! Compressed answers, as they come over the network.

use std::borrow::Cow;
use std::io::Write as _;

use alicloud::client::ServiceClient;
use alicloud::params::Value;
use alicloud::test_util::ScriptedTransport;
use alicloud::transport::HttpResponse;
use alicloud::{ErrorKind, Params};
use flate2::Compression;
use flate2::write::{GzEncoder, ZlibEncoder};

use crate::peer::{GOOD, Peer, Reply, http};
use crate::{client, config, write};

fn gzip(text: &str) -> Vec<u8> {
    let mut encoder = GzEncoder::new(Vec::new(), Compression::default());
    encoder.write_all(text.as_bytes()).unwrap();
    encoder.finish().unwrap()
}

fn zlib(text: &str) -> Vec<u8> {
    let mut encoder = ZlibEncoder::new(Vec::new(), Compression::default());
    encoder.write_all(text.as_bytes()).unwrap();
    encoder.finish().unwrap()
}

/// A peer whose every answer is this.
fn answering(status: &'static str, coding: &str, body: Vec<u8>) -> Peer {
    let headers = format!("x-acs-request-id: 7\r\nContent-Encoding: {coding}\r\n");
    Peer::new(move |_| Reply::Stay(http(status, &headers, &body)))
}

#[tokio::test]
async fn answers_are_read_however_the_compression_is_spelt() {
    for (coding, body) in [
        ("gzip", gzip(GOOD)),
        ("x-gzip", gzip(GOOD)),
        ("GZIP", gzip(GOOD)),
        ("deflate", zlib(GOOD)),
        ("identity", GOOD.into()),
    ] {
        let peer = answering("200 OK", coding, body);
        let answer = client(config(peer.endpoint())).send(write()).await.unwrap();
        assert_eq!(answer.success, Some(true), "{coding}");
        assert_eq!(&answer.raw_body()[..], GOOD.as_bytes(), "{coding}");
        // What described the compressed body would be wrong now.
        let described = |(name, _): &(Cow<'static, str>, Cow<'static, str>)| {
            name == "content-encoding" || name == "content-length"
        };
        let is_described = answer.headers().iter().any(described);
        assert_eq!(is_described, coding == "identity", "{coding}");
        assert_eq!(peer.seen()[0].header("accept-encoding"), Some("gzip"));
    }
    let refusal = r#"{"Code":"Forbidden","Message":"no","RequestId":"2"}"#;
    let peer = answering("403 Forbidden", "X-GZip", gzip(refusal));
    let error = client(config(peer.endpoint()))
        .send(write())
        .await
        .unwrap_err();
    assert_eq!(error.code(), Some("Forbidden"));
}

#[tokio::test]
async fn what_cannot_be_read_is_refused_as_what_it_is() {
    for (coding, body, said) in [
        ("br", b"\x8b\x0f\x80".to_vec(), "it is compressed by \"br\""),
        (
            "zstd",
            b"\x28\xb5\x2f\xfd".to_vec(),
            "it is compressed by \"zstd\"",
        ),
        ("x-gzip", GOOD.into(), "its gzip compression is damaged"),
        (
            "gzip",
            gzip(GOOD)[..30].to_vec(),
            "its gzip compression is damaged",
        ),
    ] {
        let peer = answering("200 OK", coding, body.clone());
        let error = client(config(peer.endpoint()))
            .send(write())
            .await
            .unwrap_err();
        let text = error.to_string();
        assert_eq!(error.kind(), ErrorKind::Undecodable, "{text}");
        assert_eq!(error.status(), Some(200));
        assert_eq!(error.request_id(), Some("7"));
        assert!(text.contains(said) && !text.contains("UTF-8"), "{text}");
        assert_eq!(peer.seen().len(), 1, "a write is not repeated");

        let peer = answering("403 Forbidden", coding, body);
        let error = client(config(peer.endpoint()))
            .send(write())
            .await
            .unwrap_err();
        let text = error.to_string();
        assert_eq!(error.kind(), ErrorKind::Service, "{text}");
        assert_eq!(error.status(), Some(403));
        assert!(text.contains(said), "{text}");
    }
}

/// A transport of the caller's that hands bodies over as they came.
#[tokio::test]
async fn what_another_transport_left_compressed_is_named() {
    for status in [200, 403] {
        let answer = HttpResponse {
            status,
            headers: vec![("content-encoding".into(), "x-gzip".into())],
            body: gzip(GOOD).into(),
        };
        let transport = ScriptedTransport::new().respond(answer);
        let config = config("https://dts.aliyuncs.com").transport(transport);
        let error = client(config).send(write()).await.unwrap_err();
        assert_eq!(error.status(), Some(status));
        let text = error.to_string();
        assert!(text.contains("it is compressed by \"x-gzip\""), "{text}");
        assert!(!text.contains("UTF-8"), "{text}");
    }
}

#[tokio::test]
async fn streams_of_events_are_decompressed_as_they_come() {
    let events = "data: {\"Text\":\"one\"}\n\ndata: {\"Text\":\"two\"}\n\n";
    for (coding, body, expected) in [
        ("GZIP", gzip(events), &["one", "two"][..]),
        ("deflate", zlib(events), &["one", "two"]),
        ("br", b"\x8b\x0f\x80".to_vec(), &[]),
    ] {
        let peer = answering("200 OK", coding, body);
        let config = config(peer.endpoint()).build().unwrap();
        let service = ServiceClient::raw(&config, "Ai", "2024-01-01");
        let mut stream = service.call_raw("Watch", Params::new()).reads().events();
        for text in expected {
            let event = stream.next().await.unwrap().unwrap();
            assert_eq!(event.get("Text").and_then(Value::as_str), Some(*text));
        }
        let end = stream.next().await.map(Result::unwrap_err);
        match end {
            None => assert_ne!(coding, "br"),
            Some(error) => {
                assert_eq!(error.kind(), ErrorKind::Undecodable);
                assert!(error.to_string().contains("\"br\""), "{error}");
            }
        }
    }
}
