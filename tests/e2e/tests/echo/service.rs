//! A service that repeats what it was sent.

use std::collections::VecDeque;
use std::io::{Read as _, Write as _};
use std::net::{TcpListener, TcpStream};
use std::sync::{Arc, Mutex};
use std::time::Duration;

use super::place::Place;
use super::spelling::Spelling;

/// A service on loopback. It answers each request as it was told, and closes the connection.
pub(crate) struct Service {
    pub(crate) endpoint: String,
    state: Arc<Mutex<State>>,
}

#[derive(Default)]
struct State {
    script: VecDeque<(Place, Spelling, String)>,
    /// The signature of the last request.
    signature: String,
}

impl Service {
    pub(crate) fn start() -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let endpoint = format!("http://{}", listener.local_addr().unwrap());
        let state = Arc::new(Mutex::new(State::default()));
        let shared = Arc::clone(&state);
        std::thread::spawn(move || {
            while let Ok((stream, _)) = listener.accept() {
                answer(stream, &shared);
            }
        });
        Self { endpoint, state }
    }

    /// What to answer the next request with. The service knows a secret besides what it is sent.
    pub(crate) fn next(&self, place: Place, spelling: Spelling, secret: &str) {
        let mut state = self.state.lock().unwrap();
        state.script.push_back((place, spelling, secret.to_owned()));
    }

    /// How many answers were not fetched.
    pub(crate) fn left(&self) -> usize {
        self.state.lock().unwrap().script.len()
    }

    /// The signature of the last request; empty when it had none.
    pub(crate) fn signature(&self) -> String {
        self.state.lock().unwrap().signature.clone()
    }
}

fn answer(mut stream: TcpStream, state: &Mutex<State>) {
    let Some(request) = read(&mut stream) else {
        return;
    };
    let decoded = decode(&request);
    let told = {
        let mut state = state.lock().unwrap();
        state.signature = signature(&decoded).unwrap_or_default();
        state.script.pop_front()
    };
    let Some((place, spelling, known)) = told else {
        return;
    };
    let text = format!("{known}\n{decoded}");
    let _ = stream.write_all(&place.response(&text, spelling));
}

/// A request as text, to its end.
fn read(stream: &mut TcpStream) -> Option<String> {
    stream
        .set_read_timeout(Some(Duration::from_secs(20)))
        .unwrap();
    let (mut bytes, mut buffer) = (Vec::new(), [0; 8192]);
    loop {
        let text = String::from_utf8_lossy(&bytes);
        if let Some((head, body)) = text.split_once("\r\n\r\n") {
            let head = head.to_ascii_lowercase();
            let length = head.split("content-length: ").nth(1);
            let length = length.and_then(|rest| rest.lines().next()?.parse::<usize>().ok());
            if body.len() >= length.unwrap_or_default() {
                return Some(text.into_owned());
            }
        }
        match stream.read(&mut buffer) {
            Ok(0) | Err(_) => return None,
            Ok(length) => bytes.extend_from_slice(&buffer[..length]),
        }
    }
}

/// A form or a URL as it reads.
fn decode(text: &str) -> String {
    let (mut out, mut rest) = (Vec::new(), text.as_bytes());
    while let Some((byte, after)) = rest.split_first() {
        let digits = after.get(..2).and_then(|two| std::str::from_utf8(two).ok());
        let escape = digits.and_then(|two| u8::from_str_radix(two, 16).ok());
        match (byte, escape) {
            (b'%', Some(byte)) => {
                out.push(byte);
                rest = &after[2..];
            }
            (b'+', _) => {
                out.push(b' ');
                rest = after;
            }
            (byte, _) => {
                out.push(*byte);
                rest = after;
            }
        }
    }
    String::from_utf8_lossy(&out).into_owned()
}

fn signature(decoded: &str) -> Option<String> {
    let rest = decoded.split("Signature=").nth(1)?;
    let end = rest.find(['&', '\r', '\n', ' ']).unwrap_or(rest.len());
    Some(rest[..end].to_owned())
}
