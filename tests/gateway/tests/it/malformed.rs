//! Requests nobody should send. None of them brings the gateway down, and each gets an answer.

use alicloud_gateway::http::MAX_BODY;

use crate::support::{Reply, START, Signer, gateway, raw, refusal};

async fn status(gateway: &alicloud_gateway::Gateway, bytes: &[u8]) -> Option<u16> {
    let answer = raw(gateway.address(), bytes).await;
    // After anything at all a good request is still a good request.
    let good = Signer::default()
        .v3("POST", START, &[], &[])
        .send(gateway)
        .await;
    assert_eq!(good.status, 200);
    Reply::read(&answer).map(|reply| reply.status)
}

#[tokio::test]
async fn what_is_http_gets_an_error_document() {
    let gateway = gateway().await;
    let cases: [(&[u8], u16); 9] = [
        (b"GET /?%zz=%4&%&=&&+=%FF&Action=%E4 HTTP/1.1\r\nhost: h\r\n\r\n", 404),
        (b"GET / HTTP/1.1\r\n\r\n", 400),
        (b"GET / HTTP/1.0\r\n\r\n", 400),
        (b"GET /?Signature=a&Action=StartDtsJob&Version=2020-01-01 HTTP/1.1\r\nhost: \xff\xfe\r\n\r\n", 400),
        (b"POST / HTTP/1.1\r\nhost: h\r\nauthorization: \xff\xff\r\nx-acs-action: \xf0\x9f\r\ncontent-length: 3\r\n\r\n\x00\xff\x80", 404),
        (
            b"POST / HTTP/1.1\r\nhost: h\r\ncontent-type: application/x-www-form-urlencoded\r\ncontent-length: 7\r\n\r\n\x00\xff=%\xff&=",
            400,
        ),
        (b"POST / HTTP/1.1\r\nhost: h\r\ncontent-length: 100\r\n\r\nshort", 400),
        (b"POST / HTTP/1.1\r\nhost: h\r\ntransfer-encoding: chunked\r\n\r\n5\r\nab", 400),
        (b"BREW http://elsewhere/pot?Action=StartDtsJob HTTP/1.1\r\nhost: h\r\n\r\n", 400),
    ];
    for (bytes, wanted) in cases {
        assert_eq!(
            status(&gateway, bytes).await,
            Some(wanted),
            "{}",
            String::from_utf8_lossy(bytes)
        );
    }
}

#[tokio::test]
async fn what_is_no_http_is_turned_away() {
    let gateway = gateway().await;
    let huge = [
        b"GET / HTTP/1.1\r\nx: ",
        "a".repeat(2 << 20).as_bytes(),
        b"\r\n\r\n",
    ]
    .concat();
    let many = [
        b"GET / HTTP/1.1\r\n",
        "x: y\r\n".repeat(500).as_bytes(),
        b"\r\n",
    ]
    .concat();
    let long = [
        b"GET /?a=",
        "b".repeat(100_000).as_bytes(),
        b" HTTP/1.1\r\nhost: h\r\n\r\n",
    ]
    .concat();
    let cases: [&[u8]; 9] = [
        b"",
        b"\r\n\r\n",
        b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03",
        b"GET\r\n\r\n",
        b"POST / HTTP/1.1\r\nhost: h\r\ncontent-length: -1\r\n\r\n",
        b"POST / HTTP/1.1\r\nhost: h\r\ncontent-length: 1\r\ncontent-length: 2\r\n\r\nab",
        &huge,
        &many,
        &long,
    ];
    for bytes in cases {
        let status = status(&gateway, bytes).await;
        let turned_away = status.is_none_or(|status| (400..500).contains(&status));
        assert!(
            turned_away,
            "{status:?}: {}",
            String::from_utf8_lossy(&bytes[..bytes.len().min(40)])
        );
    }
}

#[tokio::test]
async fn chunked_bodies_are_read() {
    let gateway = gateway().await;
    let wire = Signer::default().v3("POST", START, &[], &[("DtsJobId", "in chunks")]);
    let mut request = format!(
        "POST {} HTTP/1.1\r\ntransfer-encoding: chunked\r\nconnection: close\r\n",
        wire.target
    );
    for (name, value) in &wire.headers {
        request.push_str(&format!("{name}: {value}\r\n"));
    }
    request.push_str("\r\n");
    for byte in wire.body.chars() {
        request.push_str(&format!("1\r\n{byte}\r\n"));
    }
    request.push_str("0\r\n\r\n");
    let answer = raw(gateway.address(), request.as_bytes()).await;
    assert_eq!(Reply::read(&answer).unwrap().status, 200);
    assert_eq!(
        gateway.requests()[0].parameters.get("DtsJobId"),
        Some("in chunks")
    );
}

#[tokio::test]
async fn bodies_are_bounded() {
    let gateway = gateway().await;
    let head = format!(
        "POST / HTTP/1.1\r\nhost: h\r\nx-acs-action: StartDtsJob\r\ncontent-length: {}\r\n\r\n",
        MAX_BODY + 1
    );
    // The answer comes without the body having been sent.
    let answer = raw(gateway.address(), head.as_bytes()).await;
    assert_eq!(
        Reply::read(&answer).unwrap().error(),
        refusal(413, "RequestEntityTooLarge")
    );
    let recorded = &gateway.requests()[0];
    assert_eq!(
        (recorded.operation.as_str(), recorded.verdict.status),
        ("StartDtsJob", 413)
    );
}

#[tokio::test]
async fn it_stops_when_it_is_dropped() {
    let gateway = gateway().await;
    let address = gateway.address();
    assert!(address.ip().is_loopback());
    drop(gateway);
    for _ in 0..100 {
        tokio::time::sleep(std::time::Duration::from_millis(10)).await;
        if tokio::net::TcpStream::connect(address).await.is_err() {
            return;
        }
    }
    panic!("still listening on {address}");
}
