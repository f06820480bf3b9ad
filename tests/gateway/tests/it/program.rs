//! The program: what it prints, which clients it knows, when it ends.

use std::process::Stdio;
use std::time::Duration;

use tokio::io::{AsyncBufReadExt as _, AsyncReadExt as _, BufReader};
use tokio::process::{Child, Command};
use tokio::time::timeout;

use crate::support::{Reply, START, Signer, raw};

const PATIENCE: Duration = Duration::from_secs(30);

fn program(arguments: &[&str]) -> Child {
    let mut command = Command::new(env!("CARGO_BIN_EXE_gateway"));
    command
        .args(arguments)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped());
    command.kill_on_drop(true).spawn().unwrap()
}

async fn call(address: &str, signer: &Signer) -> u16 {
    let wire = signer.v3("POST", START, &[], &[]);
    let headers = wire
        .headers
        .iter()
        .map(|(name, value)| format!("{name}: {value}\r\n"));
    let request = format!(
        "POST / HTTP/1.1\r\nconnection: close\r\n{}content-length: 0\r\n\r\n",
        headers.collect::<String>()
    );
    let answer = raw(address.parse().unwrap(), request.as_bytes()).await;
    Reply::read(&answer).unwrap().status
}

#[tokio::test]
async fn it_says_where_it_is_serves_and_ends_with_stdin() {
    let mut child = program(&[
        "--until-stdin-closes",
        "--access-key-id=mine",
        "--access-key-secret=planted-secret",
        "--sts-access-key-id=STS.mine",
        "--sts-access-key-secret=planted-sts-secret",
        "--security-token=planted-token",
    ]);
    let mut out = BufReader::new(child.stdout.take().unwrap());
    let mut line = String::new();
    timeout(PATIENCE, out.read_line(&mut line))
        .await
        .unwrap()
        .unwrap();
    let address = line.trim_end().strip_prefix("http://").unwrap().to_owned();
    assert!(address.starts_with("127.0.0.1:"), "{address}");

    let mine = Signer {
        id: "mine".to_owned(),
        secret: "planted-secret".to_owned(),
        ..Signer::default()
    };
    let temporary = Signer {
        id: "STS.mine".to_owned(),
        secret: "planted-sts-secret".to_owned(),
        token: Some("planted-token".to_owned()),
        ..Signer::default()
    };
    assert_eq!(call(&address, &mine).await, 200);
    assert_eq!(call(&address, &temporary).await, 200);
    assert_eq!(call(&address, &Signer::default()).await, 404);

    drop(child.stdin.take());
    let status = timeout(PATIENCE, child.wait()).await.unwrap().unwrap();
    assert!(status.success());
    let (mut rest, mut errors) = (String::new(), String::new());
    out.read_to_string(&mut rest).await.unwrap();
    child
        .stderr
        .take()
        .unwrap()
        .read_to_string(&mut errors)
        .await
        .unwrap();
    assert!(
        rest.contains("operations") && errors.is_empty(),
        "{rest}{errors}"
    );
    assert!(!rest.contains("planted"), "{rest}");
}

#[tokio::test]
async fn it_says_what_is_wrong() {
    for (arguments, wanted) in [
        (&["--specs", "no/such/folder"][..], "cannot read the specs"),
        (&["--access-key-id", "alone"], "--access-key-secret"),
        (&["--security-token", "alone"], "--sts-access-key-id"),
        (&["--port", "seven"], "--port"),
    ] {
        let ended = timeout(PATIENCE, program(arguments).wait_with_output())
            .await
            .unwrap()
            .unwrap();
        let errors = String::from_utf8(ended.stderr).unwrap();
        assert!(
            !ended.status.success() && errors.contains(wanted),
            "{errors}"
        );
    }
}

#[cfg(unix)]
#[tokio::test]
async fn it_ends_when_it_is_asked_to() {
    let mut child = program(&[]);
    let mut out = BufReader::new(child.stdout.take().unwrap());
    let mut line = String::new();
    timeout(PATIENCE, out.read_line(&mut line))
        .await
        .unwrap()
        .unwrap();
    let id = child.id().unwrap().to_string();
    Command::new("kill")
        .args(["-TERM", &id])
        .status()
        .await
        .unwrap();
    assert!(
        timeout(PATIENCE, child.wait())
            .await
            .unwrap()
            .unwrap()
            .success()
    );
}
