//! A service on loopback that says exactly what a test tells it, when the test tells it.

use std::io::{BufRead as _, BufReader, ErrorKind, Read as _, Write as _};
use std::net::{TcpListener, TcpStream};
use std::thread::JoinHandle;
use std::time::Duration;

/// Nothing here waits for longer, whatever goes wrong.
const LIMIT: Duration = Duration::from_secs(20);

/// A service that runs `script`, on a thread of its own, and its address.
pub(crate) fn serve<T: Send + 'static>(
    script: impl FnOnce(&TcpListener) -> T + Send + 'static,
) -> (String, JoinHandle<T>) {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let endpoint = format!("http://{}", listener.local_addr().unwrap());
    (endpoint, std::thread::spawn(move || script(&listener)))
}

/// A request that was read and is to be answered. Dropping it breaks the answer off.
pub(crate) struct Asked(TcpStream);

impl Asked {
    /// Waits for the next request.
    pub(crate) fn next(listener: &TcpListener) -> Self {
        let (stream, _) = listener.accept().unwrap();
        stream.set_read_timeout(Some(LIMIT)).unwrap();
        stream.set_write_timeout(Some(LIMIT)).unwrap();
        let lines = BufReader::new(&stream).lines().map(Result::unwrap);
        // Parameters of the test's operations travel in the URL: the request has no body.
        assert!(lines.take_while(|line| !line.is_empty()).count() > 3);
        Self(stream)
    }

    /// The headers of an answer whose length nobody knows.
    pub(crate) fn begin(mut self, status: &str) -> Self {
        let headers = "content-type: text/event-stream\r\ntransfer-encoding: chunked\r\nx-acs-request-id: 0A1B\r\nconnection: close";
        write!(self.0, "HTTP/1.1 {status}\r\n{headers}\r\n\r\n").unwrap();
        self
    }

    /// A piece of the body.
    pub(crate) fn piece(mut self, text: &str) -> Self {
        write!(self.0, "{:x}\r\n{text}\r\n", text.len()).unwrap();
        self
    }

    /// The end of the body.
    pub(crate) fn end(mut self) {
        self.0.write_all(b"0\r\n\r\n").unwrap();
    }

    /// Whether the client closes the connection, in the time a test has.
    pub(crate) fn is_left(&mut self) -> bool {
        match self.0.read(&mut [0]) {
            Ok(read) => read == 0,
            Err(error) => error.kind() == ErrorKind::ConnectionReset,
        }
    }
}
