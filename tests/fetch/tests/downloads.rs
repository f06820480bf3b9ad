//! Downloads from a server on loopback that answers whatever it is told to.

#![allow(clippy::unwrap_used, reason = "a test that cannot go on fails")]

use std::fs;
use std::io::{BufRead as _, BufReader, Write as _};
use std::net::TcpListener;
use std::process::Command;
use std::thread;
use std::time::Duration;

use alicloud_fetch::{Limits, Mirror, Wanted, fetch};

const DOCUMENT: &str = r#"{"version": "1.0", "info": {"style": "RPC", "product": "Dts", "version": "2020-01-01"}, "apis": {}}"#;

/// A server that gives one answer, byte for byte, to as many clients as it is told; its address, and what it was asked for
/// once it is done.
fn server(answer: String, clients: usize) -> (String, thread::JoinHandle<Vec<String>>) {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let address = format!("http://{}", listener.local_addr().unwrap());
    let served = thread::spawn(move || {
        let serve = |_| {
            let (mut stream, _) = listener.accept().unwrap();
            stream
                .set_read_timeout(Some(Duration::from_secs(20)))
                .unwrap();
            let lines = BufReader::new(stream.try_clone().unwrap()).lines();
            let head: Vec<String> = lines
                .map(Result::unwrap)
                .take_while(|line| !line.is_empty())
                .collect();
            // A client that has seen enough may be gone.
            let _ = stream.write_all(answer.as_bytes());
            head.into_iter().next().unwrap()
        };
        (0..clients).map(serve).collect()
    });
    (address, served)
}

fn ok(body: &str) -> String {
    format!(
        "HTTP/1.1 200 OK\r\nContent-Length: {}\r\nConnection: close\r\n\r\n{body}",
        body.len()
    )
}

/// Downloads Dts/2020-01-01 from a server that gives that answer; what was asked for, and what came of it.
async fn download(answer: String, limits: Limits) -> (String, Result<Vec<u8>, String>) {
    let (address, served) = server(answer, 1);
    let mirror: Mirror = format!("{address}/meta/v1").parse().unwrap();
    let wanted: Wanted = "dts/2020-01-01".parse().unwrap();
    let outcome = fetch(&mirror, &wanted, limits).await;
    let asked = served.join().unwrap().remove(0);
    (asked, outcome.map_err(|error| error.to_string()))
}

/// What is said about an answer that is no good.
async fn refusal(answer: impl Into<String>) -> String {
    download(answer.into(), Limits::default())
        .await
        .1
        .unwrap_err()
}

#[tokio::test]
async fn a_document_is_asked_for_and_comes() {
    let (asked, document) = download(ok(DOCUMENT), Limits::default()).await;
    assert_eq!(
        asked,
        "GET /meta/v1/products/dts/versions/2020-01-01/api-docs.json?language=EN_US HTTP/1.1"
    );
    assert_eq!(document.unwrap(), DOCUMENT.as_bytes());
}

#[tokio::test]
async fn a_document_in_chunks_comes_as_well() {
    let (first, rest) = DOCUMENT.split_at(10);
    let answer = format!(
        "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\na\r\n{first}\r\n{:x}\r\n{rest}\r\n0\r\n\r\n",
        rest.len()
    );
    let (_, document) = download(answer, Limits::default()).await;
    assert_eq!(document.unwrap(), DOCUMENT.as_bytes());
}

#[tokio::test]
async fn refusals_are_told_with_their_reason() {
    let body = r#"{"code": "ProductNotFound", "message": "No such\nproduct."}"#;
    let missing = ok(body).replacen("200 OK", "404 Not Found", 1);
    assert_eq!(
        refusal(missing).await,
        "there is no such product version (HTTP 404: ProductNotFound: No such product.)"
    );
    let page = ok("<html>").replacen("200 OK", "404 Not Found", 1);
    assert_eq!(
        refusal(page).await,
        "there is no such product version (HTTP 404)"
    );
    let busy = ok("").replacen("200 OK", "503 Busy", 1);
    assert_eq!(refusal(busy).await, "HTTP 503");
    let moved =
        "HTTP/1.1 302 Found\r\nLocation: https://example.com/login\r\nContent-Length: 0\r\n\r\n";
    assert_eq!(
        refusal(moved).await,
        "HTTP 302, a redirect to https://example.com/login; redirects are not followed"
    );
}

#[tokio::test]
async fn answers_that_are_no_metadata_are_refused() {
    assert_eq!(
        refusal(ok("<!doctype html>")).await,
        "the answer is not JSON: expected value at line 1 column 1"
    );
    let half = &DOCUMENT[..DOCUMENT.len() - 1];
    assert!(
        refusal(ok(half))
            .await
            .starts_with("the answer is not JSON: EOF")
    );
    for other in [
        "[]",
        "{}",
        r#"{"info": {"product": "Dts"}}"#,
        r#"{"info": 7}"#,
    ] {
        assert!(
            refusal(ok(other))
                .await
                .starts_with("the answer is JSON, but no metadata"),
            "{other}"
        );
    }
    assert_eq!(
        refusal(ok(&DOCUMENT.replace("2020-01-01", "2018-08-01"))).await,
        "the answer is the metadata of Dts/2018-08-01"
    );
}

#[tokio::test]
async fn an_answer_that_ends_early_is_no_answer() {
    // Shorter than it says, and chunks without an end. Both are whole JSON: nothing but the framing tells.
    let length = format!("HTTP/1.1 200 OK\r\nContent-Length: 1000\r\n\r\n{DOCUMENT}");
    let chunks = format!(
        "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n{:x}\r\n{DOCUMENT}\r\n",
        DOCUMENT.len()
    );
    for answer in [length, chunks] {
        let error = refusal(answer).await;
        assert!(error.starts_with("the answer ended early"), "{error}");
    }
}

#[tokio::test]
async fn an_answer_may_be_as_large_as_the_limit_and_no_larger() {
    let sized = |size| Limits {
        size,
        ..Limits::default()
    };
    let exact = download(ok(DOCUMENT), sized(DOCUMENT.len())).await.1;
    assert!(exact.is_ok(), "{exact:?}");
    let over = download(ok(DOCUMENT), sized(DOCUMENT.len() - 1)).await.1;
    assert_eq!(
        over.unwrap_err(),
        format!("the answer is larger than {} bytes", DOCUMENT.len() - 1)
    );
}

#[tokio::test]
async fn nobody_there_is_told() {
    let address = TcpListener::bind("127.0.0.1:0")
        .unwrap()
        .local_addr()
        .unwrap();
    let mirror: Mirror = format!("http://{address}").parse().unwrap();
    let outcome = fetch(
        &mirror,
        &"Dts/2020-01-01".parse().unwrap(),
        Limits::default(),
    )
    .await;
    let error = outcome.unwrap_err().to_string();
    assert!(error.starts_with("cannot connect: "), "{error}");
}

/// Runs the program.
fn program(base: &str, into: &std::path::Path, wanted: &str) -> (bool, String, String) {
    let output = Command::new(env!("CARGO_BIN_EXE_fetch"))
        .args(["--metadata-url", base, "--into"])
        .arg(into)
        .arg(wanted)
        .output()
        .unwrap();
    let text = |bytes: Vec<u8>| String::from_utf8(bytes).unwrap();
    (
        output.status.success(),
        text(output.stdout),
        text(output.stderr),
    )
}

#[test]
fn the_program_saves_what_is_good_and_keeps_it_when_the_next_is_not() {
    let folder = tempfile::tempdir().unwrap();
    let (base, served) = server(ok(DOCUMENT), 1);
    let (good, said, _) = program(&base, folder.path(), "Dts/2020-01-01");
    let file = folder.path().join("dts/2020-01-01.json");
    assert!(good);
    assert_eq!(said, format!("{}\n", file.display()));
    assert_eq!(fs::read_to_string(&file).unwrap(), DOCUMENT);
    assert!(served.join().unwrap()[0].contains("/products/Dts/"));

    let (base, served) = server(ok("{"), 1);
    let (good, said, error) = program(&base, folder.path(), "Dts/2020-01-01");
    served.join().unwrap();
    assert!(!good && said.is_empty());
    assert!(
        error.starts_with("Dts/2020-01-01: the answer is not JSON: EOF"),
        "{error}"
    );
    assert!(
        error.contains(&format!("\n  {base}/products/Dts/versions/")),
        "{error}"
    );
    assert_eq!(fs::read_to_string(&file).unwrap(), DOCUMENT);
    assert_eq!(fs::read_dir(folder.path().join("dts")).unwrap().count(), 1);
}

#[test]
fn the_program_speaks_http_to_this_machine_only() {
    let folder = tempfile::tempdir().unwrap();
    let (good, _, error) = program("http://mirror.example.com", folder.path(), "Dts/2020-01-01");
    assert!(
        !good && error.contains("http is for this very machine"),
        "{error}"
    );
}
