//! A peer on loopback: answers requests as a test says, and tells which connection each came over.

use std::io::{BufRead as _, BufReader, Read as _, Write as _};
use std::net::{TcpListener, TcpStream};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};
use std::time::Duration;

/// No connection is waited on for longer, whatever goes wrong.
const LIMIT: Duration = Duration::from_secs(20);

/// A good answer to any call.
pub(crate) const GOOD: &str = r#"{"RequestId":"1","Success":true}"#;

/// What was asked.
#[derive(Clone, Debug)]
pub(crate) struct Asked {
    /// The connection, counted from 0.
    pub(crate) connection: usize,
    /// The request, counted from 0 over all connections.
    pub(crate) number: usize,
    /// The request line.
    pub(crate) line: String,
    /// The headers, names in lower case.
    pub(crate) headers: Vec<String>,
}

impl Asked {
    pub(crate) fn header(&self, name: &str) -> Option<&str> {
        let start = format!("{name}: ");
        self.headers
            .iter()
            .find_map(|line| line.strip_prefix(&start))
    }
}

/// What is answered.
pub(crate) enum Reply {
    /// A whole answer, after which the connection stays open.
    Stay(Vec<u8>),
    /// One after which it is closed, which the answer does not say.
    Leave(Vec<u8>),
}

/// An answer with these lines of headers and this body.
pub(crate) fn http(status: &str, headers: &str, body: impl AsRef<[u8]>) -> Vec<u8> {
    let body = body.as_ref();
    let length = body.len();
    let head = format!("HTTP/1.1 {status}\r\ncontent-length: {length}\r\n{headers}\r\n");
    [head.as_bytes(), body].concat()
}

/// A good answer, after which the connection stays open.
pub(crate) fn good(_: &Asked) -> Reply {
    Reply::Stay(http("200 OK", "", GOOD))
}

/// The peer. Its threads end with the process, or when the client closes its connections.
#[derive(Clone)]
pub(crate) struct Peer {
    port: u16,
    seen: Arc<Mutex<Vec<Asked>>>,
    closed: Arc<AtomicUsize>,
}

impl Peer {
    /// A peer that answers as `reply` says.
    pub(crate) fn new(reply: impl Fn(&Asked) -> Reply + Send + Sync + 'static) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let peer = Self {
            port: listener.local_addr().unwrap().port(),
            seen: Arc::default(),
            closed: Arc::default(),
        };
        let (shared, reply) = (peer.clone(), Arc::new(reply));
        std::thread::spawn(move || {
            for (connection, stream) in listener.incoming().enumerate() {
                let (peer, reply) = (shared.clone(), Arc::clone(&reply));
                std::thread::spawn(move || {
                    // A client that goes away ends the conversation.
                    let _ = converse(&stream.unwrap(), connection, &peer.seen, &*reply);
                    peer.closed.fetch_add(1, Ordering::SeqCst);
                });
            }
        });
        peer
    }

    pub(crate) fn endpoint(&self) -> String {
        format!("http://127.0.0.1:{}", self.port)
    }

    pub(crate) fn port(&self) -> u16 {
        self.port
    }

    /// Waits, without any runtime, until that many connections are closed.
    pub(crate) fn wait_until_closed(&self, connections: usize) {
        while self.closed.load(Ordering::SeqCst) < connections {
            std::thread::sleep(Duration::from_millis(1));
        }
        // The client pauses at least this long, or else it need not look.
        std::thread::sleep(Duration::from_millis(2));
    }

    /// What was asked so far.
    pub(crate) fn seen(&self) -> Vec<Asked> {
        self.seen.lock().unwrap().clone()
    }

    /// The connection each request came over.
    pub(crate) fn connections(&self) -> Vec<usize> {
        self.seen().iter().map(|asked| asked.connection).collect()
    }
}

fn converse(
    stream: &TcpStream,
    connection: usize,
    seen: &Mutex<Vec<Asked>>,
    reply: &dyn Fn(&Asked) -> Reply,
) -> std::io::Result<()> {
    stream.set_read_timeout(Some(LIMIT))?;
    stream.set_nodelay(true)?;
    let mut reader = BufReader::new(stream);
    loop {
        let mut line = String::new();
        if reader.read_line(&mut line)? == 0 {
            return Ok(());
        }
        let mut asked = Asked {
            connection,
            number: 0,
            line: line.trim_end().to_owned(),
            headers: Vec::new(),
        };
        loop {
            let mut header = String::new();
            reader.read_line(&mut header)?;
            if header.trim_end().is_empty() {
                break;
            }
            let (name, value) = header.split_once(':').unwrap();
            let header = format!("{}: {}", name.to_ascii_lowercase(), value.trim());
            asked.headers.push(header);
        }
        let length = asked
            .header("content-length")
            .map_or(0, |length| length.parse().unwrap());
        reader.read_exact(&mut vec![0; length])?;
        {
            let mut seen = seen.lock().unwrap();
            asked.number = seen.len();
            seen.push(asked.clone());
        }
        match reply(&asked) {
            Reply::Stay(answer) => (&mut &*stream).write_all(&answer)?,
            Reply::Leave(answer) => return (&mut &*stream).write_all(&answer),
        }
    }
}
