//! Answers that no server should write, byte by byte on the bare connection.

use std::io;
use std::time::Duration;

use tokio::io::AsyncWriteExt as _;
use tokio::net::TcpStream;
use tokio::time::sleep;

use crate::answer::{Delivery, Reply};

/// What is slow comes in so many pieces.
const PIECES: u32 = 10;

/// A huge body is written in chunks of this size.
const CHUNK: usize = 64 << 10;

/// Writes the answer the way its delivery says, and ends the connection.
pub(crate) async fn deliver(mut stream: TcpStream, reply: Reply) {
    if reply.delivery == Delivery::Reset {
        // What is closed without waiting for anything is reset.
        let _ = stream.set_zero_linger();
        return;
    }
    // A client that is gone does not want the rest.
    if reply.delivery != Delivery::HangUp && write(&mut stream, &reply).await.is_ok() {
        let _ = stream.shutdown().await;
    }
}

async fn write(stream: &mut TcpStream, reply: &Reply) -> io::Result<()> {
    let (body, length) = (&reply.body[..], reply.body.len());
    match reply.delivery {
        Delivery::SlowHead(time) => {
            slowly(stream, head(reply, length as u64).as_bytes(), time).await?;
            stream.write_all(body).await
        }
        Delivery::SlowBody(time) => {
            let head = head(reply, length as u64);
            stream.write_all(head.as_bytes()).await?;
            slowly(stream, body, time).await
        }
        Delivery::Truncated => {
            let head = head(reply, length.max(1) as u64);
            stream.write_all(head.as_bytes()).await?;
            stream.write_all(&body[..length / 2]).await
        }
        Delivery::Short => {
            let head = head(reply, (length / 2) as u64);
            stream.write_all(head.as_bytes()).await?;
            stream.write_all(body).await
        }
        Delivery::Huge(size) => huge(stream, reply, size).await,
        Delivery::Whole | Delivery::ThenClosed | Delivery::HangUp | Delivery::Reset => {
            let head = head(reply, length as u64);
            stream.write_all(head.as_bytes()).await?;
            stream.write_all(body).await
        }
    }
}

fn head(reply: &Reply, length: u64) -> String {
    let reason = hyper::StatusCode::from_u16(reply.status).ok();
    let reason = reason.and_then(|status| status.canonical_reason());
    let mut head = format!(
        "HTTP/1.1 {} {}\r\n",
        reply.status,
        reason.unwrap_or_default()
    );
    for (name, value) in &reply.headers {
        head.push_str(&format!("{name}: {value}\r\n"));
    }
    let connection = match reply.delivery {
        Delivery::ThenClosed => "keep-alive",
        _ => "close",
    };
    head.push_str(&format!(
        "content-length: {length}\r\nconnection: {connection}\r\n\r\n"
    ));
    head
}

/// The first piece goes out at once and the last one when the time is over.
async fn slowly(stream: &mut TcpStream, bytes: &[u8], time: Duration) -> io::Result<()> {
    let pieces = bytes.chunks(bytes.len().div_ceil(PIECES as usize).max(1));
    let count = u32::try_from(pieces.len()).unwrap_or(PIECES);
    let pause = time / count.saturating_sub(1).max(1);
    for (at, piece) in pieces.enumerate() {
        if at > 0 {
            sleep(pause).await;
        }
        stream.write_all(piece).await?;
    }
    Ok(())
}

/// JSON of any size, never more than a chunk of it in memory.
async fn huge(stream: &mut TcpStream, reply: &Reply, size: u64) -> io::Result<()> {
    let (start, end) = (&br#"{"Padding":""#[..], &br#""}"#[..]);
    let mut padding = size.saturating_sub((start.len() + end.len()) as u64);
    let length = padding + (start.len() + end.len()) as u64;
    stream.write_all(head(reply, length).as_bytes()).await?;
    stream.write_all(start).await?;
    let chunk = vec![b'a'; CHUNK];
    while padding > 0 {
        let part = usize::try_from(padding).unwrap_or(CHUNK).min(CHUNK);
        stream.write_all(&chunk[..part]).await?;
        padding -= part as u64;
    }
    stream.write_all(end).await
}
