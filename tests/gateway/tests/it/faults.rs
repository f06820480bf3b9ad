//! Faults, as a client that looks at every byte meets them.

use std::io::{ErrorKind, Read as _};
use std::time::{Duration, Instant};

use alicloud_gateway::{Counts, Fault, Gateway};
use flate2::read::GzDecoder;
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::TcpStream;

use crate::support::{Reply, START, Signer, Wire, gateway, raw, refusal};

fn start() -> Wire {
    Signer::default().v3("POST", START, &[], &[])
}

/// Received and executed.
fn counted(counts: Counts) -> (u64, u64) {
    (counts.received, counts.executed)
}

/// What was read before the connection ended, and how it ended.
async fn ending(gateway: &Gateway, bytes: &[u8]) -> (Vec<u8>, Option<ErrorKind>) {
    let mut stream = TcpStream::connect(gateway.address()).await.unwrap();
    let _ = stream.write_all(bytes).await;
    let mut answer = Vec::new();
    let ended = stream.read_to_end(&mut answer).await;
    (answer, ended.err().map(|error| error.kind()))
}

async fn bytes(gateway: &Gateway, wire: &Wire) -> (String, Vec<u8>) {
    let answer = raw(gateway.address(), &wire.bytes()).await;
    let end = answer.windows(4).position(|four| four == b"\r\n\r\n");
    let (head, body) = answer.split_at(end.unwrap() + 4);
    (
        String::from_utf8(head.to_vec()).unwrap().to_lowercase(),
        body.to_vec(),
    )
}

#[tokio::test]
async fn connections_are_reset_before_and_after_execution() {
    let gateway = gateway().await;
    for (fault, executed) in [
        (Fault::ResetBeforeRead, 0),
        (Fault::ResetBeforeExecution, 0),
        (Fault::ResetAfterExecution, 1),
    ] {
        let before = gateway.counts("StartDtsJob");
        gateway.inject_next("StartDtsJob", fault);
        let ended = ending(&gateway, &start().bytes()).await;
        assert_eq!(
            ended,
            (Vec::new(), Some(ErrorKind::ConnectionReset)),
            "{fault:?}"
        );
        let after = gateway.counts("StartDtsJob");
        assert_eq!(after.received - before.received, 1, "{fault:?}");
        assert_eq!(after.executed - before.executed, executed, "{fault:?}");
    }
    assert_eq!(start().send(&gateway).await.status, 200);
}

#[tokio::test]
async fn a_request_need_not_be_whole_to_be_turned_away() {
    let gateway = gateway().await;
    gateway.inject_next("*", Fault::ResetBeforeRead);
    // The body never comes, and nobody waits for it.
    let head =
        b"POST / HTTP/1.1\r\nhost: h\r\nx-acs-action: StartDtsJob\r\ncontent-length: 99\r\n\r\n";
    let ended = ending(&gateway, head).await;
    assert_eq!(ended, (Vec::new(), Some(ErrorKind::ConnectionReset)));
    assert_eq!(counted(gateway.counts("StartDtsJob")), (1, 0));
}

#[tokio::test]
async fn a_name_in_the_body_is_found_a_little_late() {
    let gateway = gateway().await;
    gateway.inject_next("StartDtsJob", Fault::ResetBeforeRead);
    let pairs = Signer::default().v1_pairs("POST", START, &[]);
    let wire = Wire::with_pairs("POST", &[], &pairs);
    let ended = ending(&gateway, &wire.bytes()).await;
    assert_eq!(ended, (Vec::new(), Some(ErrorKind::ConnectionReset)));
    assert_eq!(counted(gateway.counts("StartDtsJob")), (1, 0));
}

#[tokio::test]
async fn heads_and_bodies_can_be_slow() {
    let gateway = gateway().await;
    let time = Duration::from_secs(1);
    for (fault, head_is_slow) in [
        (Fault::SlowHeaders(time), true),
        (Fault::SlowBody(time), false),
    ] {
        gateway.inject_next("StartDtsJob", fault);
        let started = Instant::now();
        let mut stream = TcpStream::connect(gateway.address()).await.unwrap();
        stream.write_all(&start().bytes()).await.unwrap();
        let (mut answer, mut head) = (Vec::new(), None);
        let mut reads = 0;
        while stream.read_buf(&mut answer).await.unwrap() > 0 {
            reads += 1;
            if head.is_none() && answer.windows(4).any(|four| four == b"\r\n\r\n") {
                head = Some(started.elapsed());
            }
        }
        assert!(started.elapsed() >= time, "{fault:?}");
        assert_eq!(head.unwrap() >= time, head_is_slow, "{fault:?}: {head:?}");
        assert!(reads > 3, "{fault:?}: {reads}");
        assert_eq!(Reply::read(&answer).unwrap().json()["Success"], true);
    }
    assert_eq!(counted(gateway.counts("StartDtsJob")), (2, 2));
}

#[tokio::test]
async fn bodies_can_be_shorter_or_longer_than_they_say() {
    let gateway = gateway().await;
    let whole = start().send(&gateway).await.body.len();
    for (fault, announced, came) in [
        (Fault::TruncatedBody, whole, whole / 2),
        (Fault::ShortContentLength, whole / 2, whole),
    ] {
        gateway.inject_next("StartDtsJob", fault);
        let reply = start().send(&gateway).await;
        assert_eq!(reply.status, 200);
        assert_eq!(reply.header("content-length"), announced.to_string());
        assert_eq!(reply.body.len(), came, "{fault:?}");
    }
    assert_eq!(counted(gateway.counts("StartDtsJob")), (3, 3));
}

#[tokio::test]
async fn a_proxy_can_fail_before_or_after_execution() {
    let gateway = gateway().await;
    for executed in [false, true] {
        gateway.inject_next("StartDtsJob", Fault::BadGateway { executed });
        let reply = start().send(&gateway).await;
        assert_eq!(
            (reply.status, reply.header("content-type")),
            (502, "text/html")
        );
        assert!(reply.body.starts_with("<html>"), "{}", reply.body);
        assert_eq!(gateway.counts("StartDtsJob").executed, u64::from(executed));
    }
}

#[tokio::test]
async fn answers_can_be_empty_or_no_json() {
    let gateway = gateway().await;
    for fault in [Fault::EmptyBody, Fault::Xml, Fault::InvalidJson] {
        gateway.inject_next("StartDtsJob", fault);
    }
    let empty = start().send(&gateway).await;
    assert_eq!((empty.status, empty.body.as_str()), (200, ""));
    let xml = start().send(&gateway).await;
    assert_eq!(
        (xml.status, xml.header("content-type")),
        (200, "text/xml;charset=utf-8")
    );
    assert!(
        xml.body.starts_with("<StartDtsJobResponse>"),
        "{}",
        xml.body
    );
    let broken = start().send(&gateway).await;
    assert_eq!(
        (broken.status, broken.header("content-type")),
        (200, "application/json;charset=utf-8")
    );
    assert!(serde_json::from_str::<serde_json::Value>(&broken.body).is_err());
    assert_eq!(counted(gateway.counts("StartDtsJob")), (3, 3));
}

#[tokio::test]
async fn the_service_can_refuse_to_do_anything() {
    let gateway = gateway().await;
    let throttling = |x_acs: Option<u64>, seconds: Option<u64>| Fault::Throttling {
        x_acs_retry_after: x_acs.map(Duration::from_millis),
        retry_after: seconds.map(Duration::from_secs),
    };
    for (fault, status, code, headers) in [
        (throttling(None, None), 400, "Throttling.User", ("", "")),
        (
            throttling(Some(1500), None),
            400,
            "Throttling.User",
            ("1500", ""),
        ),
        (throttling(None, Some(2)), 400, "Throttling.User", ("", "2")),
        (
            Fault::ServiceUnavailable,
            503,
            "ServiceUnavailable",
            ("", ""),
        ),
        (
            Fault::ExpiredToken,
            403,
            "InvalidSecurityToken.Expired",
            ("", ""),
        ),
    ] {
        gateway.inject_next("StartDtsJob", fault);
        let reply = start().send(&gateway).await;
        assert_eq!(reply.error(), refusal(status, code));
        let given = (
            reply.header("x-acs-retry-after"),
            reply.header("retry-after"),
        );
        assert_eq!(given, headers, "{fault:?}");
    }
    assert_eq!(counted(gateway.counts("StartDtsJob")), (5, 0));
}

#[tokio::test]
async fn a_body_can_be_huge() {
    let gateway = gateway().await;
    let size = 100_000_000;
    gateway.inject_next("StartDtsJob", Fault::HugeBody(size));
    let mut stream = TcpStream::connect(gateway.address()).await.unwrap();
    stream.write_all(&start().bytes()).await.unwrap();
    let (mut chunk, mut length, mut first) = (vec![0; 1 << 20], 0, Vec::new());
    let mut last: Vec<u8> = Vec::new();
    loop {
        let read = stream.read(&mut chunk).await.unwrap();
        if read == 0 {
            break;
        }
        length += read as u64;
        if first.len() < 1000 {
            first.extend(&chunk[..read.min(1000)]);
        }
        last.extend(&chunk[read.saturating_sub(2)..read]);
        last.drain(..last.len().saturating_sub(2));
    }
    let text = String::from_utf8_lossy(&first);
    let (head, body) = text.split_once("\r\n\r\n").unwrap();
    assert!(head.contains("content-length: 100000000"), "{head}");
    assert_eq!(length, size + head.len() as u64 + 4);
    assert!(body.starts_with(r#"{"Padding":"aaa"#) && last == br#""}"#);
}

#[tokio::test]
async fn a_body_can_be_compressed_beyond_belief() {
    let gateway = gateway().await;
    let unpacked = |body: &[u8]| {
        let mut text = Vec::new();
        GzDecoder::new(body).read_to_end(&mut text).unwrap();
        text
    };
    gateway.inject_next("StartDtsJob", Fault::Gzip);
    let (head, body) = bytes(&gateway, &start()).await;
    assert!(head.contains("content-encoding: gzip"), "{head}");
    let document: serde_json::Value = serde_json::from_slice(&unpacked(&body)).unwrap();
    assert_eq!(document["Success"], true);
    gateway.inject_next("StartDtsJob", Fault::GzipBomb(20_000_000));
    let (head, body) = bytes(&gateway, &start()).await;
    assert!(head.contains("content-encoding: gzip"), "{head}");
    assert!(body.len() < 40_000, "{}", body.len());
    assert_eq!(unpacked(&body).len(), 20_000_000);
    assert_eq!(counted(gateway.counts("StartDtsJob")), (2, 2));
}

#[tokio::test]
async fn faults_meet_so_many_calls_or_all_of_them() {
    let gateway = gateway().await;
    let statuses = async |count: usize| {
        let mut statuses = Vec::new();
        for _ in 0..count {
            statuses.push(start().send(&gateway).await.status);
        }
        statuses
    };
    gateway.inject_times("StartDtsJob", 2, Fault::ServiceUnavailable);
    gateway.inject_next("StartDtsJobs", Fault::ServiceUnavailable);
    gateway.inject_next("*", Fault::ExpiredToken);
    assert_eq!(statuses(4).await, [503, 503, 403, 200]);
    gateway.inject_always("StartDtsJob", Fault::ServiceUnavailable);
    assert_eq!(statuses(3).await, [503; 3]);
    gateway.clear_faults();
    assert_eq!(statuses(1).await, [200]);
}

#[tokio::test]
async fn what_is_refused_meets_no_fault() {
    let gateway = gateway().await;
    gateway.inject_next("StartDtsJobs", Fault::EmptyBody);
    let wrong = Signer {
        secret: "wrong".to_owned(),
        ..Signer::default()
    };
    let batch = ("StartDtsJobs", "2020-01-01");
    let reply = wrong.v3("POST", batch, &[], &[]).send(&gateway).await;
    assert_eq!(reply.error(), refusal(400, "SignatureDoesNotMatch"));
    let missing = Signer::default().v3("POST", batch, &[], &[]);
    let reply = missing.send(&gateway).await;
    assert_eq!(reply.error(), refusal(400, "MissingParameter"));
    let good = Signer::default().v3("POST", batch, &[("DtsJobIds", "a")], &[]);
    assert_eq!(good.send(&gateway).await.body, "");
    assert_eq!(counted(gateway.counts("StartDtsJobs")), (3, 1));
    assert_eq!(counted(gateway.counts("NeverCalled")), (0, 0));
}
